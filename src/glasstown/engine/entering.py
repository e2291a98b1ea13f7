"""How a record or a decision becomes an entry of the ledger: what S7, S10 and S12 write with."""

from __future__ import annotations

from glasstown.compiler.columns import (
    C_FROM_ACT,
    C_LEAST,
    C_MOST,
    C_PER,
    C_START,
    C_START_UNIT,
    NEVER,
    W_CLAUSE,
    W_LADDER,
)
from glasstown.engine.kernel.cache import entry, kernel
from glasstown.engine.kernel.calendar import after
from glasstown.engine.kernel.entries import (
    BY_LADDER,
    CORRECTION,
    JUDGED_WRONGLY,
    LACK_SHIFT,
    LOG_DECIDED,
    LOG_FILED,
    MISJUDGED,
    MOST_CHOICE,
    PHASE_DECISIONS,
    PHASE_RECORDS,
    PROCEDURE,
    PROCEDURE_SHIFT,
    RECORD,
    key,
    note,
    record_pay,
)
from glasstown.engine.tables.shapes import I64, Calendar, Log, Rules

WRONG_OTHERWISE = 2
"""What an entry has room for to say how a record is wrong: wrong content and duplicates count alike."""


@kernel
def choice_of(rules: Rules, clause: int, u_choice: int, amount: int) -> int:
    """Return the amount where the clause is a rate, else the official's choice as quanta above the least."""
    if rules.clauses[clause, C_PER] > 0:
        return min(amount, MOST_CHOICE)
    spread: int = rules.clauses[clause, C_MOST] - rules.clauses[clause, C_LEAST]
    return (u_choice * (spread + 1)) >> 32


@entry
def effect_day_of(rules: Rules, cal: Calendar, clause: int, record_day: int) -> int:
    """Return the day on which a record takes effect."""
    return after(cal, record_day, rules.clauses[clause, C_START_UNIT], rules.clauses[clause, C_START])


@entry
def counting_day_of_record(rules: Rules, cal: Calendar, clause: int, act_day: int, record_day: int) -> int:
    """Return the day that windows, caps and lapses of a record run from, as it stands when it is filed."""
    counted = act_day if rules.clauses[clause, C_FROM_ACT] == 1 else record_day
    return after(cal, counted, rules.clauses[clause, C_START_UNIT], rules.clauses[clause, C_START])


@kernel
def wrong_of_entry(wrong: int) -> int:
    """Return how a record is wrong in the two bits of an entry."""
    return JUDGED_WRONGLY if wrong == MISJUDGED else min(wrong, WRONG_OTHERWISE)


@kernel
def enter(
    rules: Rules, cal: Calendar, log: Log, filed: I64, n_filed: int,
    act: int, answer: int, about: int, event: int, act_day: int, record_day: int, until: int, choice: int, wrong: int,
    amount: int, lack: int,
) -> int:  # fmt: skip
    """Enter a record about someone, due on its effect day; one that no run reaches, or no day of the scheme, is left out.

    lack   what makes it void, for the log alone: engine/person/nominal.py enters it
    """
    clause = rules.answers[answer, W_CLAUSE]
    effect_day = effect_day_of(rules, cal, clause, record_day)
    if effect_day >= cal.origin[5]:
        return n_filed
    filed[n_filed, 0] = about
    filed[n_filed, 1] = key(effect_day, PHASE_RECORDS, clause, event, RECORD)
    step = BY_LADDER if rules.answers[answer, W_LADDER] == 1 else clause
    filed[n_filed, 2] = record_pay(about, act_day, until, choice, wrong_of_entry(wrong), step)
    if len(log.rows) > 0:
        note(
            log,
            LOG_FILED,
            about,
            event,
            act,
            act_day,
            record_day,
            until,
            choice,
            wrong | (lack << LACK_SHIFT),
            clause,
            effect_day,
            amount,
        )
    return n_filed + 1


@kernel
def enter_decision(
    log: Log, filed: I64, n_filed: int, about: int, event: int, day: int, kind: int, procedure: int, of: int
) -> int:
    """Enter a correction or a procedure about someone; one that no run reaches is left out.

    of   the record that it is about, an amount of quanta, or EVENT_MASK for neither
    """
    if day >= NEVER or n_filed >= len(filed):
        return n_filed
    if kind == CORRECTION:
        procedure = 0
    filed[n_filed, 0] = about
    filed[n_filed, 1] = key(day, PHASE_DECISIONS, 1 if kind == PROCEDURE else 0, event, kind)
    filed[n_filed, 2] = about | (of << 8) | (procedure << PROCEDURE_SHIFT)
    if len(log.rows) > 0:
        note(log, LOG_DECIDED, about, event, day, kind, procedure, of, 0, 0, 0, 0, 0)
    return n_filed + 1
