"""Requirements: what keeps a clause from applying to a record (rule 3.3)."""

from __future__ import annotations

from datetime import date

from glasstown.interpreter import explain
from glasstown.interpreter.calendar import holds_on
from glasstown.interpreter.course import Course
from glasstown.language.model import Clause, PointsDated, Proof
from glasstown.ledger import Record


def unmet(course: Course, clause: Clause, record: Record, counting_day: date) -> str | None:
    """Return why the clause does not apply to the record, None where it does."""
    if not _is_law(clause, counting_day):
        return explain.not_law(clause, counting_day)
    if lacking := _lacking_proof((*clause.proof, *course.reading.book.proof), record):
        return explain.lacks_proof(lacking, record)
    for exclusion in clause.unless:
        if exclusion.id in record.unless and holds_on(exclusion.in_force, counting_day):
            return explain.excluded(exclusion)
    if not _is_clean(course, clause, counting_day):
        return explain.not_clean(clause)
    return None


def _is_law(clause: Clause, day: date) -> bool:
    if not holds_on(clause.in_force, day):
        return False
    return not isinstance(clause.points, PointsDated) or any(holds_on(entry, day) for entry in clause.points.dated)


def _lacking_proof(asked: tuple[Proof, ...], record: Record) -> Proof | None:
    """Return the first proof of which there is too little; a record that says nothing has its proof in order."""
    there = record.proof
    if there is None:
        return None
    return next((proof for proof in asked if there.get(proof.kind, 0) < proof.at_least), None)


def _is_clean(course: Course, clause: Clause, counting_day: date) -> bool:
    """Return whether no deducting record stands in the way."""
    if clause.requires is None:
        return True
    return course.deducting.count(*course.reading.period(clause.requires.clean, counting_day)) == 0
