"""docs/verification.md: every check by kind, what misses and why, and the pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from verification.flows import implied
from verification.pictures import Found, pictures
from verification.table import Check, Kind, is_fault, verdict_of
from verification.targets import NOT_MODELLED
from verification.words import WORDS

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE, FOLDER = "verification.md", "verification"
WRITTEN = "<!-- Written by `verification/run.py --page`; change that. -->"
COLUMNS = ("part", "figure", "source", "expected", "ours", "verdict")
KINDS: Mapping[Kind, str] = {
    "hold-out": "Published figures, like for like, for which nothing was turned. A miss is a finding, and stays here.",
    "fitted": "A number was turned until these agreed, or was taken from the same figures. Agreement is no evidence.",
    "context": "Published figures that are not like for like, beside ours. Each part says below what a miss means there.",
    "property": "What follows from the model's equations and inputs, beside other equations or studies. No town could fail these.",
    "code identity": "The kernels do what the equations say; nothing about any place follows. A miss is a fault in the code.",
}
SCALE = 1.5


def write(found: Found, sizes: Mapping[str, int], docs: Path = DOCS) -> Path:
    """Write the page and its pictures into a folder of pages, and return the page's path."""
    folder = docs / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    drawn = pictures(found, sizes)
    for name, (_, chart) in drawn.items():
        chart.save(str(folder / f"{name}.png"), scale_factor=SCALE)
    path = docs / PAGE
    path.write_text(text(found, {name: title for name, (title, _) in drawn.items()}), encoding="utf-8")
    return path


def text(found: Found, drawn: Mapping[str, str]) -> str:
    """Return the page as Markdown.

    drawn   what each picture shows, by its file's name
    """
    lines = [
        "# Verification", "", WRITTEN, "",
        "What the model is held against, and how it comes out: exact results, another tool, published figures.",
        "Everybody here belongs to a synthetic population.",
        "`make verify` asks all of it again and `make verify PAGE=1` writes this page; "
        "[verification/](../verification/README.md) says what each file does.",
        "Each line against a figure from outside is tried with a town that has nothing of it and with five times as much: "
        "it has to miss, or it is a fault (`make verify MUTATE=1` shows both).",
        "", *_counts(found), "",
    ]  # fmt: skip
    for kind, words in KINDS.items():
        lines += [f"## {kind.capitalize()}", "", words, ""]
        lines += [f"![{title}]({FOLDER}/{name}.png)\n" for name, title in drawn.items() if _is_of(name, kind)]
        lines += [*_table(found, kind), ""]
    lines += ["## Part by part: what is compared, and what misses", "", *_parts(found)]
    lines += [
        "## What the courts' figures say of one another",
        "",
        "No town is asked here: these are counts of one court against its other counts.",
        "",
        *_implied(),
        "",
    ]
    lines += ["## Figures about which the model says nothing", "", "| figure | why |", "|---|---|"]
    lines += [f"| {figure} | {why} |" for figure, why in NOT_MODELLED]
    return "\n".join(lines) + "\n"


def _implied() -> Iterator[str]:
    """Yield the table of what published figures make of other published ones."""
    yield "| figure | source | published | implied |"
    yield "|---|---|--:|--:|"
    for row in implied():
        yield f"| {row.figure} | {row.source} | {row.published:.{row.digits}f} | {row.implied:.{row.digits}f} |"


def _is_of(picture: str, kind: Kind) -> bool:
    """Return whether a picture stands with the checks of a kind: with those that most of its lines are of."""
    if picture in ("identities", "lending"):
        return kind == "code identity"
    return kind == {"published": "fitted", "flows": "hold-out", "jobs": "property", "reports": "property"}.get(
        picture, "context"
    )


def _counts(found: Found) -> Iterator[str]:
    """Yield a table of how many checks of each kind agree, miss, and were not run."""
    yield "| kind | checks | agree | miss | not run |"
    yield "|---|--:|--:|--:|--:|"
    for kind in KINDS:
        mine = [check for checks in found.values() for check in checks if check.kind == kind]
        n_run = [check for check in mine if check.was_run]
        agree = sum(check.agrees for check in n_run)
        yield f"| {kind} | {len(mine)} | {agree} | {len(n_run) - agree} | {len(mine) - len(n_run)} |"


def _table(found: Found, kind: Kind) -> Iterator[str]:
    """Yield the table of all checks of a kind; those that differ only in the rulebook are one line."""
    yield "| " + " | ".join(COLUMNS) + " |"
    yield "|" + "---|" * len(COLUMNS)
    for part, checks in found.items():
        for check in folded([each for each in checks if each.kind == kind]):
            row = (part, check.figure, check.source, check.expected, check.ours, verdict_of(check))
            yield "| " + " | ".join(row) + " |"


def folded(checks: Sequence[Check]) -> list[Check]:
    """Return checks with those put together that say the same of several rulebooks and agree: 'ID: what'."""
    groups: dict[str, list[Check]] = {}
    for number, check in enumerate(checks):
        head, colon, what = check.figure.partition(": ")
        is_rulebook = bool(colon) and " " not in head and check.agrees
        groups.setdefault(what.partition(" (")[0] if is_rulebook else f"alone {number}", []).append(check)
    found: list[Check] = []
    for what, group in groups.items():
        found += [_as_one(what, group)] if len(group) > 2 else group
    return found


def _as_one(what: str, group: Sequence[Check]) -> Check:
    first = group[0]
    is_alike = len({check.expected for check in group}) == 1
    expected, ours = (first.expected, first.ours) if is_alike else ("the same", "the same")
    return Check(f"{what}, each of {len(group)} rulebooks", first.source, expected, ours, True, first.kind)


def _parts(found: Found) -> Iterator[str]:
    """Yield each part's words, with what misses in it."""
    for part, checks in found.items():
        yield f"### {part[0].upper()}{part[1:]}"
        yield ""
        yield WORDS[part]
        yield ""
        missing = [check for check in checks if check.was_run and not check.agrees]
        for check in missing:
            verb = "FAULT" if is_fault(check) else "misses"
            yield f"- {verb}: {check.figure}: {check.ours}, where {check.expected} was expected ({check.source})."
        for check in (each for each in checks if not each.was_run):
            yield f"- not run: {check.figure}: {check.ours}."
        if missing or any(not check.was_run for check in checks):
            yield ""
