"""Nominal points: what a clause gives or takes by itself, and what campaigns make of it (docs/the-day.md, rule 3.4).

Overrides and locks: grades and holds on the score that last for a time (docs/the-day.md, rule 3.8).

Records that count for nothing: their proof is missing, or a circumstance keeps the clause from applying (rule 3.3).

What a record lacks is known when it is filed, and which clause it is only when it takes effect, on a ladder.  So an entry beside the
record says of each clause that it may be whether it counts for nothing as that one.
"""

from __future__ import annotations

from glasstown.compiler.columns import ASKS_PROOF, CYCLE_END, HAS_EXCLUSIONS, NEAR_UNKNOWN, NEVER, STATE_ENDS
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.calendar import after
from glasstown.engine.kernel.entries import (
    CARRY,
    CLAUSE_MASK,
    CLAUSE_SHIFT,
    EVENT_MASK,
    EVENT_SHIFT,
    LOCK,
    OVERRIDE,
    PHASE_ENDS,
    PHASE_PASSIVE,
    VOID,
    key,
)
from glasstown.engine.person.grants import drop, push
from glasstown.engine.person.turns import next_turn
from glasstown.engine.tables.person_rows import Me
from glasstown.engine.tables.shapes import I64, Calendar, Rules


@kernel
def is_law(rules: Rules, cal: Calendar, clause: int, counting_day: int) -> bool:
    """Return whether a clause is law on a counting day (rule 3.3): by its own days, and by some entry of dated points."""
    ordinal = cal.origin.ordinal + counting_day
    if ordinal < rules.clauses[clause].from_ or ordinal >= rules.clauses[clause].until:
        return False
    return rules.clauses[clause].dated == 0 or dated_row(rules, clause, ordinal) >= 0


@kernel
def dated_row(rules: Rules, clause: int, ordinal: int) -> int:
    """Return the first row of dated points that covers a day, or -1."""
    for row in range(len(rules.dated)):
        if rules.dated[row].clause == clause and rules.dated[row].from_ <= ordinal < rules.dated[row].until:
            return row
    return -1


@kernel
def nominal_points(
    rules: Rules, cal: Calendar, keys: I64, pays: I64, me: Me, clause: int, choice: int, counting_day: int
) -> int:
    """Return what a clause gives or takes before locks and caps, and remember in `me` whether the value is unknown."""
    ordinal = cal.origin.ordinal + counting_day
    nominal = own_points(rules, keys, pays, me, clause, choice, ordinal)
    if nominal != 0 and rules.clauses[clause].campaigns == 1:
        for row in range(len(rules.campaigns)):
            covers = rules.campaigns[row].from_ <= ordinal < rules.campaigns[row].until
            if covers and rules.campaigns[row].clause == clause:
                size = abs(nominal) * rules.campaigns[row].times // rules.campaigns[row].parts
                nominal = size if nominal > 0 else -size
    return nominal


@kernel
def own_points(rules: Rules, keys: I64, pays: I64, me: Me, clause: int, choice: int, ordinal: int) -> int:
    """Return what a clause gives or takes by itself: flat, dated, chosen, or by rate."""
    me.unknown = rules.clauses[clause].unknown
    if rules.clauses[clause].dated == 1:
        row = dated_row(rules, clause, ordinal)
        if row < 0:
            return 0
        me.unknown = rules.dated[row].unknown
        value: int = rules.dated[row].value
        return value
    one_sided = rules.clauses[clause].one_sided
    if one_sided != 0:
        if choice == 0 and one_sided == NEAR_UNKNOWN:
            me.unknown = 1
            return 0
        chosen: int = rules.clauses[clause].least + rules.clauses[clause].sign * max(choice - 1, 0)
        return chosen
    if rules.clauses[clause].per > 0:
        return by_rate(rules, keys, pays, me, clause, choice)
    flat: int = min(rules.clauses[clause].least + choice, rules.clauses[clause].most)
    return flat


@kernel
def by_rate(rules: Rules, keys: I64, pays: I64, me: Me, clause: int, amount: int) -> int:
    """Return the points of an amount in full portions; a rest that is carried is kept for the next record."""
    per = rules.clauses[clause].per
    if rules.clauses[clause].carry == 1:
        for position in range(me.n_entries):
            if keys[position] & 15 == CARRY and (keys[position] >> CLAUSE_SHIFT) & CLAUSE_MASK == clause:
                amount += pays[position] >> 8
                drop(keys, pays, me, position)
                break
        rest = amount % per
        if rest > 0:
            push(keys, pays, me, key(NEVER, PHASE_PASSIVE, clause, 0, CARRY), me.person | (rest << 8))
    points: int = amount // per * rules.clauses[clause].least
    return points


@kernel
def begin_override(
    rules: Rules,
    cal: Calendar,
    keys: I64,
    pays: I64,
    me: Me,
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
    end = end_of(rules, cal, rules.clauses[clause].term_unit, rules.clauses[clause].term, counted, day, until)
    if end <= day:
        return False
    push(keys, pays, me, key(end, PHASE_ENDS, clause, event, OVERRIDE), me.person)
    return True


@kernel
def begin_lock(
    rules: Rules,
    cal: Calendar,
    keys: I64,
    pays: I64,
    me: Me,
    clause: int,
    event: int,
    counted: int,
    day: int,
    until: int,
) -> None:
    """Let a clause's lock begin, unless its end is already reached."""
    unit, span = rules.clauses[clause].lock_unit, rules.clauses[clause].lock_span
    end = end_of(rules, cal, unit, span, counted, day, until)
    if end > day:
        push(keys, pays, me, key(end, PHASE_ENDS, clause, event, LOCK), me.person)


@kernel
def end_of(rules: Rules, cal: Calendar, unit: int, span: int, counted: int, day: int, until: int) -> int:
    """Return the day on which something that holds for a time ends, NEVER where it does not end by itself."""
    if unit == CYCLE_END:
        return next_turn(rules, cal, day)
    if unit == STATE_ENDS:
        return until if until > 0 else NEVER
    return after(cal, counted, unit, span)


# bits of what makes a record void
LACKS_PROOF = 1
IS_EXCLUDED = 2


@kernel
def is_void_as(rules: Rules, cal: Calendar, clause: int, counting_day: int, lack: int) -> bool:
    """Return whether a record with such a lack counts for nothing as a clause."""
    asks = rules.clauses[clause].asks
    if lack & LACKS_PROOF != 0 and asks & ASKS_PROOF != 0:
        return True
    if lack & IS_EXCLUDED == 0 or asks & HAS_EXCLUSIONS == 0:
        return False
    ordinal = cal.origin.ordinal + counting_day
    for row in range(len(rules.exclusions)):
        is_law = rules.exclusions[row].from_ <= ordinal < rules.exclusions[row].until
        if rules.exclusions[row].clause == clause and is_law:
            return True
    return False


@kernel
def take_voids(keys: I64, pays: I64, me: Me, clause: int, event: int) -> bool:
    """Take away what stands about a record that takes effect; return whether it is void as the clause that it is."""
    is_void = False
    position = 0
    while position < me.n_entries:
        this_key = keys[position]
        if this_key & 15 == VOID and (this_key >> EVENT_SHIFT) & EVENT_MASK == event:
            is_void = is_void or (this_key >> CLAUSE_SHIFT) & CLAUSE_MASK == clause
            drop(keys, pays, me, position)
        else:
            position += 1
    return is_void
