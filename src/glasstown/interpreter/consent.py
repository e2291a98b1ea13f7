"""Consent: nobody is scored who has not agreed (section 4)."""

from __future__ import annotations

from datetime import date

from glasstown.interpreter import explain_decisions
from glasstown.interpreter.course import Course
from glasstown.interpreter.cycles import wipe
from glasstown.interpreter.note import Note
from glasstown.ledger import Decision


def consent(course: Course, decision: Decision, day: date) -> None:
    """Give consent, or take it back; one line, also where it changes nothing."""
    standing, rule, before = course.standing, course.reading.book.consent, course.standing.score
    if rule is None:
        course.flag(f"event {decision.id}: this rulebook asks for no consent")
        return
    assert decision.given is not None
    is_new = decision.given != standing.consent
    standing.consent = decision.given
    if is_new and not decision.given:
        wipe(course)
    why = explain_decisions.consent(course, is_given=decision.given, is_new=is_new)
    course.write(Note(day, "consent", before, why, rule.cite, record=decision.id))
