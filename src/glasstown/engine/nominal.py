"""Nominal points: what a clause gives or takes by itself, and what campaigns make of it (docs/the-day.md, rule 3.4)."""

from __future__ import annotations

from glasstown.compiler.columns import (
    C_CAMPAIGNS,
    C_CARRY,
    C_DATED,
    C_FROM,
    C_LEAST,
    C_MOST,
    C_ONE_SIDED,
    C_PER,
    C_SIGN,
    C_UNKNOWN,
    C_UNTIL,
    D_CLAUSE,
    D_FROM,
    D_PART,
    D_TIMES,
    D_UNKNOWN,
    D_UNTIL,
    D_VALUE,
    NEAR_UNKNOWN,
    NEVER,
)
from glasstown.engine.grants import ME_N, ME_PERSON, ME_UNKNOWN, drop, push
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.entries import CARRY, CLAUSE_MASK, CLAUSE_SHIFT, PHASE_PASSIVE, key
from glasstown.engine.tables.shapes import I64, Calendar, Rules


@kernel
def is_law(rules: Rules, cal: Calendar, clause: int, counting_day: int) -> bool:
    """Return whether a clause is law on a counting day (rule 3.3): by its own days, and by some entry of dated points."""
    ordinal = cal.origin[3] + counting_day
    if ordinal < rules.clauses[clause, C_FROM] or ordinal >= rules.clauses[clause, C_UNTIL]:
        return False
    return rules.clauses[clause, C_DATED] == 0 or dated_row(rules, clause, ordinal) >= 0


@kernel
def dated_row(rules: Rules, clause: int, ordinal: int) -> int:
    """Return the first row of dated points that covers a day, or -1."""
    for row in range(len(rules.dated)):
        if rules.dated[row, D_CLAUSE] == clause and rules.dated[row, D_FROM] <= ordinal < rules.dated[row, D_UNTIL]:
            return row
    return -1


@kernel
def nominal_points(
    rules: Rules, cal: Calendar, keys: I64, pays: I64, me: I64, clause: int, choice: int, counting_day: int
) -> int:
    """Return what a clause gives or takes before locks and caps, and remember in `me` whether the value is unknown."""
    ordinal = cal.origin[3] + counting_day
    nominal = own_points(rules, keys, pays, me, clause, choice, ordinal)
    if nominal != 0 and rules.clauses[clause, C_CAMPAIGNS] == 1:
        for row in range(len(rules.campaigns)):
            covers = rules.campaigns[row, D_FROM] <= ordinal < rules.campaigns[row, D_UNTIL]
            if covers and rules.campaigns[row, D_CLAUSE] == clause:
                size = abs(nominal) * rules.campaigns[row, D_TIMES] // rules.campaigns[row, D_PART]
                nominal = size if nominal > 0 else -size
    return nominal


@kernel
def own_points(rules: Rules, keys: I64, pays: I64, me: I64, clause: int, choice: int, ordinal: int) -> int:
    """Return what a clause gives or takes by itself: flat, dated, chosen, or by rate."""
    me[ME_UNKNOWN] = rules.clauses[clause, C_UNKNOWN]
    if rules.clauses[clause, C_DATED] == 1:
        row = dated_row(rules, clause, ordinal)
        if row < 0:
            return 0
        me[ME_UNKNOWN] = rules.dated[row, D_UNKNOWN]
        value: int = rules.dated[row, D_VALUE]
        return value
    one_sided = rules.clauses[clause, C_ONE_SIDED]
    if one_sided != 0:
        if choice == 0 and one_sided == NEAR_UNKNOWN:
            me[ME_UNKNOWN] = 1
            return 0
        chosen: int = rules.clauses[clause, C_LEAST] + rules.clauses[clause, C_SIGN] * max(choice - 1, 0)
        return chosen
    if rules.clauses[clause, C_PER] > 0:
        return by_rate(rules, keys, pays, me, clause, choice)
    flat: int = min(rules.clauses[clause, C_LEAST] + choice, rules.clauses[clause, C_MOST])
    return flat


@kernel
def by_rate(rules: Rules, keys: I64, pays: I64, me: I64, clause: int, amount: int) -> int:
    """Return the points of an amount in full portions; a rest that is carried is kept for the next record."""
    per = rules.clauses[clause, C_PER]
    if rules.clauses[clause, C_CARRY] == 1:
        for position in range(me[ME_N]):
            if keys[position] & 15 == CARRY and (keys[position] >> CLAUSE_SHIFT) & CLAUSE_MASK == clause:
                amount += pays[position] >> 8
                drop(keys, pays, me, position)
                break
        rest = amount % per
        if rest > 0:
            push(keys, pays, me, key(NEVER, PHASE_PASSIVE, clause, 0, CARRY), me[ME_PERSON] | (rest << 8))
    points: int = amount // per * rules.clauses[clause, C_LEAST]
    return points
