"""Grade and lists after an entry (docs/the-day.md, sections 5 and 6).

Lists that are entered and left: the wait for the listing, the term, the removal (docs/the-day.md, section 6).
"""

from __future__ import annotations

from glasstown.compiler.columns import (
    EXACTLY,
    EXTENSION_BITS,
    IN_GRADES,
    KIND_ASSESSED,
    KIND_HELD,
    KIND_WHILE,
    MONTHS,
    NEVER,
    NO_CONDITION,
    NO_GRADE,
    NO_SPAN,
    NO_WORSE,
    PERFORM,
    SCORE_AT_LEAST,
    SCORE_AT_MOST,
)
from glasstown.engine.kernel.cache import entry, kernel
from glasstown.engine.kernel.calendar import add_months, after
from glasstown.engine.kernel.entries import (
    CLAUSE_MASK,
    CLAUSE_SHIFT,
    CONDITION_CLAUSE,
    CONDITION_EVENT,
    DAY_MASK,
    DAY_SHIFT,
    EVENT_MASK,
    EVENT_SHIFT,
    EXTENSION_MASK,
    EXTENSION_SHIFT,
    HOLD,
    LISTING,
    LISTING_PLACE,
    LOCK,
    NOT_OWED,
    OVERRIDE,
    PHASE_DECISIONS,
    PHASE_ENDS,
    REMOVING,
    TERM_END_SHIFT,
    WRONGLY,
    key,
)
from glasstown.engine.person.grants import drop, push
from glasstown.engine.person.grants import push as push_entry
from glasstown.engine.tables.person_rows import Me
from glasstown.engine.tables.shapes import I64, Calendar, Rules

NO_CEILING = (1 << 31) - 1
"""What stands for no lock's ceiling: more quanta than any score has."""


@entry
def shown(rules: Rules, score: int, ceiling: int) -> int:
    """Return the score as it is shown: a hidden sum held within the bounds, and below the ceiling of the locks that stand."""
    if rules.book.latent == 1:
        return min(max(score, rules.book.lowest), rules.book.highest, ceiling)
    return min(score, ceiling)


@kernel
def own_shown(rules: Rules, me: Me) -> int:
    """Return the score of the person in hand as it is shown."""
    return shown(rules, me.score, me.ceiling)


@kernel
def find_ceiling(rules: Rules, keys: I64, me: Me) -> None:
    """Find the lowest ceiling of the locks that stand."""
    if rules.book.ceiling < 0:
        return
    ceiling = NO_CEILING
    for position in range(me.n_entries):
        if keys[position] & 15 == LOCK:
            ceiling = min(ceiling, rules.clauses[(keys[position] >> CLAUSE_SHIFT) & CLAUSE_MASK].at_most)
    me.ceiling = ceiling
    me.more[rules.book.ceiling] = ceiling


@kernel
def score_grade(rules: Rules, score: int, is_cut: bool) -> int:
    """Return the first grade that covers a score, or NO_GRADE; `is_cut` once the month's cut-offs are published."""
    for grade in range(rules.book.n_grades):
        begins = rules.grades[grade].next_from if is_cut else rules.grades[grade].from_
        if begins <= score < rules.grades[grade].below:
            return grade
    return NO_GRADE


@kernel
def grade_of(rules: Rules, keys: I64, me: Me) -> int:
    """Return the grade: of the score, then exactly, then no worse, then no better; of several the worst holds."""
    if rules.book.consent >= 0 and me.more[rules.book.consent] == 0:
        return NO_GRADE
    grade = score_grade(rules, own_shown(rules, me), me.is_cut == 1)
    exactly, floor, ceiling = -1, -1, -1
    for position in range(me.n_entries):
        if keys[position] & 15 == OVERRIDE:
            clause = (keys[position] >> CLAUSE_SHIFT) & CLAUSE_MASK
            sets, holds = rules.clauses[clause].grade, rules.clauses[clause].holds
            if holds == EXACTLY:
                exactly = max(exactly, sets)
            elif holds == NO_WORSE:
                floor = max(floor, sets)
            else:
                ceiling = max(ceiling, sets)
    if exactly >= 0:
        grade = exactly
    if floor >= 0:
        grade = min(grade, floor)
    if ceiling >= 0:
        grade = ceiling if grade == NO_GRADE else max(grade, ceiling)
    return grade


@kernel
def holds_condition(rules: Rules, rule: int, score: int, grade: int) -> bool:
    """Return whether a list's own condition holds for a shown score and a grade; household averages are looked at elsewhere."""
    condition, value = rules.lists[rule].condition, rules.lists[rule].value
    if condition == SCORE_AT_MOST:
        return score <= value
    if condition == SCORE_AT_LEAST:
        return score >= value
    if condition == IN_GRADES:
        return (value >> grade) & 1 == 1
    return False


@kernel
def hold_list(rules: Rules, clause: int) -> int:
    """Return the list that a hold's clause field stands for."""
    if clause >= CONDITION_CLAUSE:
        return clause - CONDITION_CLAUSE
    return rules.clauses[clause].list


@kernel
def has_hold(rules: Rules, keys: I64, me: Me, rule: int) -> bool:
    """Return whether any hold of a list stands."""
    for position in range(me.n_entries):
        if keys[position] & 15 == HOLD and hold_list(rules, (keys[position] >> CLAUSE_SHIFT) & CLAUSE_MASK) == rule:
            return True
    return False


@kernel
def wrongly_on(rules: Rules, keys: I64, pays: I64, n: int, lists: int) -> int:
    """Return those of these lists, as bits, on which nothing but wrong records holds somebody."""
    rightly, wrongly = 0, 0
    if lists == 0:
        return 0
    for position in range(n):
        if keys[position] & 15 == HOLD:
            bit = 1 << hold_list(rules, (keys[position] >> CLAUSE_SHIFT) & CLAUSE_MASK)
            if pays[position] & WRONGLY != 0:
                wrongly |= bit
            else:
                rightly |= bit
    return wrongly & ~rightly & lists


@kernel
def owes_nothing(rules: Rules, keys: I64, pays: I64, n: int, lists: int) -> int:
    """Return 1 for somebody on lists that performance ends whom nothing holds there that could be performed."""
    performed = 0
    for rule in range(rules.book.n_lists):
        performed |= ((rules.lists[rule].procedures >> PERFORM) & 1) << rule
    if performed & lists == 0:
        return 0
    is_held = 0
    for position in range(n):
        if keys[position] & 15 == HOLD:
            rule = hold_list(rules, (keys[position] >> CLAUSE_SHIFT) & CLAUSE_MASK)
            if (performed >> rule) & 1 == 1:
                if pays[position] & NOT_OWED == 0:
                    return 0
                is_held = 1
    return is_held


@entry
def settle(rules: Rules, cal: Calendar, keys: I64, pays: I64, me: Me, day: int, silenced: int) -> None:
    """Bring grade and lists up to date after an entry.

    silenced   bits of lists that this entry ended by procedure: their own condition does not bring them back yet.
    """
    find_ceiling(rules, keys, me)
    grade = grade_of(rules, keys, me)
    me.grade = grade
    score = own_shown(rules, me)
    lists = me.lists
    for rule in range(rules.book.n_lists):
        kind = rules.lists[rule].kind
        if kind == KIND_ASSESSED:
            continue
        bit = 1 << rule
        if kind == KIND_WHILE:
            lists = lists | bit if holds_condition(rules, rule, score, grade) else lists & ~bit
        elif kind == KIND_HELD:
            is_on = has_hold(rules, keys, me, rule)
            if rules.lists[rule].condition != NO_CONDITION and comes_on(
                rules, me, rule, is_on, silenced & bit != 0, holds_condition(rules, rule, score, grade)
            ):
                clause = CONDITION_CLAUSE + rule
                is_on = add_hold(rules, cal, keys, pays, me, clause, rule, CONDITION_EVENT, day, 0, 0) or is_on
            lists = lists | bit if is_on else lists & ~bit
    me.lists = lists


@kernel
def comes_on(rules: Rules, me: Me, rule: int, is_on: bool, is_silenced: bool, holds: bool) -> bool:
    """Return whether a list's own condition puts somebody on it now: being true, or where it enters once, becoming true."""
    if rules.lists[rule].once == 0:
        return holds and not is_on and not is_silenced
    bit, at = 1 << rule, rules.book.met
    begins: bool = holds and me.more[at] & bit == 0
    if begins and is_silenced:
        return False
    me.more[at] = me.more[at] | bit if holds else me.more[at] & ~bit
    return begins


@kernel
def add_hold(
    rules: Rules, cal: Calendar, keys: I64, pays: I64, me: Me, clause: int, rule: int, event: int, day: int,
    extension: int, wrongly: int,
) -> bool:  # fmt: skip
    """Add a hold of a list and return whether it stands: one that is removed on the day of entry ends at once.

    extension   months that are added to the term.
    wrongly     WRONGLY, and NOT_OWED, where the record behind it is wrong, else 0
    """
    unit, number = rules.lists[rule].term_unit, rules.lists[rule].term
    if clause < CONDITION_CLAUSE:
        unit, number = rules.clauses[clause].entry_unit, rules.clauses[clause].entry
    term_end, end = NEVER, NEVER
    if unit != NO_SPAN:
        term_end = extended(cal, day, unit, number, extension)
        end = after(cal, term_end, rules.lists[rule].removed_unit, rules.lists[rule].removed)
    if end <= day:
        return False
    pay = me.person | (day << 8) | (term_end << TERM_END_SHIFT) | wrongly
    push(keys, pays, me, key(end, PHASE_ENDS, clause, event, HOLD), pay)
    return True


@kernel
def extended(cal: Calendar, day: int, unit: int, number: int, months: int) -> int:
    """Return the end of a term and of the months added to it: one step of months, or after days the months."""
    if unit == MONTHS:
        return add_months(cal, day, number + months)
    end = after(cal, day, unit, number)
    return add_months(cal, end, months) if months > 0 and end < NEVER else end


@kernel
def enter_list(
    rules: Rules, cal: Calendar, keys: I64, pays: I64, me: Me, clause: int, event: int, day: int, choice: int,
    wrongly: int,
) -> None:  # fmt: skip
    """Put the subject on a clause's list, now or when the wait is over.

    choice    of the record; where the clause lets it, it states months of extension and of grace.
    wrongly   WRONGLY, and NOT_OWED, where the record is wrong, else 0
    """
    rule = rules.clauses[clause].list
    extension, grace = 0, 0
    if rules.clauses[clause].states == 1:
        extension, grace = choice & EXTENSION_MASK, choice >> EXTENSION_BITS
    listed = after(cal, day, rules.lists[rule].decided_unit, rules.lists[rule].decided)
    ordinal = cal.origin.ordinal + listed
    if rules.lists[rule].grace_from <= ordinal < rules.lists[rule].grace_until:
        listed = add_months(cal, listed, grace)
    if listed <= day:
        add_hold(rules, cal, keys, pays, me, clause, rule, event, day, extension, wrongly)
    else:
        pay = me.person | (extension << EXTENSION_SHIFT) | wrongly
        push_entry(keys, pays, me, key(listed, PHASE_DECISIONS, clause + LISTING_PLACE, event, LISTING), pay)


@kernel
def end_holds(rules: Rules, cal: Calendar, keys: I64, pays: I64, me: Me, rule: int, day: int) -> None:
    """End what a procedure may end of a list: holds that wait go at once, others are removed when the list allows it."""
    position = 0
    while position < me.n_entries:
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
        own: int = rules.clauses[clause - LISTING_PLACE].list
        return own == rule
    if this_key & 15 != HOLD or hold_list(rules, clause) != rule:
        return False
    listed, term_end = (pay >> 8) & DAY_MASK, (pay >> TERM_END_SHIFT) & DAY_MASK
    if pay & REMOVING != 0 or (term_end < NEVER and term_end <= day):
        return False
    if after(cal, listed, rules.lists[rule].not_before_unit, rules.lists[rule].not_before) > day:
        return False
    removed = after(cal, day, rules.lists[rule].removed_unit, rules.lists[rule].removed)
    if removed <= day:
        return True
    event = (this_key >> EVENT_SHIFT) & EVENT_MASK
    keys[position] = key(min(removed, this_key >> DAY_SHIFT), PHASE_ENDS, clause, event, HOLD)
    pays[position] = pay | REMOVING
    return False
