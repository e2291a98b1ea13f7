"""What is told of a town: one source of blocks for the printed summary, the notebook and the page.

Each part has a key, by which a page puts a drawing beside it.  `is_whole` tells every clause; without it the first few.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from glasstown.outcomes.measures import NO_GRADE, Accounts, grade_counts, mean_score
from glasstown.outcomes.opened import TownRun
from glasstown.render import findings, lives, words
from glasstown.render.blocks import Block, Grid, Heading, Paragraph, Sentences
from glasstown.render.findings import KIND_WORDS, ClauseRow, Finding
from glasstown.types import SYNTHETIC_WORDS

MOST_CLAUSES: Final = 8
"""how many clauses are told where not all are"""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what is told: a heading and what stands below it."""

    key: str
    title: str
    blocks: tuple[Block, ...]

    def with_heading(self) -> list[Block]:
        """Return the blocks with their heading before them."""
        return [Heading(self.title), *self.blocks]


def parts(run: TownRun, accounts: Accounts, *, is_whole: bool) -> Iterator[Part]:
    """Yield everything about the people, or about the firms, of a run."""
    if accounts.why_not("records") or not any(accounts.scored):
        unscored = findings.unscored_findings(run, accounts)
        yield Part("unscored", KIND_WORDS[accounts.kind].capitalize(), _sentences(unscored))
        if accounts.dates:
            yield from _alive(run, accounts)
        return
    yield _grades(run, accounts)
    yield _taken(run, accounts, is_whole=is_whole)
    yield Part("truth", "Recorded rightly or wrongly", _sentences(findings.truth_findings(run, accounts)))
    yield _unknown(run, accounts)
    yield Part("lists", "Lists and measures at the end", _sentences(findings.list_findings(run, accounts)))
    yield from _alive(run, accounts)


def _alive(run: TownRun, accounts: Accounts) -> Iterator[Part]:
    """Yield what happened whether or not anybody was scored: lawful expression, and how they lived."""
    if said := findings.expression_findings(run, accounts):
        yield Part("expression", "Lawful expression (no offence, shown apart)", _sentences(said))
    if lived := lives.lived_findings(accounts):
        yield Part("lived", lives.TITLES[accounts.kind], _sentences(lived))


def _sentences(found: Sequence[Finding]) -> tuple[Block, ...]:
    return (Sentences(tuple(finding.text for finding in found)),)


def _grades(run: TownRun, accounts: Accounts) -> Part:
    """Return grades, and the mean score, at the first, the middle and the last month's end."""
    at, noun = findings.moments(accounts), KIND_WORDS[accounts.kind]
    counts = grade_counts(accounts, findings.grade_ids(run.book))
    rows = [
        (findings.grade_name(run.book, grade), *(words.percent(n[i], accounts.scored[i]) for i in at))
        for grade, n in counts.items()
    ]
    means, quantum = mean_score(accounts), run.book.score.quantum
    rows.append(("mean score", *(_mean(means[i], quantum) for i in at)))
    rows.append((f"{noun} scored", *(words.count(accounts.scored[i]) for i in at)))
    title = f"Grades of {noun}, at the month's end"
    if set(counts) <= {NO_GRADE}:
        title = f"Scores of {noun}, at the month's end (the rulebook has no grades)"
    heads = ("", *(words.short_month(accounts.dates[i]) for i in at))
    table = _table(heads, rows, f"Shares at the month's end, {SYNTHETIC_WORDS}")
    return Part("grades", title, (table, *_unknown_base(run)))


def _unknown_base(run: TownRun) -> list[Block]:
    if run.book.score.base.value != "unknown":
        return []
    return [Paragraph("Where everyone starts is not known: scores count from 0 here and show change, not standing.")]


def _taken(run: TownRun, accounts: Accounts, *, is_whole: bool) -> Part:
    """Return what points were taken and given for."""
    title, rows = "Points lost and given, and for what", findings.clause_rows(run, accounts)
    if not any(row.tally.records for row in rows):
        return Part("taken", title, (Paragraph(findings.NOTHING_FIRED, loud=True),))
    told = _every_clause(run, rows) if is_whole else _first_clauses(run, rows)
    return Part("taken", title, (*told, *_silent(run, accounts, is_whole=is_whole)))


def _every_clause(run: TownRun, rows: Sequence[ClauseRow]) -> list[Block]:
    """Return the clauses that took points, those that gave some, and those that moved none, each as a table."""
    mine = [row for row in rows if not row.is_expression]
    lost, given = ([row for row in mine if sign * row.tally.points > 0] for sign in (-1, 1))
    still = [row for row in mine if not row.tally.points]
    tables = (
        (lost, "Clauses that took points, most first"),
        (given[::-1], "Clauses that gave points, most first"),
        (still, "Clauses that fired and moved no point"),
    )
    told: list[Block] = [_clause_table(run, some, f"{caption}, {SYNTHETIC_WORDS}") for some, caption in tables if some]
    return told if lost else [Paragraph("No clause took a point."), *told]


def _first_clauses(run: TownRun, rows: Sequence[ClauseRow]) -> list[Block]:
    """Return the clauses that took most, how many more there are, and what was given."""
    lost = [row for row in rows if row.tally.points < 0 and not row.is_expression]
    caption = f"Clauses that took most points, {SYNTHETIC_WORDS}"
    told: list[Block] = [_clause_table(run, lost[:MOST_CLAUSES], caption)] if lost else []
    told += [] if lost else [Paragraph("No clause took a point.")]
    more = len(lost) - MOST_CLAUSES
    if more > 0:
        told.append(Paragraph(f"... and {words.counted(more, 'further clause')}."))
    return told + _given(run, rows)


def _given(run: TownRun, rows: Sequence[ClauseRow]) -> list[Block]:
    """Return how many points were given, and for what above all; nothing where none were."""
    gave = [row for row in rows if row.tally.points > 0]
    if not gave:
        return []
    given = sum((row.tally.points for row in gave), Decimal(0))
    best = max(gave, key=lambda row: row.tally.points)
    share = "all of them" if len(gave) == 1 else "most of them" if 2 * best.tally.points > given else "the largest part"
    points = words.points(given, run.book.score.quantum)
    return [Paragraph(f"Given: {points} {words.noun(given, 'point')}, {share} for: {best.label}.")]


def _clause_table(run: TownRun, rows: Sequence[ClauseRow], caption: str) -> Grid:
    cells = [tuple(row.cells(run.book.score.quantum)) for row in rows]
    return _table(("", "points", "records", "by wrong records"), cells, caption)


def _silent(run: TownRun, accounts: Accounts, *, is_whole: bool) -> list[Block]:
    silent = findings.silent_clauses(run, accounts)
    if not silent:
        return []
    names = (f"{clause.label} ({clause.id})" if is_whole else clause.id for clause in silent)
    many = words.counted(len(silent), "clause")
    return [Paragraph(f"Never fired in this run: {many} ({('; ' if is_whole else ', ').join(names)}).", quiet=is_whole)]


def _unknown(run: TownRun, accounts: Accounts) -> Part:
    """Return how often each clause of unknown value would have fired."""
    title = "Clauses whose value nobody has found"
    rows = [row for row in findings.unknown_rows(run, accounts) if not row.is_expression]
    if not rows:
        return Part("unknown", title, (Paragraph(findings.no_unknown(run)),))
    cells = [(f"{row.label} ({row.clause})", words.count(row.times)) for row in rows]
    table = _table(("would have fired", "times"), cells, "How often each would have fired")
    return Part("unknown", title, (table, Paragraph(findings.unknown_effect(run))))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> Grid:
    """Return rows whose first column is words and whose others are numbers."""
    cells = tuple(tuple(row) for row in rows)
    return Grid(tuple(heads), cells, frozenset(range(1, len(heads))), caption=caption)


def _mean(mean: Fraction | None, quantum: Decimal) -> str:
    return "-" if mean is None else words.points(mean, quantum)
