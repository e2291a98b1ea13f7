"""Assessments: lists that are decided on the closing state of declared days (section 6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from glasstown.interpreter import explain_decisions
from glasstown.interpreter.agenda import Kind, Stage, key
from glasstown.interpreter.calendar import add_days, days_of_years
from glasstown.interpreter.course import Course
from glasstown.interpreter.writing import Note, write


def schedule(course: Course) -> None:
    """Put the first assessment of every assessed list on the agenda."""
    last = add_days(course.life.until, -1)
    for place, kind in enumerate(course.reading.list_kinds):
        if kind == "assessed":
            assessed = course.reading.book.lists[place].entry.assessed
            _arrange_next(course, place, days_of_years(assessed, course.life.start, last))


def _arrange_next(course: Course, place: int, days: Iterator[date]) -> None:
    day = next(days, None)
    if day is not None and course.reading.is_law(add_days(day, 1)):
        when = key(add_days(day, 1), Stage.ASSESSMENT, place, 0, Kind.CLOSING)
        course.agenda.add(when, partial(_look, course, place, days, day))


def _look(course: Course, place: int, days: Iterator[date], assessed_day: date, day: date) -> None:
    """Look at the closing state of the assessed day, before anything of the next one; no entry of the ledger."""
    standing, rule = course.standing, course.reading.book.lists[place]
    _arrange_next(course, place, days)
    if rule.entry.household_average_above is not None and standing.household_score(assessed_day) is None:
        course.flag(
            f"list {rule.id}: the household's mean score of {assessed_day} is not given; counted as not reached"
        )
    holds = standing.condition_holds(rule, assessed_day)
    if holds != standing.on_list[place]:
        why = explain_decisions.assessment(course, rule, assessed_day, holds)
        when = key(day, Stage.ASSESSMENT, place, 0, Kind.ASSESSMENT)
        course.agenda.add(when, partial(_assess, course, place, holds, why))


def _assess(course: Course, place: int, holds: bool, why: str, day: date) -> None:
    """Let the membership change: one line."""
    standing, rule = course.standing, course.reading.book.lists[place]
    standing.on_list[place] = holds
    write(course, Note(day, "assessment", standing.score, why, rule.cite, list_id=rule.id))
