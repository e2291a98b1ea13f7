"""Decisions: corrections, and the procedures that a rulebook names (section 4)."""

from __future__ import annotations

from datetime import date
from functools import partial

from glasstown.interpreter import explain
from glasstown.interpreter.account import Decision
from glasstown.interpreter.agenda import Kind, Stage, key
from glasstown.interpreter.course import Course, Note
from glasstown.interpreter.effect import begin_override
from glasstown.interpreter.filing import Filing
from glasstown.rulebook.model import Procedure


def schedule(course: Course, decision: Decision) -> None:
    """Put a decision on the agenda."""
    is_correction = decision.procedure == "correct"
    kind, carry_out = (Kind.CORRECTION, _correct) if is_correction else (Kind.PROCEDURE, _proceed)
    course.agenda.add(key(decision.day, Stage.DECISION, 0, decision.order, kind), partial(carry_out, course, decision))


def _correct(course: Course, decision: Decision, day: date) -> None:
    """Reverse a record: its standing points return, what it has pending is cancelled, it counts nowhere."""
    before, filing = course.standing.score, course.filings.get(decision.of or "")
    if filing is None:
        why = explain.nothing_to_correct(decision)
        course.write(Note(day, "correction", before, why, None, record=decision.of))
        return
    clause = course.reading.clause(filing.place)
    had_effect = filing.fate == "in effect" and not filing.corrected
    why = explain.correction(course, clause, filing)
    if filing.fate == "waiting":
        filing.fate = "withdrawn"
    if had_effect:
        course.standing.move(-filing.standing())
        _undo(course, filing)
    filing.corrected = True
    course.write(Note(day, "correction", before, why, clause.cite, clause=clause, record=filing.record.id))


def _undo(course: Course, filing: Filing) -> None:
    filing.let_go()
    filing.count_nowhere()
    for in_force in filing.overrides:
        in_force.ended = True
    for place, holds in enumerate(course.standing.holds):
        course.standing.drop_holds(place, [hold for hold in holds if hold.filing is filing])


def _proceed(course: Course, decision: Decision, day: date) -> None:
    """Carry out a procedure: the list that it needs, the application, the reset, then the lists that it ends."""
    before = course.standing.score
    procedure = next((p for p in course.reading.book.procedures if p.id == decision.procedure), None)
    if procedure is None:
        course.flag(f"event {decision.id}: this rulebook has no procedure '{decision.procedure}'")
        return
    why, filing, closed = _carry_out(course, decision, procedure, day)
    clause = course.reading.clause(filing.place) if filing else None
    record = (decision.of if procedure.id == "apply" else None) or decision.id
    note = Note(day, "procedure", before, why, procedure.cite, clause=clause, record=record)
    course.write(note, closed=closed)


def _carry_out(
    course: Course, decision: Decision, procedure: Procedure, day: date
) -> tuple[str, Filing | None, set[int]]:
    """Return why, the record that is applied for, and the lists that have ended."""
    filing = course.filings.get(decision.of or "") if procedure.id == "apply" else None
    needed = procedure.needs_list
    if needed is not None and not course.standing.on_list[course.reading.list_place[needed]]:
        return explain.not_open(procedure), filing, set()
    if procedure.id == "apply" and not _apply(course, filing, day):
        return explain.not_granted(procedure, decision), filing, set()
    if procedure.resets_score:
        _wipe(course)
    closed = _end_lists(course, procedure.id)
    return explain.procedure(course, procedure, decision, filing, closed), filing, closed


def _apply(course: Course, filing: Filing | None, day: date) -> bool:
    """Begin the override of a record on application; return whether it holds."""
    if filing is None or filing.fate != "in effect" or filing.is_cancelled:
        return False
    clause = course.reading.clause(filing.place)
    if clause.override is None or not clause.override.on_application:
        return False
    return begin_override(course, filing, clause, day, day)


def _wipe(course: Course) -> None:
    """Return the score to the base and let every record so far count nowhere; overrides and lists stay."""
    course.standing.return_to_base()
    course.carried.clear()
    for filing in course.filings.values():
        if filing.fate == "in effect":
            filing.wiped = True
            filing.let_go()
            filing.count_nowhere()


def _end_lists(course: Course, procedure: str) -> set[int]:
    """Take away all holds of the lists that the procedure ends; return those that the subject was on."""
    standing, ended = course.standing, set()
    for place, rule in enumerate(course.reading.book.lists):
        if procedure in rule.leaves.on and standing.on_list[place]:
            standing.drop_holds(place, list(standing.holds[place]))
            ended.add(place)
    return ended
