"""Overrides and locks: grades and holds on the score that last for a time (docs/the-day.md, rule 3.8)."""

from __future__ import annotations

from glasstown.compiler.columns import (
    C_LOCK_SPAN,
    C_LOCK_UNIT,
    C_TERM,
    C_TERM_UNIT,
    CYCLE_END,
    NEVER,
    STATE_ENDS,
)
from glasstown.engine.grants import ME_PERSON, push
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.calendar import after
from glasstown.engine.kernel.entries import LOCK, OVERRIDE, PHASE_ENDS, key
from glasstown.engine.tables.shapes import I64, Calendar, Rules
from glasstown.engine.turns import next_turn


@kernel
def begin_override(
    rules: Rules,
    cal: Calendar,
    keys: I64,
    pays: I64,
    me: I64,
    clause: int,
    event: int,
    counted: int,
    day: int,
    until: int,
) -> bool:
    """Let a clause's override begin, unless its end is already reached; return whether it holds.

    counted   day that its term runs from
    until     end of the record's state, 0 for none
    """
    end = end_of(rules, cal, rules.clauses[clause, C_TERM_UNIT], rules.clauses[clause, C_TERM], counted, day, until)
    if end <= day:
        return False
    push(keys, pays, me, key(end, PHASE_ENDS, clause, event, OVERRIDE), me[ME_PERSON])
    return True


@kernel
def begin_lock(
    rules: Rules,
    cal: Calendar,
    keys: I64,
    pays: I64,
    me: I64,
    clause: int,
    event: int,
    counted: int,
    day: int,
    until: int,
) -> None:
    """Let a clause's lock begin, unless its end is already reached."""
    unit, span = rules.clauses[clause, C_LOCK_UNIT], rules.clauses[clause, C_LOCK_SPAN]
    end = end_of(rules, cal, unit, span, counted, day, until)
    if end > day:
        push(keys, pays, me, key(end, PHASE_ENDS, clause, event, LOCK), me[ME_PERSON])


@kernel
def end_of(rules: Rules, cal: Calendar, unit: int, span: int, counted: int, day: int, until: int) -> int:
    """Return the day on which something that holds for a time ends, NEVER where it does not end by itself."""
    if unit == CYCLE_END:
        return next_turn(rules, cal, day)
    if unit == STATE_ENDS:
        return until if until > 0 else NEVER
    return after(cal, counted, unit, span)
