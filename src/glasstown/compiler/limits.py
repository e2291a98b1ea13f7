"""What no town can live under: the one list of the engine's limits, told by `check` as notes and by a run as faults.

The interpreter has none of them: `glasstown case` tells single lives under such a rulebook.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from glasstown.compiler import columns as col
from glasstown.compiler.rows import is_about, is_on, parts_kept, quanta, states_wait
from glasstown.errors import Fault
from glasstown.exact import exactly
from glasstown.language.acts import ActCatalogue
from glasstown.language.check_ground import Where
from glasstown.language.load import acts_beside, locate, sound_readings
from glasstown.language.model import Cap, Clause, Ladder, PointsDated, PointsRange, PointsRate, Rulebook
from glasstown.language.notes import Note
from glasstown.language.tree import Keys
from glasstown.types import MOST_CAPS

MOST_CHOICE, MOST_TAKEN = (1 << col.CHOICE_BITS) - 1, (1 << col.TAKEN_BITS) - 1
"""what an entry has room for: an amount or a choice in quanta, and the quanta that one record takes or gives"""
MOST_OF_FRACTION = 1 << 40
"""numerator and denominator of what a campaign multiplies by: products stay within 63 bits"""
FIRST_YEAR, LAST_YEAR = date.min.year + 1, date.max.year - 90
"""Years in which a town can begin: its tables look back a day, and ninety years ahead, and each day has a date."""
WAY_OUT = "Tell single lives with `glasstown case`; towns under it come with a later version."

Limit: TypeAlias = tuple[str, Keys, str, str, str]
"""Subject, path in the file, found, expected, way out."""


@exactly
def limits_of(book: Rulebook, acts: ActCatalogue, where: Where | None = None) -> list[Fault]:
    """Return one fault for each thing in a sound rulebook that the engine has no room for; `where` gives places."""
    return [
        Fault(subject, where.at(*path) if where else None, found, expected, way_out)
        for subject, path, found, expected, way_out in _limits(book, acts)
    ]


def limits_on(ref: str) -> tuple[Note, ...]:
    """Return as notes what keeps a town from a sound rulebook, in any of its readings; each once."""
    acts = acts_beside(locate(ref)[0])
    told = dict.fromkeys(fault for book, _, where in sound_readings(ref) for fault in limits_of(book, acts, where))
    return tuple(
        Note(
            each.subject,
            each.place,
            f"no town can live under it: {each.found}; expected {each.expected}. {each.way_out}",
        )
        for each in told
    )


def _limits(book: Rulebook, acts: ActCatalogue) -> Iterator[Limit]:
    yield from _of_days(book)
    if len(parts_kept(book)) > col.MOST_PARTS:
        yield (
            "the score",
            ("score", "parts"),
            f"{len(book.score.parts)} parts",
            f"at most {col.MOST_PARTS}",
            "Join parts.",
        )
    for place, clause in enumerate(book.clauses):
        subject, path = f"clause '{clause.id}'", ("clauses", place)
        for key, found, expected, way_out in (*_of_clause(book, clause), *_of_amounts(book, clause, acts)):
            yield subject, (*path, key), found, expected, way_out
    for place, ladder in enumerate(book.ladders):
        for found, expected, way_out in _of_ladder(book, ladder):
            yield f"ladder '{ladder.id}'", ("ladders", place), found, expected, way_out
    yield from _of_fractions(book)
    for place, grade in enumerate(book.grades):
        kinds = [subject.kind for subject in book.subjects if subject.kind in ("person", "household")]
        if kinds and grade.quota is not None and grade.quota.ties == "lot":
            expected, way_out = "a lot among firms, who stay", "Let all who tie be in, or none of them."
            yield (
                f"grade '{grade.id}'",
                ("grades", place, "quota", "ties"),
                f"a lot among {kinds[0]}s",
                expected,
                way_out,
            )
        for day in grade.quota.assessed if grade.quota else ():
            if not is_month_end(day):
                yield (
                    f"grade '{grade.id}'", ("grades", place, "quota"), f"a quota assessed on {day}",
                    "the last day of a month",
                    "Assess it at the month's end; a town looks at everybody's score between two months.",
                )  # fmt: skip


def _of_days(book: Rulebook) -> Iterator[Limit]:
    """Yield the years in which no town can begin."""
    first = book.in_force.from_
    if first.year > LAST_YEAR:
        expected = f"a town that begins in {LAST_YEAR} at the latest"
        yield "in_force, from", ("in_force", "from"), f"{first}", expected, "Let the scheme begin earlier."
    elif isinstance(book.in_force.until, date) and book.in_force.until.year <= FIRST_YEAR:
        expected = f"a town that begins in the year {FIRST_YEAR} at the earliest"
        yield "in_force, until", ("in_force", "until"), f"{book.in_force.until}", expected, "Let the scheme end later."


Told: TypeAlias = tuple[str, str, str, str]
"""Key of the clause, found, expected, way out."""


def _of_clause(book: Rulebook, clause: Clause) -> Iterator[Told]:
    """Yield what a clause brings together that no row of the tables holds together."""
    if clause.act is not None and clause.applies_to.kind not in ("person", "firm"):
        yield "applies_to", f"an act of a {clause.applies_to.kind}", "an act of persons or firms", WAY_OUT
    if clause.repeats and isinstance(clause.points, PointsRate):
        found, way_out = (
            "a rate that also repeats while a state lasts",
            "Give the instalment as a flat number, or drop `repeats`.",
        )
        yield "repeats", found, "one or the other", way_out
    n_caps = len(caps_over(book, clause))
    if n_caps > MOST_CAPS:
        yield "caps", f"{n_caps} caps over it", f"at most {MOST_CAPS}", "Join caps that say the same."
    if states_wait(book, clause) and isinstance(clause.points, PointsRange | PointsRate):
        found = "a range or a rate beside months of extension or of grace"
        yield "points", found, "one or the other", "Give the points as a flat number."
    first = clause.reached_by.clause if clause.reached_by is not None else None
    ladder = next((each for each in book.ladders if first in each.steps), None)
    if ladder is not None:
        found = f"records that follow from a step of ladder '{ladder.id}'"
        yield "reached_by", found, "records that follow from a clause of its own", "Name a clause that is no step."


def _of_ladder(book: Rulebook, ladder: Ladder) -> Iterator[tuple[str, str, str]]:
    """Yield in what the steps of a ladder differ, though one row stands for all of them."""
    steps = [clause for clause in book.clauses if clause.id in ladder.steps]
    if any(step.amount is not None for step in steps):
        yield "a step with an amount band", "steps for all amounts", "Give the bands to clauses of their own."
    if len({(str(step.starts_after), step.counts_from) for step in steps}) > 1:
        found = "steps with different `starts_after` or `counts_from`"
        yield found, "the same", "Give all steps of the ladder the same."
    if len({states_wait(book, step) for step in steps}) > 1:
        found = "steps with and without months of extension or grace"
        yield found, "the same", "Let all steps enter lists alike."
    if any(isinstance(step.points, PointsRange | PointsRate) for step in steps):
        yield "a step with a range or a rate", "steps with exact points", "Give each step a number."


def _of_amounts(book: Rulebook, clause: Clause, acts: ActCatalogue) -> Iterator[Told]:
    """Yield choices, amounts and the points they come to that an entry of the ledger has no room for."""
    points, quantum = clause.points, book.score.quantum
    spread = range_width(points) if isinstance(points, PointsRange) else None
    if spread is not None and quanta(spread, quantum) > MOST_CHOICE:
        yield "points", f"a range of {spread} points", f"at most {MOST_CHOICE} quanta", "Use a larger quantum."
    amounts = [act.amount.most for act in acts.acts if act.amount and clause.act in acts.lineage(act.id)]
    most = max(amounts, default=0)
    times = [campaign.times for campaign in book.campaigns if is_on(campaign, clause)]
    taken = most_quanta(book, clause, most)
    if times and taken > MOST_TAKEN:
        found = f"campaigns by which its points come to {taken} quanta"
        yield "points", found, f"at most {MOST_TAKEN} quanta", "Use a larger quantum."
    if isinstance(points, PointsRate):
        plain = (most // points.per + 1) * abs(quanta(points.each, quantum))
        if most > MOST_CHOICE or plain > MOST_TAKEN:
            found = f"amounts of up to {most} {points.of}, which come to {plain} quanta"
            expected = f"amounts of at most {MOST_CHOICE} and {MOST_TAKEN} quanta"
            yield "points", found, expected, "Use a larger unit, or a larger quantum."


def _of_fractions(book: Rulebook) -> Iterator[Limit]:
    """Yield what campaigns multiply by, and shares that come back, where the fraction is too long for the engine's products."""
    for place, campaign in enumerate(book.campaigns):
        if is_long(Fraction(campaign.times)):
            path = ("campaigns", place, "times")
            yield f"campaign '{campaign.id}'", path, f"times {campaign.times}", "a number of few digits", "Write fewer."
    for place, clause in enumerate(book.clauses):
        for at, step in enumerate(clause.rectified):
            if is_long(Fraction(step.returns)):
                way = ("clauses", place, "rectified", at, "returns")
                yield f"clause '{clause.id}'", way, f"{step.returns} returns", "a number of few digits", "Write fewer."


def is_long(number: Fraction) -> bool:
    """Return whether a fraction's numerator or denominator is too large for the engine's products."""
    return max(abs(number.numerator), number.denominator) > MOST_OF_FRACTION


def most_quanta(book: Rulebook, clause: Clause, amount: int) -> int:
    """Return the most quanta that one record of a clause moves, campaigns and the largest amount of its act included."""
    most = max((abs(number) for number in _numbers(clause, amount)), default=Decimal(0)) / book.score.quantum
    for campaign in book.campaigns:
        if is_on(campaign, clause):
            most *= max(campaign.times, Decimal(1))
    return int(most)


def is_month_end(month_day: str) -> bool:
    """Return whether MM-DD is the last day of its month, in some years at least."""
    month, day = (int(number) for number in month_day.split("-"))
    return day >= 28 if month == 2 else day == monthrange(2001, month)[1]


def _numbers(clause: Clause, amount: int) -> list[Decimal]:
    """Return the numbers of points that a clause names; of a rate what the largest amount comes to."""
    points = clause.points
    if isinstance(points, PointsRange):
        return [end for end in (points.least, points.most) if isinstance(end, Decimal)]
    if isinstance(points, PointsRate):
        return [points.each * (amount // points.per + 1)]
    if isinstance(points, PointsDated):
        return [entry.value for entry in points.dated if isinstance(entry.value, Decimal)]
    return [points] if isinstance(points, Decimal) else []


def range_width(points: PointsRange) -> Decimal | None:
    """Return how far the ends of a range lie apart, None where one of them is unknown."""
    if isinstance(points.least, Decimal) and isinstance(points.most, Decimal):
        return points.most - points.least
    return None


def caps_over(book: Rulebook, clause: Clause) -> list[Cap]:
    """Return the caps that are about a clause, in their order: clause, group, score."""
    group = next((group for group in book.groups if group.id == clause.group), None)
    every = [*clause.caps, *(group.caps if group else ()), *book.score.caps]
    return [cap for cap in every if is_about(cap, clause)]
