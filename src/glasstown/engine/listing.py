"""Lists that are entered and left: the wait for the listing, the term, the removal (docs/the-day.md, section 6)."""

from __future__ import annotations

from glasstown.compiler.columns import (
    C_LIST,
    C_STATES,
    EXTENSION_BITS,
    I_DECIDED,
    I_DECIDED_UNIT,
    I_GRACE_FROM,
    I_GRACE_UNTIL,
    I_NOT_BEFORE,
    I_NOT_BEFORE_UNIT,
    I_REMOVED,
    I_REMOVED_UNIT,
    NEVER,
)
from glasstown.engine.grants import ME_N, ME_PERSON, drop
from glasstown.engine.grants import push as push_entry
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.calendar import add_months, after
from glasstown.engine.kernel.entries import (
    CLAUSE_MASK,
    CLAUSE_SHIFT,
    DAY_MASK,
    DAY_SHIFT,
    EVENT_MASK,
    EVENT_SHIFT,
    EXTENSION_MASK,
    EXTENSION_SHIFT,
    HOLD,
    LISTING,
    LISTING_PLACE,
    PHASE_DECISIONS,
    PHASE_ENDS,
    REMOVING,
    TERM_END_SHIFT,
    key,
)
from glasstown.engine.lists import add_hold, hold_list
from glasstown.engine.tables.shapes import I64, Calendar, Rules


@kernel
def enter_list(
    rules: Rules, cal: Calendar, keys: I64, pays: I64, me: I64, clause: int, event: int, day: int, choice: int,
    wrongly: int,
) -> None:  # fmt: skip
    """Put the subject on a clause's list, now or when the wait is over.

    choice    of the record; where the clause lets it, it states months of extension and of grace.
    wrongly   WRONGLY, and NOT_OWED, where the record is wrong, else 0
    """
    rule = rules.clauses[clause, C_LIST]
    extension, grace = 0, 0
    if rules.clauses[clause, C_STATES] == 1:
        extension, grace = choice & EXTENSION_MASK, choice >> EXTENSION_BITS
    listed = after(cal, day, rules.lists[rule, I_DECIDED_UNIT], rules.lists[rule, I_DECIDED])
    ordinal = cal.origin[3] + listed
    if rules.lists[rule, I_GRACE_FROM] <= ordinal < rules.lists[rule, I_GRACE_UNTIL]:
        listed = add_months(cal, listed, grace)
    if listed <= day:
        add_hold(rules, cal, keys, pays, me, clause, rule, event, day, extension, wrongly)
    else:
        pay = me[ME_PERSON] | (extension << EXTENSION_SHIFT) | wrongly
        push_entry(keys, pays, me, key(listed, PHASE_DECISIONS, clause + LISTING_PLACE, event, LISTING), pay)


@kernel
def end_holds(rules: Rules, cal: Calendar, keys: I64, pays: I64, me: I64, rule: int, day: int) -> None:
    """End what a procedure may end of a list: holds that wait go at once, others are removed when the list allows it."""
    position = 0
    while position < me[ME_N]:
        if ends_now(rules, cal, keys, pays, position, rule, day):
            drop(keys, pays, me, position)
        else:
            position += 1


@kernel
def ends_now(rules: Rules, cal: Calendar, keys: I64, pays: I64, position: int, rule: int, day: int) -> bool:
    """Return whether a procedure ends a hold this very day; one that is to be removed later is told so in place."""
    this_key, pay = keys[position], pays[position]
    clause = (this_key >> CLAUSE_SHIFT) & CLAUSE_MASK
    if this_key & 15 == LISTING:
        own: int = rules.clauses[clause - LISTING_PLACE, C_LIST]
        return own == rule
    if this_key & 15 != HOLD or hold_list(rules, clause) != rule:
        return False
    listed, term_end = (pay >> 8) & DAY_MASK, (pay >> TERM_END_SHIFT) & DAY_MASK
    if pay & REMOVING != 0 or (term_end < NEVER and term_end <= day):
        return False
    if after(cal, listed, rules.lists[rule, I_NOT_BEFORE_UNIT], rules.lists[rule, I_NOT_BEFORE]) > day:
        return False
    removed = after(cal, day, rules.lists[rule, I_REMOVED_UNIT], rules.lists[rule, I_REMOVED])
    if removed <= day:
        return True
    event = (this_key >> EVENT_SHIFT) & EVENT_MASK
    keys[position] = key(min(removed, this_key >> DAY_SHIFT), PHASE_ENDS, clause, event, HOLD)
    pays[position] = pay | REMOVING
    return False
