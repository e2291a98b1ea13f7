"""How a record or a decision becomes an entry of the ledger: what S7, S10 and S12 write with.

S10: notice before somebody is listed, an objection and what it suspends, and what is decided about a record later.

Notice and stay only move the day on which a record takes effect, or keep it from being made; so whoever is told the records
(the interpreter, a page) needs to know nothing of either.
"""

from __future__ import annotations

from glasstown.compiler.columns import APPLY, NEVER, REPAIR
from glasstown.engine.kernel.cache import entry, kernel
from glasstown.engine.kernel.calendar import after
from glasstown.engine.kernel.entries import (
    BY_LADDER,
    CORRECTION,
    JUDGED_WRONGLY,
    MOST_CHOICE,
    PHASE_DECISIONS,
    PHASE_RECORDS,
    PROCEDURE,
    PROCEDURE_SHIFT,
    RECORD,
    key,
    record_pay,
)
from glasstown.engine.kernel.logbook import is_kept, next_line
from glasstown.engine.tables.filing_rows import Filed
from glasstown.engine.tables.log_rows import DECIDED, FILED
from glasstown.engine.tables.practice_rows import (
    AVERTED,
    AVERTED_WRONG,
    DELAY_APPLY,
    DELAY_OBJECTION,
    DELAY_REPAIR,
    GIVEN_NOTICE,
    GRANTED,
    MISJUDGED,
    NOT_GIVEN_NOTICE,
    OBJECTED,
    RIGHT,
    SUSPENDED,
)
from glasstown.engine.tables.shapes import I64, Calendar, Log, Practice, Rules
from glasstown.rows import Rows

WRONG_OTHERWISE = 2
"""What an entry has room for to say how a record is wrong: wrong content and duplicates count alike."""


@kernel
def choice_of(rules: Rules, clause: int, u_choice: int, amount: int) -> int:
    """Return the amount where the clause is a rate, else the official's choice as quanta above the least."""
    if rules.clauses[clause].per > 0:
        return min(amount, MOST_CHOICE)
    spread: int = rules.clauses[clause].most - rules.clauses[clause].least
    return (u_choice * (spread + 1)) >> 32


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
def enter(
    rules: Rules, cal: Calendar, log: Log, filed: Rows[Filed], n_filed: int,
    act: int, answer: int, about: int, event: int, act_day: int, record_day: int, until: int, choice: int, wrong: int,
    amount: int, lack: int,
) -> int:  # fmt: skip
    """Enter a record about someone, due on its effect day; one that no run reaches, or no day of the scheme, is left out.

    lack   what makes it void, for the log alone: engine/person/nominal.py enters it
    """
    clause = rules.answers[answer].clause
    effect_day = effect_day_of(rules, cal, clause, record_day)
    if effect_day >= cal.origin.over:
        return n_filed
    step = BY_LADDER if rules.answers[answer].ladder == 1 else clause
    new = filed[n_filed]
    new.person, new.key = about, key(effect_day, PHASE_RECORDS, clause, event, RECORD)
    new.pay = record_pay(about, act_day, until, choice, wrong_of_entry(wrong), step)
    if is_kept(log):
        line = log.rows[next_line(log, FILED, about)]
        line.event, line.act, line.clause, line.truth, line.lack = event, act, clause, wrong, lack
        line.act_day, line.record_day, line.effect_day, line.until = act_day, record_day, effect_day, until
        line.choice, line.amount = choice, amount
    return n_filed + 1


@kernel
def enter_decision(
    log: Log, filed: Rows[Filed], n_filed: int, about: int, event: int, day: int, kind: int, procedure: int, of: int
) -> int:
    """Enter a correction or a procedure about someone; one that no run reaches is left out.

    of   the record that it is about, an amount of quanta, or EVENT_MASK for neither
    """
    if day >= NEVER or n_filed >= len(filed):
        return n_filed
    if kind == CORRECTION:
        procedure = 0
    new = filed[n_filed]
    new.person, new.key = about, key(day, PHASE_DECISIONS, 1 if kind == PROCEDURE else 0, event, kind)
    new.pay = about | (of << 8) | (procedure << PROCEDURE_SHIFT)
    if is_kept(log):
        line = log.rows[next_line(log, DECIDED, about)]
        line.event, line.day, line.entry, line.procedure, line.of = event, day, kind, procedure, of
    return n_filed + 1


@kernel
def hear(
    rules: Rules, cal: Calendar, practice: Practice, redress: I64, clause: int, record_day: int, wrong: int,
    lot: tuple[int, int, int, int], u_notice: int,
) -> tuple[int, int]:  # fmt: skip
    """S10. Return the day on which a record is made, and the day of its correction; NEVER for one that is not.

    Who is to be listed hears of it some time before, unless notice is left out, and may object from that day on; others may from the
    day on which a record takes effect.  An objection that is decided by then, or that suspends the listing until it is decided, keeps
    a record from being made where it is granted.  One that is refused changes nothing else and is not entered.

    redress    accounts, from the first of its items on
    lot        words: whether somebody objects, whether it is granted, how long it takes
    u_notice   a word: its high half whether notice is left out, its low half whether the listing is suspended
    """
    if rules.clauses[clause].sign > 0:
        return record_day, NEVER
    begins, is_suspended = record_day, False
    if rules.clauses[clause].list >= 0:
        if practice.numbers.notice_days > 0:
            is_noticed = (u_notice >> 16) >= practice.numbers.notice_skipped
            redress[GIVEN_NOTICE if is_noticed else NOT_GIVEN_NOTICE] += 1
            begins += practice.numbers.notice_days if is_noticed else 0
        is_suspended = (u_notice & 65535) < practice.numbers.stays
    if lot[0] >= practice.numbers.objection:
        return begins, NEVER
    redress[OBJECTED] += 1
    is_granted = lot[1] < (practice.numbers.granted_right if wrong == RIGHT else practice.numbers.granted_wrong)
    redress[GRANTED] += is_granted
    redress[SUSPENDED] += is_suspended
    decided = min(
        effect_day_of(rules, cal, clause, record_day) + 1 + practice.delay[DELAY_OBJECTION, lot[2] >> 22], NEVER
    )
    if is_granted and (is_suspended or decided <= effect_day_of(rules, cal, clause, begins)):
        redress[AVERTED] += 1
        redress[AVERTED_WRONG] += wrong != RIGHT
        return NEVER, NEVER
    if is_suspended:
        return max(begins, decided), NEVER
    return begins, decided if is_granted else NEVER


@kernel
def decide_later(
    rules: Rules, cal: Calendar, practice: Practice, log: Log, filed: Rows[Filed], n_filed: int,
    clause: int, about: int, event: int, record_day: int, corrected: int, lot: tuple[int, int, int, int],
) -> int:  # fmt: skip
    """S10. Enter what is decided about a record later: its correction, an application for its honour, its repair.

    corrected   day on which it is corrected, NEVER where it is not
    """
    effect_day = effect_day_of(rules, cal, clause, record_day)
    n_filed = enter_decision(log, filed, n_filed, about, event, corrected, CORRECTION, 0, event)
    is_reward = rules.clauses[clause].sign > 0
    if is_reward and rules.clauses[clause].on_application == 1 and lot[0] < practice.numbers.seeks[APPLY]:
        day = effect_day + 1 + practice.delay[DELAY_APPLY, lot[2] >> 22]
        n_filed = enter_decision(log, filed, n_filed, about, event, day, PROCEDURE, APPLY, event)
    if rules.clauses[clause].carries == 1 and rules.procedures[REPAIR].exists == 1:
        day = effect_day + 1 + practice.delay[DELAY_REPAIR, lot[3] >> 22]
        n_filed = enter_decision(log, filed, n_filed, about, event, day, PROCEDURE, REPAIR, event)
    return n_filed
