"""Reasons of lines about lists: the wait, the listing, the term, the removal, the assessment."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from glasstown.interpreter.calendar import span_words
from glasstown.language.model import ListRule

if TYPE_CHECKING:
    from glasstown.interpreter.course import Course
    from glasstown.interpreter.filing import Filing
    from glasstown.interpreter.standing import Hold


def entry_over_at_once(rule: ListRule) -> str:
    """Say that an entry does not last."""
    return f"Its entry on list {rule.id} has a term that is over at once."


def waiting(rule: ListRule, decided_on: date, listed_on: date) -> str:
    """Say when the listing follows."""
    decided = f"decided on {decided_on}, " if decided_on != listed_on else ""
    return f"It puts the subject on the list '{rule.label}' on {listed_on} ({decided}unless ended before)."


def listing(rule: ListRule, filing: Filing, *, is_stayed: bool, lasts: bool) -> str:
    """Tell a listing whose wait is over."""
    told = f"The wait of event {filing.record.id} for the list '{rule.label}' is over."
    if not lasts:
        return f"{told} {entry_over_at_once(rule)}"
    return f"{told} An objection keeps the subject off it for now." if is_stayed else told


def list_end(rule: ListRule, hold: Hold) -> str:
    """Tell an entry that leaves the list: at the end of its term, or when it is removed."""
    cause = f"through event {hold.filing.record.id}" if hold.filing else "through the list's own condition"
    if hold.removed_on is not None:
        return f"The entry on the list '{rule.label}' {cause}, ended by a procedure, is removed."
    n_months = hold.filing.record.extension if hold.filing else None
    longer = f" with {n_months} month{'s' if n_months != 1 else ''} of extension" if n_months else ""
    term = f" of {span_words(hold.term)}" if hold.term else ""
    over = f"was over on {hold.term_end} and is removed" if rule.leaves.removed_within else "is over"
    return f"The term{term}{longer} on the list '{rule.label}', entered {cause}, {over}."


def begins_again(rule: ListRule, hold: Hold) -> str:
    """Say that the condition puts somebody on a list who was on it when the entry began."""
    term = f", for {span_words(hold.term)}" if hold.term else ""
    until = f" until {hold.term_end}" if hold.term_end is not None else ""
    if rule.entry.once:
        return f"Its condition is met anew, so another entry on the list '{rule.label}' begins{term}{until}."
    return f"Its condition still holds, so the list '{rule.label}' begins again{term}{until}."


def wait_over(rule: ListRule) -> str:
    """Say that an entry that waited will not come."""
    return f"The entry that waits for the list '{rule.label}' is ended."


def not_yet(rule: ListRule, day: date) -> str:
    """Say that an entry cannot be ended yet."""
    return f"An entry on the list '{rule.label}' can be ended from {day} on."


def removal(rule: ListRule, day: date) -> str:
    """Say when an entry is removed."""
    return f"The entry on the list '{rule.label}' is removed on {day}."


def assessment(course: Course, rule: ListRule, assessed_day: date, holds: bool) -> str:
    """Tell a list that is decided on an assessed day."""
    verb = "comes on" if holds else "leaves"
    state = f"score {course.points(course.standing.score)}, grade {course.standing.grade or 'none'}"
    mean = course.standing.household_score(assessed_day)
    if rule.entry.household_average_above is not None:
        state = f"household mean {mean}, to lie above {rule.entry.household_average_above}"
    return f"Assessed on the closing state of {assessed_day} ({state}), the subject {verb} the list '{rule.label}'."
