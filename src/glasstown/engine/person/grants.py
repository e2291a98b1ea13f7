"""What a record's points come to: caps, bounds, and what is kept for later windows (docs/the-day.md, rules 3.4 to 3.9)."""

from __future__ import annotations

from glasstown.compiler.columns import (
    A_BASE,
    A_HIGHEST,
    A_LOWEST,
    B_BALANCE,
    B_BASE,
    B_CLEAN_KEEP_DAYS,
    B_CONSENT,
    B_HAS_LOCKS,
    B_HIGHEST,
    B_KEEP_ALWAYS,
    B_LATENT,
    B_LOWEST,
    B_PARTS,
    C_CAP,
    C_FREEZES,
    C_KEPT,
    C_LADDER,
    C_LAPSE,
    C_LAPSE_UNIT,
    C_N_CAPS,
    C_ON_APPLICATION,
    C_PART,
    C_SIGN,
    DAYS,
    FREEZES_ALL,
    FREEZES_REWARDS,
    K_PERIOD,
    K_POINTS,
    K_SPAN,
    K_TIMES,
    L_UNIT,
    L_WINDOW,
    MONTHS,
    MOST_PARTS,
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
from glasstown.engine.tables.shapes import I64, Calendar, Rules

KEPT_OUT = 3
"""What ME_DROPPED says of points that no cap was asked about."""

# a person's small numbers while their month is lived
ME_SCORE = 0
ME_GRADE = 1
ME_LISTS = 2
ME_N = 3  # entries in the working arrays
ME_PERSON = 4  # position in the block
ME_DROPPED = 5  # 1: the last grant was dropped by a cap, 2: cut by one, 3: kept out by a lock or for want of consent
ME_FULL = 6  # 1: the working arrays ran over
ME_GROUP = 7
ME_ID = 8
ME_RECORDS = 9  # records that have taken effect
ME_UNKNOWN = 10  # 1: the value of the points in hand is unknown
ME_CUT = 11  # 1: the month's cut-offs are published
ME_CEILING = 12  # quanta that locks hold the score shown to
ME_WRONGLY = 13  # lists at the month's beginning on which nothing but wrong records holds the person
ME_MORE = 16  # first of the further numbers that the rulebook keeps, in the order of `Status.more`
N_ME = ME_MORE + 4 + MOST_PARTS


@kernel
def push(keys: I64, pays: I64, me: I64, new_key: int, new_pay: int) -> None:
    """Add an entry to the person's working arrays; running over is remembered, not hidden."""
    n = me[ME_N]
    if n >= len(keys):
        me[ME_FULL] = 1
        return
    keys[n] = new_key
    pays[n] = new_pay
    me[ME_N] = n + 1


@kernel
def drop(keys: I64, pays: I64, me: I64, position: int) -> None:
    """Take an entry away; the last one takes its place, since order stands in the keys."""
    last = me[ME_N] - 1
    keys[position] = keys[last]
    pays[position] = pays[last]
    me[ME_N] = last


@kernel
def move_score(rules: Rules, me: I64, change: int, part: int) -> int:
    """Move the score, and a part of it (-1: none), and return by how much they really moved (rule 3.6)."""
    at = ME_MORE + rules.book[B_PARTS] + part
    if part >= 0:
        change = min(max(me[at] + change, rules.parts[part, A_LOWEST]), rules.parts[part, A_HIGHEST]) - me[at]
    score = me[ME_SCORE]
    moved = score + change
    if rules.book[B_LATENT] == 0:
        moved = min(max(moved, rules.book[B_LOWEST]), rules.book[B_HIGHEST])
    me[ME_SCORE] = moved
    if part >= 0:
        me[at] += moved - score
    return moved - score


@kernel
def return_to_base(rules: Rules, me: I64) -> None:
    """Set the score and its parts to the base."""
    me[ME_SCORE] = rules.book[B_BASE]
    for part in range(len(rules.parts)):
        me[ME_MORE + rules.book[B_PARTS] + part] = rules.parts[part, A_BASE]


@kernel
def is_kept_out(rules: Rules, keys: I64, me: I64, nominal: int) -> bool:
    """Return whether a lock, or the consent that is not given, keeps points out (rule 3.5)."""
    if rules.book[B_CONSENT] >= 0 and me[ME_MORE + rules.book[B_CONSENT]] == 0:
        return True
    if rules.book[B_HAS_LOCKS] == 1:
        for position in range(me[ME_N]):
            if keys[position] & 15 == LOCK:
                freezes = rules.clauses[(keys[position] >> CLAUSE_SHIFT) & CLAUSE_MASK, C_FREEZES]
                if freezes == FREEZES_ALL or (freezes == FREEZES_REWARDS and nominal > 0):
                    return True
    return False


@kernel
def period_first(cal: Calendar, period: int, span: int, day: int) -> int:
    """Return the first day of the cap's period that a counting day belongs to."""
    if period == PER_DAY:
        return day
    if period == PER_WEEK:
        return day - (cal.origin[1] + day) % 7
    if period == PER_MONTH:
        return cal.month_start[month_of(cal, day)]
    if period == PER_YEAR:
        month = month_of(cal, day)
        january = month - (cal.origin[0] - 1 + month) % 12
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
        return day - (cal.origin[1] + day) % 7 + 6
    if period == PER_MONTH:
        return cal.month_start[month_of(cal, day) + 1] - 1
    if period == PER_YEAR:
        month = month_of(cal, day)
        return cal.month_start[month - (cal.origin[0] - 1 + month) % 12 + 12] - 1
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
    rules: Rules, cal: Calendar, keys: I64, pays: I64, me: I64, clause: int, counting_day: int, nominal: int
) -> int:
    """Return what the caps leave of a change, and remember in `me` whether one cut or dropped it (rule 3.5)."""
    me[ME_DROPPED] = 0
    granted = nominal
    for place in range(rules.clauses[clause, C_N_CAPS]):
        cap = rules.clauses[clause, C_CAP + place]
        period, span = rules.caps[cap, K_PERIOD], rules.caps[cap, K_SPAN]
        first = period_first(cal, period, span, counting_day)
        last = counting_day if is_rolling(period) else period_last(cal, period, span, counting_day)
        times, total = 0, 0
        for position in range(me[ME_N]):
            if keys[position] & 15 == KEPT and pays[position] & GRANTED != 0:
                day = (pays[position] >> 8) & DAY_MASK
                if first <= day <= last and is_under(rules, (keys[position] >> CLAUSE_SHIFT) & CLAUSE_MASK, cap):
                    times += 1
                    total += abs(((pays[position] >> KEPT_TAKEN_SHIFT) & TAKEN_MASK) - BIAS)
        if 0 <= rules.caps[cap, K_TIMES] <= times:
            me[ME_DROPPED] = 1
            return 0
        limit = rules.caps[cap, K_POINTS]
        if limit >= 0 and nominal != 0:
            left = limit - total
            if left <= 0:
                me[ME_DROPPED] = 1
                return 0
            if abs(granted) > left:
                granted = left if nominal > 0 else -left
                me[ME_DROPPED] = 2
    return granted


@kernel
def is_under(rules: Rules, clause: int, cap: int) -> bool:
    """Return whether a clause stands under a cap."""
    for place in range(rules.clauses[clause, C_N_CAPS]):
        if rules.clauses[clause, C_CAP + place] == cap:
            return True
    return False


@kernel
def kept_until(rules: Rules, cal: Calendar, clause: int, counting_day: int) -> int:
    """Return the last day on which a record can still matter to a window; keeping it longer does no harm."""
    if rules.book[B_KEEP_ALWAYS] == 1 or rules.clauses[clause, C_ON_APPLICATION] == 1:
        return NEVER
    until = counting_day
    ladder = rules.clauses[clause, C_LADDER]
    if ladder >= 0:
        until = max(until, after(cal, counting_day, rules.ladders[ladder, L_UNIT], rules.ladders[ladder, L_WINDOW]))
    if rules.clauses[clause, C_SIGN] < 0:
        until = max(until, min(counting_day + rules.book[B_CLEAN_KEEP_DAYS], NEVER))
    for place in range(rules.clauses[clause, C_N_CAPS]):
        cap = rules.clauses[clause, C_CAP + place]
        until = max(until, period_last(cal, rules.caps[cap, K_PERIOD], rules.caps[cap, K_SPAN], counting_day))
    return until


@kernel
def grant(
    rules: Rules, cal: Calendar, keys: I64, pays: I64, me: I64,
    clause: int, event: int, counting_day: int, effect_day: int, nominal: int, is_record: int, until: int,
) -> int:  # fmt: skip
    """Give or take points under caps, lapse and bounds; keep what later windows ask for; return what was taken.

    An instalment (`is_record` 0) counts for caps, not for ladders or `clean`.  `until` is the end of the record's state, 0 for none.
    """
    if is_kept_out(rules, keys, me, nominal):
        me[ME_DROPPED], granted = KEPT_OUT, 0
    else:
        granted = cap_change(rules, cal, keys, pays, me, clause, counting_day, nominal)
    lapse_unit = rules.clauses[clause, C_LAPSE_UNIT]
    lapse_day = after(cal, counting_day, lapse_unit, rules.clauses[clause, C_LAPSE])
    if lapse_day <= effect_day:
        granted = 0
    taken = move_score(rules, me, granted, rules.clauses[clause, C_PART])
    if rules.book[B_BALANCE] >= 0 and taken > 0:
        me[ME_MORE + rules.book[B_BALANCE]] += taken
    if rules.clauses[clause, C_KEPT] == 1 and (is_record == 1 or rules.clauses[clause, C_N_CAPS] > 0):
        flags = 0 if me[ME_DROPPED] & 1 == 1 else GRANTED
        if is_record == 1:
            flags |= COUNTED
            if rules.clauses[clause, C_ON_APPLICATION] == 1:
                flags |= APPLICABLE
        last = kept_until(rules, cal, clause, counting_day)
        pay = (
            me[ME_PERSON]
            | (counting_day << 8)
            | ((taken + BIAS) << KEPT_TAKEN_SHIFT)
            | flags
            | (until << KEPT_UNTIL_SHIFT)
        )
        push(keys, pays, me, key(last, PHASE_PASSIVE, clause, event, KEPT), pay)
    if taken != 0:
        if lapse_unit != NO_SPAN and lapse_day < NEVER:
            pay = me[ME_PERSON] | ((taken + BIAS) << 8)
            push(keys, pays, me, key(lapse_day, PHASE_ENDS, clause, event, LAPSE), pay)
        note_standing(keys, pays, me, event, taken)
    return taken


@kernel
def note_standing(keys: I64, pays: I64, me: I64, event: int, change: int) -> None:
    """Tell the corrections that wait for a record, and what the next cycle takes again, how many of its points stand."""
    for position in range(me[ME_N]):
        kind = keys[position] & 15
        if kind == CORRECTION and (pays[position] >> 8) & EVENT_MASK == event:
            pays[position] += change << STANDING_SHIFT
        elif kind == CARRIED and (keys[position] >> EVENT_SHIFT) & EVENT_MASK == event:
            pays[position] += change << 8
