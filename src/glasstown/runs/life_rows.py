"""The rows that the engine logs of one life, as the interpreter reads them: records, decisions, and the engine's own lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from glasstown.compiler import CompiledRules
from glasstown.compiler import columns as col
from glasstown.engine.conduct.acts import PROFILE_HOUSEHOLD_SHIFT
from glasstown.engine.kernel import entries
from glasstown.engine.kernel.entries import LACK_SHIFT, LOG_MORE
from glasstown.engine.one_life_lines import Names, lines_from
from glasstown.engine.person.nominal import IS_EXCLUDED, LACKS_PROOF
from glasstown.language.model import Rulebook
from glasstown.ledger import Decision, Line, ProcedureName, Record
from glasstown.runs.accounts import month_first
from glasstown.runs.live_again import Lived, LivedUnder

ABOUT_RECORDS = (col.APPLY, col.REPAIR)
"""Procedures that may name a record."""
PROCEDURE_NAMES: tuple[ProcedureName, ...] = ("pass-test", "repair", "apply", "perform", "consent", "consent", "spend")


def takes_part(record: Record, last_day: date) -> bool:
    """Return whether a record is made before the run ends; later ones were waiting when it stopped."""
    return record.record_day <= last_day


def known_id(row: Sequence[int]) -> str:
    """Return the id of a record: its event number."""
    return f"e{row[2]}"


def engine_lines(
    compiled: CompiledRules,
    under: LivedUnder,
    member: int,
    filed: list[list[int]],
    decided: list[list[int]],
    origin: date,
) -> tuple[Line, ...]:
    records = {row[2]: known_id(row) for row in filed}
    targets = {}
    for row in decided:
        is_about = row[4] == entries.CORRECTION or (row[5] in ABOUT_RECORDS and row[6] != entries.EVENT_MASK)
        targets[row[2]] = f"e{row[6]}" if is_about else f"d{row[2]}"
    return lines_from(under.rows.get(member, []), member, Names(compiled, origin, records, targets))


def record_of(
    compiled: CompiledRules,
    act_ids: Sequence[str],
    row: Sequence[int],
    origin: date,
    fines: Mapping[str | None, int | None],
) -> Record:
    """Return a filed record as the interpreter reads it: by its act, so that it finds the clause for itself."""
    _, _, event, act, act_day, record_day, until, choice, wrong, clause, _, amount = row[:LOG_MORE]
    lack = wrong >> LACK_SHIFT
    rule = compiled.clauses[clause]
    is_rate = rule[col.C_PER] > 0
    has_range = rule[col.C_MOST] != rule[col.C_LEAST]
    return Record(
        id=known_id(row),
        order=event,
        act_day=origin + timedelta(days=act_day),
        record_day=origin + timedelta(days=record_day),
        clause=compiled.clause_ids()[clause] if act < 0 else None,
        act=None if act < 0 else act_ids[act],
        amount=Decimal(choice if is_rate else amount),
        points=(int(rule[col.C_LEAST]) + choice) * compiled.quantum if has_range else None,
        fine=fines.get(known_id(row)),
        until=origin + timedelta(days=until) if until else None,
        proof={} if lack & LACKS_PROOF else None,
        unless=tuple(each.id for c in compiled.rulebook.clauses for each in c.unless) if lack & IS_EXCLUDED else (),
    )


def decision_of(row: Sequence[int], known: Mapping[int, Record], origin: date, quantum: Decimal) -> Decision:
    """Return a decision as the interpreter reads it; what it is about is a record, an amount of quanta, or neither."""
    _, _, event, day, kind, procedure, of, *_ = row
    name: ProcedureName = "correct" if kind == entries.CORRECTION else PROCEDURE_NAMES[procedure]
    is_about = name in ("correct", "apply", "repair") and of != entries.EVENT_MASK
    return Decision(
        id=f"d{event}",
        order=event,
        day=origin + timedelta(days=day),
        procedure=name,
        of=known[of].id if is_about else None,
        given=procedure == col.CONSENT if name == "consent" else None,
        amount=of * quantum if name == "spend" else None,
    )


def household_scores(
    book: Rulebook, lived: Lived, under: LivedUnder, member: int, origin: date
) -> Mapping[date, Decimal] | None:
    """Return the household's mean on the last day before each month, where the rulebook looks at it."""
    if not any(rule.entry.household_average_above is not None for rule in book.lists):
        return None
    household = int(lived.shard.profile[member]) >> PROFILE_HOUSEHOLD_SHIFT
    quantum = book.score.quantum
    scores = {}
    for month, sums in enumerate(under.household):
        total, members = int(sums[household, 0]), int(sums[household, 1])
        if members:
            scores[month_first(origin, month) - timedelta(days=1)] = total * quantum / members
    return scores
