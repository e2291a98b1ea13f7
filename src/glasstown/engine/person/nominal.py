"""Nominal points: what a clause gives or takes by itself, and what campaigns make of it (docs/the-day.md, rule 3.4)."""

from __future__ import annotations

from glasstown.compiler.columns import NEAR_UNKNOWN, NEVER
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.entries import CARRY, PHASE_PASSIVE
from glasstown.engine.kernel.ledger_words import clause_of, kind_of, pack_carry, pack_key, rest_of
from glasstown.engine.person.in_hand import drop, push
from glasstown.engine.tables.bundles import Law, Matter, Mine
from glasstown.engine.tables.shapes import Rules


@kernel
def is_law(law: Law, matter: Matter) -> bool:
    """Return whether a clause is law on a counting day (rule 3.3): by its own days, and by some entry of dated points."""
    clause, ordinal = law.rules.clauses[matter.clause], law.cal.origin.ordinal + matter.counting_day
    if ordinal < clause.from_ or ordinal >= clause.until:
        return False
    return clause.dated == 0 or dated_row(law.rules, matter.clause, ordinal) >= 0


@kernel
def dated_row(rules: Rules, clause: int, ordinal: int) -> int:
    """Return the first row of dated points that covers a day, or -1."""
    for row in range(len(rules.dated)):
        if rules.dated[row].clause == clause and rules.dated[row].from_ <= ordinal < rules.dated[row].until:
            return row
    return -1


@kernel
def nominal_points(law: Law, mine: Mine, matter: Matter) -> int:
    """Return what a clause gives or takes before locks and caps, and remember in `me` whether the value is unknown."""
    ordinal = law.cal.origin.ordinal + matter.counting_day
    nominal = own_points(law.rules, mine, matter, ordinal)
    if nominal != 0 and law.rules.clauses[matter.clause].campaigns == 1:
        for row in range(len(law.rules.campaigns)):
            campaign = law.rules.campaigns[row]
            if campaign.from_ <= ordinal < campaign.until and campaign.clause == matter.clause:
                size = abs(nominal) * campaign.times // campaign.parts
                nominal = size if nominal > 0 else -size
    return nominal


@kernel
def own_points(rules: Rules, mine: Mine, matter: Matter, ordinal: int) -> int:
    """Return what a clause gives or takes by itself: flat, dated, chosen, or by rate."""
    me, clause, choice = mine.me, rules.clauses[matter.clause], matter.choice
    me.unknown = clause.unknown
    if clause.dated == 1:
        row = dated_row(rules, matter.clause, ordinal)
        if row < 0:
            return 0
        me.unknown = rules.dated[row].unknown
        return rules.dated[row].value
    if clause.one_sided != 0:
        if choice == 0 and clause.one_sided == NEAR_UNKNOWN:
            me.unknown = 1
            return 0
        return clause.least + clause.sign * max(choice - 1, 0)
    if clause.per > 0:
        return by_rate(rules, mine, matter.clause, choice)
    return min(clause.least + choice, clause.most)


@kernel
def by_rate(rules: Rules, mine: Mine, clause: int, amount: int) -> int:
    """Return the points of an amount in full portions; a rest that is carried is kept for the next record."""
    per = rules.clauses[clause].per
    if rules.clauses[clause].carry == 1:
        for position in range(mine.me.n_entries):
            if kind_of(mine.keys[position]) == CARRY and clause_of(mine.keys[position]) == clause:
                amount += rest_of(mine.pays[position])
                drop(mine, position)
                break
        rest = amount % per
        if rest > 0:
            push(mine, pack_key(NEVER, PHASE_PASSIVE, clause, 0, CARRY), pack_carry(mine.me.person, rest))
    return amount // per * rules.clauses[clause].least
