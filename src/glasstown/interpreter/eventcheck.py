"""What must hold of one event of a case: its days, and that it is a record or a decision."""

from __future__ import annotations

from glasstown.interpreter.bench import Bench, check_in_force
from glasstown.interpreter.casefile import Event
from glasstown.interpreter.decisioncheck import check_decision
from glasstown.interpreter.eventclauses import clauses_of
from glasstown.interpreter.recordcheck import check_record

DECISION_KEYS = ("given", "granted")


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
    for key in DECISION_KEYS:
        if getattr(event, key) is not None:
            bench.note(("events", place, key), f"'{key}' with a {said[0]}", "only with a decision", f"Remove `{key}:`.")
    clauses = clauses_of(bench, place, event)
    if clauses:
        check_record(bench, place, event, clauses)


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
