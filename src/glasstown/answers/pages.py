"""The claims ledger and the history as Markdown pages; `docs/generate.py` writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glasstown.answers.history import happened, recorders, took_part
from glasstown.answers.ledger import MEANING, claims, sources_of, summed, words
from glasstown.archive.claims import VERDICTS
from glasstown.render.blocks import Heading, Paragraph
from glasstown.render.markdown import as_markdown, escaped

if TYPE_CHECKING:
    from glasstown.archive.claims import Claim, Shown

WRITTEN = "<!-- Written by docs/generate.py from {}; change those. -->"
DATA = "src/glasstown/_data/data/"
ABOUT_CLAIMS = (
    "This project began with an article about social credit in China (J. Walters, Quick Conservative, 2023), which "
    "gathers what is commonly said of it. Here is each thing that it describes, in our words and in its order: what the "
    "record says, and what in this project shows it. `glasstown claims` prints the same, `glasstown claims 35` one row."
)


def claims_page() -> str:
    """Return docs/claims.md."""
    rows = claims((), None).claims
    parts = [
        "# What is said of social credit, and what of it holds",
        WRITTEN.format(f"{DATA}claims.yaml"),
        ABOUT_CLAIMS,
        escaped(summed(rows)),
        escaped(MEANING),
        "\n".join(f"- {verdict}: {_jumps(rows, verdict)}" for verdict in VERDICTS),
        *(_row(claim) for claim in rows),
    ]
    return "\n\n".join(parts) + "\n"


def history_page() -> str:
    """Return docs/history.md."""
    parts = [
        "# Timeline, agencies, areas\n",
        WRITTEN.format(f"{DATA}timeline.yaml, {DATA}agencies.yaml and {DATA}areas.yaml") + "\n",
        as_markdown(
            [Heading("What happened when"), Paragraph("`glasstown timeline`"), *happened(None, None, None).blocks()]
        ),
        as_markdown([Heading("Who records what"), *recorders(()).blocks()]),
        as_markdown([Heading("Which areas took part"), *took_part().blocks()]),
    ]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _jumps(rows: tuple[Claim, ...], verdict: str) -> str:
    return ", ".join(f"[{claim.n}](#claim-{claim.n})" for claim in rows if claim.verdict == verdict)


def _row(claim: Claim) -> str:
    """Return one row under a heading that can be linked to."""
    shown = "; ".join(_link(each) for each in claim.shown_by)
    lines = [
        f"**{escaped(claim.claim)}.**",
        f"*{claim.verdict}.* {escaped(claim.found)}",
        *([f"Why: {escaped(claim.reason)}"] if claim.reason else []),
        f"Shown by: {shown}.",
        *([f"Missing: {escaped(claim.missing)}."] if claim.missing else []),
        *([f"Sources: {'; '.join(escaped(each) for each in sources_of(claim))}."] if claim.cite else []),
    ]
    return f"## Claim {claim.n}\n\n" + "\n\n".join(lines)


def _link(shown: Shown) -> str:
    """Return where something is shown as a link from a page in docs/, or as code where it is a command."""
    key, name = shown.named()
    if key == "command":
        return f"`{name}`"
    if key == "claim":
        return f"[claim {name}](#claim-{name})"
    if key == "page":
        return f"[{escaped(name)}]({name.removeprefix('docs/') if name.startswith('docs/') else f'../{name}'})"
    if key == "rule":
        book, _, statement = name.partition("#")
        return f"[{escaped(f'{book} {statement}'.strip())}](catalogue/{book}.md)"
    return f"[{escaped(words(shown))}](history.md)"
