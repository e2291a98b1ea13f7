"""Decisions: what is neither clause nor act, and the procedures that a rulebook names (section 4).

States that last: told by a record's `until`, or by an `end` event (section 4).

Corrections: a record is taken back (section 4).

Objections: a record is disputed, decided upon, reviewed, and the clocks run (section 4).

Consent: nobody is scored who has not agreed (section 4).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import TypeAlias

from glasstown.interpreter import explain_decisions, lists, points
from glasstown.interpreter.agenda import Kind, Stage, key
from glasstown.interpreter.course import Course
from glasstown.interpreter.cycles import wipe
from glasstown.interpreter.filing import Dispute, Filing
from glasstown.interpreter.locks import InForce, arrange_end, begin_override, end_all
from glasstown.interpreter.points import spend
from glasstown.interpreter.rectified import give_back
from glasstown.interpreter.writing import Note, write
from glasstown.language.model import Objection, Procedure, Span
from glasstown.ledger import Decision, ProcedureName
from glasstown.types import UNKNOWN


def schedule_state(course: Course, decision: Decision) -> None:
    """Put the end of a state before all else of its day."""
    when = key(decision.day, Stage.ASSESSMENT, 0, decision.order, Kind.STATE_END)
    course.agenda.add(when, partial(_end, course, decision))


def _end(course: Course, decision: Decision, day: date) -> None:
    """Let everything from this morning on be as if the record's `until` had been this day."""
    before, filing = course.standing.score, course.filings.get(decision.of or "")
    if filing is None:
        write(course, Note(day, "state-end", before, explain_decisions.no_record(decision), None, record=decision.of))
        return
    clause = course.reading.clause(filing.place)
    if filing.until is None or day < filing.until:
        filing.until = day
        lasting: list[InForce] = [o for o in filing.overrides if o.override.until == "state-ends"]
        lasting += [o for o in filing.locks if o.lock.until == "state-ends"]
        for in_force in lasting:
            arrange_end(course, filing, in_force, day)
    why = explain_decisions.state_end(clause, filing, day)
    write(course, Note(day, "state-end", before, why, clause.cite, clause=clause, record=filing.record.id))


def correct(course: Course, decision: Decision, day: date) -> None:
    """Reverse a record: its standing points return, what it has pending is cancelled, it counts nowhere."""
    before, filing = course.standing.score, course.filings.get(decision.of or "")
    if filing is None:
        write(course, Note(day, "correction", before, explain_decisions.no_record(decision), None, record=decision.of))
        return
    clause = course.reading.clause(filing.place)
    had_effect = filing.fate == "in effect" and not filing.corrected
    why = explain_decisions.correction(course, clause, filing)
    if filing.fate == "waiting":
        filing.fate = "withdrawn"
    if had_effect:
        standing = filing.standing()
        course.standing.move(-standing, clause.part)
        points.take_back(course, standing)
        _undo(course, filing)
    filing.corrected = True
    if filing.dispute is not None:
        filing.dispute.state = "closed"
    write(course, Note(day, "correction", before, why, clause.cite, clause=clause, record=filing.record.id))


def _undo(course: Course, filing: Filing) -> None:
    filing.let_go()
    filing.count_nowhere()
    end_all(filing)
    for place, holds in enumerate(course.standing.holds):
        course.standing.drop_holds(place, [hold for hold in holds if hold.filing is filing])


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
    write(course, Note(day, "objection", before, why, rule.cite, clause=clause, record=filing.record.id))


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
    write(course, Note(day, "deadline", course.standing.score, why, rule.cite, clause=clause, record=filing.record.id))


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
    write(course, Note(day, "decision", before, why, rule.cite, clause=clause, record=filing.record.id))


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
    write(course, Note(day, "consent", before, why, rule.cite, record=decision.id))


CarryOut: TypeAlias = Callable[[Course, Decision, date], None]
ABOUT_RECORDS = ("apply", "repair")
"""procedures that may name a record"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a procedure has done: why, the record that it names, the lists that have just ended."""

    why: str
    filing: Filing | None = None
    closed: frozenset[int] = frozenset()


def schedule(course: Course, decision: Decision) -> None:
    """Put a decision on the agenda."""
    if decision.procedure == "end":
        schedule_state(course, decision)
        return
    kind = Kind.CORRECTION if decision.procedure == "correct" else Kind.PROCEDURE
    carry_out = _OWN.get(decision.procedure, _proceed)
    course.agenda.add(key(decision.day, Stage.DECISION, 0, decision.order, kind), partial(carry_out, course, decision))


def _proceed(course: Course, decision: Decision, day: date) -> None:
    """Carry out a procedure: the list that it needs, the application, the reset, then the lists that it ends."""
    before = course.standing.score
    procedure = next((p for p in course.reading.book.procedures if p.id == decision.procedure), None)
    if procedure is None:
        course.flag(f"event {decision.id}: this rulebook has no procedure '{decision.procedure}'")
        return
    outcome = _carry_out(course, decision, procedure, day)
    clause = course.reading.clause(outcome.filing.place) if outcome.filing else None
    record = (decision.of if procedure.id in ABOUT_RECORDS else None) or decision.id
    note = Note(day, "procedure", before, outcome.why, procedure.cite, clause=clause, record=record)
    write(course, note, closed=outcome.closed)


def _carry_out(course: Course, decision: Decision, procedure: Procedure, day: date) -> Outcome:
    filing = course.filings.get(decision.of or "") if procedure.id in ABOUT_RECORDS else None
    needed = procedure.needs_list
    if needed is not None and not course.standing.on_list[course.reading.list_place[needed]]:
        return Outcome(explain_decisions.not_open(procedure), filing)
    if procedure.id == "apply" and not _apply(course, filing, day):
        return Outcome(explain_decisions.not_granted(procedure, decision), filing)
    returned = ""
    if procedure.id == "repair" and filing is not None and filing.counts:
        returned = "" if filing.rectified else give_back(course, filing, day)
        filing.rectified = True
    if procedure.resets_score:
        wipe(course)
    closed, held_back = _end_lists(course, procedure.id, day)
    told = [returned, *held_back] if returned else held_back
    return Outcome(explain_decisions.procedure(course, procedure, decision, filing, closed, told), filing, closed)


def _apply(course: Course, filing: Filing | None, day: date) -> bool:
    """Begin the override of a record on application; return whether it holds."""
    if filing is None or not filing.counts:
        return False
    clause = course.reading.clause(filing.place)
    if clause.override is None or not clause.override.on_application:
        return False
    return begin_override(course, filing, clause, day, day)


def _end_lists(course: Course, procedure: str, day: date) -> tuple[frozenset[int], list[str]]:
    """End what the procedure may end; return the lists that have just ended, and what there is to say of others."""
    standing, ended, told = course.standing, set(), list[str]()
    for place, rule in enumerate(course.reading.book.lists):
        if procedure in rule.leaves.on:
            was_on = standing.on_list[place]
            told += lists.end_by_procedure(course, place, day)
            if was_on and not any(hold.stands for hold in standing.holds[place]):
                ended.add(place)
    return frozenset(ended), told


_OWN: Mapping[ProcedureName, CarryOut] = MappingProxyType(
    {"correct": correct, "consent": consent, "spend": spend, "object": object_to, "decide": decide}
)
