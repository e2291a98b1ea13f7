"""What must hold of an event that is neither clause nor act: that the rulebook has it, and the record that it names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from glasstown.errors import did_you_mean
from glasstown.interpreter.bench import Bench, event_id, has_state
from glasstown.interpreter.casefile import Event
from glasstown.interpreter.eventclauses import clauses_of
from glasstown.language.model import Clause

NAMED = ("object", "decide", "perform", "consent", "spend", "pass-test", "repair", "apply")
"""decisions that some rulebooks have"""
RECORD_KEYS = ("recorded", "points", "fine", "until", "proof", "unless", "grace", "extension")
OWN_KEYS = {"amount": "spend", "given": "consent", "granted": "decide"}
"""keys that belong to one decision, which needs them"""
ABOUT_RECORDS = ("correct", "apply", "end", "object", "decide")


def check_decision(bench: Bench, place: int, event: Event) -> None:
    """Check what is neither clause nor act."""
    here, said = ("events", place), event.event or ""
    for key in RECORD_KEYS:
        if key in event.model_fields_set:
            bench.note((*here, key), f"'{key}' with a decision", "date, event and of", f"Remove `{key}:`.")
    known = _known_decisions(bench)
    for key, owner in OWN_KEYS.items():
        if getattr(event, key) is not None and said != owner:
            expected = f"'{key}' only with '{owner}'" if owner in known else "date, event and of"
            bench.note((*here, key), f"'{key}' with a decision", expected, f"Remove `{key}:`.")
        elif getattr(event, key) is None and said == owner and said in known:
            bench.note(here, f"no '{key}'", f"`{key}:` with '{said}'", f"Add `{key}:`.")
    if said not in known:
        bench.note((*here, "event"), f"'{said}'", *_no_such_decision(bench, said))
    elif said in ABOUT_RECORDS or (said == "repair" and event.of is not None):
        _check_target(bench, place, event)
    elif event.of is not None:
        bench.note((*here, "of"), f"'of' with '{said}'", "no record, as it is about the subject", "Remove `of:`.")
    elif said == "spend":
        _check_spending(bench, place, event)


def _known_decisions(bench: Bench) -> list[str]:
    book = bench.reading.book
    known = ["correct", "end", *(procedure.id for procedure in book.procedures)]
    known += ["consent"] if book.consent else []
    known += ["spend"] if book.balance else []
    return known + (["object", "decide"] if book.objection or any(r.objection for r in book.lists) else [])


def _no_such_decision(bench: Bench, said: str) -> tuple[str, str]:
    """Return what is expected instead of a decision that the rulebook does not have, and the way out."""
    book = bench.reading.book
    redress, known = book.sections.redress, _known_decisions(bench)
    expected = f"one that this rulebook has: {', '.join(known)}"
    if said == "consent":
        return expected, "This rulebook asks for no consent. Remove the event."
    if said == "spend":
        return expected, "This rulebook has no balance. Remove the event."
    if said in NAMED:
        note = f" ({redress.note.rstrip('.')})" if redress.note else ""
        return expected, f"Its section on redress: {redress.read}{note}. Remove the event."
    return expected, did_you_mean(said, known)


def _check_spending(bench: Bench, place: int, event: Event) -> None:
    quantum = bench.reading.book.score.quantum
    if event.amount is not None and event.amount % quantum:
        path, found = ("events", place, "amount"), f"amount: {event.amount}"
        bench.note(path, found, f"a whole number of steps of {quantum}", "Round the amount.")


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
        _check_end(bench, place, event)
    if event.event == "object":
        _check_objection(bench, place, event)
    if event.event == "decide":
        _check_decide(bench, place, event)


def _listed(names: list[str]) -> str:
    return ", ".join(names[:10]) if names else "no record stands before it"


def _earlier_records(bench: Bench, day: date, place: int) -> Iterator[str]:
    for other, event in enumerate(bench.case.events):
        is_record = event.clause is not None or event.act is not None
        if is_record and other != place and (event.recorded or event.day) <= day:
            yield event_id(bench.case, other)


def _clauses_named(bench: Bench, event: Event) -> list[Clause]:
    """Return the clauses of the record that a decision names; its faults are told with the record itself."""
    silent = Bench(bench.reading, bench.case, bench.where)
    place = bench.ids[event.of or ""]
    return clauses_of(silent, place, bench.case.events[place])


def _check_end(bench: Bench, place: int, event: Event) -> None:
    """Check that what `end` ends is a state that lasts and has not ended before."""
    path, record = ("events", place, "of"), bench.case.events[bench.ids[event.of or ""]]
    clauses = _clauses_named(bench, event)
    if clauses and not any(has_state(clause) for clause in clauses):
        found = f"'{event.of}', whose clause does not come again"
        bench.note(path, found, "a record whose clause repeats or holds while a state lasts", "Remove the event.")
    if record.until is not None and record.until <= event.day:
        found = f"'{event.of}', which ends on {record.until} already"
        bench.note(path, found, "one end", "Remove the event or `until:`.")
    ends = [n for n, other in enumerate(bench.case.events) if other.event == "end" and other.of == event.of]
    if ends[0] != place:
        found = f"'{event.of}', which event {ends[0] + 1} ends already"
        bench.note(path, found, "one end", "Remove one of the two.")


def _check_objection(bench: Bench, place: int, event: Event) -> None:
    """Check that the record's list or the rulebook knows objections."""
    book, clauses = bench.reading.book, _clauses_named(bench, event)
    lists = {clause.enters.list for clause in clauses if clause.enters is not None}
    if clauses and book.objection is None and not any(r.objection for r in book.lists if r.id in lists):
        found = f"'{event.of}', whose list has no objection"
        way_out = "Remove the event: the scheme as documented hears objections to other records alone."
        bench.note(("events", place, "of"), found, "a record that can be objected to", way_out)


def _check_decide(bench: Bench, place: int, event: Event) -> None:
    """Check that an objection to the record is open, as far as the file tells."""
    about = [
        (other.day, n, other.event)
        for n, other in enumerate(bench.case.events)
        if other.of == event.of and other.event in ("object", "decide") and (other.day, n) < (event.day, place)
    ]
    if not about or max(about)[2] == "decide":
        found = f"'{event.of}', to which no objection is open"
        way_out = f"Add `event: object, of: {event.of}` before it, or remove the event."
        bench.note(("events", place, "of"), found, "a record that has been objected to", way_out)
