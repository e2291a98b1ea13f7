"""Reasons of lines about decisions: corrections, procedures, objections, consent, spending, the end of a state.

Reasons of lines about lists: the wait, the listing, the term, the removal, the assessment.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from glasstown.interpreter.calendar import span_words
from glasstown.interpreter.course import Course
from glasstown.interpreter.explain import signed
from glasstown.interpreter.filing import Dispute, Filing
from glasstown.interpreter.standing import Hold
from glasstown.language.model import Balance, Clause, ListRule, Objection, Procedure, Rectified
from glasstown.ledger import BEFORE, Decision
from glasstown.types import Quanta
from glasstown.wording import counted


def correction(course: Course, clause: Clause, filing: Filing) -> str:
    """Return the reason of a correction, before it is carried out."""
    event = f"event {filing.record.id}"
    if filing.corrected:
        return f"The record of {event} has been corrected before; nothing is left to correct."
    if filing.fate == "waiting":
        return f"The record of {event} is withdrawn before it takes effect."
    if filing.fate != "in effect":
        return f"The record of {event} is corrected; it never applied, so nothing changes."
    standing = filing.standing()
    told = f"The record of {event} under clause {clause.id} is corrected and counts no longer: "
    told += f"{signed(course, -standing)} put back." if standing else "no points of it stand."
    return told


def no_record(decision: Decision) -> str:
    """Return the reason of a decision about what is no record."""
    what = "nothing is left to correct" if decision.procedure == "correct" else "nothing ends"
    return f"Event {decision.of} is no record under this rulebook; {what}."


def not_open(procedure: Procedure) -> str:
    """Return the reason of a procedure that is open only to those on a list."""
    return f"{procedure.label.rstrip('.')}: open only to those on list {procedure.needs_list}, so nothing changes."


def not_granted(procedure: Procedure, decision: Decision) -> str:
    """Return the reason of an application that changes nothing."""
    return (
        f"{procedure.label.rstrip('.')}: event {decision.of} has no record in effect whose grade is set on application "
        "for a term beyond this day, so nothing changes."
    )


def procedure(
    course: Course,
    carried_out: Procedure,
    decision: Decision,
    filing: Filing | None,
    closed: Collection[int],
    held_back: list[str],
) -> str:
    """Return the reason of a procedure that has been carried out."""
    told = [f"{carried_out.label.rstrip('.')}."]
    if filing is not None and carried_out.id == "apply":
        override = course.reading.clause(filing.place).override
        told.append(f"Grade {override.grade if override else 'none'} is granted for event {decision.of}.")
    if filing is not None and filing.rectified:
        told.append(f"Event {decision.of} is rectified{_not_carried(course, filing)}.")
    if carried_out.resets_score:
        base = course.points(course.reading.base)
        told.append(f"The score returns to the base of {base} and earlier records stop counting.")
    if not closed and not held_back and not carried_out.resets_score and filing is None:
        told.append("It ends no list that the subject is on.")
    return " ".join([*told, *held_back])


def _not_carried(course: Course, filing: Filing) -> str:
    """Return that a cycle does not take a record again, where it is not shares of its points that a repair is about."""
    clause = course.reading.clause(filing.place)
    return " and is not carried over" if clause.carries_over or not clause.rectified else ""


def given_back(course: Course, filing: Filing, step: Rectified, back: Quanta, moved: Quanta) -> str:
    """Return which share of a record's points comes back, and by when its matter had to be put right."""
    by = f"within {span_words(step.within)}" if step.within is not None else f"by the {_ENDS[step.until or '']}"
    told = f"Put right {by} of {filing.counting_day}: {step.returns} of the points that stand, {signed(course, -back)}, come back."
    return told if moved == -back else f"{told} The bounds let it move by {signed(course, moved)}."


_ENDS = {"year-end": "end of the year", "next-year-end": "end of the year after that"}


def nothing_back(filing: Filing, *, is_late: bool) -> str:
    """Return why nothing comes back of a record."""
    if is_late:
        return f"It is too late for any point of {filing.counting_day} to come back."
    return "No point of it stands, so none comes back."


def state_end(clause: Clause, filing: Filing, day: date) -> str:
    """Return the reason of the end of a state that lasted."""
    told = f"The state of event {filing.record.id} (clause {clause.id}) ends on {day}."
    return told if filing.until == day else f"{told} It had ended on {filing.until} already."


def objection(filing: Filing, dispute: Dispute, rule: Objection, due: date | None) -> str:
    """Return the reason of an objection, or a request for review, that is open from now on."""
    article = "A" if dispute.is_review else "An"
    told = [f"{_what(dispute, article)} of event {filing.record.id} is open."]
    if dispute.is_review and rule.reviewer:
        told.append(f"Reviewed by {rule.reviewer.rstrip('.')}.")
    if due is not None:
        told.append(f"An answer is due by {due}.")
    if dispute.stays:
        told.append("Meanwhile the record keeps the subject on no list.")
    return " ".join(told)


def _what(dispute: Dispute, article: str = "The") -> str:
    what = "review of the refused objection to the record" if dispute.is_review else "objection to the record"
    return f"{article} {what}"


def nothing_to_object_to(filing: Filing) -> str:
    """Return the reason of an objection to what has been taken back."""
    return f"The record of event {filing.record.id} is taken back already; there is nothing to object to."


def too_late(filing: Filing, last: date) -> str:
    """Return the reason of an objection that comes too late."""
    return f"The objection to the record of event {filing.record.id} comes after {last}, too late; nothing changes."


def no_second_objection(filing: Filing, dispute: Dispute) -> str:
    """Return the reason of an objection beside one that is open or decided."""
    if dispute.state != "refused":
        state = "open" if dispute.state == "open" else "granted"
        return f"An objection to the record of event {filing.record.id} is {state} already; nothing changes."
    return f"The objection to the record of event {filing.record.id} is refused for good; nothing changes."


def decided(course: Course, filing: Filing, dispute: Dispute, rule: Objection, corrected_on: date | None) -> str:
    """Return the reason of the decision on an objection."""
    told = f"{_what(dispute)} of event {filing.record.id} is {dispute.state}."
    if corrected_on is not None:
        return f"{told} The record is corrected on {corrected_on}."
    if dispute.is_review or rule.review_within is None:
        return f"{told} That is final."
    assert dispute.decided_on is not None
    if isinstance(rule.review_within, str):
        return f"{told} Review may be asked for, until an unknown day."
    return f"{told} Review may be asked for until {course.reading.after(dispute.decided_on, rule.review_within)}."


def nothing_to_decide(filing: Filing) -> str:
    """Return the reason of a decision without an open objection."""
    return f"No objection to the record of event {filing.record.id} is open; there is nothing to decide."


def deadline(filing: Filing, dispute: Dispute) -> str:
    """Return the reason of a deadline that passes without an answer."""
    return f"{_what(dispute)} of event {filing.record.id} is not answered in time."


def consent(course: Course, *, is_given: bool, is_new: bool) -> str:
    """Return that consent is given or taken back."""
    if not is_new:
        return f"There is {'consent' if is_given else 'no consent'} as it is; nothing changes."
    if is_given:
        return "Consent is given: from now on records give and take."
    base = course.points(course.reading.base)
    return f"Consent is taken back: the score returns to the base of {base} and earlier records stop counting."


def spending(course: Course, rule: Balance, amount: Quanta, held: Quanta) -> str:
    """Return the reason of points that are spent, or are not there to be spent."""
    asked, there = course.points(amount), course.points(held)
    if held < amount:
        return f"The balance holds {there} ({rule.unit}), less than {asked}; nothing is spent."
    return f"{asked} are spent from the balance ({rule.unit}), which holds {course.points(held - amount)}."


def entry_over_at_once(rule: ListRule) -> str:
    """Return that an entry does not last."""
    return f"Its entry on list {rule.id} has a term that is over at once."


def waiting(rule: ListRule, decided_on: date, listed_on: date) -> str:
    """Return when the listing follows."""
    decided = f"decided on {decided_on}, " if decided_on != listed_on else ""
    return f"It puts the subject on the list '{rule.label}' on {listed_on} ({decided}unless ended before)."


def listing(rule: ListRule, filing: Filing, *, is_stayed: bool, lasts: bool) -> str:
    """Return the reason of a listing whose wait is over."""
    told = f"The wait of event {filing.record.id} for the list '{rule.label}' is over."
    if not lasts:
        return f"{told} {entry_over_at_once(rule)}"
    return f"{told} An objection keeps the subject off it for now." if is_stayed else told


def list_end(rule: ListRule, hold: Hold) -> str:
    """Return the reason of an entry that leaves the list: at the end of its term, or when it is removed."""
    cause = _cause(hold)
    if hold.removed_on is not None:
        return f"The entry on the list '{rule.label}' {cause}, ended by a procedure, is removed."
    n_months = hold.filing.record.extension if hold.filing else None
    longer = f" with {counted(n_months, 'month')} of extension" if n_months else ""
    term = f" of {span_words(hold.term)}" if hold.term else ""
    over = f"was over on {hold.term_end} and is removed" if rule.leaves.removed_within else "is over"
    return f"The term{term}{longer} on the list '{rule.label}', entered {cause}, {over}."


def _cause(hold: Hold) -> str:
    """Return how a hold came about, as its end tells it."""
    if hold.filing is None:
        return "through the list's own condition"
    if hold.filing.record.id == BEFORE:
        return f"on {hold.listed_on}, before this account begins"
    return f"through event {hold.filing.record.id}"


def begins_again(rule: ListRule, hold: Hold) -> str:
    """Return that the condition puts somebody on a list who was on it when the entry began."""
    term = f", for {span_words(hold.term)}" if hold.term else ""
    until = f" until {hold.term_end}" if hold.term_end is not None else ""
    if rule.entry.once:
        return f"Its condition is met anew, so another entry on the list '{rule.label}' begins{term}{until}."
    return f"Its condition still holds, so the list '{rule.label}' begins again{term}{until}."


def wait_over(rule: ListRule) -> str:
    """Return that an entry that waited will not come."""
    return f"The entry that waits for the list '{rule.label}' is ended."


def not_yet(rule: ListRule, day: date) -> str:
    """Return that an entry cannot be ended yet."""
    return f"An entry on the list '{rule.label}' can be ended from {day} on."


def removal(rule: ListRule, day: date) -> str:
    """Return when an entry is removed."""
    return f"The entry on the list '{rule.label}' is removed on {day}."


def assessment(course: Course, rule: ListRule, assessed_day: date, holds: bool) -> str:
    """Return the reason of a list that is decided on an assessed day."""
    verb = "comes on" if holds else "leaves"
    state = f"score {course.points(course.standing.score)}, grade {course.standing.grade or 'none'}"
    mean = course.standing.household_score(assessed_day)
    if rule.entry.household_average_above is not None:
        state = f"household mean {mean}, to lie above {rule.entry.household_average_above}"
    return f"Assessed on the closing state of {assessed_day} ({state}), the subject {verb} the list '{rule.label}'."
