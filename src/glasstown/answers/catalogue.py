"""The catalogue of rulebooks as pages, written from the rulebooks themselves: one table of all, one page for each.

The claims ledger and the history as Markdown pages; `docs/generate.py` writes them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from glasstown.answers.claims import MEANING, claims, sources_of, summed, words
from glasstown.answers.history import happened, recorders, took_part
from glasstown.answers.rulebooks import Shelved
from glasstown.answers.show import SECTIONS, Scheme
from glasstown.archive.claims import VERDICTS
from glasstown.archive.extent import clause_extent, has_unknown_points, keeps_score, only_rewards
from glasstown.language.days import years
from glasstown.render.blocks import Heading, Item, Paragraph
from glasstown.render.markdown import as_markdown, escaped, table
from glasstown.types import UNKNOWN
from glasstown.wording import counted

if TYPE_CHECKING:
    from glasstown.archive.claims import Claim, Shown
    from glasstown.language.model import Rulebook
    from glasstown.render.blocks import Block

WRITTEN = "<!-- Written by docs/generate.py from {}; change that. -->\n"
RULEBOOKS = "src/glasstown/_data/rulebooks/"
EXTENTS = """\
How far a rulebook can be executed is derived from the rulebook itself (`src/glasstown/archive/extent.py`).

- A clause is **executable** where it does at least one thing by rule: it moves the score by a known number, range, rate or
  dated value, carries a known fine, sets a grade, locks the score or enters a list. Otherwise it is **unknown** where what
  it does is declared unknown, and **shown** where its effect is words alone.
- A rulebook without an executable clause is a **record card**: shown and cited, not run.
- It is **runnable** where its score has a known base, or it keeps none; where no unpublished function makes the score; where
  at least half of its clauses are executable, at least one of its own where it lies over another rulebook; and where a
  grade or a list can be reached.
- Every other one is **runnable in part**.
"""


def pages(books: Sequence[Rulebook]) -> dict[str, str]:
    """Return every page of the catalogue by its file's name."""
    shelved = [Shelved(book) for book in books]
    return {"README.md": index(shelved), **{f"{each.book.id}.md": page(each) for each in shelved}}


def index(shelved: Sequence[Shelved]) -> str:
    """Return the table of all rulebooks."""
    extents = Counter[str](each.extended.extent for each in shelved)
    names = {"runnable": "runnable", "runnable in part": "runnable in part", "record card": "record cards"}
    counts = ", ".join(f"{extents[extent]} {words}" for extent, words in names.items())
    heads = (
        *("rulebook", "title", "in Chinese", "place", "years", "scores", "clauses: executable", "unknown", "shown"),
        *("lists", "measures", "redress", "how well documented", "extent"),
    )
    return "\n".join(
        [
            "# Catalogue of rulebooks\n",
            WRITTEN.format(RULEBOOKS),
            f"{counted(len(shelved), 'rulebook')}: {counts}. Schemes on file here are not the official pilot cities.\n",
            table(heads, (_index_row(each) for each in shelved), frozenset(range(6, 12))),
            "## What the extents mean\n",
            EXTENTS,
        ]
    )


def _index_row(each: Shelved) -> tuple[str, ...]:
    book, counts = each.book, each.counts
    numbers = (counts.executable, counts.unknown, counts.shown, len(book.lists), len(book.measures), each.redress)
    kinds = ", ".join(dict.fromkeys(subject.kind for subject in book.subjects))
    texts = (book.title, book.title_zh or "", book.place.name, years(book), kinds)
    return (
        f"[{book.id}]({book.id}.md)",
        *(escaped(text) for text in texts),
        *(str(number) for number in numbers),
        escaped(book.documented),
        each.extended.extent,
    )


def page(each: Shelved) -> str:
    """Return the page of one rulebook: what it amounts to, what is missing, then everything that `show` tells."""
    title, *rest = Scheme(each.book).blocks()
    head = as_markdown([title]) + "\n" + WRITTEN.format(f"{RULEBOOKS}{each.book.id}/") + "\n"
    return head + as_markdown([*_amounts(each), *_missing(each.book), Heading("The scheme"), *rest]).rstrip() + "\n"


def _amounts(each: Shelved) -> Iterator[Block]:
    book, counts = each.book, each.counts
    because = f": {'; '.join(each.extended.because)}" if each.extended.because else ""
    evidence = ", ".join(f"{n} {kind}" for kind, n in each.evidence.items() if n)
    clauses = f"{counts.executable} executable, {counts.unknown} declared unknown, {counts.shown} shown only"
    yield Heading("What it amounts to")
    yield Item("extent", f"{each.extended.extent}{because}")
    yield Item("clauses", f"{counts.all}: {clauses}; {counts.points_unknown} with points that the record does not give")
    yield Item(
        "beside them",
        f"{counted(len(book.lists), 'list')}, {counted(len(book.measures), 'measure')}, {each.redress} on redress",
    )
    yield Item("evidence", f"{sum(each.evidence.values())} statements: {evidence}")
    if only_rewards(book):
        yield Item("only rewards", "as far as the record goes it gives and never takes")


def _missing(book: Rulebook) -> Iterator[Block]:
    yield Heading("What is missing")
    missing = {name: said for name, said in gaps(book).items() if said}
    for name, said in missing.items():
        yield Item(name, said)
    if not missing:
        yield Paragraph("Nothing that the language of rulebooks asks for.")


def gaps(book: Rulebook) -> Mapping[str, str]:
    """Return what the record does not tell, by kind; empty where it tells all."""
    grades = [each.id for each in book.grades if UNKNOWN in (each.from_, each.below)]
    points = [each.id for each in book.clauses if has_unknown_points(each)]
    words = [each.id for each in book.clauses if clause_extent(each) == "shown"]
    lapses = [each.id for each in book.clauses if each.lapse is not None and each.lapse.after == UNKNOWN]
    measures = [each.id for each in book.measures if each.when == UNKNOWN]
    terms = [each.id for each in book.lists if each.leaves.after == UNKNOWN]
    return {
        "not read": ", ".join(name for name in SECTIONS if getattr(book.sections, name).read == "unread"),
        "end of force": "unknown" if book.in_force.until == UNKNOWN else "",
        "score": ", ".join(_unknown_figures(book)),
        "limits of grades": ", ".join(grades),
        "points of clauses": ", ".join(points),
        "effect only in words": ", ".join(words),
        "length of points": ", ".join(lapses),
        "term on lists": ", ".join(terms),
        "what puts measures in force": ", ".join(measures),
    }


def _unknown_figures(book: Rulebook) -> Iterator[str]:
    figures = {"base": book.score.base, "lowest": book.score.lowest, "highest": book.score.highest}
    for name, figure in figures.items() if keeps_score(book) else ():
        if not isinstance(figure.value, Decimal):
            yield name


WRITTEN_FROM_LISTS = "<!-- Written by docs/generate.py from {}; change those. -->"
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
        WRITTEN_FROM_LISTS.format(f"{DATA}claims.yaml"),
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
        WRITTEN_FROM_LISTS.format(f"{DATA}timeline.yaml, {DATA}agencies.yaml and {DATA}areas.yaml") + "\n",
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
