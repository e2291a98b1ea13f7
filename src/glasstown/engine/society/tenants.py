"""S0: places in households change their tenants: who dies, moves out or is a year older, and what whoever comes begins with.

Each place is looked at once a year, in a month of its own, before anything else of that month.  Nothing here hangs on a rulebook.
`engine/turnover.py` tells the rulebooks.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.conduct.memory import felt
from glasstown.engine.kernel import draws
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import entry, kernel
from glasstown.engine.kernel.mixing import spread
from glasstown.engine.kernel.philox import Apart, fill_apart, life_words, words
from glasstown.engine.society.joint import leave
from glasstown.engine.society.newcomers import (
    age_of,
    bring_money,
    remember,
    scored_by,
    start_of,
    usual_strain,
    who_is,
)
from glasstown.engine.tables.lived_rows import Lived
from glasstown.engine.tables.lives import ARREARS, CALLED, CHILD, MOST_MONEY, N_BELIEFS, UNEMPLOYED
from glasstown.engine.tables.person_rows import Chance
from glasstown.engine.tables.profiles import household_of
from glasstown.engine.tables.propensity import LEAST_OPEN, MOST_OPEN, NEVER_SHIFT, is_open
from glasstown.engine.tables.shapes import I64, Lives, Model, Shard, Society
from glasstown.engine.tables.turning import Turned, Turning, Who
from glasstown.engine.tables.turning_rows import DIED, MOVED, STAYED, Turn
from glasstown.population.tables import ADULT_AGE, BLOCK, FIRST_RETIRED_AGE, FIRST_WORKING_AGE, OLDEST_AGE
from glasstown.rows import Ints, Rows

MONTHS: Final = 12
EVERY: Final = -1
"""Bits of all classes of conduct."""
SECOND: Final = 0xBF58476D1CE4E5B9
"""An odd number whose products reach all bits, other than `mixing.SPREAD`."""


@entry
def turn_lives(
    turning: Turning, model: Model, shard: Shard, lived: Rows[Lived], chance: Chance, turned: Turned, month: int
) -> int:
    """S0. Look at the places whose month it is, and let those who have come begin; return how many turned."""
    turns, x = turned.turns, turned.x
    n = look(turning, shard, chance, turned, month)
    block, first_came, end = -1, -1, 0
    for row in range(n):
        turn = turns[row]
        if turn.place // BLOCK != block:
            block, first_came = turn.place // BLOCK, -1
            while end < n and turns[end].place // BLOCK == block:
                end += 1
            leave(shard, lived, turns, row, end)
        who = settle_in(turning, model, shard, lived, chance, turn, x[row])
        if turn.why != STAYED:
            believe(shard.lives, turn.place, first_came)
            first_came = turn.place if first_came < 0 else first_came
        feel_life(model, shard, who, turn, x[row])
    return n


@entry
def fold(
    propensity: NDArray[np.int16], heads: NDArray[np.int32], is_female: NDArray[np.uint8], hashes: NDArray[np.uint64],
    turns: Rows[Turn], x: I64,
) -> None:  # fmt: skip
    """S4. Write down what those do who turned, once all has been added; count who may act; hash who they are.

    propensity, heads, is_female, hashes   of the shard
    x   (n, K) with all that is added
    """
    for row in range(len(turns)):
        turn = turns[row]
        block, person = turn.place // BLOCK, turn.place % BLOCK
        for k in range(propensity.shape[1]):
            if (turn.changed >> k) & 1 == 0:
                continue
            mine, is_mine = propensity[block, k], (turn.open >> k) & 1
            if k < N_BELIEFS:
                heads[block, k] += np.int32(is_mine - (1 if is_open(whole(mine[person])) else 0))
            mine[person] = np.int16(min(max(x[row, k], LEAST_OPEN), MOST_OPEN) if is_mine == 1 else NEVER_SHIFT)
        hashes[block] ^= hash_of(turn, whole(is_female[turn.place]))


@kernel
def hash_of(turn: Turn, is_female: int) -> np.uint64:
    """Return a hash of who lives in a place now, and what became of who did."""
    code = turn.place % BLOCK | turn.why << 8 | turn.age << 16 | is_female << 24
    h = spread(np.uint64(code + 1))
    h = (h ^ (h >> np.uint64(29))) * np.uint64(SECOND)
    return h ^ (h >> np.uint64(32))


@kernel
def look(turning: Turning, shard: Shard, chance: Chance, turned: Turned, month: int) -> int:
    """S0. Let tenants die, move out or grow older, and others come; return how many turned, and who they are in `turned`."""
    lives, entity, luck, n = shard.lives, shard.ident.entity, turned.luck, 0
    first, step = (month - entity) % MONTHS, MONTHS * len(luck)
    for start in range(first, len(shard.roles), step):
        n_now = min((len(shard.roles) - start + MONTHS - 1) // MONTHS, len(luck))
        fill_apart(chance, Apart(shard.ident.lives, entity + start, whole(MONTHS), n_now), month, draws.LEAVING, luck)
        for place in range(n_now):
            position = start + MONTHS * place
            age, is_head = whole(lives.age[position]), is_first(shard, position)
            why = becomes(turning, lives, position, is_head, whole(luck[place]))
            if why == STAYED:
                age += 1
            else:
                word = words(chance, draws.PERSONS, entity + position, month, draws.WHO)[0]
                age = age_of(turning.enters, is_head, word)
                lives.since[position] = np.int16(month)
            lives.age[position] = np.uint8(age)
            if why != STAYED or turning.matters[age] == 1:
                turn = turned.turns[n]
                turn.place, turn.why, turn.age = position, why, age
                n += 1
    return n


@kernel
def becomes(turning: Turning, lives: Lives, position: int, is_head: int, luck: int) -> int:
    """S0. Return what becomes of a tenant this year."""
    age = whole(lives.age[position])
    dies = turning.dies[lives.is_female[position], age]
    if age >= OLDEST_AGE or luck < dies:
        return DIED
    return MOVED if luck < dies + turning.moves[is_head, age] else STAYED


@kernel
def is_first(shard: Shard, position: int) -> int:
    """Return 1 where a place is that of the first member of a household."""
    if position % BLOCK == 0:
        return 1
    return 1 if household_of(shard.profile[position]) != household_of(shard.profile[position - 1]) else 0


@kernel
def settle_in(
    turning: Turning, model: Model, shard: Shard, lived: Rows[Lived], chance: Chance, turn: Turn, start: Ints
) -> Who:
    """S0. Let somebody who has come begin: the newborn with nothing yet, movers with what others like them have and remember.

    Those of an age begin to work, to owe, or retire.

    start   (K,) the propensities with which they begin: written
    """
    society, lives, position = model.society, shard.lives, turn.place
    who, gone, was = who_is(turning, chance, shard, position), turn.why != STAYED, whole(shard.roles[position])
    looked = lives.work[position] == UNEMPLOYED
    if gone:
        book_leaving(lived, lives, turn, who.group)
        begin_anew(society, lives, who, position)
    come_of_age(society, shard, chance, who, position, gone)
    shard.roles[position] = np.uint16(who.roles)
    turn.scored, turn.open = scored_by(turning, who), 0
    for k in range(len(start)):
        start[k] = start_of(turning, model.class_mask, who, k)
        turn.open |= (1 if is_open(start[k]) else 0) << k
    turn.changed = EVERY if gone else changed_by_age(turning, model.class_mask, who, was, start)
    if gone:
        lives.strain[position] = np.uint8(usual_strain(model, lives, who, position))
        lives.stance[position] = np.uint8(
            life_words(chance, shard, position, whole(lives.since[position]), draws.STANCE)[0] >> 24
        )
        for k in range(len(start)):
            shard.detections[k, position] = np.uint8(0)
        if who.work != CHILD and society.numbers.judged >= 0:
            bring_money(turning, model, shard, chance, who, position, start[society.numbers.judged])
        remember(model, shard, chance, position, start)
    book_coming(lived, lives, turn, who.group, looked)
    return who


@kernel
def changed_by_age(turning: Turning, class_mask: Ints, who: Who, was: int, start: Ints) -> int:
    """S4. Return the classes in which a year more moves what somebody who stays does, as bits: in the others all stands as it was.

    was     roles until now
    start   (K,) the propensities with which somebody of their age begins
    """
    before = Who(who.age - 1, who.is_urban, who.is_female, who.group, who.work, who.owes, was, who.theta, who.prosocial)
    if scored_by(turning, before) != scored_by(turning, who):
        return EVERY
    changed = 0
    for k in range(len(start)):
        is_other = (was ^ who.roles) & class_mask[k] != 0 or start_of(turning, class_mask, before, k) != start[k]
        changed |= (1 if is_other else 0) << k
    return changed


@kernel
def begin_anew(society: Society, lives: Lives, who: Who, position: int) -> None:
    """S0. Lay down the life of somebody new: nothing yet but savings and ties."""
    lives.work[position], lives.is_female[position] = np.uint8(who.work), np.uint8(who.is_female)
    lives.shock[position], lives.savings[position] = np.int16(0), np.int16(society.numbers.target)
    lives.debt[position], lives.due[position] = np.int16(0), np.uint8(0)
    lives.assets[position], lives.usual_assets[position] = np.uint16(0), np.uint8(0)
    lives.owed[position], lives.supervised[position] = np.int32(0), np.uint8(0)
    lives.late[position], lives.means[position] = np.uint8(0), np.uint8(0)
    lives.closed[position], lives.bite[position] = np.uint32(0), np.uint8(0)
    lives.ties[position] = np.uint8(society.numbers.ties)


@kernel
def come_of_age(society: Society, shard: Shard, chance: Chance, who: Who, position: int, gone: bool) -> None:
    """S0. Give those who begin to work their work and property, those who are grown a household's debt, and let the old retire."""
    lives = shard.lives
    if not gone and who.age == FIRST_RETIRED_AGE:
        lives.work[position] = np.uint8(who.work)
    begins = who.age >= FIRST_WORKING_AGE and (gone or lives.work[position] == CHILD)
    may_owe = who.owes == 1 and (gone or who.age == ADULT_AGE)
    if not (gone or begins or may_owe):
        return
    due_lot, asset_lot, wage_lot, _ = life_words(chance, shard, position, whole(lives.since[position]), draws.MEANS)
    if gone:
        lives.wage[position] = np.uint8(wage_lot >> 24)
    if begins:
        lives.work[position], lives.usual_assets[position] = np.uint8(who.work), np.uint8(asset_lot >> 24)
        lives.assets[position] = np.uint16(society.assets[asset_lot >> 24])
    owes_nothing = lives.debt[position] == 0 and lives.means[position] & CALLED == 0 and lives.owed[position] == 0
    if may_owe and owes_nothing:
        due = whole(society.dues[who.group, due_lot >> 24])
        lives.due[position] = np.uint8(due)
        lives.debt[position] = np.int16(min((due * society.numbers.per_due) >> 8, MOST_MONEY))


@kernel
def believe(lives: Lives, position: int, like: int) -> None:
    """S3. Let somebody who comes believe what the neighbourhood believes on average.

    like   place of somebody who came there before in this month and believes just that, -1 for nobody
    """
    block, person = position // BLOCK, position % BLOCK
    n = len(lives.age) - block * BLOCK
    n = min(n, BLOCK)
    for k in range(N_BELIEFS):
        mine, total = lives.belief[block, k], np.int32(0)
        if like >= 0:
            mine[person] = mine[like % BLOCK]
            continue
        for other in range(BLOCK):
            total = np.int32(total + np.int32(mine[other]))
        mine[person] = np.uint16(whole(total) // n)


@kernel
def feel_life(model: Model, shard: Shard, who: Who, turn: Turn, x: Ints) -> None:
    """S4. Add to the propensities of somebody what load, strain, arrears, belief and detections add; they are bounded later.

    Only in the classes in which something changed: the others stand.
    """
    society, lives, position = model.society, shard.lives, turn.place
    if turn.changed == 0:
        return
    strain, is_late = lives.strain[position], lives.means[position] & ARREARS != 0
    for k in range(len(x)):
        if (turn.changed >> k) & 1 == 0:
            continue
        x[k] += whole(society.strain_shift[strain, k]) + whole(
            model.fall[k, felt(whole(shard.detections[k, position]))]
        )
        if is_late:
            x[k] += society.arrears_shift[k]
    for k in range(N_BELIEFS):
        if (turn.changed >> k) & 1 == 0:
            continue
        usual = whole(society.usual_belief[k, who.roles & model.class_mask[k], who.is_urban])
        now = whole(lives.belief[position // BLOCK, k, position % BLOCK])
        x[k] += whole(society.lg_belief[usual >> 4]) - whole(society.lg_belief[now >> 4])


@kernel
def book_leaving(lived: Rows[Lived], lives: Lives, turn: Turn, group: int) -> None:
    """S16. Enter who left, and what they owed by judgment: of the dead it is written off, with movers it has gone."""
    mine, owed = lived[group], whole(lives.owed[turn.place])
    mine.left[turn.why - DIED] += 1
    if turn.why == DIED:
        mine.written_off += owed
    else:
        mine.moved_away += owed


@kernel
def book_coming(lived: Rows[Lived], lives: Lives, turn: Turn, group: int, looked: bool) -> None:
    """S16. Enter who came, who came of age, and who looks for work and did not, or no longer.

    looked   whether the tenant before, or the same one younger, was looking for work
    """
    mine, gone = lived[group], turn.why != STAYED
    if gone:
        mine.came[1 if turn.age > 0 else 0] += 1
        mine.moved_here += whole(lives.owed[turn.place])
    elif turn.age == ADULT_AGE:
        mine.of_age += 1
    looks = lives.work[turn.place] == UNEMPLOYED
    if looked and (gone or not looks):
        mine.unemployed_left += 1
    if looks and (gone or not looked):
        mine.unemployed_came += 1
