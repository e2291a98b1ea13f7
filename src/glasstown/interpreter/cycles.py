"""Resets and rating cycles: the score begins anew, and what is carried over is taken again (section 4)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import partial

from glasstown.interpreter import explain
from glasstown.interpreter.agenda import Kind, Stage, key
from glasstown.interpreter.calendar import add_days, days_of_years
from glasstown.interpreter.course import Course
from glasstown.interpreter.filing import Filing, Portion
from glasstown.interpreter.writing import Note, write
from glasstown.types import Quanta


def schedule(course: Course) -> None:
    """Put every cycle that begins after the life's first day on the agenda."""
    cycle = course.reading.book.score.cycle
    if cycle is not None:
        for day in days_of_years(cycle.starts, add_days(course.life.start, 1), course.life.until):
            if course.reading.is_law(day):
                course.agenda.add(key(day, Stage.ASSESSMENT, 0, 0, Kind.CYCLE), partial(_begin, course))


def _begin(course: Course, day: date) -> None:
    cycle, before = course.reading.book.score.cycle, course.standing.score
    assert cycle is not None
    carried = [filing for filing in course.filings.values() if _is_carried(course, filing, day)]
    carried.sort(key=lambda filing: (filing.place, filing.record.order))
    wipe(course, but=carried)
    again = [(filing, _take_again(course, filing)) for filing in carried]
    write(course, Note(day, "cycle", before, explain.cycle(course, again), cycle.cite))


def _is_carried(course: Course, filing: Filing, day: date) -> bool:
    is_due = course.reading.clause(filing.place).carries_over and not filing.rectified
    return is_due and filing.counts and (filing.until is None or day < filing.until)


def _take_again(course: Course, filing: Filing) -> Quanta:
    """Grant the points that stood anew; from now on they neither lapse nor count for any window."""
    standing = filing.standing()
    filing.let_go()
    filing.count_nowhere()
    filing.carried = True
    taken = course.standing.move(standing, course.reading.clause(filing.place).part)
    filing.portions.append(Portion(taken))
    return taken


def wipe(course: Course, *, but: Collection[Filing] = ()) -> None:
    """Return the score to the base and let every record so far count nowhere; overrides, locks and lists stay."""
    course.standing.return_to_base()
    course.remainders.clear()
    kept = {filing.record.id for filing in but}
    for filing in course.filings.values():
        if filing.fate == "in effect" and filing.record.id not in kept:
            filing.wiped = True
            filing.let_go()
            filing.count_nowhere()
