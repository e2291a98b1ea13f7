"""Nominal points: what a clause gives or takes by itself, and what campaigns make of it (rule 3.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from glasstown.errors import CaseError, Fault
from glasstown.interpreter.calendar import holds_on
from glasstown.interpreter.course import Course
from glasstown.interpreter.filing import Filing
from glasstown.interpreter.ranges import is_inside, near_end, needs_choice, range_words
from glasstown.interpreter.reading import to_quanta
from glasstown.language.model import Campaign, Clause, PointsDated, PointsRange, PointsRate
from glasstown.ledger import Record
from glasstown.types import Quanta


@dataclass(frozen=True, slots=True)
class Nominal:
    """Points before locks and caps; `is_unknown` where the record does not tell them, `campaigns` what multiplied them."""

    quanta: Quanta
    is_unknown: bool
    campaigns: tuple[Campaign, ...]


def nominal_points(course: Course, filing: Filing, counting_day: date) -> Nominal:
    """Return what the clause gives or takes by itself; a carried remainder is kept for the next record."""
    clause = course.reading.clause(filing.place)
    number = _number(course, filing, clause, counting_day)
    if number is None:
        course.n_unknown[clause.id] = course.n_unknown.get(clause.id, 0) + 1
        return Nominal(0, is_unknown=True, campaigns=())
    quanta = to_quanta(number, course.reading.book.score.quantum)
    campaigns = tuple(c for c in course.reading.book.campaigns if quanta and _is_on(c, clause, counting_day))
    for campaign in campaigns:
        quanta = int((quanta * campaign.times).to_integral_value(ROUND_DOWN))
    return Nominal(quanta, is_unknown=False, campaigns=campaigns)


def _is_on(campaign: Campaign, clause: Clause, day: date) -> bool:
    return (clause.id in campaign.clauses or clause.group in campaign.groups) and holds_on(campaign.in_force, day)


def _number(course: Course, filing: Filing, clause: Clause, day: date) -> Decimal | None:
    """Return the clause's points, None where they are unknown."""
    points, record = clause.points, filing.record
    if points is None:
        return Decimal(0)
    if isinstance(points, PointsRange):
        return _choice(clause, points, record)
    if isinstance(points, PointsRate):
        amount = stated(clause, record, "amount", f"how many ({points.of})", record.amount)
        amount += course.remainders.get(filing.place, Decimal(0))
        portions, rest = divmod(amount, points.per)
        if points.remainder == "carry":
            course.remainders[filing.place] = rest
        return portions * points.each
    if isinstance(points, PointsDated):
        value = next((entry.value for entry in points.dated if holds_on(entry, day)), Decimal(0))
        return value if isinstance(value, Decimal) else None
    return points if isinstance(points, Decimal) else None


def _choice(clause: Clause, points: PointsRange, record: Record) -> Decimal | None:
    if record.points is None and not needs_choice(points):
        return near_end(clause, points)
    expected = f"points: {range_words(clause, points)}"
    choice = stated(clause, record, "points", expected, record.points)
    if not is_inside(clause, points, choice):
        raise _undecided(clause, record, f"points: {choice}", expected, "Choose a number inside the range.")
    return choice


def stated(clause: Clause, record: Record, name: str, expected: str, value: Decimal | None) -> Decimal:
    """Return a value that a record has to state; `CaseError` where it does not."""
    if value is None:
        raise _undecided(clause, record, f"no {name}", expected, f"Add `{name}:` to the event.")
    return value


def _undecided(clause: Clause, record: Record, found: str, expected: str, way_out: str) -> CaseError:
    subject = f"event '{record.id}'"
    return CaseError(subject, [Fault(f"{subject} under clause '{clause.id}'", None, found, expected, way_out)])
