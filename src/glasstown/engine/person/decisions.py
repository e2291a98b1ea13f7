"""Corrections and procedures: what is decided about a record, or about somebody, later (docs/the-day.md, section 4)."""

from __future__ import annotations

from glasstown.compiler.columns import APPLY, CONSENT, N_PROCEDURES, REPAIR, SPEND, WITHDRAW
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.entries import CARRIED, CARRY, CORRECTION, KEPT, PROCEDURE, TURN
from glasstown.engine.kernel.ledger_words import (
    APPLICABLE,
    clause_of,
    event_of,
    kept_until_of,
    kind_of,
    of_event,
    procedure_of,
    standing_of,
    without_standing,
)
from glasstown.engine.person.holds import end_holds, has_hold
from glasstown.engine.person.in_hand import drop, move_score, return_to_base, wipe
from glasstown.engine.person.lasting import begin_override
from glasstown.engine.person.mending import put_right
from glasstown.engine.tables.bundles import Law, Matter, Mine
from glasstown.engine.tables.shapes import Rules


@kernel
def part_of(rules: Rules, mine: Mine, event: int) -> int:
    """Return the part of the score that a record has moved, or -1."""
    if len(rules.parts) == 0:
        return -1
    for position in range(mine.me.n_entries):
        key = mine.keys[position]
        if (kind_of(key) == KEPT or kind_of(key) == CARRIED) and event_of(key) == event:
            return rules.clauses[clause_of(key)].part
    return -1


@kernel
def correct(rules: Rules, mine: Mine, pay: int) -> int:
    """Put back what still stands of a record and let it count nowhere from now on (section 4); return what moved."""
    of, standing, balance = of_event(pay), standing_of(pay), rules.book.balance
    moved = move_score(rules, mine.me, -standing, part_of(rules, mine, of))
    if balance >= 0 and standing > 0:
        mine.me.more[balance] -= min(mine.me.more[balance], standing)
    position = 0
    while position < mine.me.n_entries:
        key = mine.keys[position]
        kind = kind_of(key)
        if kind == CORRECTION:
            if of_event(mine.pays[position]) == of:
                mine.pays[position] = without_standing(mine.pays[position])
            position += 1
        elif kind != PROCEDURE and kind != CARRY and kind != TURN and event_of(key) == of:
            drop(mine, position)
        else:
            position += 1
    return moved


@kernel
def proceed(law: Law, mine: Mine, pay: int, day: int) -> int:
    """Carry out pass-test, repair, apply or perform; return the lists it ended, as bits (section 4)."""
    rules, me, procedure, of = law.rules, mine.me, procedure_of(pay), of_event(pay)
    if procedure >= N_PROCEDURES:
        stand_anew(rules, mine, procedure, of)
        return 0
    needs = rules.procedures[procedure].needs_list
    if needs >= 0 and (me.lists >> needs) & 1 == 0:
        return 0
    if procedure == APPLY and not apply_for(law, mine, of, day):
        return 0
    if procedure == REPAIR:
        rectify(law, mine, of, day)
    if rules.procedures[procedure].resets == 1:
        return_to_base(rules, me)
        wipe(mine)
    ended = 0
    for rule in range(len(rules.lists)):
        if (rules.lists[rule].procedures >> procedure) & 1 == 1:
            end_holds(law, mine, rule, day)
            if (me.lists >> rule) & 1 == 1 and not has_hold(rules, mine, rule):
                ended |= 1 << rule
    return ended


@kernel
def stand_anew(rules: Rules, mine: Mine, procedure: int, amount: int) -> None:
    """Give consent or take it back, or spend points that the balance holds (section 4)."""
    more, balance, consent = mine.me.more, rules.book.balance, rules.book.consent
    if procedure == SPEND:
        if balance >= 0 and more[balance] >= amount:
            more[balance] -= amount
        return
    if consent < 0:
        return
    if procedure == WITHDRAW and more[consent] == 1:
        return_to_base(rules, mine.me)
        wipe(mine)
    more[consent] = 1 if procedure == CONSENT else 0


@kernel
def rectify(law: Law, mine: Mine, event: int, day: int) -> None:
    """Give back what is due of a record's points, and let the next cycle not take it again: its matter is repaired."""
    if law.rules.book.mends == 1:
        put_right(law, mine, event, day)
    for position in range(mine.me.n_entries):
        if kind_of(mine.keys[position]) == CARRIED and event_of(mine.keys[position]) == event:
            drop(mine, position)
            return


@kernel
def apply_for(law: Law, mine: Mine, of: int, day: int) -> bool:
    """Let the override of a record begin that takes effect only on application; return whether it holds."""
    for position in range(mine.me.n_entries):
        key, pay = mine.keys[position], mine.pays[position]
        if kind_of(key) == KEPT and pay & APPLICABLE != 0 and event_of(key) == of:
            return begin_override(law, mine, Matter(clause_of(key), of, day, day, kept_until_of(pay), 0, 0))
    return False
