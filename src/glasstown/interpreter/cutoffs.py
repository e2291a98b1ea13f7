"""Cut-offs: the scores that quota grades are published to begin at (section 5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import partial

from glasstown.interpreter import explain
from glasstown.interpreter.agenda import Kind, Stage, key
from glasstown.interpreter.calendar import add_days, days_of_years
from glasstown.interpreter.course import Course
from glasstown.interpreter.reading import Reading, to_quanta
from glasstown.interpreter.writing import Note, write
from glasstown.ledger import CutOff, Life
from glasstown.types import Quanta


def at_start(reading: Reading, life: Life) -> dict[int, Quanta | None]:
    """Return the cut-offs that are in force from the life's start on: the latest of earlier assessed days."""
    earlier = (cutoff for cutoff in life.given.cutoffs if cutoff.day < life.start)
    return _in_quanta(reading, sorted(earlier, key=lambda cutoff: cutoff.day))


def schedule(course: Course) -> None:
    """Put the day after every assessed day of a quota grade on the agenda."""
    assessed: defaultdict[date, list[int]] = defaultdict(list)
    for place, band in enumerate(course.reading.grades):
        if band.grade.quota is not None:
            last = add_days(course.life.until, -1)
            for day in days_of_years(band.grade.quota.assessed, course.life.start, last):
                if course.reading.is_law(add_days(day, 1)):
                    assessed[day].append(place)
    for day, places in assessed.items():
        when = key(add_days(day, 1), Stage.ASSESSMENT, 0, 0, Kind.CUT_OFF)
        course.agenda.add(when, partial(_publish, course, day, places))


def _publish(course: Course, assessed_day: date, places: list[int], day: date) -> None:
    """Let the cut-offs of one assessed day come into force: one line, and only where the grade changes."""
    standing, grades = course.standing, course.reading.book.grades
    told = [cutoff for cutoff in course.life.given.cutoffs if cutoff.day == assessed_day]
    for place in places:
        if all(cutoff.grade != grades[place].id for cutoff in told):
            course.flag(
                f"grade {grades[place].id}: the cut-off of {assessed_day} is not given; nobody reaches the grade"
            )
    standing.cutoffs |= {**dict.fromkeys(places), **_in_quanta(course.reading, told)}
    if standing.grade_now() != standing.of_the_day:
        why = explain.cutoffs(course, assessed_day, [(grades[place].id, standing.cutoffs[place]) for place in places])
        write(course, Note(day, "cut-off", standing.score, why, grades[places[0]].cite))


def _in_quanta(reading: Reading, cutoffs: Iterable[CutOff]) -> dict[int, Quanta | None]:
    quantum = reading.book.score.quantum
    return {
        reading.grade_place[grade]: None if score is None else to_quanta(score, quantum) for _, grade, score in cutoffs
    }
