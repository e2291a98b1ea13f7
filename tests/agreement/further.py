"""Which of the shapes beside points, caps and lists a life has really met: locks, parts, cycles, quotas, consent, money."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from agreement.both import Example
from glasstown.interpreter.reading import to_quanta
from glasstown.language.model import Clause, Rulebook
from glasstown.ledger import Account, Line, Record


def further_shapes(example: Example, account: Account) -> Iterator[str]:
    """Yield the shapes that a life has met, some of them more than once."""
    book = example.book
    clauses = {clause.id: clause for clause in book.clauses}
    records = {record.id: record for record in example.life.records}
    for before, line in pairwise([None, *account.ledger]):
        assert line is not None
        clause, record = clauses.get(line.clause or ""), records.get(line.record or "")
        yield from _of_phase(line, clause)
        if line.phase == "record" and clause is not None and record is not None and " not apply" not in line.why:
            yield from _of_record(example, line, clause, record)
        if before is not None:
            yield from _of_change(book, before, line)
        if line.published:
            yield "published"
    if any("outside the days on which the scheme" in flag for flag in account.flags):
        yield "outside the scheme"
    once = {rule.id for rule in book.lists if rule.entry.once}
    if any(once & set(line.lists) for line in account.ledger):
        yield "entered once"
    if account.ledger and any(measure.in_force for measure in book.measures):
        yield "measure's own days"


def _of_phase(line: Line, clause: Clause | None) -> Iterator[str]:
    if line.phase == "publication":
        yield "published grade"
    if line.running is not None and line.grade is not None and line.running != line.grade:
        yield "another running grade"
    if line.phase == "procedure" and clause is not None and clause.rectified:
        if "come back" in line.why and line.after != line.before:
            yield "put right"
        if "too late" in line.why:
            yield "too late to put right"
    if line.phase in ("cycle", "cut-off"):
        yield line.phase
    if line.phase == "lock-end":
        yield "lock's end"
    endings = {"lock-end": clause.lock if clause else None, "override-end": clause.override if clause else None}
    ending = endings.get(line.phase)
    if ending is not None and ending.until in ("state-ends", "cycle-end"):
        yield "state's end" if ending.until == "state-ends" else "cycle's end"
    if line.consent is not None:
        yield "agreed" if line.consent else "not agreed"


def _of_record(example: Example, line: Line, clause: Clause, record: Record) -> Iterator[str]:
    book = example.book
    if clause.status and line.day == example.life.start:
        yield "status"
    if clause.amount is not None and record.act:
        yield "amount band"
    ceiling = clause.lock.at_most if clause.lock is not None else None
    if ceiling is not None and line.after == int(ceiling // book.score.quantum) < line.before:
        yield "lock's ceiling"
    is_dropped = (
        isinstance(clause.points, Decimal) and clause.points != 0 and line.after == line.before and not line.cap
    )
    if is_dropped and line.consent is not False and clause.lapse is None and any(c.lock for c in book.clauses):
        yield "frozen"
    if clause.part is not None and isinstance(clause.points, Decimal) and line.after != line.before:
        short = line.after - line.before != to_quanta(clause.points, book.score.quantum)
        yield "part bound" if short else "part moved"


def _of_change(book: Rulebook, before: Line, line: Line) -> Iterator[str]:
    if line.balance is not None and before.balance is not None and line.balance != before.balance:
        yield "earned" if line.balance > before.balance else "spent"
    if line.phase == "cycle" and "is carried over" in line.why:
        yield "carried over"
    grade = next((grade for grade in book.grades if grade.id == line.grade), None)
    if grade is not None and grade.from_ == "quota":
        yield "quota grade"
