"""Caps: how often and how far clauses count in a period (docs/the-day.md, rule 3.5)."""

from __future__ import annotations

from glasstown.compiler.columns import (
    DAYS,
    MONTHS,
    NEVER,
    PER_DAY,
    PER_LIFE,
    PER_MONTH,
    PER_WEEK,
    PER_YEAR,
    ROLLING_DAYS,
    ROLLING_WORKING,
    WORKING,
)
from glasstown.compiler.rulebook_rows import Cap
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.calendar import after, before, month_of
from glasstown.engine.kernel.entries import KEPT
from glasstown.engine.kernel.ledger_words import GRANTED, clause_of, first_day_of, kept_taken_of, kind_of
from glasstown.engine.tables.bundles import Law, Matter, Mine
from glasstown.engine.tables.shapes import Calendar, Rules


@kernel
def period_first(cal: Calendar, cap: Cap, day: int) -> int:
    """Return the first day of the cap's period that a counting day belongs to."""
    period = cap.period
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
        return before(cal, day, DAYS, cap.span) + 1
    if period == ROLLING_WORKING:
        return before(cal, day, WORKING, cap.span) + 1
    return before(cal, day, MONTHS, cap.span) + 1


@kernel
def period_last(cal: Calendar, cap: Cap, day: int) -> int:
    """Return the last day whose records can meet this counting day in one period of the cap."""
    period = cap.period
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
        return min(day + cap.span, NEVER)
    if period == ROLLING_WORKING:
        return after(cal, day, WORKING, cap.span)
    return after(cal, day, MONTHS, cap.span)


@kernel
def is_rolling(cap: Cap) -> bool:
    """Return whether the cap's period ends with the day that is asked about."""
    return cap.period >= ROLLING_DAYS


@kernel
def is_under(rules: Rules, clause: int, cap: int) -> bool:
    """Return whether a clause stands under a cap."""
    row = rules.clauses[clause]
    for place in range(row.n_caps):
        if row.cap[place] == cap:
            return True
    return False


@kernel
def cap_change(law: Law, mine: Mine, matter: Matter, nominal: int) -> int:
    """Return what the caps leave of a change, and remember in `me` whether one cut or dropped it (rule 3.5)."""
    clause, day = law.rules.clauses[matter.clause], matter.counting_day
    mine.me.dropped = 0
    granted = nominal
    for place in range(clause.n_caps):
        cap = law.rules.caps[clause.cap[place]]
        first = period_first(law.cal, cap, day)
        last = day if is_rolling(cap) else period_last(law.cal, cap, day)
        times, total = counted_in(law.rules, mine, clause.cap[place], first, last)
        if 0 <= cap.times <= times:
            mine.me.dropped = 1
            return 0
        if cap.points >= 0 and nominal != 0:
            left = cap.points - total
            if left <= 0:
                mine.me.dropped = 1
                return 0
            if abs(granted) > left:
                granted = left if nominal > 0 else -left
                mine.me.dropped = 2
    return granted


@kernel
def counted_in(rules: Rules, mine: Mine, cap: int, first: int, last: int) -> tuple[int, int]:
    """Return how often clauses under a cap have counted from `first` to `last`, and how many points they moved."""
    times, total = 0, 0
    for position in range(mine.me.n_entries):
        key, pay = mine.keys[position], mine.pays[position]
        if kind_of(key) == KEPT and pay & GRANTED != 0:
            if first <= first_day_of(pay) <= last and is_under(rules, clause_of(key), cap):
                times += 1
                total += abs(kept_taken_of(pay))
    return times, total
