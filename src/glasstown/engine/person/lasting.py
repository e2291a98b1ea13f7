"""Overrides and locks: grades and holds on the score that last for a time (docs/the-day.md, rule 3.8)."""

from __future__ import annotations

from glasstown.compiler.columns import CYCLE_END, NEVER, STATE_ENDS
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.calendar import after
from glasstown.engine.kernel.entries import LOCK, OVERRIDE, PHASE_ENDS
from glasstown.engine.kernel.ledger_words import pack_key
from glasstown.engine.person.in_hand import push
from glasstown.engine.person.turns import next_turn
from glasstown.engine.tables.bundles import Law, Matter, Mine


@kernel
def begin_override(law: Law, mine: Mine, matter: Matter) -> bool:
    """Let a clause's override begin, unless its end is already reached; return whether it holds."""
    clause = law.rules.clauses[matter.clause]
    end = end_of(law, matter, clause.term_unit, clause.term)
    if end <= matter.effect_day:
        return False
    push(mine, pack_key(end, PHASE_ENDS, matter.clause, matter.event, OVERRIDE), mine.me.person)
    return True


@kernel
def begin_lock(law: Law, mine: Mine, matter: Matter) -> None:
    """Let a clause's lock begin, unless its end is already reached."""
    clause = law.rules.clauses[matter.clause]
    end = end_of(law, matter, clause.lock_unit, clause.lock_span)
    if end > matter.effect_day:
        push(mine, pack_key(end, PHASE_ENDS, matter.clause, matter.event, LOCK), mine.me.person)


@kernel
def end_of(law: Law, matter: Matter, unit: int, span: int) -> int:
    """Return the day on which something that holds for a time ends, NEVER where it does not end by itself."""
    if unit == CYCLE_END:
        return next_turn(law, matter.effect_day)
    if unit == STATE_ENDS:
        return matter.until if matter.until > 0 else NEVER
    return after(law.cal, matter.counting_day, unit, span)
