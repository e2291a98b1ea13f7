"""States that last: told by a record's `until`, or by an `end` event (section 4)."""

from __future__ import annotations

from datetime import date
from functools import partial

from glasstown.interpreter import explain_decisions
from glasstown.interpreter.agenda import Kind, Stage, key
from glasstown.interpreter.course import Course
from glasstown.interpreter.locks import InForce, arrange_end
from glasstown.interpreter.note import Note
from glasstown.ledger import Decision


def schedule(course: Course, decision: Decision) -> None:
    """Put the end of a state before all else of its day."""
    when = key(decision.day, Stage.ASSESSMENT, 0, decision.order, Kind.STATE_END)
    course.agenda.add(when, partial(_end, course, decision))


def _end(course: Course, decision: Decision, day: date) -> None:
    """Let everything from this morning on be as if the record's `until` had been this day."""
    before, filing = course.standing.score, course.filings.get(decision.of or "")
    if filing is None:
        course.write(Note(day, "state-end", before, explain_decisions.no_record(decision), None, record=decision.of))
        return
    clause = course.reading.clause(filing.place)
    if filing.until is None or day < filing.until:
        filing.until = day
        lasting: list[InForce] = [o for o in filing.overrides if o.override.until == "state-ends"]
        lasting += [o for o in filing.locks if o.lock.until == "state-ends"]
        for in_force in lasting:
            arrange_end(course, filing, in_force, day)
    why = explain_decisions.state_end(clause, filing, day)
    course.write(Note(day, "state-end", before, why, clause.cite, clause=clause, record=filing.record.id))
