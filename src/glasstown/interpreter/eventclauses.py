"""The clauses that an event of a case may come to."""

from __future__ import annotations

from glasstown.errors import did_you_mean
from glasstown.interpreter.bench import Bench, kind_of, recorded_by_status
from glasstown.interpreter.casefile import Event
from glasstown.language.model import AmountBand, Clause


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
        found, expected = f"the act '{act}', which no clause of this rulebook covers", "an act that a clause answers to"
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
