"""The bench on which a case lies while it is checked: what it is held against, and the faults found so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from glasstown.errors import Fault
from glasstown.interpreter.casefile import CaseFile
from glasstown.interpreter.reading import Reading
from glasstown.language.model import Clause, Rulebook
from glasstown.language.tree import Document

FIRM_WORDS = ("firm", "company", "enterprise")


@dataclass(slots=True)
class Bench:
    """A case on the bench: what is looked at, and the faults found so far."""

    reading: Reading
    case: CaseFile
    where: Document
    faults: list[Fault] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)

    def note(self, path: tuple[str | int, ...], found: str, expected: str, way_out: str) -> None:
        """Keep one fault, at the value of a key."""
        subject = "case" if len(path) < 2 or path[0] != "events" else f"event {int(path[1]) + 1}"
        subject += f", {path[-1]}" if isinstance(path[-1], str) else ""
        self.faults.append(Fault(subject, self.where.at(*path), found, expected, way_out))


def event_id(case: CaseFile, place: int) -> str:
    """Return the id of an event: its own, or its place in the file counted from 1."""
    return case.events[place].id or f"event-{place + 1}"


def kind_of(case: CaseFile) -> str:
    """Return the kind of subject that a case is about, in the rulebook's word."""
    return "firm" if case.subject in FIRM_WORDS else case.subject


def recorded_by_status(book: Rulebook, case: CaseFile) -> list[Clause]:
    """Return the clauses that are recorded on the first day for what the subject is (rule 3.14)."""
    kind = kind_of(case)
    return [
        clause
        for clause in book.clauses
        if clause.status
        and clause.applies_to.kind == kind
        and (clause.applies_to.role is None or clause.applies_to.role in case.roles)
    ]


def has_state(clause: Clause) -> bool:
    """Return whether it matters to a clause how long the recorded state lasts."""
    untils = (clause.override.until if clause.override else None, clause.lock.until if clause.lock else None)
    return clause.repeats is not None or clause.carries_over or "state-ends" in untils


def check_in_force(bench: Bench, path: tuple[str | int, ...], day: date) -> None:
    """Note a day on which the scheme is not in force."""
    force = bench.reading.book.in_force
    if day < force.from_:
        found = f"{day}, before the scheme began"
        bench.note(path, found, f"a day from {force.from_} on", "Choose a day on which the scheme is in force.")
    elif isinstance(force.until, date) and day >= force.until:
        found = f"{day}, after the scheme ended"
        bench.note(path, found, f"a day before {force.until}", "Choose a day on which the scheme is in force.")
