"""What must hold of a record in a case: its numbers, its proof, its circumstances, its months on a list."""

from __future__ import annotations

from decimal import Decimal

from glasstown.errors import did_you_mean
from glasstown.interpreter.bench import Bench
from glasstown.interpreter.casefile import Event
from glasstown.interpreter.eventclauses import band_words
from glasstown.interpreter.ranges import is_inside, needs_choice, range_words
from glasstown.language.model import Clause, MoneyRange, PointsRange, PointsRate
from glasstown.language.resolve import is_in_band


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
        expected = " or ".join(f"{each.least} to {each.most} months" for each in bounds)
        expected = expected or f"none, as {words} enters no list with {'a grace' if key == 'grace' else 'one'}"
        bench.note(("events", place, key), f"{key}: {months}", expected, f"Correct or remove `{key}:`.")
