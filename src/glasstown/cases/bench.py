"""The bench on which a case lies while it is checked: what it is held against, and the faults found so far.

The clauses that an event of a case may come to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from glasstown.cases.file import CaseFile, Event
from glasstown.errors import Fault, did_you_mean
from glasstown.interpreter.reading import Reading
from glasstown.language.model import AmountBand, Clause, Rulebook
from glasstown.language.tree import Document

FIRM_WORDS = ("firm", "company", "enterprise")
NOT_COVERED = "which no clause of this rulebook covers"
OUT_OF_FORCE = ("before the scheme began", "after the scheme ended")


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


def check_in_force(bench: Bench, path: tuple[str | int, ...], day: date, *, may_be_over: bool = False) -> None:
    """Note a day on which the scheme is not in force; what is made in time may be decided on, and runs out, afterwards."""
    force = bench.reading.book.in_force
    if day < force.from_:
        found = f"{day}, {OUT_OF_FORCE[0]}"
        bench.note(path, found, f"a day from {force.from_} on", "Choose a day on which the scheme is in force.")
    elif isinstance(force.until, date) and day >= force.until and not may_be_over:
        found = f"{day}, {OUT_OF_FORCE[1]}"
        bench.note(path, found, f"a day before {force.until}", "Choose a day on which the scheme is in force.")


def clauses_of(bench: Bench, place: int, event: Event) -> list[Clause]:
    """Return the clauses that a record may come to: its own, or all steps of the act's ladder."""
    clauses = _named(bench, place, event) if event.clause is not None else _of_act(bench, place, event)
    kind = kind_of(bench.case)
    for clause in clauses[:1]:
        if kind in ("person", "firm") and clause.applies_to.kind != kind:
            key = "clause" if event.clause else "act"
            found = f"clause '{clause.id}', which is about a {clause.applies_to.kind}"
            way_out = "Choose another clause, or change `subject:`."
            bench.note(("events", place, key), found, f"a clause about a {kind}", way_out)
    return clauses


def _named(bench: Bench, place: int, event: Event) -> list[Clause]:
    reading, path = bench.reading, ("events", place, "clause")
    name = event.clause or ""
    if name not in reading.clause_place:
        bench.note(path, f"'{name}'", "a clause of the rulebook", did_you_mean(name, list(reading.clause_place)))
        return []
    clause = reading.clause(reading.clause_place[name])
    if clause in recorded_by_status(reading.book, bench.case):
        found = f"'{clause.id}', which is recorded on the first day anyway"
        bench.note(path, found, "no event for what the subject is", "Remove the event.")
    return [clause]


def _of_act(bench: Bench, place: int, event: Event) -> list[Clause]:
    reading, act, path = bench.reading, event.act or "", ("events", place, "act")
    if act not in reading.acts.ids():
        bench.note(path, f"'{act}'", "an act of the catalogue", did_you_mean(act, reading.acts.ids()))
        return []
    bands = _bands(bench, act)
    first = reading.first_clause(None, act, event.amount)
    if bands and (event.amount is None or first is None):
        _miss_bands(bench, place, event, bands)
        return []
    if first is None:
        found, expected = f"the act '{act}', {NOT_COVERED}", "an act that a clause answers to"
        way_out = "The scheme as documented says nothing of it. Remove the event, or name a clause."
        bench.note(path, found, expected, way_out)
        return []
    ladder = reading.ladder_of.get(first)
    if ladder is None:
        return [reading.clause(first)]
    return [reading.clause(reading.clause_place[step]) for step in reading.ladder(ladder).steps]


def _bands(bench: Bench, act: str) -> list[AmountBand]:
    kinds = set(bench.reading.acts.lineage(act))
    return [clause.amount for clause in bench.reading.book.clauses if clause.act in kinds and clause.amount]


def _miss_bands(bench: Bench, place: int, event: Event, bands: list[AmountBand]) -> None:
    expected = f"an amount ({bands[0].of}): {' or '.join(band_words(band) for band in bands)}"
    if event.amount is None:
        bench.note(("events", place), "no amount", expected, "Add `amount:`.")
    else:
        way_out = "The scheme as documented says nothing of other amounts. Correct it, or remove the event."
        bench.note(("events", place, "amount"), f"amount: {event.amount}", expected, way_out)


def band_words(band: AmountBand) -> str:
    """Return the amounts of a band in words."""
    return f"{band.from_} or more" if band.below is None else f"from {band.from_} to below {band.below}"
