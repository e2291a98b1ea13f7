"""Corrections: a record is taken back (section 4)."""

from __future__ import annotations

from datetime import date

from glasstown.interpreter import balance, explain_decisions
from glasstown.interpreter.course import Course
from glasstown.interpreter.filing import Filing
from glasstown.interpreter.locks import end_all
from glasstown.interpreter.note import Note
from glasstown.ledger import Decision


def correct(course: Course, decision: Decision, day: date) -> None:
    """Reverse a record: its standing points return, what it has pending is cancelled, it counts nowhere."""
    before, filing = course.standing.score, course.filings.get(decision.of or "")
    if filing is None:
        course.write(Note(day, "correction", before, explain_decisions.no_record(decision), None, record=decision.of))
        return
    clause = course.reading.clause(filing.place)
    had_effect = filing.fate == "in effect" and not filing.corrected
    why = explain_decisions.correction(course, clause, filing)
    if filing.fate == "waiting":
        filing.fate = "withdrawn"
    if had_effect:
        standing = filing.standing()
        course.standing.move(-standing, clause.part)
        balance.take_back(course, standing)
        _undo(course, filing)
    filing.corrected = True
    if filing.dispute is not None:
        filing.dispute.state = "closed"
    course.write(Note(day, "correction", before, why, clause.cite, clause=clause, record=filing.record.id))


def _undo(course: Course, filing: Filing) -> None:
    filing.let_go()
    filing.count_nowhere()
    end_all(filing)
    for place, holds in enumerate(course.standing.holds):
        course.standing.drop_holds(place, [hold for hold in holds if hold.filing is filing])
