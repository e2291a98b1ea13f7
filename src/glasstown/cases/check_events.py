"""What must hold of an event that is neither clause nor act: that the rulebook has it, and the record that it names.

What must hold of a record in a case: its numbers, its proof, its circumstances, its months on a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from glasstown.cases.bench import Bench, band_words, clauses_of, event_id, has_state
from glasstown.cases.file import Event
from glasstown.errors import did_you_mean
from glasstown.interpreter.ranges import is_inside, needs_choice, range_words
from glasstown.language.model import Clause, MoneyRange, PointsRange, PointsRate
from glasstown.language.resolve import is_in_band
from glasstown.wording import counted

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
        bench.note(path, found, "the id of an earlier record", did_you_mean(event.of, earlier, called="earlier ones"))
        return
    if event.event == "repair":
        _check_repair(bench, place, event)
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


def _check_repair(bench: Bench, place: int, event: Event) -> None:
    """Check that there is something of the record that a repair can bring about."""
    book, clauses = bench.reading.book, _clauses_named(bench, event)
    does_more = any("repair" in rule.leaves.on for rule in book.lists)
    does_more = does_more or any(each.id == "repair" and each.resets_score for each in book.procedures)
    if clauses and not does_more and not any(clause.rectified or clause.carries_over for clause in clauses):
        found = f"'{event.of}', whose clause '{clauses[0].id}' calls for no repair"
        expected = "a record whose points come back, or are carried over, until it is put right"
        bench.note(("events", place, "of"), found, expected, "Remove the event, or name another record.")


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


def check_record(bench: Bench, place: int, event: Event, clauses: list[Clause]) -> None:
    """Check everything that a record states against what its clauses call for."""
    words = f"clause '{clauses[0].id}'" if len(clauses) == 1 else f"the ladder of '{clauses[0].id}'"
    _check_points(bench, place, event, clauses, words)
    _check_amount(bench, place, event, clauses, words)
    _check_fine(bench, place, event, clauses, words)
    _check_proof(bench, place, event, clauses, words)
    _check_unless(bench, place, event, clauses, words)
    _check_months(bench, place, event, clauses, words)


def _check_points(bench: Bench, place: int, event: Event, clauses: list[Clause], words: str) -> None:
    ranges = [(clause, clause.points) for clause in clauses if isinstance(clause.points, PointsRange)]
    between = " or ".join(range_words(clause, points) for clause, points in ranges)
    here = ("events", place)
    if event.points is None:
        if ranges and len(ranges) == len(clauses) and all(needs_choice(points) for _, points in ranges):
            way_out = "The clause leaves the number to the official: say which one was chosen."
            bench.note(here, "no points", f"points: {between}", way_out)
    elif not ranges:
        way_out = "Remove `points:`; the rulebook says what the clause gives or takes."
        bench.note((*here, "points"), f"points: {event.points}", f"none, as {words} gives no range", way_out)
    else:
        _check_choice(bench, place, event.points, ranges, between)


def _check_choice(
    bench: Bench, place: int, points: Decimal, ranges: list[tuple[Clause, PointsRange]], between: str
) -> None:
    path, quantum = ("events", place, "points"), bench.reading.book.score.quantum
    if not any(is_inside(clause, given, points) for clause, given in ranges):
        has_other_sign = any(is_inside(clause, given, -points) for clause, given in ranges)
        sign = " The sign belongs to it." if has_other_sign else ""
        bench.note(path, f"points: {points}", f"points: {between}", f"Choose a number inside the range.{sign}")
    elif points % quantum:
        bench.note(path, f"points: {points}", f"a whole number of steps of {quantum}", "Round as the official would.")


def _check_amount(bench: Bench, place: int, event: Event, clauses: list[Clause], words: str) -> None:
    rates = [clause.points for clause in clauses if isinstance(clause.points, PointsRate)]
    bands = [clause.amount for clause in clauses if clause.amount is not None]
    here, amount = ("events", place), event.amount
    if amount is None and (len(rates) == len(clauses) or len(bands) == len(clauses)):
        unit = rates[0].of if rates else bands[0].of
        bench.note(here, "no amount", f"amount: how many ({unit})", "Add `amount:`.")
    elif amount is not None and not rates and not bands:
        bench.note((*here, "amount"), f"amount: {amount}", f"none, as {words} is no rate", "Remove `amount:`.")
    elif amount is not None and not any(is_in_band(clause, amount) for clause in clauses):
        expected = f"an amount that {words} is about: {' or '.join(band_words(band) for band in bands)}"
        way_out = "Correct it, or name the clause whose band it lies in."
        bench.note((*here, "amount"), f"amount: {amount}", expected, way_out)


def _check_fine(bench: Bench, place: int, event: Event, clauses: list[Clause], words: str) -> None:
    fines = [clause.fine for clause in clauses if isinstance(clause.fine, MoneyRange)]
    if event.fine is None or any(f.least <= event.fine <= f.most for f in fines):
        return
    expected = " or ".join(f"between {f.least} and {f.most} yuan" for f in fines) or f"none, as {words} gives no range"
    bench.note(("events", place, "fine"), f"fine: {event.fine}", expected, "Correct or remove `fine:`.")


def _check_proof(bench: Bench, place: int, event: Event, clauses: list[Clause], words: str) -> None:
    path = ("events", place, "proof")
    asked = [*dict.fromkeys(p.kind for c in clauses for p in c.proof), *(p.kind for p in bench.reading.book.proof)]
    for kind in event.proof.by_kind() if event.proof else ():
        if kind not in asked:
            expected = f"what {words} asks for" if asked else f"nothing, as {words} asks for no proof"
            way_out = did_you_mean(kind, asked) if asked else "Remove `proof:`."
            bench.note((*path, kind), f"proof of the kind '{kind}'", expected, way_out)


def _check_unless(bench: Bench, place: int, event: Event, clauses: list[Clause], words: str) -> None:
    known = [exclusion.id for clause in clauses for exclusion in clause.unless]
    for n, name in enumerate(event.unless):
        if name not in known:
            expected = f"a circumstance that {words} names" if known else f"none, as {words} names no circumstance"
            way_out = did_you_mean(name, known) if known else "Remove `unless:`."
            bench.note(("events", place, "unless", n), f"'{name}'", expected, way_out)


def _check_months(bench: Bench, place: int, event: Event, clauses: list[Clause], words: str) -> None:
    entries = [clause.enters for clause in clauses if clause.enters is not None]
    lists = (bench.reading.book.lists[bench.reading.list_place[entry.list]] for entry in entries)
    graces = [rule.grace for rule in lists if rule.grace is not None]
    extensions = [entry.extension for entry in entries if entry.extension is not None]
    stated = (("grace", event.grace, graces), ("extension", event.extension, extensions))
    for key, months, bounds in stated:
        if months is None or any(each.least <= months <= each.most for each in bounds):
            continue
        expected = " or ".join(f"{each.least} to {counted(each.most, 'month')}" for each in bounds)
        expected = expected or f"none, as {words} enters no list with {'a grace' if key == 'grace' else 'one'}"
        bench.note(("events", place, key), f"{key}: {months}", expected, f"Correct or remove `{key}:`.")
