"""Overrides and locks: grades and holds on the score that last for a time (rule 3.8)."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Literal, TypeAlias

from glasstown.interpreter import explain
from glasstown.interpreter.agenda import Kind, Stage, key
from glasstown.interpreter.calendar import next_start
from glasstown.interpreter.course import Course
from glasstown.interpreter.filing import Filing, LockInForce, OverrideInForce
from glasstown.interpreter.writing import Note, write
from glasstown.language.model import Clause, Lock, Override, Span

InForce: TypeAlias = OverrideInForce | LockInForce
Until: TypeAlias = Span | Literal["unknown", "cycle-end", "state-ends"]


def begin_override(course: Course, filing: Filing, clause: Clause, counted_from: date, day: date) -> bool:
    """Set the grade of a clause's override; return whether it holds beyond this day."""
    assert clause.override is not None
    override: Override = clause.override
    in_force = OverrideInForce(override)
    if not _begin(course, filing, in_force, override.until, counted_from, day):
        return False
    filing.overrides.append(in_force)
    course.standing.overrides.append(in_force)
    return True


def begin_lock(course: Course, filing: Filing, clause: Clause, day: date) -> bool:
    """Begin a clause's hold on the score; return whether it holds beyond this day."""
    assert clause.lock is not None
    lock: Lock = clause.lock
    in_force = LockInForce(lock)
    if not _begin(course, filing, in_force, lock.until, filing.counting_day, day):
        return False
    filing.locks.append(in_force)
    course.standing.locks.append(in_force)
    return True


def _begin(course: Course, filing: Filing, in_force: InForce, until: Until, counted_from: date, day: date) -> bool:
    """Arrange for the end; return whether there is anything before it."""
    end = _end_day(course, filing, in_force, until, counted_from, day)
    if end is not None:
        if end <= day:
            return False
        arrange_end(course, filing, in_force, end)
    return True


def _end_day(
    course: Course, filing: Filing, in_force: InForce, until: Until, counted_from: date, day: date
) -> date | None:
    """Return the day on which an override or lock ends, None where it does not end by itself."""
    clause = course.reading.clause(filing.place)
    what = f"grade {in_force.override.grade}" if isinstance(in_force, OverrideInForce) else "its lock"
    if isinstance(until, Span):
        return course.reading.after(counted_from, until)
    if until == "cycle-end":
        cycle = course.reading.book.score.cycle
        return None if cycle is None else next_start(cycle.starts, day)
    if until == "state-ends":
        if filing.until is None:
            course.flag(f"event {filing.record.id}: when its state ends is not told; {what} lasts until then")
        return filing.until
    course.flag(f"clause {clause.id}: how long {what} holds is unknown; it lasts to the end of the life")
    return None


def arrange_end(course: Course, filing: Filing, in_force: InForce, end: date) -> None:
    """Put the end of an override or lock on the agenda."""
    kind = Kind.OVERRIDE_END if isinstance(in_force, OverrideInForce) else Kind.LOCK_END
    when = key(end, Stage.LAPSE_OR_END, filing.place, filing.record.order, kind)
    course.agenda.add(when, partial(_end, course, filing, in_force))


def _end(course: Course, filing: Filing, in_force: InForce, day: date) -> None:
    if in_force.ended:
        return
    before, clause = course.standing.score, course.reading.clause(filing.place)
    in_force.ended = True
    if isinstance(in_force, OverrideInForce):
        note = Note(day, "override-end", before, explain.override_end(clause, filing.record), clause.cite, clause=clause,
                    record=filing.record.id)  # fmt: skip
    else:
        cite = in_force.lock.cite or clause.cite
        note = Note(day, "lock-end", before, explain.lock_end(in_force.lock, clause, filing.record), cite,
                    clause=clause, record=filing.record.id)  # fmt: skip
    write(course, note)


def end_all(filing: Filing) -> None:
    """End every override and lock of a record, as its correction does."""
    lasting: list[InForce] = [*filing.overrides, *filing.locks]
    for in_force in lasting:
        in_force.ended = True
