"""What holds somebody on a list: the wait for the listing, the term, the removal (docs/the-day.md, section 6)."""

from __future__ import annotations

from glasstown.compiler.columns import MONTHS, NEVER, NO_SPAN, PERFORM
from glasstown.compiler.rulebook_rows import Clause
from glasstown.engine.kernel.cache import entry, kernel
from glasstown.engine.kernel.calendar import add_months, after
from glasstown.engine.kernel.entries import (
    HOLD,
    LISTING,
    PHASE_DECISIONS,
    PHASE_ENDS,
    clause_of_listing,
    list_of_condition,
    place_of_listing,
)
from glasstown.engine.kernel.ledger_words import (
    JUDGED_WRONGLY,
    NOT_OWED,
    REMOVING,
    WRONGLY,
    clause_of,
    day_of,
    event_of,
    first_day_of,
    kind_of,
    pack_hold,
    pack_key,
    pack_listing,
    second_day_of,
    stated_extension,
    stated_grace,
)
from glasstown.engine.person.in_hand import drop, push
from glasstown.engine.tables.bundles import Hold, Law, Matter, Mine
from glasstown.engine.tables.shapes import Calendar, Rules
from glasstown.rows import Rows


@kernel
def hold_list(clauses: Rows[Clause], clause: int) -> int:
    """Return the list that a hold's clause field stands for."""
    rule = list_of_condition(clause)
    return rule if rule >= 0 else clauses[clause].list


@kernel
def has_hold(rules: Rules, mine: Mine, rule: int) -> bool:
    """Return whether any hold of a list stands."""
    for position in range(mine.me.n_entries):
        if kind_of(mine.keys[position]) == HOLD and hold_list(rules.clauses, clause_of(mine.keys[position])) == rule:
            return True
    return False


@entry
def wrongly_on(clauses: Rows[Clause], mine: Mine, lists: int) -> int:
    """Return those of these lists, as bits, on which nothing but wrong records holds somebody."""
    rightly, wrongly = 0, 0
    if lists == 0:
        return 0
    for position in range(mine.me.n_entries):
        if kind_of(mine.keys[position]) == HOLD:
            bit = 1 << hold_list(clauses, clause_of(mine.keys[position]))
            if mine.pays[position] & WRONGLY != 0:
                wrongly |= bit
            else:
                rightly |= bit
    return wrongly & ~rightly & lists


@kernel
def owes_nothing(rules: Rules, mine: Mine) -> int:
    """Return 1 for somebody on lists that performance ends whom nothing holds there that could be performed."""
    performed = 0
    for rule in range(rules.book.n_lists):
        performed |= ((rules.lists[rule].procedures >> PERFORM) & 1) << rule
    if performed & mine.me.lists == 0:
        return 0
    is_held = 0
    for position in range(mine.me.n_entries):
        if kind_of(mine.keys[position]) == HOLD:
            rule = hold_list(rules.clauses, clause_of(mine.keys[position]))
            if (performed >> rule) & 1 == 1:
                if mine.pays[position] & NOT_OWED == 0:
                    return 0
                is_held = 1
    return is_held


@kernel
def how_wrongly(wrong: int) -> int:
    """Return what a hold keeps of how its record is wrong: somebody misjudged still owes, of other errors nothing is owed."""
    if wrong == 0:
        return 0
    return WRONGLY if wrong == JUDGED_WRONGLY else WRONGLY | NOT_OWED


@kernel
def add_hold(law: Law, mine: Mine, hold: Hold, day: int) -> bool:
    """Add a hold of a list and return whether it stands: one that is removed on the day of entry ends at once."""
    rule = law.rules.lists[hold.rule]
    unit, number = rule.term_unit, rule.term
    if list_of_condition(hold.clause) < 0:
        unit, number = law.rules.clauses[hold.clause].entry_unit, law.rules.clauses[hold.clause].entry
    term_end, end = NEVER, NEVER
    if unit != NO_SPAN:
        term_end = extended(law.cal, day, unit, number, hold.extension)
        end = after(law.cal, term_end, rule.removed_unit, rule.removed)
    if end <= day:
        return False
    key = pack_key(end, PHASE_ENDS, hold.clause, hold.event, HOLD)
    push(mine, key, pack_hold(mine.me.person, day, term_end, hold.wrongly))
    return True


@kernel
def extended(cal: Calendar, day: int, unit: int, number: int, months: int) -> int:
    """Return the end of a term and of the months added to it: one step of months, or after days the months."""
    if unit == MONTHS:
        return add_months(cal, day, number + months)
    end = after(cal, day, unit, number)
    return add_months(cal, end, months) if months > 0 and end < NEVER else end


@kernel
def enter_list(law: Law, mine: Mine, matter: Matter) -> None:
    """Put the subject on a clause's list, now or when the wait is over.

    The choice of the record, where the clause lets it, states months of extension and of grace.
    """
    clause, day = law.rules.clauses[matter.clause], matter.effect_day
    rule = law.rules.lists[clause.list]
    extension, grace = 0, 0
    if clause.states == 1:
        extension, grace = stated_extension(matter.choice), stated_grace(matter.choice)
    listed = after(law.cal, day, rule.decided_unit, rule.decided)
    if rule.grace_from <= law.cal.origin.ordinal + listed < rule.grace_until:
        listed = add_months(law.cal, listed, grace)
    wrongly = how_wrongly(matter.wrong)
    if listed <= day:
        add_hold(law, mine, Hold(matter.clause, clause.list, matter.event, extension, wrongly), day)
    else:
        key = pack_key(listed, PHASE_DECISIONS, place_of_listing(matter.clause), matter.event, LISTING)
        push(mine, key, pack_listing(mine.me.person, extension, wrongly))


@kernel
def end_holds(law: Law, mine: Mine, rule: int, day: int) -> None:
    """End what a procedure may end of a list: holds that wait go at once, others are removed when the list allows it."""
    position = 0
    while position < mine.me.n_entries:
        if ends_now(law, mine, position, rule, day):
            drop(mine, position)
        else:
            position += 1


@kernel
def ends_now(law: Law, mine: Mine, position: int, rule: int, day: int) -> bool:
    """Return whether a procedure ends a hold this very day; one that is to be removed later is told so in place."""
    key, pay, row = mine.keys[position], mine.pays[position], law.rules.lists[rule]
    clause = clause_of(key)
    if kind_of(key) == LISTING:
        return law.rules.clauses[clause_of_listing(clause)].list == rule
    if kind_of(key) != HOLD or hold_list(law.rules.clauses, clause) != rule:
        return False
    term_end = second_day_of(pay)
    if pay & REMOVING != 0 or (term_end < NEVER and term_end <= day):
        return False
    if after(law.cal, first_day_of(pay), row.not_before_unit, row.not_before) > day:
        return False
    removed = after(law.cal, day, row.removed_unit, row.removed)
    if removed <= day:
        return True
    mine.keys[position] = pack_key(min(removed, day_of(key)), PHASE_ENDS, clause, event_of(key), HOLD)
    mine.pays[position] = pay | REMOVING
    return False
