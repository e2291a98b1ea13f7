"""The rows that the engine logs of one life, as the interpreter reads them: records, decisions, and the engine's own lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from glasstown.compiler import CompiledRules
from glasstown.compiler import columns as col
from glasstown.engine.kernel import entries
from glasstown.engine.kernel.ledger_words import NO_EVENT
from glasstown.engine.one_life_lines import Names, lines_from
from glasstown.engine.person.voids import IS_EXCLUDED, LACKS_PROOF
from glasstown.engine.tables.lived_rows import BANKRUPT, CREDITORS, PAYMENTS
from glasstown.engine.tables.log_rows import BOUND, DECIDED, FILED, JUDGED, PAID, LogLine
from glasstown.engine.tables.profiles import households_of
from glasstown.language.days import month_first
from glasstown.language.model import Rulebook
from glasstown.ledger import BEFORE, Decision, Line, Listed, ProcedureName, Record
from glasstown.runs.live_again import Lived, LivedUnder

ABOUT_RECORDS = (col.APPLY, col.REPAIR)
"""Procedures that may name a record."""
PROCEDURE_NAMES: tuple[ProcedureName, ...] = ("pass-test", "repair", "apply", "perform", "consent", "consent", "spend")


def takes_part(record: Record, last_day: date) -> bool:
    """Return whether a record is made before the run ends; later ones were waiting when it stopped."""
    return record.record_day <= last_day


def known_id(row: LogLine) -> str:
    """Return the id of a record: its event number."""
    return f"e{row.event}"


def engine_lines(
    compiled: CompiledRules,
    under: LivedUnder,
    member: int,
    rows: Sequence[LogLine],
    origin: date,
) -> tuple[Line, ...]:
    """Return the engine's own lines of one life, from the rows that were logged of it."""
    filed, decided = ([row for row in rows if row.kind == kind] for kind in (FILED, DECIDED))
    records = {row.event: known_id(row) for row in filed}
    if member in under.listed:
        records[under.listed[member][2]] = BEFORE
    targets = {}
    for row in decided:
        is_about = row.entry == entries.CORRECTION or (row.procedure in ABOUT_RECORDS and row.of != NO_EVENT)
        targets[row.event] = f"e{row.of}" if is_about else f"d{row.event}"
    return lines_from(rows, member, Names(compiled, origin, records, targets))


def record_of(
    compiled: CompiledRules,
    act_ids: Sequence[str],
    row: LogLine,
    origin: date,
    fines: Mapping[str | None, int | None],
) -> Record:
    """Return a filed record as the interpreter reads it: by its act, so that it finds the clause for itself."""
    rule = compiled.clauses[row.clause]
    is_rate = rule.per > 0
    has_range = rule.most != rule.least
    return Record(
        id=known_id(row),
        order=row.event,
        act_day=origin + timedelta(days=row.act_day),
        record_day=origin + timedelta(days=row.record_day),
        clause=compiled.clause_ids()[row.clause] if row.act < 0 else None,
        act=None if row.act < 0 else act_ids[row.act],
        amount=Decimal(row.choice if is_rate else row.amount),
        points=(int(rule.least) + row.choice) * compiled.quantum if has_range else None,
        fine=fines.get(known_id(row)),
        until=origin + timedelta(days=row.until) if row.until else None,
        proof={} if row.lack & LACKS_PROOF else None,
        unless=tuple(e.id for c in compiled.rulebook.clauses for e in c.unless) if row.lack & IS_EXCLUDED else (),
    )


def listed_before(compiled: CompiledRules, under: LivedUnder, member: int, origin: date) -> tuple[Listed, ...]:
    """Return what held somebody on a list when the run began."""
    if member not in under.listed:
        return ()
    clause, months, event = under.listed[member]
    return (Listed(compiled.clause_ids()[clause], month_first(origin, -months), event),)


def decision_of(row: LogLine, known: Mapping[int, Record], origin: date, quantum: Decimal) -> Decision:
    """Return a decision as the interpreter reads it; what it is about is a record, an amount of quanta, or neither."""
    name: ProcedureName = "correct" if row.entry == entries.CORRECTION else PROCEDURE_NAMES[row.procedure]
    is_about = name in ("correct", "apply", "repair") and row.of != NO_EVENT
    return Decision(
        id=f"d{row.event}",
        order=row.event,
        day=origin + timedelta(days=row.day),
        procedure=name,
        of=known[row.of].id if is_about else None,
        given=row.procedure == col.CONSENT if name == "consent" else None,
        amount=row.of * quantum if name == "spend" else None,
    )


def household_scores(
    book: Rulebook, lived: Lived, under: LivedUnder, member: int, origin: date
) -> Mapping[date, Decimal] | None:
    """Return the household's mean on the last day before each month, where the rulebook looks at it."""
    if not any(rule.entry.household_average_above is not None for rule in book.lists):
        return None
    household = int(households_of(lived.shard.profile)[member])
    quantum = book.score.quantum
    scores = {}
    for month, sums in enumerate(under.household):
        total, members = int(sums[household, 0]), int(sums[household, 1])
        if members:
            scores[month_first(origin, month) - timedelta(days=1)] = total * quantum / members
    return scores


def money_of(lived: Lived, whose: tuple[int, int], origin: date) -> Iterator[dict[str, Any]]:
    """Return the cases against one person and what became of what was owed, in the order in which it happened."""
    for row in lived.rows.get(whose, []):
        if row.kind in (JUDGED, PAID, BOUND):
            yield {
                "month": str(month_first(origin, row.month)),
                "what": _what_of(row),
                "yuan": row.yuan,
                "written_off": row.written_off,
                "owed": row.owed,
                "with": int(lived.shard.ident.entity + row.other - 1) if row.other else None,
                "until": str(month_first(origin, row.until)) if row.kind == PAID and row.how == BANKRUPT else None,
            }


def _what_of(row: LogLine) -> str:
    """Return what happened in a line about money: a case by creditor and whose debt it is, or a payment by how it came about."""
    if row.kind == PAID:
        return PAYMENTS[row.how]
    whose = "guarantor in a case " if row.kind == BOUND else "case for another's debt " if row.other else "case "
    return whose + CREDITORS[row.how]


def points_kept(points: str, scale: int) -> int | Decimal:
    """Return points as the tables have them: a whole number where all points of the run are."""
    return Decimal(points) if scale else int(points)
