"""What a record gives or takes: locks, caps, what was taken, and the lapse (rules 3.5, 3.6, 3.9, 3.12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal, TypeAlias

from glasstown.interpreter import balance, explain
from glasstown.interpreter.agenda import Kind, Stage, key
from glasstown.interpreter.course import Course
from glasstown.interpreter.filing import Filing, Portion
from glasstown.interpreter.nominal import Nominal, nominal_points
from glasstown.interpreter.note import Note
from glasstown.interpreter.reading import CapReading
from glasstown.language.model import Clause
from glasstown.types import Quanta

Barrier: TypeAlias = Literal["lock", "consent"]


@dataclass(frozen=True, slots=True)
class Taking:
    """The points of one record or instalment: what the clause says, what was left of it, what was taken.

    `barrier` is what dropped the points before any cap was asked.
    """

    nominal: Nominal
    granted: Quanta
    taken: Quanta
    barrier: Barrier | None
    cap: CapReading | None
    is_dropped: bool
    is_over_at_once: bool
    lapses_on: date | None


def take(course: Course, filing: Filing, counting_day: date, effect_day: date) -> Taking:
    """Give or take the points of a record or of one instalment, and arrange for their lapse."""
    clause = course.reading.clause(filing.place)
    nominal = nominal_points(course, filing, counting_day)
    barrier = _barrier(course, nominal.quanta)
    under, granted, cap, is_dropped = (
        ([], 0, None, True) if barrier else _through_caps(course, filing.place, nominal.quanta, counting_day)
    )
    lapses_on = _lapse_day(course, clause, counting_day)
    is_over = lapses_on is not None and lapses_on <= effect_day
    taken = 0 if is_over else course.standing.move(granted, clause.part)
    balance.earn(course, taken)
    portion = Portion(taken)
    filing.portions.append(portion)
    if not is_dropped:
        for each in under:
            filing.mark(course.cap_tallies[each.name], counting_day, abs(taken))
    if taken and lapses_on is not None:
        when = key(lapses_on, Stage.LAPSE_OR_END, filing.place, filing.record.order, Kind.LAPSE)
        course.agenda.add(when, partial(_lapse, course, filing, portion))
    return Taking(nominal, 0 if is_over else granted, taken, barrier, cap, is_dropped, is_over, lapses_on)


def _barrier(course: Course, nominal: Quanta) -> Barrier | None:
    """Return what keeps every point out: a lock, or the consent that is not given."""
    if course.standing.frozen_by(nominal) is not None:
        return "lock"
    return "consent" if course.standing.consent is False else None


def _through_caps(
    course: Course, place: int, nominal: Quanta, day: date
) -> tuple[list[CapReading], Quanta, CapReading | None, bool]:
    """Return the caps that the change is under, what they leave of it, the last that bit, and whether it is dropped."""
    clause = course.reading.clause(place)
    under = [each for each in course.reading.caps[place] if _is_about(each, nominal, clause)]
    granted, biting = nominal, None
    for each in under:
        first, last = course.reading.period(each.cap.per, day)
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
    return course.reading.after(counting_day, clause.lapse.after)


def _lapse(course: Course, filing: Filing, portion: Portion, day: date) -> None:
    if filing.is_cancelled or not portion.stands:
        return
    clause, before = course.reading.clause(filing.place), course.standing.score
    portion.stands = False
    moved = course.standing.move(-portion.taken, clause.part)
    why = explain.lapse(course, clause, filing, portion.taken, moved)
    cite = clause.lapse.cite if clause.lapse and clause.lapse.cite else clause.cite
    course.write(Note(day, "lapse", before, why, cite, clause=clause, record=filing.record.id))
