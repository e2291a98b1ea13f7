"""How a record or a decision becomes an entry of the ledger: what S7, S10 and S12 write with."""

from __future__ import annotations

from glasstown.compiler.columns import NEVER
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import entry, kernel
from glasstown.engine.kernel.calendar import after
from glasstown.engine.kernel.entries import (
    CORRECTION,
    PHASE_DECISIONS,
    PHASE_PASSIVE,
    PHASE_RECORDS,
    PROCEDURE,
    RECORD,
    VOID,
)
from glasstown.engine.kernel.ledger_words import (
    BY_LADDER,
    JUDGED_WRONGLY,
    MOST_CHOICE,
    pack_decision,
    pack_key,
    pack_record,
)
from glasstown.engine.kernel.logbook import is_kept, next_line
from glasstown.engine.person.voids import is_void_as
from glasstown.engine.tables.bundles import Desk, Law
from glasstown.engine.tables.log_rows import DECIDED, FILED
from glasstown.engine.tables.office_bundles import Decision, Record
from glasstown.engine.tables.practice_rows import MISJUDGED, RIGHT
from glasstown.engine.tables.shapes import Calendar, Rules

WRONG_OTHERWISE = 2
"""What an entry has room for to say how a record is wrong: wrong content and duplicates count alike."""


@kernel
def choice_of(rules: Rules, clause: int, u_choice: int, amount: int) -> int:
    """Return the amount where the clause is a rate, else the official's choice as quanta above the least."""
    row = rules.clauses[clause]
    if row.per > 0:
        return min(amount, MOST_CHOICE)
    return (u_choice * (row.most - row.least + 1)) >> 32


@entry
def effect_day_of(rules: Rules, cal: Calendar, clause: int, record_day: int) -> int:
    """Return the day on which a record takes effect."""
    return after(cal, record_day, rules.clauses[clause].start_unit, rules.clauses[clause].start)


@entry
def counting_day_of_record(rules: Rules, cal: Calendar, clause: int, act_day: int, record_day: int) -> int:
    """Return the day that windows, caps and lapses of a record run from, as it stands when it is filed."""
    counted = act_day if rules.clauses[clause].from_act == 1 else record_day
    return after(cal, counted, rules.clauses[clause].start_unit, rules.clauses[clause].start)


@kernel
def wrong_of_entry(wrong: int) -> int:
    """Return how a record is wrong in the two bits of an entry."""
    return JUDGED_WRONGLY if wrong == MISJUDGED else min(wrong, WRONG_OTHERWISE)


@kernel
def no_act(clause: int, about: int, event: int, day: int, choice: int, amount: int) -> Record:
    """Return a right record of something that is no act of the one whom it is about; both its days are one."""
    none = whole(0)
    return Record(whole(-1), clause, none, about, event, day, day, none, choice, amount, whole(RIGHT), none)


@kernel
def enter(law: Law, desk: Desk, record: Record, n_filed: int) -> int:
    """Enter a record, due on its effect day; one that no run reaches, or no day of the scheme, is left out.

    What makes it void is written to the log alone: `enter_voids` enters it.
    """
    effect_day = effect_day_of(law.rules, law.cal, record.clause, record.record_day)
    if effect_day >= law.cal.origin.over:
        return n_filed
    return write_record(desk, record, effect_day, PHASE_RECORDS, n_filed)


@kernel
def write_record(desk: Desk, record: Record, effect_day: int, phase: int, n_filed: int) -> int:
    """Write a record among the month's entries, and into the log."""
    step = BY_LADDER if record.by_ladder == 1 else record.clause
    new = desk.work.filed[n_filed]
    new.person, new.key = record.about, pack_key(effect_day, phase, record.clause, record.event, RECORD)
    wrong = wrong_of_entry(record.wrong)
    new.pay = pack_record(record.about, record.act_day, record.until, record.choice, wrong, step)
    if is_kept(desk.log):
        line = desk.log.rows[next_line(desk.log, FILED, record.about)]
        line.event, line.act, line.clause = record.event, record.act, record.clause
        line.act_day, line.record_day, line.effect_day = record.act_day, record.record_day, effect_day
        line.until, line.choice, line.amount = record.until, record.choice, record.amount
        line.truth, line.lack = record.wrong, record.lack
    return n_filed + 1


@kernel
def enter_voids(law: Law, desk: Desk, record: Record, n_filed: int) -> int:
    """Enter, for each clause that a record may be, that it is void as that clause."""
    if record.lack == 0:
        return n_filed
    rules, filed = law.rules, desk.work.filed
    counting_day = counting_day_of_record(rules, law.cal, record.clause, record.act_day, record.record_day)
    ladder = rules.clauses[record.clause].ladder
    for number in range(rules.ladders[ladder].n_steps if record.by_ladder == 1 else 1):
        step = rules.steps[rules.ladders[ladder].first_step + number] if record.by_ladder == 1 else record.clause
        if is_void_as(law, step, counting_day, record.lack) and n_filed < len(filed):
            new = filed[n_filed]
            new.person, new.pay = record.about, record.about
            new.key = pack_key(NEVER, PHASE_PASSIVE, step, record.event, VOID)
            n_filed += 1
    return n_filed


@kernel
def enter_correction(desk: Desk, record: Record, day: int, n_filed: int) -> int:
    """Enter the correction of a record."""
    about = Decision(record.about, record.event, whole(day), whole(CORRECTION), whole(0), record.event)
    return enter_decision(desk, about, n_filed)


@kernel
def enter_procedure(desk: Desk, about: int, event: int, day: int, procedure: int, of: int, n_filed: int) -> int:
    """Enter a procedure of somebody; `of` as in `Decision`."""
    sought = Decision(whole(about), whole(event), whole(day), whole(PROCEDURE), whole(procedure), whole(of))
    return enter_decision(desk, sought, n_filed)


@kernel
def enter_decision(desk: Desk, decision: Decision, n_filed: int) -> int:
    """Enter a correction or a procedure; one that no run reaches is left out."""
    if decision.day >= NEVER or n_filed >= len(desk.work.filed):
        return n_filed
    place = 1 if decision.kind == PROCEDURE else 0  # corrections come first
    new = desk.work.filed[n_filed]
    new.person, new.key = (
        decision.about,
        pack_key(decision.day, PHASE_DECISIONS, place, decision.event, decision.kind),
    )
    new.pay = pack_decision(decision.about, decision.of, decision.procedure)
    if is_kept(desk.log):
        line = desk.log.rows[next_line(desk.log, DECIDED, decision.about)]
        line.event, line.day, line.entry = decision.event, decision.day, decision.kind
        line.procedure, line.of = decision.procedure, decision.of
    return n_filed + 1
