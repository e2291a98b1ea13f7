"""A record takes effect: the rules of section 3, in their order.

Requirements: what keeps a clause from applying to a record (rule 3.3).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from glasstown.interpreter import explain, lists
from glasstown.interpreter.agenda import Kind, Stage, key
from glasstown.interpreter.calendar import month_steps
from glasstown.interpreter.course import Course
from glasstown.interpreter.filing import Filing
from glasstown.interpreter.locks import begin_lock, begin_override
from glasstown.interpreter.points import take
from glasstown.interpreter.writing import Note, write
from glasstown.language.days import covers
from glasstown.language.model import Clause, MoneyRange, PointsDated, Proof
from glasstown.ledger import Record


def unmet(course: Course, clause: Clause, record: Record, counting_day: date) -> str | None:
    """Return why the clause does not apply to the record, None where it does."""
    if not _is_law(clause, counting_day):
        return explain.not_law(clause, counting_day)
    if lacking := _lacking_proof((*clause.proof, *course.reading.book.proof), record):
        return explain.lacks_proof(lacking, record)
    for exclusion in clause.unless:
        if exclusion.id in record.unless and covers(exclusion.in_force, counting_day):
            return explain.excluded(exclusion)
    if not _is_clean(course, clause, counting_day):
        return explain.not_clean(clause)
    return None


def _is_law(clause: Clause, day: date) -> bool:
    if not covers(clause.in_force, day):
        return False
    return not isinstance(clause.points, PointsDated) or any(covers(entry, day) for entry in clause.points.dated)


def _lacking_proof(asked: tuple[Proof, ...], record: Record) -> Proof | None:
    """Return the first proof of which there is too little; a record that says nothing has its proof in order."""
    there = record.proof
    if there is None:
        return None
    return next((proof for proof in asked if there.get(proof.kind, 0) < proof.at_least), None)


def _is_clean(course: Course, clause: Clause, counting_day: date) -> bool:
    """Return whether no deducting record stands in the way."""
    if clause.requires is None:
        return True
    return course.deducting.count(*course.reading.period(clause.requires.clean, counting_day)) == 0


def file(course: Course, record: Record) -> None:
    """Find the clause of a record and put the day of its effect on the agenda.

    An act that no clause covers is no record, nor is what lies outside the days of the scheme.
    """
    place = course.reading.first_clause(record.clause, record.act, record.amount)
    if place is None:
        course.flag(f"event {record.id}: no clause covers the act {record.act}")
        return
    clause = course.reading.clause(place)
    counted = record.act_day if clause.counts_from == "act" else record.record_day
    filing = Filing(
        record=record,
        place=place,
        order=course.reading.order_of(place),
        counting_day=course.reading.after(counted, clause.starts_after),
        effect_day=course.reading.after(record.record_day, clause.starts_after),
        until=record.until,
    )
    if not all(course.reading.is_law(day) for day in (record.act_day, record.record_day, filing.effect_day)):
        course.flag(f"event {record.id}: outside the days on which the scheme is in force, so no record is made")
        return
    course.filings[record.id] = filing
    is_status = clause.status and filing.effect_day == course.life.start
    order = place - len(course.reading.book.clauses) if is_status else _place_in_day(course, filing)
    when = key(filing.effect_day, Stage.RECORD, order, record.order, Kind.RECORD)
    course.agenda.add(when, partial(_take_effect, course, filing))
    if filing.effect_day > course.life.until:
        course.flag(f"event {record.id}: takes effect on {filing.effect_day}, after the end of this life")


def _place_in_day(course: Course, filing: Filing) -> int:
    """Return the place of a record among those of its day: its clause's, or where the rulebook says so the same for all."""
    return 0 if course.reading.book.same_day == "as-recorded" else filing.order


def _take_effect(course: Course, filing: Filing, day: date) -> None:
    if filing.fate == "withdrawn":
        return
    record, before = filing.record, course.standing.score
    n_earlier = _climb(course, filing)
    clause = course.reading.clause(filing.place)
    if reason := unmet(course, clause, record, filing.counting_day):
        filing.fate = "not applicable"
        why = explain.not_applicable(clause, record, reason)
        write(course, Note(day, "record", before, why, clause.cite, clause=clause, record=record.id))
        return
    filing.fate = "in effect"
    _count(course, filing, clause)
    taking = take(course, filing, filing.counting_day, day)
    fine = _fine(course, clause, record)
    overridden = clause.override is not None and not clause.override.on_application
    holds = overridden and begin_override(course, filing, clause, filing.counting_day, day)
    locks = clause.lock is not None and begin_lock(course, filing, clause, day)
    entry = lists.enter(course, filing, clause, day) if clause.enters is not None else ""
    n_instalments = _arrange_instalments(course, filing, clause)
    brings = explain.Brings(fine=fine, holds=holds, locks=locks, entry=entry, more=n_instalments)
    why = explain.record(course, clause, filing, taking, n_earlier=n_earlier, brings=brings)
    write(
        course,
        Note(
            day,
            "record",
            before,
            why,
            clause.cite,
            clause=clause,
            record=record.id,
            cap=taking.cap.name if taking.cap else None,
            fine=fine,
            unknown=taking.nominal.is_unknown,
            takes_effect=True,
        ),
    )


def _climb(course: Course, filing: Filing) -> int | None:
    """Find the step of the ladder that the record stands on (rule 3.2); return how many earlier records it counts."""
    ladder_place = course.reading.ladder_of.get(filing.place)
    if ladder_place is None:
        return None
    ladder = course.reading.ladder(ladder_place)
    first, last = course.reading.period(ladder.window, filing.counting_day)
    n_earlier = course.ladder_tallies[ladder_place].count(first, last)
    if filing.record.clause is None:
        filing.place = course.reading.clause_place[ladder.steps[min(n_earlier, len(ladder.steps) - 1)]]
    return n_earlier


def _count(course: Course, filing: Filing, clause: Clause) -> None:
    """Let the record count for its ladder and as a deducting one from now on."""
    ladder_place = course.reading.ladder_of.get(filing.place)
    if ladder_place is not None:
        filing.mark(course.ladder_tallies[ladder_place], filing.counting_day)
    if clause.direction == "deduct":
        filing.mark(course.deducting, filing.counting_day)


def _fine(course: Course, clause: Clause, record: Record) -> int | None:
    """Return the fine and add it up (rule 3.7); what is unknown or not stated adds nothing and is flagged."""
    fine = clause.fine
    if isinstance(fine, MoneyRange):
        if record.fine is None:
            course.flag(
                f"event {record.id}: a fine between {fine.least} and {fine.most} yuan is not stated; none is added"
            )
        fine = record.fine
    elif isinstance(fine, str):
        course.flag(f"clause {clause.id}: the fine is unknown and adds nothing")
        return None
    course.fines += fine or 0
    return fine


def _arrange_instalments(course: Course, filing: Filing, clause: Clause) -> bool:
    """Put the next instalment of a state that lasts on the agenda (rule 3.11); return whether there is one."""
    if clause.repeats is None or filing.until is None:
        return False
    # An `end` event can bring the end forward, so every instalment asks anew whether the state is over.
    steps = month_steps(filing.counting_day, until=date.max, after=filing.effect_day)
    return _arrange_next(course, filing, clause, steps)


def _arrange_next(course: Course, filing: Filing, clause: Clause, steps: Iterator[tuple[int, date]]) -> bool:
    step = next(steps, None)
    if step is None or _is_over(filing, step[1]) or not course.reading.is_law(step[1]):
        return False
    n_months, day = step
    when = key(day, Stage.REPEAT, filing.place, filing.record.order, Kind.REPEAT)
    course.agenda.add(when, partial(_instalment, course, filing, clause, steps, n_months))
    return True


def _is_over(filing: Filing, day: date) -> bool:
    return filing.until is not None and day >= filing.until


def _instalment(
    course: Course, filing: Filing, clause: Clause, steps: Iterator[tuple[int, date]], n_months: int, day: date
) -> None:
    if filing.is_cancelled or filing.carried or _is_over(filing, day):
        return
    before = course.standing.score
    taking = take(course, filing, day, day)
    more = _arrange_next(course, filing, clause, steps)
    why = explain.instalment(course, clause, filing, taking, n_months=n_months, more=more)
    write(
        course,
        Note(
            day,
            "repeat",
            before,
            why,
            clause.cite,
            clause=clause,
            record=filing.record.id,
            cap=taking.cap.name if taking.cap else None,
            unknown=taking.nominal.is_unknown,
        ),
    )
