"""Grade and lists after an entry (docs/the-day.md, sections 5 and 6)."""

from __future__ import annotations

from glasstown.compiler.columns import (
    IN_GRADES,
    KIND_ASSESSED,
    KIND_HELD,
    KIND_WHILE,
    NO_CONDITION,
    SCORE_AT_LEAST,
    SCORE_AT_MOST,
)
from glasstown.engine.kernel.cache import entry, kernel
from glasstown.engine.kernel.entries import clause_of_condition
from glasstown.engine.kernel.ledger_words import NO_EVENT
from glasstown.engine.person.holds import add_hold, has_hold
from glasstown.engine.person.scores import find_ceiling, grade_of, own_shown
from glasstown.engine.tables.bundles import Hold, Law, Mine
from glasstown.engine.tables.person_rows import Me
from glasstown.engine.tables.shapes import Rules


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


@entry
def settle(law: Law, mine: Mine, day: int, silenced: int) -> None:
    """Bring grade and lists up to date after an entry.

    silenced   bits of lists that this entry ended by procedure: their own condition does not bring them back yet.
    """
    rules, me = law.rules, mine.me
    find_ceiling(rules, mine)
    grade = grade_of(rules, mine)
    if rules.book.running >= 0:
        me.more[rules.book.running] = grade
        grade = me.grade
    me.grade = grade
    score = own_shown(rules, me)
    lists = me.lists
    for rule in range(rules.book.n_lists):
        bit, kind = 1 << rule, rules.lists[rule].kind
        if kind == KIND_ASSESSED:
            continue
        if kind == KIND_WHILE:
            lists = lists | bit if holds_condition(rules, rule, score, grade) else lists & ~bit
        elif kind == KIND_HELD:
            is_on = has_hold(rules, mine, rule)
            if rules.lists[rule].condition != NO_CONDITION and comes_on(
                rules, me, rule, is_on, silenced & bit != 0, holds_condition(rules, rule, score, grade)
            ):
                hold = Hold(clause_of_condition(rule), rule, NO_EVENT, 0, 0)
                is_on = add_hold(law, mine, hold, day) or is_on
            lists = lists | bit if is_on else lists & ~bit
    me.lists = lists


@kernel
def comes_on(rules: Rules, me: Me, rule: int, is_on: bool, is_silenced: bool, holds: bool) -> bool:
    """Return whether a list's own condition puts somebody on it now: being true, or where it enters once, becoming true."""
    if rules.lists[rule].once == 0:
        return holds and not is_on and not is_silenced
    bit, at = 1 << rule, rules.book.met
    begins = holds and me.more[at] & bit == 0
    if begins and is_silenced:
        return False
    me.more[at] = me.more[at] | bit if holds else me.more[at] & ~bit
    return begins
