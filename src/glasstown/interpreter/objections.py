"""Objections: a record is disputed, decided upon, reviewed, and the clocks run (section 4)."""

from __future__ import annotations

from datetime import date
from functools import partial

from glasstown.interpreter import explain_decisions
from glasstown.interpreter.agenda import Kind, Stage, key
from glasstown.interpreter.corrections import correct
from glasstown.interpreter.course import Course
from glasstown.interpreter.filing import Dispute, Filing
from glasstown.interpreter.note import Note
from glasstown.language.model import Objection, Span
from glasstown.ledger import Decision
from glasstown.types import UNKNOWN


def objection_to(course: Course, filing: Filing) -> Objection | None:
    """Return the rule for objections to a record: its list's, or else the rulebook's."""
    enters = course.reading.clause(filing.place).enters
    rule = course.reading.book.lists[course.reading.list_place[enters.list]] if enters else None
    return rule.objection if rule and rule.objection else course.reading.book.objection


def object_to(course: Course, decision: Decision, day: date) -> None:
    """Object to a record, or ask for review of a refusal; one line."""
    found = _disputed(course, decision)
    if found is None:
        return
    filing, rule = found
    before = course.standing.score
    refusal = _not_open(course, filing, rule, day)
    why = refusal or _open(course, filing, rule, decision, day)
    clause = course.reading.clause(filing.place)
    course.write(Note(day, "objection", before, why, rule.cite, clause=clause, record=filing.record.id))


def _disputed(course: Course, decision: Decision) -> tuple[Filing, Objection] | None:
    """Return the record that an event is about and the rule; where there is none, the event is no entry."""
    filing = course.filings.get(decision.of or "")
    rule = objection_to(course, filing) if filing else None
    if filing is None or rule is None:
        course.flag(f"event {decision.id}: this rulebook has no objection to event {decision.of}")
        return None
    return filing, rule


def _not_open(course: Course, filing: Filing, rule: Objection, day: date) -> str | None:
    """Return why no objection is open to the record on this day, None where one is."""
    dispute = filing.dispute
    if filing.corrected or filing.fate == "withdrawn":
        return explain_decisions.nothing_to_object_to(filing)
    if dispute is None:
        last = _last_day(course, filing.effect_day, rule.within, "to object")
        return None if last is None or day <= last else explain_decisions.too_late(filing, last)
    if dispute.state != "refused" or dispute.is_review or rule.review_within is None:
        return explain_decisions.no_second_objection(filing, dispute)
    assert dispute.decided_on is not None
    last = _last_day(course, dispute.decided_on, rule.review_within, "to ask for review")
    return None if last is None or day <= last else explain_decisions.too_late(filing, last)


def _last_day(course: Course, day: date, within: Span | str | None, what: str) -> date | None:
    if isinstance(within, Span):
        return course.reading.after(day, within)
    if within == UNKNOWN:
        course.flag(f"how long there is {what} is unknown; it is counted as always")
    return None


def _open(course: Course, filing: Filing, rule: Objection, decision: Decision, day: date) -> str:
    """Open the objection or review and let its clock run; return what there is to say."""
    dispute = Dispute(is_review=filing.dispute is not None, stays=rule.stays is True)
    filing.dispute = dispute
    if rule.stays == UNKNOWN:
        course.flag("whether an objection lifts the listing is unknown; it does not here")
    answered = rule.review_answered_within if dispute.is_review else rule.answered_within
    due = None
    if isinstance(answered, Span):
        due = course.reading.after(day, answered)
        when = key(due, Stage.DECISION, 0, decision.order, Kind.DEADLINE)
        course.agenda.add(when, partial(_pass_deadline, course, filing, rule, dispute))
    elif answered == UNKNOWN:
        course.flag("how long the answer to an objection may take is unknown; no deadline is noted")
    return explain_decisions.objection(filing, dispute, rule, due)


def _pass_deadline(course: Course, filing: Filing, rule: Objection, dispute: Dispute, day: date) -> None:
    if dispute.state != "open":
        return
    clause, why = course.reading.clause(filing.place), explain_decisions.deadline(filing, dispute)
    course.write(Note(day, "deadline", course.standing.score, why, rule.cite, clause=clause, record=filing.record.id))


def decide(course: Course, decision: Decision, day: date) -> None:
    """Close an objection: granted, the record is corrected; refused, review may be open."""
    found = _disputed(course, decision)
    if found is None:
        return
    filing, rule = found
    before, clause, dispute = course.standing.score, course.reading.clause(filing.place), filing.dispute
    assert decision.granted is not None
    corrected_on = None
    if dispute is not None and dispute.state == "open":
        dispute.state, dispute.decided_on = "granted" if decision.granted else "refused", day
        corrected_on = _arrange_correction(course, rule, decision, day) if decision.granted else None
        why = explain_decisions.decided(course, filing, dispute, rule, corrected_on)
    else:
        why = explain_decisions.nothing_to_decide(filing)
    course.write(Note(day, "decision", before, why, rule.cite, clause=clause, record=filing.record.id))


def _arrange_correction(course: Course, rule: Objection, decision: Decision, day: date) -> date:
    """Put the correction on the agenda; on the same day it comes next."""
    due = day
    if isinstance(rule.corrected_within, Span):
        due = course.reading.after(day, rule.corrected_within)
    elif rule.corrected_within == UNKNOWN:
        course.flag("how long a correction after a granted objection takes is unknown; it is made at once")
    when = key(due, Stage.DECISION, 0, decision.order, Kind.CORRECTION)
    course.agenda.add(when, partial(correct, course, decision))
    return due
