"""What a record's points come to: caps, bounds, and what is kept for later windows (docs/the-day.md, rules 3.4 to 3.9)."""

from __future__ import annotations

from glasstown.compiler.columns import (
    DAYS,
    FREEZES_ALL,
    FREEZES_REWARDS,
    MONTHS,
    NEVER,
    NO_SPAN,
    PER_DAY,
    PER_LIFE,
    PER_MONTH,
    PER_WEEK,
    PER_YEAR,
    ROLLING_DAYS,
    ROLLING_WORKING,
    WORKING,
)
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.calendar import after, before, month_of
from glasstown.engine.kernel.entries import (
    APPLICABLE,
    BIAS,
    CARRIED,
    CLAUSE_MASK,
    CLAUSE_SHIFT,
    CORRECTION,
    COUNTED,
    DAY_MASK,
    EVENT_MASK,
    EVENT_SHIFT,
    GRANTED,
    KEPT,
    KEPT_TAKEN_SHIFT,
    KEPT_UNTIL_SHIFT,
    LAPSE,
    LOCK,
    PHASE_ENDS,
    PHASE_PASSIVE,
    STANDING_SHIFT,
    TAKEN_MASK,
    key,
)
from glasstown.engine.tables.person_rows import Me
from glasstown.engine.tables.shapes import I64, Calendar, Rules

KEPT_OUT = 3
"""What `me.dropped` says of points that no cap was asked about."""


@kernel
def push(keys: I64, pays: I64, me: Me, new_key: int, new_pay: int) -> None:
    """Add an entry to the person's working arrays; running over is remembered, not hidden."""
    n = me.n_entries
    if n >= len(keys):
        me.is_full = 1
        return
    keys[n] = new_key
    pays[n] = new_pay
    me.n_entries = n + 1


@kernel
def drop(keys: I64, pays: I64, me: Me, position: int) -> None:
    """Take an entry away; the last one takes its place, since order stands in the keys."""
    last = me.n_entries - 1
    keys[position] = keys[last]
    pays[position] = pays[last]
    me.n_entries = last


@kernel
def move_score(rules: Rules, me: Me, change: int, part: int) -> int:
    """Move the score, and a part of it (-1: none), and return by how much they really moved (rule 3.6)."""
    at = rules.book.parts + part
    if part >= 0:
        change = min(max(me.more[at] + change, rules.parts[part].lowest), rules.parts[part].highest) - me.more[at]
    score = me.score
    moved = score + change
    if rules.book.latent == 0:
        moved = min(max(moved, rules.book.lowest), rules.book.highest)
    me.score = moved
    if part >= 0:
        me.more[at] += moved - score
    return moved - score


@kernel
def return_to_base(rules: Rules, me: Me) -> None:
    """Set the score and its parts to the base."""
    me.score = rules.book.base_score
    for part in range(len(rules.parts)):
        me.more[rules.book.parts + part] = rules.parts[part].base_score


@kernel
def is_kept_out(rules: Rules, keys: I64, me: Me, nominal: int) -> bool:
    """Return whether a lock, or the consent that is not given, keeps points out (rule 3.5)."""
    if rules.book.consent >= 0 and me.more[rules.book.consent] == 0:
        return True
    if rules.book.has_locks == 1:
        for position in range(me.n_entries):
            if keys[position] & 15 == LOCK:
                freezes = rules.clauses[(keys[position] >> CLAUSE_SHIFT) & CLAUSE_MASK].freezes
                if freezes == FREEZES_ALL or (freezes == FREEZES_REWARDS and nominal > 0):
                    return True
    return False


@kernel
def period_first(cal: Calendar, period: int, span: int, day: int) -> int:
    """Return the first day of the cap's period that a counting day belongs to."""
    if period == PER_DAY:
        return day
    if period == PER_WEEK:
        return day - (cal.origin.weekday + day) % 7
    if period == PER_MONTH:
        return cal.month_start[month_of(cal, day)]
    if period == PER_YEAR:
        month = month_of(cal, day)
        january = month - (cal.origin.month - 1 + month) % 12
        return cal.month_start[january] if january >= 0 else -1
    if period == PER_LIFE:
        return -1
    if period == ROLLING_DAYS:
        return before(cal, day, DAYS, span) + 1
    if period == ROLLING_WORKING:
        return before(cal, day, WORKING, span) + 1
    return before(cal, day, MONTHS, span) + 1


@kernel
def period_last(cal: Calendar, period: int, span: int, day: int) -> int:
    """Return the last day whose records can meet this counting day in one period of the cap."""
    if period == PER_DAY:
        return day
    if period == PER_WEEK:
        return day - (cal.origin.weekday + day) % 7 + 6
    if period == PER_MONTH:
        return cal.month_start[month_of(cal, day) + 1] - 1
    if period == PER_YEAR:
        month = month_of(cal, day)
        return cal.month_start[month - (cal.origin.month - 1 + month) % 12 + 12] - 1
    if period == PER_LIFE:
        return NEVER
    if period == ROLLING_DAYS:
        return min(day + span, NEVER)
    if period == ROLLING_WORKING:
        return after(cal, day, WORKING, span)
    return after(cal, day, MONTHS, span)


@kernel
def is_rolling(period: int) -> bool:
    """Return whether a period ends with the day that is asked about."""
    return period >= ROLLING_DAYS


@kernel
def cap_change(
    rules: Rules, cal: Calendar, keys: I64, pays: I64, me: Me, clause: int, counting_day: int, nominal: int
) -> int:
    """Return what the caps leave of a change, and remember in `me` whether one cut or dropped it (rule 3.5)."""
    me.dropped = 0
    granted = nominal
    for place in range(rules.clauses[clause].n_caps):
        cap = rules.clauses[clause].cap[place]
        period, span = rules.caps[cap].period, rules.caps[cap].span
        first = period_first(cal, period, span, counting_day)
        last = counting_day if is_rolling(period) else period_last(cal, period, span, counting_day)
        times, total = 0, 0
        for position in range(me.n_entries):
            if keys[position] & 15 == KEPT and pays[position] & GRANTED != 0:
                day = (pays[position] >> 8) & DAY_MASK
                if first <= day <= last and is_under(rules, (keys[position] >> CLAUSE_SHIFT) & CLAUSE_MASK, cap):
                    times += 1
                    total += abs(((pays[position] >> KEPT_TAKEN_SHIFT) & TAKEN_MASK) - BIAS)
        if 0 <= rules.caps[cap].times <= times:
            me.dropped = 1
            return 0
        limit = rules.caps[cap].points
        if limit >= 0 and nominal != 0:
            left = limit - total
            if left <= 0:
                me.dropped = 1
                return 0
            if abs(granted) > left:
                granted = left if nominal > 0 else -left
                me.dropped = 2
    return granted


@kernel
def is_under(rules: Rules, clause: int, cap: int) -> bool:
    """Return whether a clause stands under a cap."""
    for place in range(rules.clauses[clause].n_caps):
        if rules.clauses[clause].cap[place] == cap:
            return True
    return False


@kernel
def kept_until(rules: Rules, cal: Calendar, clause: int, counting_day: int) -> int:
    """Return the last day on which a record can still matter to a window; keeping it longer does no harm."""
    if rules.book.keep_always == 1 or rules.clauses[clause].on_application == 1:
        return NEVER
    until = counting_day
    ladder = rules.clauses[clause].ladder
    if ladder >= 0:
        until = max(until, after(cal, counting_day, rules.ladders[ladder].unit, rules.ladders[ladder].window))
    if rules.clauses[clause].sign < 0:
        until = max(until, min(counting_day + rules.book.clean_keep_days, NEVER))
    for place in range(rules.clauses[clause].n_caps):
        cap = rules.clauses[clause].cap[place]
        until = max(until, period_last(cal, rules.caps[cap].period, rules.caps[cap].span, counting_day))
    return until


@kernel
def grant(
    rules: Rules, cal: Calendar, keys: I64, pays: I64, me: Me,
    clause: int, event: int, counting_day: int, effect_day: int, nominal: int, is_record: int, until: int,
) -> int:  # fmt: skip
    """Give or take points under caps, lapse and bounds; keep what later windows ask for; return what was taken.

    An instalment (`is_record` 0) counts for caps, not for ladders or `clean`.  `until` is the end of the record's state, 0 for none.
    """
    if is_kept_out(rules, keys, me, nominal):
        me.dropped, granted = KEPT_OUT, 0
    else:
        granted = cap_change(rules, cal, keys, pays, me, clause, counting_day, nominal)
    lapse_unit = rules.clauses[clause].lapse_unit
    lapse_day = after(cal, counting_day, lapse_unit, rules.clauses[clause].lapse)
    if lapse_day <= effect_day:
        granted = 0
    taken = move_score(rules, me, granted, rules.clauses[clause].part)
    if rules.book.balance >= 0 and taken > 0:
        me.more[rules.book.balance] += taken
    if rules.clauses[clause].kept == 1 and (is_record == 1 or rules.clauses[clause].n_caps > 0):
        flags = 0 if me.dropped & 1 == 1 else GRANTED
        if is_record == 1:
            flags |= COUNTED
            if rules.clauses[clause].on_application == 1:
                flags |= APPLICABLE
        last = kept_until(rules, cal, clause, counting_day)
        pay = (
            me.person | (counting_day << 8) | ((taken + BIAS) << KEPT_TAKEN_SHIFT) | flags | (until << KEPT_UNTIL_SHIFT)
        )
        push(keys, pays, me, key(last, PHASE_PASSIVE, clause, event, KEPT), pay)
    if taken != 0:
        if lapse_unit != NO_SPAN and lapse_day < NEVER:
            pay = me.person | ((taken + BIAS) << 8)
            push(keys, pays, me, key(lapse_day, PHASE_ENDS, clause, event, LAPSE), pay)
        note_standing(keys, pays, me, event, taken)
    return taken


@kernel
def note_standing(keys: I64, pays: I64, me: Me, event: int, change: int) -> None:
    """Tell the corrections that wait for a record, and what the next cycle takes again, how many of its points stand."""
    for position in range(me.n_entries):
        kind = keys[position] & 15
        if kind == CORRECTION and (pays[position] >> 8) & EVENT_MASK == event:
            pays[position] += change << STANDING_SHIFT
        elif kind == CARRIED and (keys[position] >> EVENT_SHIFT) & EVENT_MASK == event:
            pays[position] += change << 8
