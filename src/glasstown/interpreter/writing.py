"""Lines of the ledger: what an entry has to tell, and the lists that are entered and left with it (section 6).

A line is written when grade, lists and measures are found anew; a list that begins or ends is itself such an entry.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import partial

from glasstown.interpreter import explain, explain_decisions
from glasstown.interpreter.agenda import Kind, Stage, key
from glasstown.interpreter.calendar import extended
from glasstown.interpreter.course import Course
from glasstown.interpreter.filing import Filing
from glasstown.interpreter.reading import has_condition
from glasstown.interpreter.standing import Hold
from glasstown.language.model import Cite, Clause, ListRule, Span
from glasstown.ledger import Line, Phase
from glasstown.types import UNKNOWN, Quanta


@dataclass(frozen=True, slots=True)
class Note:
    """What one entry has to tell, before grade, lists and measures are found anew."""

    day: date
    phase: Phase
    before: Quanta
    why: str
    cite: Cite | None
    clause: Clause | None = None
    record: str | None = None
    cap: str | None = None
    list_id: str | None = None
    fine: int | None = None
    unknown: bool = False
    takes_effect: bool = False
    """whether the measures that come with the clause are shown"""


def write(course: Course, note: Note, *, closed: Collection[int] = ()) -> None:
    """Find grade, lists and measures anew and write the entry's line.

    `closed` are the lists that this very decision has ended: their own condition does not bring them back yet.
    """
    standing = course.standing
    grade, lists = standing.grade, standing.lists()
    standing.find_grade()
    course.begun_again.clear()
    look_at_lists(course, note.day, closed)
    clause = note.clause.id if note.clause else None
    changes = explain.changes(course.reading.book, grade, standing.grade, _lists_before(course, lists, note), standing)
    course.ledger.append(
        Line(
            day=note.day,
            phase=note.phase,
            clause=clause,
            record=note.record,
            before=note.before,
            after=standing.score,
            grade=standing.grade,
            lists=standing.lists(),
            measures=standing.measures(note.day, clause if note.takes_effect else None),
            cap=note.cap,
            list_id=note.list_id,
            fine=note.fine,
            unknown=note.unknown,
            why=" ".join([note.why[:1].upper() + note.why[1:], *changes, *course.begun_again]),
            source=explain.source(note.cite),
            parts=dict(standing.parts),
            balance=standing.balance,
            published=standing.published(note.day, clause if note.takes_effect else None),
            consent=standing.consent,
            running=standing.running,
        )
    )


def _lists_before(course: Course, lists: tuple[str, ...], note: Note) -> tuple[str, ...]:
    """Return the lists before the entry; an assessment says itself what it has changed."""
    return course.standing.lists() if note.phase == "assessment" else lists


def look_at_lists(course: Course, day: date, closed: Collection[int] = ()) -> None:
    """Look at every list in file order (section 6)."""
    standing = course.standing
    for place, rule in enumerate(course.reading.book.lists):
        kind = course.reading.list_kinds[place]
        if kind == "while":
            standing.on_list[place] = standing.condition_holds(rule)
        elif kind == "held":
            if has_condition(rule) and _comes_on(course, place, is_closed=place in closed):
                _enter_by_condition(course, place, day)
            standing.on_list[place] = any(hold.stands for hold in standing.holds[place])


def _comes_on(course: Course, place: int, *, is_closed: bool) -> bool:
    """Return whether a list's own condition puts the subject on it now: being true, or with `once` becoming true."""
    standing, rule = course.standing, course.reading.book.lists[place]
    holds = standing.condition_holds(rule)
    if not rule.entry.once:
        return holds and not is_closed and not any(hold.stands for hold in standing.holds[place])
    begins = holds and not standing.met[place]
    if begins and is_closed:
        return False
    standing.met[place] = holds
    return begins


def _enter_by_condition(course: Course, place: int, day: date) -> None:
    """Let a hold of the condition begin, and remember to say so where the subject was on the list already."""
    hold, was_on = Hold(None), course.standing.on_list[place]
    if add(course, place, hold, day) and was_on:
        course.begun_again.append(explain_decisions.begins_again(course.reading.book.lists[place], hold))


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
        arrange_end(course, place, hold, end)
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


def arrange_end(course: Course, place: int, hold: Hold, end: date) -> None:
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
    write(course, Note(day, "list-end", standing.score, why, rule.cite, clause=clause, record=record, list_id=rule.id))
