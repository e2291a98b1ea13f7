"""What a record gives or takes: nominal points, caps, what was taken, and the lapse (rules 3.4 to 3.6, 3.9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from glasstown.errors import CaseError, Fault
from glasstown.interpreter import explain
from glasstown.interpreter.account import Record
from glasstown.interpreter.agenda import Kind, Stage, key
from glasstown.interpreter.calendar import add_span, period_around
from glasstown.interpreter.course import Course, Note
from glasstown.interpreter.filing import Filing, Part
from glasstown.interpreter.reading import CapReading, to_quanta
from glasstown.rulebook.model import Clause, PointsRange, PointsRate
from glasstown.types import UNKNOWN, Quanta


@dataclass(frozen=True, slots=True)
class Taking:
    """The points of one record or instalment: what the clause says, what caps left of it, what was taken."""

    nominal: Quanta
    granted: Quanta
    taken: Quanta
    cap: CapReading | None
    is_dropped: bool
    is_over_at_once: bool
    lapses_on: date | None


def nominal_points(course: Course, place: int, record: Record) -> Quanta:
    """Return what the clause gives or takes by itself (rule 3.4); a carried remainder is kept for the next record."""
    clause = course.reading.clause(place)
    quantum, points = course.reading.book.score.quantum, clause.points
    if points is None:
        return 0
    if isinstance(points, PointsRange):
        return to_quanta(_choice(clause, points, record), quantum)
    if isinstance(points, PointsRate):
        amount = _stated(clause, record, "amount", f"how many ({points.of})", record.amount)
        amount += course.carried.get(place, Decimal(0))
        portions, rest = divmod(amount, points.per)
        if points.remainder == "carry":
            course.carried[place] = rest
        return to_quanta(portions * points.each, quantum)
    if points == UNKNOWN or isinstance(points, str):
        course.n_unknown[clause.id] = course.n_unknown.get(clause.id, 0) + 1
        return 0
    return to_quanta(points, quantum)


def _choice(clause: Clause, points: PointsRange, record: Record) -> Decimal:
    expected = f"points: between {points.least} and {points.most}"
    choice = _stated(clause, record, "points", expected, record.points)
    if not points.least <= choice <= points.most:
        raise _undecided(clause, record, f"points: {choice}", expected, "Choose a number inside the range.")
    return choice


def _stated(clause: Clause, record: Record, name: str, expected: str, value: Decimal | None) -> Decimal:
    if value is None:
        raise _undecided(clause, record, f"no {name}", expected, f"Add `{name}:` to the event.")
    return value


def _undecided(clause: Clause, record: Record, found: str, expected: str, way_out: str) -> CaseError:
    subject = f"event '{record.id}'"
    return CaseError(subject, [Fault(f"{subject} under clause '{clause.id}'", None, found, expected, way_out)])


def take(course: Course, filing: Filing, counting_day: date, effect_day: date) -> Taking:
    """Give or take the points of a record or of one instalment, and arrange for their lapse."""
    clause = course.reading.clause(filing.place)
    nominal = nominal_points(course, filing.place, filing.record)
    under, granted, cap, is_dropped = _through_caps(course, filing.place, nominal, counting_day)
    lapses_on = _lapse_day(course, clause, counting_day)
    is_over = lapses_on is not None and lapses_on <= effect_day
    taken = 0 if is_over else course.standing.move(granted)
    part = Part(taken)
    filing.parts.append(part)
    if not is_dropped:
        for each in under:
            filing.mark(course.cap_tallies[each.name], counting_day, abs(taken))
    if taken and lapses_on is not None:
        when = key(lapses_on, Stage.LAPSE_OR_END, filing.place, filing.record.order, Kind.LAPSE)
        course.agenda.add(when, partial(_lapse, course, filing, part))
    return Taking(nominal, 0 if is_over else granted, taken, cap, is_dropped, is_over, lapses_on)


def _through_caps(
    course: Course, place: int, nominal: Quanta, day: date
) -> tuple[list[CapReading], Quanta, CapReading | None, bool]:
    """Return the caps that the change is under, what they leave of it, the last that bit, and whether it is dropped."""
    clause = course.reading.clause(place)
    under = [each for each in course.reading.caps[place] if _is_about(each, nominal, clause)]
    granted, biting = nominal, None
    for each in under:
        first, last = period_around(each.cap.per, day)
        tally = course.cap_tallies[each.name]
        if each.cap.times is not None and tally.count(first, last) >= each.cap.times:
            return under, 0, each, True
        if each.points is not None:
            left = max(0, each.points - tally.total(first, last))
            if left < abs(granted):
                granted, biting = left if nominal > 0 else -left, each
            if granted == 0 and nominal != 0:
                return under, 0, each, True
    return under, granted, biting, False


def _is_about(each: CapReading, nominal: Quanta, clause: Clause) -> bool:
    """Return whether a cap is about a change (rule 3.5); with a nominal of 0 the clause's direction speaks."""
    if nominal == 0 and each.cap.times is None:
        return False
    is_reward = nominal > 0 or (nominal == 0 and clause.direction == "reward")
    return each.cap.of == "any" or (each.cap.of == "rewards") == is_reward


def _lapse_day(course: Course, clause: Clause, counting_day: date) -> date | None:
    if clause.lapse is None:
        return None
    if isinstance(clause.lapse.after, str):
        course.flag(f"clause {clause.id}: when its points return is unknown; they stay to the end of the life")
        return None
    return add_span(counting_day, clause.lapse.after)


def _lapse(course: Course, filing: Filing, part: Part, day: date) -> None:
    if filing.is_cancelled:
        return
    clause, before = course.reading.clause(filing.place), course.standing.score
    part.stands = False
    moved = course.standing.move(-part.taken)
    why = explain.lapse(course, clause, filing, part.taken, moved)
    cite = clause.lapse.cite if clause.lapse and clause.lapse.cite else clause.cite
    course.write(Note(day, "lapse", before, why, cite, clause=clause, record=filing.record.id))
