"""What a record's points come to: locks, caps, bounds, and what is kept for later windows (docs/the-day.md, rules 3.4 to 3.9)."""

from __future__ import annotations

from glasstown.compiler.columns import FREEZES_ALL, FREEZES_REWARDS, NEVER, NO_SPAN
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.calendar import after
from glasstown.engine.kernel.entries import KEPT, LAPSE, LOCK, PHASE_ENDS, PHASE_PASSIVE
from glasstown.engine.kernel.ledger_words import (
    APPLICABLE,
    COUNTED,
    GRANTED,
    clause_of,
    kind_of,
    pack_kept,
    pack_key,
    pack_lapse,
)
from glasstown.engine.person.caps import cap_change, period_last
from glasstown.engine.person.in_hand import move_score, note_standing, push
from glasstown.engine.tables.bundles import Law, Matter, Mine
from glasstown.engine.tables.shapes import Rules

KEPT_OUT = 3
"""What `me.dropped` says of points that no cap was asked about."""


@kernel
def is_kept_out(rules: Rules, mine: Mine, nominal: int) -> bool:
    """Return whether a lock, or the consent that is not given, keeps points out (rule 3.5)."""
    if rules.book.consent >= 0 and mine.me.more[rules.book.consent] == 0:
        return True
    if rules.book.has_locks == 1:
        for position in range(mine.me.n_entries):
            if kind_of(mine.keys[position]) == LOCK:
                freezes = rules.clauses[clause_of(mine.keys[position])].freezes
                if freezes == FREEZES_ALL or (freezes == FREEZES_REWARDS and nominal > 0):
                    return True
    return False


@kernel
def kept_until(law: Law, matter: Matter) -> int:
    """Return the last day on which a record can still matter to a window; keeping it longer does no harm."""
    rules, clause = law.rules, law.rules.clauses[matter.clause]
    if rules.book.keep_always == 1 or clause.on_application == 1:
        return NEVER
    until = matter.counting_day
    if clause.ladder >= 0:
        ladder = rules.ladders[clause.ladder]
        until = max(until, after(law.cal, matter.counting_day, ladder.unit, ladder.window))
    if clause.sign < 0:
        until = max(until, min(matter.counting_day + rules.book.clean_keep_days, NEVER))
    for place in range(clause.n_caps):
        until = max(until, period_last(law.cal, rules.caps[clause.cap[place]], matter.counting_day))
    return until


@kernel
def grant(law: Law, mine: Mine, matter: Matter, nominal: int, is_record: int) -> int:
    """Give or take points under caps, lapse and bounds; keep what later windows ask for; return what was taken.

    An instalment (`is_record` 0) counts for caps, not for ladders or `clean`.
    """
    me, clause = mine.me, law.rules.clauses[matter.clause]
    if is_kept_out(law.rules, mine, nominal):
        me.dropped, granted = KEPT_OUT, 0
    else:
        granted = cap_change(law, mine, matter, nominal)
    lapse_day = after(law.cal, matter.counting_day, clause.lapse_unit, clause.lapse)
    if lapse_day <= matter.effect_day:
        granted = 0
    taken = move_score(law.rules, me, granted, clause.part)
    if law.rules.book.balance >= 0 and taken > 0:
        me.more[law.rules.book.balance] += taken
    if clause.kept == 1 and (is_record == 1 or clause.n_caps > 0):
        keep(law, mine, matter, taken, is_record)
    if taken != 0:
        if clause.lapse_unit != NO_SPAN and lapse_day < NEVER:
            key = pack_key(lapse_day, PHASE_ENDS, matter.clause, matter.event, LAPSE)
            push(mine, key, pack_lapse(me.person, taken))
        note_standing(mine, matter.event, taken)
    return taken


@kernel
def keep(law: Law, mine: Mine, matter: Matter, taken: int, is_record: int) -> None:
    """Keep what later windows ask for."""
    flags = 0 if mine.me.dropped & 1 == 1 else GRANTED
    if is_record == 1:
        flags |= COUNTED
        if law.rules.clauses[matter.clause].on_application == 1:
            flags |= APPLICABLE
    key = pack_key(kept_until(law, matter), PHASE_PASSIVE, matter.clause, matter.event, KEPT)
    push(mine, key, pack_kept(mine.me.person, matter.counting_day, taken, flags, matter.until))
