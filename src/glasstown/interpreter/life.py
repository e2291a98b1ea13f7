"""One life under one rulebook, told day by day: the interpreter's entry."""

from __future__ import annotations

from dataclasses import replace

from glasstown.exact import exactly
from glasstown.interpreter import assessments, cutoffs, cycles, decisions, effect, lists, publications
from glasstown.interpreter.course import Course
from glasstown.interpreter.reading import Reading, read
from glasstown.interpreter.writing import look_at_lists
from glasstown.language.acts import ActCatalogue
from glasstown.language.model import Rulebook
from glasstown.ledger import Account, Decision, Given, Life, Line, Phase, ProcedureName, Record
from glasstown.types import UNKNOWN

__all__ = ["Account", "Decision", "Given", "Life", "Line", "Phase", "ProcedureName", "Record", "live"]


def begun(reading: Reading, life: Life) -> Course:
    """Return the course of a life on its first morning: cut-offs in force, grade and lists found."""
    course = Course(reading, life)
    course.standing.cutoffs = cutoffs.at_start(reading, life)
    course.standing.find_grade()
    for listed in life.given.listed:
        lists.stand_from_before(course, listed)
    look_at_lists(course, life.start)
    return course


@exactly
def live(book: Rulebook, acts: ActCatalogue, life: Life) -> Account:
    """Tell one life: the ledger with the reason for every line, and the closing state of the last day.

    Only days on which something falls due are looked at.  The rulebook has passed its checks, and so have the events:
    clauses exist, ids differ, no record is dated before `start`.

    Errors   `CaseError` where a record comes to a clause that needs an amount or a choice of points which it lacks.
    Random   None.
    Source   docs/the-day.md, whole.
    """
    life = replace(life, start=max(life.start, book.in_force.from_))
    course = begun(read(book, acts), life)
    if not book.score.kept:
        course.flag("the scheme keeps no number: the score says nothing and stays where it is")
    if book.score.base.value == UNKNOWN:
        course.flag(f"the base is unknown: counted from {course.points(course.reading.base)}")
    for measure in book.measures:
        if measure.when == UNKNOWN:
            course.flag(f"measure {measure.id}: what puts it in force is unknown; it is never shown as in force")
    cycles.schedule(course)
    cutoffs.schedule(course)
    publications.schedule(course)
    assessments.schedule(course)
    for record in sorted(life.records, key=lambda r: r.order):
        effect.file(course, record)
    for decision in sorted(life.decisions, key=lambda d: d.order):
        if decision.day >= life.start:
            decisions.schedule(course, decision)
    course.agenda.run(life.until)
    return course.account()
