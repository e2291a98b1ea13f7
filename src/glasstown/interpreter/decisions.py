"""Decisions: what is neither clause nor act, and the procedures that a rulebook names (section 4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import TypeAlias

from glasstown.interpreter import explain_decisions, listing, states
from glasstown.interpreter.agenda import Kind, Stage, key
from glasstown.interpreter.balance import spend
from glasstown.interpreter.consent import consent
from glasstown.interpreter.corrections import correct
from glasstown.interpreter.course import Course
from glasstown.interpreter.cycles import wipe
from glasstown.interpreter.filing import Filing
from glasstown.interpreter.locks import begin_override
from glasstown.interpreter.note import Note
from glasstown.interpreter.objections import decide, object_to
from glasstown.language.model import Procedure
from glasstown.ledger import Decision, ProcedureName

CarryOut: TypeAlias = Callable[[Course, Decision, date], None]
ABOUT_RECORDS = ("apply", "repair")
"""procedures that may name a record"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a procedure has done: why, the record that it names, the lists that have just ended."""

    why: str
    filing: Filing | None = None
    closed: frozenset[int] = frozenset()


def schedule(course: Course, decision: Decision) -> None:
    """Put a decision on the agenda."""
    if decision.procedure == "end":
        states.schedule(course, decision)
        return
    kind = Kind.CORRECTION if decision.procedure == "correct" else Kind.PROCEDURE
    carry_out = _OWN.get(decision.procedure, _proceed)
    course.agenda.add(key(decision.day, Stage.DECISION, 0, decision.order, kind), partial(carry_out, course, decision))


def _proceed(course: Course, decision: Decision, day: date) -> None:
    """Carry out a procedure: the list that it needs, the application, the reset, then the lists that it ends."""
    before = course.standing.score
    procedure = next((p for p in course.reading.book.procedures if p.id == decision.procedure), None)
    if procedure is None:
        course.flag(f"event {decision.id}: this rulebook has no procedure '{decision.procedure}'")
        return
    outcome = _carry_out(course, decision, procedure, day)
    clause = course.reading.clause(outcome.filing.place) if outcome.filing else None
    record = (decision.of if procedure.id in ABOUT_RECORDS else None) or decision.id
    note = Note(day, "procedure", before, outcome.why, procedure.cite, clause=clause, record=record)
    course.write(note, closed=outcome.closed)


def _carry_out(course: Course, decision: Decision, procedure: Procedure, day: date) -> Outcome:
    filing = course.filings.get(decision.of or "") if procedure.id in ABOUT_RECORDS else None
    needed = procedure.needs_list
    if needed is not None and not course.standing.on_list[course.reading.list_place[needed]]:
        return Outcome(explain_decisions.not_open(procedure), filing)
    if procedure.id == "apply" and not _apply(course, filing, day):
        return Outcome(explain_decisions.not_granted(procedure, decision), filing)
    if procedure.id == "repair" and filing is not None and filing.counts:
        filing.rectified = True
    if procedure.resets_score:
        wipe(course)
    closed, held_back = _end_lists(course, procedure.id, day)
    return Outcome(explain_decisions.procedure(course, procedure, decision, filing, closed, held_back), filing, closed)


def _apply(course: Course, filing: Filing | None, day: date) -> bool:
    """Begin the override of a record on application; return whether it holds."""
    if filing is None or not filing.counts:
        return False
    clause = course.reading.clause(filing.place)
    if clause.override is None or not clause.override.on_application:
        return False
    return begin_override(course, filing, clause, day, day)


def _end_lists(course: Course, procedure: str, day: date) -> tuple[frozenset[int], list[str]]:
    """End what the procedure may end; return the lists that have just ended, and what there is to say of others."""
    standing, ended, told = course.standing, set(), list[str]()
    for place, rule in enumerate(course.reading.book.lists):
        if procedure in rule.leaves.on:
            was_on = standing.on_list[place]
            told += listing.end_by_procedure(course, place, day)
            if was_on and not any(hold.stands for hold in standing.holds[place]):
                ended.add(place)
    return frozenset(ended), told


_OWN: Mapping[ProcedureName, CarryOut] = MappingProxyType(
    {"correct": correct, "consent": consent, "spend": spend, "object": object_to, "decide": decide}
)
