"""A case: one hypothetical life typed by hand, told by the interpreter and held to what it expects.

What a case answers: the account as JSON, and where it differs from what the case expects.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, cast

from glasstown.cases.bench import event_id, has_state, recorded_by_status
from glasstown.cases.beside import case_files
from glasstown.cases.check import check_case
from glasstown.cases.file import CaseFile, Event, Expect, ExpectedLine, ExpectedPart, read_case_file
from glasstown.errors import CaseError, Fault
from glasstown.interpreter.calendar import add_months, days_of_years
from glasstown.interpreter.life import live
from glasstown.interpreter.reading import Reading, read
from glasstown.language.acts import ActCatalogue
from glasstown.language.files import shown_path
from glasstown.language.load import load_acts, load_rulebook
from glasstown.language.model import Rulebook
from glasstown.language.texts import with_reading
from glasstown.language.tree import Document
from glasstown.ledger import Account, CutOff, Decision, Given, Life, Line, ProcedureName, Record, in_points, line_json
from glasstown.types import Quanta


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case's account under its rulebook; `differences` is empty where everything expected came out."""

    book: Rulebook
    account: Account
    differences: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """what the case itself leaves open"""

    def as_json(self) -> dict[str, Any]:
        """Return closing state and ledger; scores are exact decimal strings."""
        account = self.account
        return {
            "rulebook": self.book.id,
            "score": in_points(account.score, self.book.score.quantum),
            "grade": account.grade,
            "lists": list(account.lists),
            "measures": list(account.measures),
            "ledger": [
                {**line_json(line, self.book.score.quantum), **_state_json(line, self.book)} for line in account.ledger
            ],
            "fines": account.fines,
            "flags": [*account.flags, *self.notes],
            "unknown": dict(account.n_unknown),
            "variant": self.book.variant,
            "differences": list(self.differences),
            **_state_json(account, self.book),
        }


def _state_json(state: Account | Line, book: Rulebook) -> dict[str, Any]:
    """Return what only some rulebooks have: parts, a balance, publicity of somebody's state, consent, the grade of the day."""
    keys: dict[str, Any] = {}
    if state.parts:
        keys["parts"] = {name: in_points(value, book.score.quantum) for name, value in state.parts.items()}
    if state.balance is not None:
        keys["balance"] = in_points(state.balance, book.score.quantum)
    if any(item.when is not None for item in book.publicity):
        keys["published"] = list(state.published)
    if state.consent is not None:
        keys["consent"] = state.consent
    if book.grades_published is not None:
        keys["running"] = state.running
    return keys


def differences(expect: Expect, account: Account, book: Rulebook) -> tuple[str, ...]:
    """Return one sentence for each thing that a case expects otherwise."""
    found: dict[str, Any] = {
        "score": Decimal(in_points(account.score, book.score.quantum)),
        "grade": account.grade,
        "lists": account.lists,
        "measures": account.measures,
        "fines": account.fines,
        **_state(account, book),
    }
    told = [
        f"{key}: expected {_words(getattr(expect, key))}, found {_words(found[key])}"
        for key in found
        if key in expect.model_fields_set and not _same(getattr(expect, key), found[key])
    ]
    if "ledger" in expect.model_fields_set and not expect.ledger and account.ledger:
        told.append(f"ledger: expected no line, found {len(account.ledger)}")
    return (*told, *_ledger_differences(expect.ledger, account, book))


def _state(state: Account | Line, book: Rulebook) -> dict[str, Any]:
    """Return parts, balance, publicity, consent and the grade of the day as cases expect them, in points."""

    def points(quanta: Quanta) -> Decimal:
        return Decimal(in_points(quanta, book.score.quantum))

    return {
        "published": state.published,
        "parts": {name: points(value) for name, value in state.parts.items()},
        "balance": None if state.balance is None else points(state.balance),
        "consent": state.consent,
        "running": state.running,
    }


def _same(expected: Any, found: Any) -> bool:
    if isinstance(found, dict):
        return all(found.get(part.id) == part.score for part in expected)
    return sorted(expected) == sorted(found) if isinstance(expected, tuple) else bool(expected == found)


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {number}" for name, number in value.items())
    if isinstance(value, tuple):
        return ", ".join(f"{v.id} {v.score}" if isinstance(v, ExpectedPart) else v for v in value) or "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "none" if value is None else str(value)


def _ledger_differences(expected: tuple[ExpectedLine, ...], account: Account, book: Rulebook) -> list[str]:
    """Return the expected lines that the ledger does not have, in their order, others between them."""
    told, at = [], 0
    for n, wanted in enumerate(expected, start=1):
        place = next((p for p in range(at, len(account.ledger)) if _fits(wanted, account.ledger[p], book)), None)
        if place is None:
            after = f" after line {at}" if at else ""
            told.append(f"ledger: no line{after} fits expected line {n} ({_line_words(wanted)})")
        else:
            at = place + 1
    return told


def _fits(wanted: ExpectedLine, line: Line, book: Rulebook) -> bool:
    quantum = book.score.quantum
    found: dict[str, Any] = {
        "day": line.day,
        "phase": line.phase,
        "clause": line.clause,
        "event": line.record,
        "before": line.before * quantum,
        "after": line.after * quantum,
        "grade": line.grade,
        "cap": line.cap,
        "lists": line.lists,
        "measures": line.measures,
        "fine": line.fine,
        **_state(line, book),
    }
    return all(_same(getattr(wanted, key), found[key]) for key in wanted.model_fields_set)


def _line_words(wanted: ExpectedLine) -> str:
    said = sorted(wanted.model_fields_set, key=list(ExpectedLine.model_fields).index)
    return ", ".join(f"{'date' if key == 'day' else key} {_words(getattr(wanted, key))}" for key in said)


__all__ = ["Case", "CaseResult", "load_case", "load_cases", "parse_case", "reference_of", "run_case"]


@dataclass(frozen=True, slots=True)
class Case:
    """One hypothetical life that its rulebook can tell.  `file` is where it was read, as messages show it."""

    file: str
    rulebook: str
    subject: str
    life: Life
    expect: Expect | None
    flags: tuple[str, ...]
    where: Document


def reference_of(path: Path) -> str | None:
    """Return the rulebook that a case file is about, ID or ID@READING, or None where it does not say."""
    return read_case_file(path)[0].rulebook


def load_case(path: Path, book: Rulebook, acts: ActCatalogue | None = None) -> Case:
    """Return a case for a rulebook; `CaseError` with every fault.  Without `acts` the shipped catalogue is used."""
    typed, where = read_case_file(path)
    return parse_case(typed, where, book, acts if acts is not None else load_acts())


def parse_case(typed: CaseFile, where: Document, book: Rulebook, acts: ActCatalogue) -> Case:
    """Return the case that a file's content means under a rulebook; `CaseError` with every fault of meaning."""
    reading = read(book, acts)
    if faults := check_case(reading, typed, where):
        raise CaseError(where.file, faults)
    return Case(
        file=where.file,
        rulebook=f"{book.id}@{book.variant}" if book.variant else book.id,
        subject=typed.subject,
        life=_life(typed, book),
        expect=typed.expect,
        flags=(*_later_end(typed, book), *_idle_ends(reading, typed), *_told_otherwise(reading, typed)),
        where=where,
    )


def _life(typed: CaseFile, book: Rulebook) -> Life:
    """Return the life: the first event's day and the last day that the file names stand in for start and end."""
    start = typed.start or max(min(event.day for event in typed.events), book.in_force.from_)
    until = typed.until or max([start, *_days_named(typed)])
    ends = {event.of: event.day for event in reversed(typed.events) if event.event == "end"}
    statuses = recorded_by_status(book, typed)
    records = [
        Record(f"status-{clause.id}", n - len(statuses), start, start, clause.id) for n, clause in enumerate(statuses)
    ]
    decisions = []
    for place, event in enumerate(typed.events):
        name = event_id(typed, place)
        if event.event is None:
            records.append(_record(name, place, event, ends.get(name)))
        else:
            decisions.append(_decision(name, place, event))
    return Life(start, until, tuple(records), tuple(decisions), _given(typed, book, start, until))


def _days_named(typed: CaseFile) -> list[date]:
    """Return the days of events, of their ends, of what is given and of what is expected."""
    days = [day for event in typed.events for day in (event.day, event.recorded, event.until)]
    if typed.given is not None:
        scores = typed.given.household_score
        days += [each.day for each in (scores if isinstance(scores, tuple) else ()) + typed.given.cutoffs]
    if typed.expect is not None:
        days += [line.day for line in typed.expect.ledger]
    return [day for day in days if day is not None]


def _later_end(typed: CaseFile, book: Rulebook) -> Iterator[str]:
    """Yield a flag where no end is stated and the file names a later day than its last event's."""
    life = _life(typed, book)
    if typed.until is None and typed.events and life.until > max(event.recorded or event.day for event in typed.events):
        yield f"no `until`: the life is told to {life.until}, the last day that the file names"


def _decision(name: str, place: int, event: Event) -> Decision:
    return Decision(
        id=name,
        order=place,
        day=event.day,
        procedure=cast("ProcedureName", event.event),
        of=event.of,
        given=event.given,
        granted=event.granted,
        amount=event.amount,
    )


def _record(name: str, place: int, event: Event, end: date | None) -> Record:
    return Record(
        id=name,
        order=place,
        act_day=event.day,
        record_day=event.recorded or event.day,
        clause=event.clause,
        act=event.act,
        amount=event.amount,
        points=event.points,
        fine=event.fine,
        until=event.until or end,
        proof=event.proof.by_kind() if event.proof else None,
        unless=event.unless,
        grace=event.grace,
        extension=event.extension,
    )


def _given(typed: CaseFile, book: Rulebook, start: date, until: date) -> Given:
    if typed.given is None:
        return Given()
    scores = typed.given.household_score
    cutoffs = [CutOff(each.day, each.grade, each.score) for each in typed.given.cutoffs]
    if typed.given.cutoff is not None:
        for grade in (grade for grade in book.grades if grade.quota is not None):
            days = days_of_years(grade.quota.assessed, add_months(start, -12), until) if grade.quota else ()
            cutoffs += [CutOff(day, grade.id, typed.given.cutoff) for day in days]
    return Given({each.day: each.mean for each in scores} if isinstance(scores, tuple) else scores, tuple(cutoffs))


def _idle_ends(reading: Reading, typed: CaseFile) -> list[str]:
    """Return a flag for each `until` that its clause has no use for."""
    flags = []
    for place, event in enumerate(typed.events):
        first = reading.first_clause(event.clause, event.act, event.amount) if event.until else None
        if first is not None and not has_state(reading.clause(first)) and first not in reading.ladder_of:
            flags.append(f"event {event_id(typed, place)}: `until` changes nothing, as the clause does not come again")
    return flags


def _told_otherwise(reading: Reading, typed: CaseFile) -> Iterator[str]:
    """Yield a flag for each day whose records come in the order of their clauses, and not in that of the file."""
    days: dict[date, list[tuple[int, int]]] = {}
    for place, event in enumerate(typed.events):
        first = reading.first_clause(event.clause, event.act, event.amount) if event.event is None else None
        if first is not None:
            effect_day = reading.after(event.recorded or event.day, reading.clause(first).starts_after)
            days.setdefault(effect_day, []).append((reading.order_of(first), place))
    for day, filed in sorted(days.items()):
        told = sorted(filed)
        if told != filed and reading.book.same_day == "by-clause":
            names = ", ".join(event_id(typed, place) for _, place in told)
            yield (
                f"{day}: the rulebook takes the records of a day in the order of its clauses, which here is {names}; "
                "`same_day: as-recorded` in a rulebook takes them in the order of the file"
            )


def run_case(book: Rulebook, acts: ActCatalogue, case: Case) -> CaseResult:
    """Tell the case's life, and what it expects otherwise."""
    try:
        account = live(book, acts, case.life)
    except CaseError as problem:
        raise CaseError(case.file, [_placed(case, problem)]) from None
    expected = differences(case.expect, account, book) if case.expect is not None else ()
    return CaseResult(book, account, expected, case.flags)


def _placed(case: Case, problem: CaseError) -> Fault:
    """Return the fault of a record that came to a clause it does not fit, with its place in the file."""
    fault = problem.faults[0]
    order = next(record.order for record in case.life.records if problem.subject == f"event '{record.id}'")
    place = case.where.at("events", order)
    return Fault(fault.subject, place, fault.found, fault.expected, fault.way_out)


def load_cases(folder: Path, acts: ActCatalogue | None = None) -> tuple[tuple[Rulebook, Case], ...]:
    """Return the worked cases beside a rulebook, each with the reading that it names; `CaseError` with every fault.

    `folder` is the rulebook's: it holds rules.yaml and cases/.
    """
    catalogue = acts if acts is not None else load_acts()

    @cache
    def book_for(variant: str) -> Rulebook:
        return load_rulebook(f"{folder}@{variant}" if variant else str(folder))

    cases: list[tuple[Rulebook, Case]] = []
    faults: list[Fault] = []
    for path in case_files(folder):
        try:
            typed, where = read_case_file(path)
            book = book_for(with_reading(typed.rulebook or "")[1] or "")
            cases.append((book, parse_case(typed, where, book, catalogue)))
        except CaseError as problem:
            faults += problem.faults
    if faults:
        raise CaseError(f"cases of {shown_path(folder)}", faults)
    return tuple(cases)
