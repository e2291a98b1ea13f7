"""Lists that are entered and left: the wait for the listing, the term, the removal (section 6)."""

from __future__ import annotations

from datetime import date
from functools import partial

from glasstown.interpreter import explain_decisions
from glasstown.interpreter.agenda import Kind, Stage, key
from glasstown.interpreter.calendar import add_months
from glasstown.interpreter.course import Course
from glasstown.interpreter.filing import Filing
from glasstown.interpreter.standing import Hold
from glasstown.interpreter.writing import Note, add, arrange_end, write
from glasstown.language.days import covers
from glasstown.language.model import Clause, ListRule, Span
from glasstown.ledger import BEFORE, Listed, Record


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


def stand_from_before(course: Course, listed: Listed) -> None:
    """Let the subject stand on a clause's list since before this life began: no line, and a term counts from the listing."""
    place = course.reading.clause_place[listed.clause]
    clause = course.reading.clause(place)
    assert clause.enters is not None
    record = Record(BEFORE, listed.order, listed.since, listed.since, clause=listed.clause)
    filing = Filing(record, place, place, listed.since, listed.since, None, fate="in effect")
    rule = course.reading.book.lists[course.reading.list_place[clause.enters.list]]
    add(course, course.reading.list_place[clause.enters.list], Hold(filing), listed.since)
    course.flag(f"on the list '{rule.label}' since {listed.since}, before {course.life.start} when this account begins")


def _wait(course: Course, rule: ListRule, filing: Filing) -> tuple[date, date]:
    """Return the day of the decision to list and the day of the listing."""
    decided_on = filing.effect_day
    if isinstance(rule.decided_within, Span):
        decided_on = course.reading.after(decided_on, rule.decided_within)
    elif rule.decided_within is not None:
        course.flag(f"list {rule.id}: how long the decision to list takes is unknown; it is taken at once")
    has_grace = rule.grace is not None and covers(rule.grace.in_force, decided_on)
    return decided_on, add_months(decided_on, filing.record.grace or 0) if has_grace else decided_on


def _list(course: Course, place: int, hold: Hold, day: date) -> None:
    """Put the subject on a list after the wait: one line."""
    filing, rule = hold.filing, course.reading.book.lists[place]
    if hold.ended or filing is None:
        return
    before, clause = course.standing.score, course.reading.clause(filing.place)
    lasts = add(course, place, hold, day)
    why = explain_decisions.listing(rule, filing, is_stayed=filing.is_stayed, lasts=lasts)
    write(course, Note(day, "listing", before, why, rule.cite, clause=clause, record=filing.record.id, list_id=rule.id))


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
            arrange_end(course, place, hold, hold.removed_on)
            told[explain_decisions.removal(rule, hold.removed_on)] = None
    return list(told)
