"""Assessments: lists that are decided on the closing state of declared days (section 6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from glasstown.interpreter import explain
from glasstown.interpreter.agenda import Kind, Stage, key
from glasstown.interpreter.calendar import add_days, day_of_year
from glasstown.interpreter.course import Course, Note


def schedule(course: Course) -> None:
    """Put the first assessment of every assessed list on the agenda."""
    for place, kind in enumerate(course.reading.list_kinds):
        if kind == "assessed":
            _arrange_next(course, place, _assessed_days(course, place))


def _assessed_days(course: Course, place: int) -> Iterator[date]:
    """Yield the assessed days of a list from the life's first day on."""
    start, until = course.life.start, course.life.until
    month_days = course.reading.book.lists[place].entry.assessed
    for year in range(start.year, until.year + 1):
        days = {day_of_year(year, month_day) for month_day in month_days}
        yield from (day for day in sorted(days) if start <= day < until)


def _arrange_next(course: Course, place: int, days: Iterator[date]) -> None:
    day = next(days, None)
    if day is not None:
        when = key(add_days(day, 1), Stage.ASSESSMENT, place, 0, Kind.ASSESSMENT)
        course.agenda.add(when, partial(_assess, course, place, days, day))


def _assess(course: Course, place: int, days: Iterator[date], assessed_day: date, day: date) -> None:
    """Decide one list; it is an entry only where the membership changes."""
    standing, rule = course.standing, course.reading.book.lists[place]
    _arrange_next(course, place, days)
    if rule.entry.household_average_above is not None and standing.household_score(assessed_day) is None:
        course.flag(
            f"list {rule.id}: the household's mean score of {assessed_day} is not given; counted as not reached"
        )
    holds = standing.condition_holds(rule, assessed_day)
    if holds == standing.on_list[place]:
        return
    standing.on_list[place] = holds
    why = explain.assessment(course, rule, assessed_day, holds)
    course.write(Note(day, "assessment", standing.score, why, rule.cite, list_id=rule.id))
