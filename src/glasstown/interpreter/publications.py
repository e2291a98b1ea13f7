"""Grades that are published: found on the closing state of one day, in force from another until the next (section 5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from glasstown.interpreter import explain
from glasstown.interpreter.agenda import Kind, Stage, key
from glasstown.interpreter.calendar import add_days, days_of_years
from glasstown.interpreter.course import Course
from glasstown.interpreter.writing import Note, write


def schedule(course: Course) -> None:
    """Put every day on which a grade is found, or published, on the agenda."""
    rule, life = course.reading.book.grades_published, course.life
    if rule is None:
        return
    for day in days_of_years((rule.assessed,), life.start, add_days(life.until, -1)):
        _add(course, add_days(day, 1), Kind.CLOSING, partial(_assess, course))
    for day in days_of_years((rule.from_,), add_days(life.start, 1), life.until):
        _add(course, day, Kind.PUBLICATION, partial(_publish, course))


def _add(course: Course, day: date, kind: Kind, entry: Callable[[date], None]) -> None:
    if course.reading.is_law(day):
        course.agenda.add(key(day, Stage.ASSESSMENT, 0, 0, kind), entry)


def _assess(course: Course, day: date) -> None:
    """Note down the grade of the evening before; no entry of the ledger."""
    course.standing.assessed = course.standing.of_the_day


def _publish(course: Course, day: date) -> None:
    """Let the grade that was found last stand from now on: one line, and only where the grade changes."""
    standing, rule = course.standing, course.reading.book.grades_published
    assert rule is not None
    if standing.assessed != standing.grade:
        standing.grade = standing.assessed
        write(course, Note(day, "publication", standing.score, explain.publication(standing.grade, rule), rule.cite))
