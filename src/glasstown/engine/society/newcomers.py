"""S0: who lives in a place, as place and month of arrival make them; and what movers bring, money and memory of others like them."""

from __future__ import annotations

import numpy as np

from glasstown.chance import CERTAIN
from glasstown.engine.conduct.memory import MOST_FELT, remembered
from glasstown.engine.kernel import draws
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.philox import lane, words
from glasstown.engine.tables.lives import (
    CHILD,
    EMPLOYED,
    MOST_STRAIN,
    RETIRED,
    SELF_EMPLOYED,
    STRAIN_UNIT,
    UNEMPLOYED,
    UNIT,
)
from glasstown.engine.tables.loads import FORTIES
from glasstown.engine.tables.past import ALIKE
from glasstown.engine.tables.person_rows import Chance
from glasstown.engine.tables.profiles import group_of, household_of, urban_of
from glasstown.engine.tables.propensity import LEAST_OPEN, NEVER_SHIFT, is_open
from glasstown.engine.tables.shapes import Lives, Model, Shard
from glasstown.engine.tables.turning import Turning, Who
from glasstown.engine.tables.turning_rows import RoleChance
from glasstown.population.tables import ADULT_AGE, BLOCK, FIRST_RETIRED_AGE, FIRST_WORKING_AGE
from glasstown.rows import Grid, Ints


@kernel
def chosen_of(cumulative: Ints, word: int) -> int:
    """Return the cell that a word chooses, from summed shares."""
    cell = 0
    while word >= cumulative[cell]:
        cell += 1
    return cell


@kernel
def age_of(enters: Grid, is_head: int, word: int) -> int:
    """Return the age of somebody who comes to the place of a first member, or of another."""
    age = 0
    while word >= enters[is_head, age]:
        age += 1
    return age


@kernel
def who_is(turning: Turning, chance: Chance, shard: Shard, position: int) -> Who:
    """S0. Return who lives in a place now."""
    lives, profile, person = shard.lives, shard.profile[position], shard.ident.entity + position
    age, since, is_urban = whole(lives.age[position]), whole(lives.since[position]), urban_of(profile)
    numbers = turning.numbers
    _, sex, work_lot, traits = words(chance, draws.PERSONS, person, since, draws.WHO)
    work = work_of(turning, age, work_lot)
    house = person // BLOCK * BLOCK + household_of(profile)
    home = lane(words(chance, draws.HOUSEHOLDS, house, 0, draws.HOME), draws.OWES_AT)
    limit = numbers.owes_urban if is_urban == 1 else numbers.owes_rural
    owes = 1 if age >= ADULT_AGE and home < limit else 0
    roles = roles_of(turning, chance, person, since, age, is_urban)
    if owes == 1:
        roles |= numbers.debtor
    if work == SELF_EMPLOYED:
        roles |= numbers.trader
    return Who(
        age, is_urban, 1 if sex < numbers.female else 0, group_of(profile), work, owes, roles,
        whole(turning.normal[traits >> 16]), whole(turning.normal[traits & 0xFFFF]),
    )  # fmt: skip


@kernel
def work_of(turning: Turning, age: int, word: int) -> int:
    """Return the work of somebody of an age: a draw for those of working age, whom children come before and the retired after."""
    if age < FIRST_WORKING_AGE:
        return CHILD
    if age >= FIRST_RETIRED_AGE:
        return RETIRED
    return chosen_of(turning.work, word) + 1


@kernel
def roles_of(turning: Turning, chance: Chance, person: int, since: int, age: int, is_urban: int) -> int:
    """Return somebody's roles as bits: one word for each role, whichever rule gives it."""
    roles, drawn = 0, 0
    four = words(chance, draws.PERSONS, person, since, draws.ROLES)
    for row in range(len(turning.roles)):
        rule = turning.roles[row]
        if not may_have(rule, age, is_urban, roles):
            continue
        if rule.share < CERTAIN:
            place = role_place(rule.bit)
            if place >> 2 != drawn:
                drawn = place >> 2
                four = words(chance, draws.PERSONS, person, since, draws.ROLES + drawn)
            if lane(four, place) >= rule.share:
                continue
        roles |= rule.bit
    return roles


@kernel
def may_have(rule: RoleChance, age: int, is_urban: int, roles: int) -> bool:
    """Return whether somebody is among those to whom a role is given by chance."""
    if age < rule.min_age or age > rule.max_age:
        return False
    if rule.urban >= 0 and rule.urban != is_urban:
        return False
    return rule.within == 0 or roles & rule.within != 0


@kernel
def role_place(bit: int) -> int:
    """Return the place of a role's one bit."""
    place = 0
    while bit > 1:
        bit >>= 1
        place += 1
    return place


@kernel
def scored_by(turning: Turning, who: Who) -> int:
    """Return the rulebooks that score somebody, as bits."""
    scored = 0
    for row in range(len(turning.covers)):
        covers = turning.covers[row]
        if who.age < covers.min_age or (covers.role != 0 and who.roles & covers.role == 0):
            continue
        if covers.leaves_out == 1:
            scored &= ~(1 << covers.rulebook)
        else:
            scored |= 1 << covers.rulebook
    return scored


@kernel
def start_of(turning: Turning, class_mask: Ints, who: Who, k: int) -> int:
    """S4. Return the propensity of a class with which somebody begins, as `state.propensities` does for many."""
    mask = who.roles & class_mask[k]
    base = whole(turning.base[k, mask])
    if who.age < turning.from_age[k] or base <= NEVER_SHIFT:
        return NEVER_SHIFT
    trait = who.prosocial if turning.is_good[k] == 1 else who.theta
    in_forties = 1 if FORTIES[0] <= who.age <= FORTIES[1] else 0
    moved = base + ((trait * turning.loading[k]) >> 8)
    moved += whole(turning.lift[k, mask, who.is_urban]) + whole(turning.loads[k, who.is_female, in_forties])
    return max(moved, LEAST_OPEN)


@kernel
def bring_money(
    turning: Turning, model: Model, shard: Shard, chance: Chance, who: Who, position: int, court: int
) -> None:
    """S0. Let a grown mover have the money and the judgments of somebody like them who lived before.

    court   propensity to be before a court with which the mover begins
    """
    source = drawn_before(turning.past_key, chance, shard, who, position, court)
    if source < 0:
        return
    lives, money = shard.lives, turning.past[source]
    lives.work[position], lives.wage[position] = np.uint8(money.work), np.uint8(money.wage)
    lives.shock[position], lives.savings[position] = np.int16(money.shock), np.int16(money.savings)
    lives.debt[position], lives.due[position] = np.int16(money.debt), np.uint8(money.due)
    lives.assets[position], lives.usual_assets[position] = np.uint16(money.assets), np.uint8(money.usual_assets)
    lives.owed[position], lives.late[position] = np.int32(money.owed), np.uint8(money.late)
    lives.supervised[position] = np.uint8(money.supervised)
    lives.strain[position], lives.means[position] = np.uint8(money.strain), np.uint8(money.means)
    shard.detections[model.society.numbers.judged, position] = turning.past_judged[source]


@kernel
def drawn_before(past_key: Ints, chance: Chance, shard: Shard, who: Who, position: int, court: int) -> int:
    """Return a place in the past, drawn among those most alike as `past.drawn_from` does for many; -1 where nobody is."""
    work = EMPLOYED if who.work == UNEMPLOYED else who.work
    kind = (who.group * 2 + who.owes) * 8 + work
    key = (kind << 16) + court - NEVER_SHIFT
    low, high = first_from(past_key, kind << 16), first_from(past_key, (kind + 1) << 16)
    width = min(high - low, ALIKE)
    if width <= 0:
        return -1
    start = min(max(first_from(past_key, key) - (width >> 1), low), high - width)
    since = whole(shard.lives.since[position])
    word = words(chance, shard.ident.memory, shard.ident.entity + position, since, draws.PAST)[0]
    return start + ((word * width) >> 32)


@kernel
def first_from(ascending: Ints, least: int) -> int:
    """Return the place of the first of ascending numbers that is not below `least`."""
    low, high = 0, len(ascending)
    while low < high:
        middle = (low + high) >> 1
        if ascending[middle] < least:
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def remember(model: Model, shard: Shard, chance: Chance, position: int, start: Ints) -> None:
    """S5. Draw how many detections somebody who comes remembers, as everybody did before the first month; of judgments nothing.

    start   (K,) the propensities with which they begin
    """
    if model.forget[0] == 0:
        return
    person, since, n_most = shard.ident.entity + position, whole(shard.lives.since[position]), MOST_FELT
    four = words(chance, shard.ident.memory, person, since, draws.REMEMBERED)
    for k in range(len(start)):
        if k > 0 and k & 3 == 0:
            four = words(chance, shard.ident.memory, person, since, draws.REMEMBERED + (k >> 2))
        if is_open(start[k]) and model.fall[k, n_most] != 0 and k != model.society.numbers.judged:
            n_found = remembered(model, shard, k, position, start[k], lane(four, k))
            shard.detections[k, position] = np.uint8(n_found)


@kernel
def usual_strain(model: Model, lives: Lives, who: Who, position: int) -> int:
    """Return strain at usual income and usual savings, as `lives.first_strain` does for many; children have none."""
    if lives.work[position] == CHILD:
        return 0
    society = model.society
    due = society.numbers.due if lives.debt[position] > 0 else 0
    asked = due + whole(society.least[who.group]) - society.numbers.target // 6
    return min(max(asked * STRAIN_UNIT // UNIT, 0), MOST_STRAIN)
