"""What a rulebook did in a town, part by part: one source of blocks for the printed summary, the notebook and the page.

Each part has a key, by which a page puts a drawing beside it.  `is_whole` tells every clause and measure; without it the first few.
A part that has nothing to tell is left out, so that a list is told as a list and a score as a score.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from glasstown.outcomes.measures import NO_GRADE, Accounts, grade_counts, mean_score
from glasstown.outcomes.opened import TownRun
from glasstown.render import findings, own, words
from glasstown.render.blocks import Block, Grid, Heading, Paragraph, Sentences
from glasstown.render.findings import KIND_WORDS, ClauseRow, of_kind
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
    """Yield what a rulebook did to the people, or the firms, of a run."""
    noun = KIND_WORDS[accounts.kind]
    if accounts.why_not("records") or not any(accounts.scored):
        unscored = findings.unscored_findings(run, accounts)
        yield Part("unscored", words.first_up(noun), _sentences([each.text for each in unscored]))
        return
    yield from _grades(run, accounts)
    yield from _taken(run, accounts, is_whole=is_whole)
    if is_whole:
        truth = [each.text for each in findings.truth_findings(run, accounts)]
        yield Part("truth", "Recorded rightly or wrongly", _sentences(truth))
    yield from _unknown(run, accounts)
    if lists := list(own.listed(run, accounts)):
        yield Part("lists", "Lists and measures at the end", _sentences(lists))
    if is_whole and (each := list(_each_measure(run, accounts))):
        yield Part("measures", "Every measure in force", _sentences(each))
    if is_whole and (said := findings.expression_findings(run, accounts)):
        yield Part(
            "expression", "Lawful expression (no offence, shown apart)", _sentences([each.text for each in said])
        )


def _sentences(found: Sequence[str]) -> tuple[Block, ...]:
    return (Sentences(tuple(found)),)


def _each_measure(run: TownRun, accounts: Accounts) -> Iterator[str]:
    """Yield every measure that somebody is under at the end, where they were told together."""
    borne = own.in_force(run, accounts)
    if len(borne) > 1:
        for each in borne:
            yield f"{words.first_up(each.label)}: {of_kind(accounts.series('measures', each.id)[-1], accounts.kind)}."


def _grades(run: TownRun, accounts: Accounts) -> Iterator[Part]:
    """Yield grades, and the mean score, at the first, the middle and the last month's end; nothing where neither moves."""
    at, noun = findings.moments(accounts), KIND_WORDS[accounts.kind]
    counts = grade_counts(accounts, findings.grade_ids(run.book))
    held = {grade: n for grade, n in counts.items() if any(n[i] for i in at)}
    has_grades = bool(set(held) - {NO_GRADE})
    means, quantum = mean_score(accounts), run.book.score.quantum
    is_kept = run.book.score.kept and (has_grades or len({means[i] for i in at}) > 1)
    if not has_grades and not is_kept:
        return
    rows = [
        (findings.grade_name(run.book, grade), *(words.percent(n[i], accounts.scored[i]) for i in at))
        for grade, n in held.items()
        if has_grades
    ]
    if is_kept:
        rows.append(("mean score", *_means([means[i] for i in at], quantum)))
    rows.append((f"{noun} scored", *(words.count(accounts.scored[i]) for i in at)))
    what = "Grades" if has_grades else "Scores"
    without = "" if has_grades else " (nobody holds a grade)" if run.book.grades else " (the rulebook has no grades)"
    heads = ("", *(words.short_month(accounts.dates[i]) for i in at))
    table = _table(heads, rows, f"Shares at the month's end, {SYNTHETIC_WORDS}")
    yield Part("grades", f"{what} of {noun}, at the month's end{without}", (table, *_unknown_base(run)))


def _unknown_base(run: TownRun) -> list[Block]:
    if run.book.score.base.value != "unknown":
        return []
    return [Paragraph("Where everyone starts is not known: scores count from 0 here and show change, not standing.")]


def _taken(run: TownRun, accounts: Accounts, *, is_whole: bool) -> Iterator[Part]:
    """Yield what points were taken and given for, and which clauses were applied and moved none."""
    rows = findings.clause_rows(run, accounts)
    title = "Points lost and given, and for what" if run.book.score.kept else "Clauses that were applied"
    if not any(row.tally.records for row in rows):
        yield Part("taken", title, (Paragraph(findings.nothing_applied(run.book), loud=True),))
        return
    told = _every_clause(run, rows) if is_whole else _first_clauses(run, rows)
    if told := [*told, *_silent(run, accounts, is_whole=is_whole)]:
        yield Part("taken", title, tuple(told))


def _every_clause(run: TownRun, rows: Sequence[ClauseRow]) -> list[Block]:
    """Return the clauses that took points, those that gave some, and those that moved none, each as a table."""
    mine = [row for row in rows if not row.is_expression]
    lost, given = ([row for row in mine if sign * row.tally.points > 0] for sign in (-1, 1))
    still = [row for row in mine if not row.tally.points]
    tables = (
        (lost, "Clauses that took points, most first"),
        (given[::-1], "Clauses that gave points, most first"),
    )
    told: list[Block] = [_clause_table(run, some, f"{caption}, {SYNTHETIC_WORDS}") for some, caption in tables if some]
    return [*told, _still_table(still)] if still else told


def _still_table(rows: Sequence[ClauseRow]) -> Grid:
    """Return the clauses that were applied without moving a point, most often first."""
    cells = [
        (f"{row.label} ({row.tally.clause})", words.count(row.tally.records))
        for row in sorted(rows, key=lambda row: (-row.tally.records, row.tally.clause))
    ]
    return _table(("", "records"), cells, f"Clauses that were applied and move no point, {SYNTHETIC_WORDS}")


def _first_clauses(run: TownRun, rows: Sequence[ClauseRow]) -> list[Block]:
    """Return the clauses that took most, how many more there are, and what was given; of a list, those applied most."""
    mine = [row for row in rows if not row.is_expression]
    if not run.book.score.kept:
        return [_still_table(mine[:MOST_CLAUSES])] if mine else []
    lost = [row for row in mine if row.tally.points < 0]
    caption = f"Clauses that took most points, {SYNTHETIC_WORDS}"
    told: list[Block] = [_clause_table(run, lost[:MOST_CLAUSES], caption)] if lost else []
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
    return [Paragraph(f"Never applied in this run: {many} ({('; ' if is_whole else ', ').join(names)}).", quiet=True)]


def _unknown(run: TownRun, accounts: Accounts) -> Iterator[Part]:
    """Yield how often each clause of unknown value would have been applied; nothing where none would have been."""
    rows = [row for row in findings.unknown_rows(run, accounts) if not row.is_expression]
    if not rows:
        return
    cells = [(f"{row.label} ({row.clause})", words.count(row.times)) for row in rows]
    table = _table(("would have been applied", "times"), cells, "How often each would have been applied")
    yield Part("unknown", "Clauses whose value nobody has found", (table, Paragraph(findings.unknown_effect(run))))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> Grid:
    """Return rows whose first column is words and whose others are numbers."""
    cells = tuple(tuple(row) for row in rows)
    return Grid(tuple(heads), cells, frozenset(range(1, len(heads))), caption=caption)


def _means(means: Sequence[Fraction | None], quantum: Decimal) -> list[str]:
    """Return mean scores with the same number of places; a dash where there is none."""
    told = [mean for mean in means if mean is not None]
    is_whole = all((mean / Fraction(quantum)).denominator == 1 for mean in told)
    places = max(0, -int(quantum.normalize().as_tuple().exponent))
    shown = places if is_whole else max(places, 1)
    return ["-" if mean is None else words.without_idle_places(words.decimal_text(mean, shown)) for mean in means]
