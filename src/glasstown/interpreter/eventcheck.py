"""What must hold of one event of a case: its days, its clause or act, its numbers, the record that a decision names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from glasstown.errors import did_you_mean
from glasstown.interpreter.bench import FIRM_WORDS, Bench, check_in_force, event_id
from glasstown.interpreter.casefile import Event
from glasstown.rulebook.model import Clause, MoneyRange, PointsRange, PointsRate

NEVER_HERE = ("object", "decide", "perform", "consent", "spend")
RECORD_KEYS = ("recorded", "amount", "points", "fine", "until")


def check_event(bench: Bench, place: int, event: Event) -> None:
    """Note every fault of one event."""
    said = [key for key in ("clause", "act", "event") if getattr(event, key) is not None]
    if len(said) != 1:
        found = " and ".join(f"'{key}'" for key in said) if said else "neither clause nor act nor event"
        way_out = "Keep the one that was recorded." if said else "Add `clause:`, `act:` or `event:`."
        bench.note(("events", place), found, "exactly one of clause, act, event", way_out)
        return
    _check_days(bench, place, event)
    if event.event is not None:
        check_decision(bench, place, event)
        return
    if event.of is not None:
        way_out = "Remove `of:`, or write `event: correct` or `apply`."
        bench.note(("events", place, "of"), f"'of' with a {said[0]}", "'of' only with a decision", way_out)
    clauses = _clauses_of(bench, place, event)
    if clauses:
        check_numbers(bench, place, event, clauses)


def _check_days(bench: Bench, place: int, event: Event) -> None:
    check_in_force(bench, ("events", place, "date"), event.day)
    recorded = event.recorded or event.day
    if event.recorded is not None:
        check_in_force(bench, ("events", place, "recorded"), event.recorded)
        if event.recorded < event.day:
            expected = f"a day not before the act ({event.day})"
            way_out = "Exchange or correct the days."
            bench.note(("events", place, "recorded"), f"{event.recorded}, before the act", expected, way_out)
    start, until = bench.case.start, bench.case.until
    if start is not None and recorded < start:
        way_out = "Let the life start earlier, or move the event."
        bench.note(("events", place, "date"), f"{recorded}, before the life starts", f"a day from {start} on", way_out)
    if until is not None and recorded > until:
        way_out = "Let the life last longer, or move the event."
        bench.note(("events", place, "date"), f"{recorded}, after the life ends", f"a day up to {until}", way_out)
    if event.until is not None and event.until < event.day:
        expected = f"a day after {event.day}"
        bench.note(
            ("events", place, "until"), f"{event.until}, before the event", expected, "Exchange or correct the days."
        )


def _clauses_of(bench: Bench, place: int, event: Event) -> list[Clause]:
    """Return the clauses that a record may come to: its own, or all steps of the act's ladder."""
    reading = bench.reading
    if event.clause is not None:
        if event.clause not in reading.clause_place:
            way_out = did_you_mean(event.clause, list(reading.clause_place))
            bench.note(("events", place, "clause"), f"'{event.clause}'", "a clause of the rulebook", way_out)
            return []
        clauses = [reading.clause(reading.clause_place[event.clause])]
    else:
        clauses = _clauses_of_act(bench, place, event.act or "")
    kind = "firm" if bench.case.subject in FIRM_WORDS else bench.case.subject
    for clause in clauses[:1]:
        if kind in ("person", "firm") and clause.applies_to.kind != kind:
            key, found = (
                ("clause" if event.clause else "act"),
                f"clause '{clause.id}', which is about a {clause.applies_to.kind}",
            )
            bench.note(
                ("events", place, key),
                found,
                f"a clause about a {kind}",
                "Choose another clause, or change `subject:`.",
            )
    return clauses


def _clauses_of_act(bench: Bench, place: int, act: str) -> list[Clause]:
    reading = bench.reading
    if act not in reading.acts.ids():
        way_out = did_you_mean(act, reading.acts.ids())
        bench.note(("events", place, "act"), f"'{act}'", "an act of the catalogue", way_out)
        return []
    first = reading.first_clause(None, act)
    if first is None:
        found, expected = f"the act '{act}', which no clause of this rulebook covers", "an act that a clause answers to"
        way_out = "The scheme as documented says nothing of it. Remove the event, or name a clause."
        bench.note(("events", place, "act"), found, expected, way_out)
        return []
    ladder = reading.ladder_of.get(first)
    if ladder is None:
        return [reading.clause(first)]
    return [reading.clause(reading.clause_place[step]) for step in reading.ladder(ladder).steps]


def check_numbers(bench: Bench, place: int, event: Event, clauses: list[Clause]) -> None:
    """Check points, amount and fine against what the clause calls for."""
    words = f"clause '{clauses[0].id}'" if len(clauses) == 1 else f"the ladder of '{clauses[0].id}'"
    ranges = [clause.points for clause in clauses if isinstance(clause.points, PointsRange)]
    between = " or ".join(f"between {r.least} and {r.most}" for r in ranges)
    here = ("events", place)
    if event.points is None and len(ranges) == len(clauses):
        way_out = "The clause leaves the number to the official: say which one was chosen."
        bench.note(here, "no points", f"points: {between}", way_out)
    elif event.points is not None and not ranges:
        way_out = "Remove `points:`; the rulebook says what the clause gives or takes."
        bench.note((*here, "points"), f"points: {event.points}", f"none, as {words} gives no range", way_out)
    elif event.points is not None:
        _check_choice(bench, place, event.points, ranges, between)
    rates = [clause.points for clause in clauses if isinstance(clause.points, PointsRate)]
    if event.amount is None and len(rates) == len(clauses):
        bench.note(here, "no amount", f"amount: how many ({rates[0].of})", "Add `amount:`.")
    elif event.amount is not None and not rates:
        bench.note((*here, "amount"), f"amount: {event.amount}", f"none, as {words} is no rate", "Remove `amount:`.")
    fines = [clause.fine for clause in clauses if isinstance(clause.fine, MoneyRange)]
    if event.fine is not None and not any(f.least <= event.fine <= f.most for f in fines):
        expected = (
            " or ".join(f"between {f.least} and {f.most} yuan" for f in fines) or f"none, as {words} gives no range"
        )
        bench.note((*here, "fine"), f"fine: {event.fine}", expected, "Correct or remove `fine:`.")


def _check_choice(bench: Bench, place: int, points: Decimal, ranges: list[PointsRange], between: str) -> None:
    path, quantum = ("events", place, "points"), bench.reading.book.score.quantum
    if not any(r.least <= points <= r.most for r in ranges):
        sign = " The sign belongs to it." if any(r.least <= -points <= r.most for r in ranges) else ""
        bench.note(path, f"points: {points}", f"points: {between}", f"Choose a number inside the range.{sign}")
    elif points % quantum:
        bench.note(path, f"points: {points}", f"a whole number of steps of {quantum}", "Round as the official would.")


def check_decision(bench: Bench, place: int, event: Event) -> None:
    """Check what is neither clause nor act."""
    here, said = ("events", place), event.event or ""
    for key in RECORD_KEYS:
        if getattr(event, key) is not None:
            bench.note((*here, key), f"'{key}' with a decision", "date, event and of", f"Remove `{key}:`.")
    if said not in _known_decisions(bench):
        bench.note((*here, "event"), f"'{said}'", *_no_such_decision(bench, said))
        return
    if said in ("correct", "apply", "end"):
        _check_target(bench, place, event)
    elif event.of is not None:
        bench.note((*here, "of"), f"'of' with '{said}'", "no record, as it is about the subject", "Remove `of:`.")


def _known_decisions(bench: Bench) -> list[str]:
    return ["correct", "end", *(procedure.id for procedure in bench.reading.book.procedures)]


def _no_such_decision(bench: Bench, said: str) -> tuple[str, str]:
    """Return what is expected instead of a decision that the rulebook does not have, and the way out."""
    book = bench.reading.book
    redress, known = book.sections.redress, _known_decisions(bench)
    expected = f"one that this rulebook has: {', '.join(known)}"
    if said in NEVER_HERE or said in ("pass-test", "repair", "apply"):
        note = f" ({redress.note.rstrip('.')})" if redress.note else ""
        return expected, f"Its section on redress: {redress.read}{note}. Remove the event."
    return expected, did_you_mean(said, known)


def _check_target(bench: Bench, place: int, event: Event) -> None:
    """Check the record that a decision names."""
    path: tuple[str | int, ...] = ("events", place, "of")
    earlier = list(_earlier_records(bench, event.day, place))
    if event.of is None:
        bench.note(path[:-1], "no 'of'", "the id of the record that it is about", f"Add `of:` ({_listed(earlier)}).")
        return
    if event.of not in earlier:
        found = f"'{event.of}', which is no earlier record"
        bench.note(path, found, "the id of an earlier record", did_you_mean(event.of, earlier, listed="earlier"))
        return
    if event.event == "end":
        _check_end(bench, place, bench.case.events[bench.ids[event.of]])


def _listed(names: list[str]) -> str:
    return ", ".join(names[:10]) if names else "no record stands before it"


def _earlier_records(bench: Bench, day: date, place: int) -> Iterator[str]:
    for other, event in enumerate(bench.case.events):
        is_record = event.clause is not None or event.act is not None
        if is_record and other != place and (event.recorded or event.day) <= day:
            yield event_id(bench.case, other)


def _check_end(bench: Bench, place: int, record: Event) -> None:
    """Check that what `end` ends is a state that lasts and has no end yet."""
    path, event = ("events", place, "of"), bench.case.events[place]
    silent = Bench(bench.reading, bench.case, bench.where)
    clauses = _clauses_of(silent, bench.ids[event.of or ""], record)
    if clauses and not any(clause.repeats for clause in clauses):
        found = f"'{event.of}', whose clause does not come again"
        bench.note(path, found, "a record whose clause repeats while a state lasts", "Remove the event.")
    if record.until is not None:
        bench.note(
            path, f"'{event.of}', which ends on {record.until} already", "one end", "Remove the event or `until:`."
        )
