"""Lists that are entered and left: the wait for the listing, the term, the removal (section 6)."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from glasstown.interpreter import explain_decisions
from glasstown.interpreter.agenda import Kind, Stage, key
from glasstown.interpreter.calendar import add_months, extended, holds_on
from glasstown.interpreter.standing import Hold
from glasstown.interpreter.writing import Note
from glasstown.language.model import Clause, ListRule, Span
from glasstown.types import UNKNOWN

if TYPE_CHECKING:
    from glasstown.interpreter.course import Course
    from glasstown.interpreter.filing import Filing


def enter(course: Course, filing: Filing, clause: Clause, day: date) -> str:
    """Put the subject on the clause's list, now or when the wait is over; return what there is to say of it."""
    assert clause.enters is not None
    place = course.reading.list_place[clause.enters.list]
    rule, hold = course.reading.book.lists[place], Hold(filing)
    decided_on, listed_on = _wait(course, rule, filing)
    if listed_on <= day:
        return "" if add(course, place, hold, day) else explain_decisions.entry_over_at_once(rule)
    course.standing.holds[place].append(hold)
    when = key(listed_on, Stage.DECISION, filing.place, filing.record.order, Kind.LISTING)
    course.agenda.add(when, partial(_list, course, place, hold))
    return explain_decisions.waiting(rule, decided_on, listed_on)


def _wait(course: Course, rule: ListRule, filing: Filing) -> tuple[date, date]:
    """Return the day of the decision to list and the day of the listing."""
    decided_on = filing.effect_day
    if isinstance(rule.decided_within, Span):
        decided_on = course.reading.after(decided_on, rule.decided_within)
    elif rule.decided_within is not None:
        course.flag(f"list {rule.id}: how long the decision to list takes is unknown; it is taken at once")
    has_grace = rule.grace is not None and holds_on(rule.grace.in_force, decided_on)
    return decided_on, add_months(decided_on, filing.record.grace or 0) if has_grace else decided_on


def _list(course: Course, place: int, hold: Hold, day: date) -> None:
    """Put the subject on a list after the wait: one line."""
    filing, rule = hold.filing, course.reading.book.lists[place]
    if hold.ended or filing is None:
        return
    before, clause = course.standing.score, course.reading.clause(filing.place)
    lasts = add(course, place, hold, day)
    why = explain_decisions.listing(rule, filing, is_stayed=filing.is_stayed, lasts=lasts)
    course.write(Note(day, "listing", before, why, rule.cite, clause=clause, record=filing.record.id, list_id=rule.id))


def add(course: Course, place: int, hold: Hold, day: date) -> bool:
    """Let a hold begin, and arrange for its end; return whether it lasts beyond this day."""
    rule = course.reading.book.lists[place]
    hold.listed_on, hold.term = day, _term(course, rule, hold.filing)
    if hold.term is not None:
        hold.term_end = extended(day, hold.term, _extension(hold), course.reading.book.working_days)
        end = course.reading.after(hold.term_end, rule.leaves.removed_within)
        if end <= day:
            course.standing.drop_holds(place, [hold])
            return False
        _arrange_end(course, place, hold, end)
    if hold not in course.standing.holds[place]:
        course.standing.holds[place].append(hold)
    return True


def _term(course: Course, rule: ListRule, filing: Filing | None) -> Span | None:
    """Return the term of a hold, None where it does not end by itself."""
    enters = course.reading.clause(filing.place).enters if filing else None
    term = rule.leaves.after if enters is None or enters.term == "as-list" else enters.term
    if term == UNKNOWN:
        course.flag(f"list {rule.id}: how long an entry lasts is unknown; it lasts to the end of the life")
    return None if isinstance(term, str) else term


def _extension(hold: Hold) -> int:
    return (hold.filing.record.extension or 0) if hold.filing else 0


def _arrange_end(course: Course, place: int, hold: Hold, end: date) -> None:
    order = hold.filing.place if hold.filing else len(course.reading.book.clauses) + place
    event = hold.filing.record.order if hold.filing else 0
    when = key(end, Stage.LAPSE_OR_END, order, event, Kind.LIST_END)
    course.agenda.add(when, partial(_end, course, place, hold))


def _end(course: Course, place: int, hold: Hold, day: date) -> None:
    if hold.ended:
        return
    standing, rule, filing = course.standing, course.reading.book.lists[place], hold.filing
    standing.drop_holds(place, [hold])
    clause = course.reading.clause(filing.place) if filing else None
    why = explain_decisions.list_end(rule, hold)
    record = filing.record.id if filing else None
    course.write(Note(day, "list-end", standing.score, why, rule.cite, clause=clause, record=record, list_id=rule.id))


def end_by_procedure(course: Course, place: int, day: date) -> list[str]:
    """End what a procedure may end of a list on this day; return what there is to say of holds that stay for now."""
    rule, told = course.reading.book.lists[place], dict[str, None]()
    for hold in list(course.standing.holds[place]):
        if hold.listed_on is None:
            course.standing.drop_holds(place, [hold])
            told[explain_decisions.wait_over(rule)] = None
            continue
        if hold.removed_on is not None or (hold.term_end is not None and hold.term_end <= day):
            continue
        open_from = course.reading.after(hold.listed_on, rule.leaves.not_before)
        if open_from > day:
            told[explain_decisions.not_yet(rule, open_from)] = None
            continue
        hold.removed_on = course.reading.after(day, rule.leaves.removed_within)
        if hold.removed_on <= day:
            course.standing.drop_holds(place, [hold])
        else:
            _arrange_end(course, place, hold, hold.removed_on)
            told[explain_decisions.removal(rule, hold.removed_on)] = None
    return list(told)
