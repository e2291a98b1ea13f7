"""The records and decisions of one life as entries of the ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from glasstown.compiler import columns as col
from glasstown.compiler.rows import PROCEDURES, ordinals, quanta
from glasstown.compiler.tables import CompiledRules
from glasstown.engine.kernel import entries
from glasstown.engine.kernel import ledger_words as words
from glasstown.engine.kernel.cache import as_python
from glasstown.engine.office import entering
from glasstown.engine.tables.shapes import Calendar, Rules
from glasstown.language.acts import ActCatalogue
from glasstown.language.model import Rulebook
from glasstown.language.resolve import LadderEntry, answering, entry_for_act
from glasstown.ledger import Decision, Life, Record
from glasstown.rows import in_python

pack_key, pack_record, pack_decision = (
    as_python(words.pack_key),
    as_python(words.pack_record),
    as_python(words.pack_decision),
)


class UntoldError(ValueError):
    """A life that the engine's tables have no room for, such as a part of an hour."""


def entries_of(
    compiled: CompiledRules, rules: Rules, cal: Calendar, acts: ActCatalogue, life: Life, origin: date
) -> list[tuple[int, int]]:
    """Return the ledger entries of all records and decisions of a life, in key order."""
    start_day = (life.start - origin).days
    found = []
    for record in life.records:
        answer = _clause_of(compiled, rules, acts, record)
        if answer is not None and _is_made(compiled, rules, cal, record, answer, origin):
            found.append(_record_entry(compiled, rules, cal, record, answer, origin, start_day))
            found += _void_entries(compiled, rules, cal, record, answer, origin)
    quantum = compiled.quantum
    orders = {record.id: record.order for record in life.records}
    for decision in life.decisions:
        day = (decision.day - origin).days
        of = orders[decision.of] if decision.of else words.NO_EVENT
        if decision.procedure == "spend":
            assert decision.amount is not None
            of = quanta(decision.amount, quantum)
        if decision.procedure == "correct":
            word = pack_key(day, entries.PHASE_DECISIONS, 0, decision.order, entries.CORRECTION)
            found.append((word, pack_decision(0, of, 0)))
        else:
            procedure = procedure_number(decision)
            word = pack_key(day, entries.PHASE_DECISIONS, 1, decision.order, entries.PROCEDURE)
            found.append((word, pack_decision(0, of, procedure)))
    return sorted(found)


def _clause_of(
    compiled: CompiledRules, rules: Rules, acts: ActCatalogue, record: Record
) -> tuple[int, int, int] | None:
    """Return clause, step and place of a record: it stands at the place of its clause, or of its ladder's first step.

    None where no clause answers.
    """
    if record.clause is not None:
        clause = compiled.clause_ids().index(record.clause)
        ladder = int(rules.clauses[clause].ladder)
        return clause, clause, int(rules.steps[rules.ladders[ladder].first_step]) if ladder >= 0 else clause
    answer = _answer(compiled, acts, str(record.act), record.amount)
    if answer is None:
        return None
    return answer[0], words.BY_LADDER if answer[1] else answer[0], answer[0]


def _is_made(
    compiled: CompiledRules, rules: Rules, cal: Calendar, record: Record, answer: tuple[int, int, int], origin: date
) -> bool:
    """Return whether act, record and effect lie on days of the scheme."""
    if record.act_day.toordinal() < compiled.days[0]:
        return False
    effect_day = entering.effect_day_of(rules, cal, answer[0], (record.record_day - origin).days)
    return bool(cal.origin.over >= col.NEVER or effect_day < cal.origin.over)


def _record_entry(
    compiled: CompiledRules,
    rules: Rules,
    cal: Calendar,
    record: Record,
    answer: tuple[int, int, int],
    origin: date,
    start_day: int,
) -> tuple[int, int]:
    """Return the entry of a record, due on its effect day."""
    clause, step, place = answer
    effect_day = entering.effect_day_of(rules, cal, clause, (record.record_day - origin).days)
    until = (record.until - origin).days if record.until else 0
    is_status = rules.clauses[clause].status == 1 and effect_day == start_day
    phase = entries.PHASE_STATUS if is_status else entries.PHASE_RECORDS
    word = pack_key(effect_day, phase, place, record.order, entries.RECORD)
    choice = _choice(compiled, rules, clause, record)
    return word, pack_record(0, (record.act_day - origin).days, min(until, col.NEVER), choice, 0, step)


def _void_entries(
    compiled: CompiledRules, rules: Rules, cal: Calendar, record: Record, answer: tuple[int, int, int], origin: date
) -> list[tuple[int, int]]:
    """Return an entry for each clause that the record may be and counts for nothing as: it lacks proof, or is excluded."""
    clause, step, _ = answer
    steps = [clause]
    if step == words.BY_LADDER:
        ladder = rules.ladders[rules.clauses[clause].ladder]
        steps = [int(rules.steps[ladder.first_step + number]) for number in range(ladder.n_steps)]
    act_day, record_day = (record.act_day - origin).days, (record.record_day - origin).days
    counting_day = int(entering.counting_day_of_record(rules, cal, clause, act_day, record_day))
    ordinal = origin.toordinal() + counting_day
    return [
        (pack_key(col.NEVER, entries.PHASE_PASSIVE, each, record.order, entries.VOID), 0)
        for each in steps
        if is_void(compiled.rulebook, each, record, ordinal)
    ]


def is_void(book: Rulebook, clause: int, record: Record, ordinal: int) -> bool:
    """Return whether a record counts for nothing as a clause, whose counting day is an ordinal of the calendar (rule 3.3)."""
    rule = book.clauses[clause]
    asked = (*rule.proof, *book.proof) if record.proof is not None else ()
    if any((record.proof or {}).get(proof.kind, 0) < proof.at_least for proof in asked):
        return True
    named = (ordinals(exclusion.in_force) for exclusion in rule.unless if exclusion.id in record.unless)
    return any(first <= ordinal < beyond for first, beyond in named)


def _answer(compiled: CompiledRules, acts: ActCatalogue, act: str, amount: Decimal | None) -> tuple[int, bool] | None:
    """Return the clause that answers to an act and its amount, and whether it stands for its ladder; None where none does.

    A record without an amount is under no band, which the tables, made for towns, have no row for.
    """
    if amount is None:
        entry = entry_for_act(answering(compiled.rulebook, None), acts, act)
        return None if entry is None else (entry.order, isinstance(entry, LadderEntry))
    number = acts.ids().index(act)
    for answer in in_python(compiled.answers):
        if answer.act == number and answer.from_ <= amount < answer.below:
            return answer.clause, answer.ladder == 1
    return None


def procedure_number(decision: Decision) -> int:
    """Return the engine's number of a procedure, consent or spending."""
    if decision.procedure == "consent":
        return col.CONSENT if decision.given else col.WITHDRAW
    return col.SPEND if decision.procedure == "spend" else PROCEDURES.index(decision.procedure)


def _stated(record: Record) -> int:
    """Return a record's months of extension and of grace as its choice."""
    extension, grace = record.extension or 0, record.grace or 0
    choice = as_python(words.pack_stated)(extension, grace)
    if extension > words.STATED_EXTENSION.mask or grace > words.STATED_GRACE.mask:
        raise UntoldError(f"{record.id}: {extension} months of extension and {grace} of grace")
    return choice


def _choice(compiled: CompiledRules, rules: Rules, clause: int, record: Record) -> int:
    """Return the amount of a rate, or the official's choice as quanta above the least."""
    if rules.clauses[clause].states == 1:
        return _stated(record)
    choice = Decimal(0)
    if rules.clauses[clause].per > 0:
        choice = record.amount if record.amount is not None else Decimal(0)
    elif record.points is not None and rules.clauses[clause].one_sided != 0:
        anchor, sign = int(rules.clauses[clause].least), int(rules.clauses[clause].sign)
        choice = Decimal(1 + sign * (quanta(record.points, compiled.quantum) - anchor))
    elif record.points is not None:
        choice = Decimal(quanta(record.points, compiled.quantum) - int(rules.clauses[clause].least))
    if choice != int(choice) or not 0 <= choice <= words.MOST_CHOICE:
        raise UntoldError(f"{record.id}: an amount of {choice}")
    per, each = int(rules.clauses[clause].per), abs(int(rules.clauses[clause].least))
    if per > 0 and (choice // per + 1) * each >= words.BIAS:
        raise UntoldError(f"{record.id}: an amount of {choice}, which comes to more quanta than an entry has room for")
    return int(choice)
