"""S4, S5, S11: where the month asks a mechanism of one's own (decision 17).

The first three are what every run calls and do nothing; a run with a mechanism has them exchanged for those that follow, and
`ask` for the mechanism itself (`engine/own_kernels.py`).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from glasstown.engine.kernel import draws
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import entry, kernel
from glasstown.engine.kernel.philox import words
from glasstown.engine.society.gates import Bits
from glasstown.engine.tables.bundles import At
from glasstown.engine.tables.conduct_rows import Did
from glasstown.engine.tables.own_bundles import Own, Who
from glasstown.engine.tables.person_rows import Chance
from glasstown.engine.tables.profiles import group_of, urban_of
from glasstown.engine.tables.propensity import NEVER_SHIFT
from glasstown.engine.tables.scene import Scene
from glasstown.engine.tables.shapes import Model, Shard
from glasstown.rows import Ints

BAND: Final = 5
"""years of an age band"""
MILLION: Final = 1_000_000
Lot = tuple[int, int, int, int]


@kernel
def most_shift(model: Model, k: int) -> int:
    """S4. Return the most that a mechanism adds to a lg hazard of a class, Q8.8: nothing where there is none."""
    return 0


@kernel
def shift_of(scene: Scene, at: At, person: int, k: int) -> int:
    """S4. Return what a mechanism adds to somebody's lg hazard of a class this month, Q8.8: nothing where there is none."""
    return 0


@kernel
def find_further(scene: Scene, at: At, n_did: int) -> None:
    """S5. Find out more of what no office found: nothing where there is no mechanism."""


@kernel
def ask(who: Who, lot: Lot, numbers: Ints) -> int:
    """Return what a mechanism says of somebody, in parts per million; exchanged for the mechanism."""
    return 0


@kernel
def most_by_mechanism(model: Model, k: int) -> int:
    """S4. Return the most that the mechanism adds to a lg hazard of a class."""
    return lg_of(model.own.most) if k == model.own.k else 0


@kernel
def shift_by_mechanism(scene: Scene, at: At, person: int, k: int) -> int:
    """S4. Return what the mechanism adds to somebody's lg hazard of a class: lg of what it multiplies by, Q8.8."""
    own, position = scene.model.own, at.first + person
    if k != own.k:
        return 0
    lot = words(scene.chance, draws.OWN, scene.shard.ident.entity + position, at.month, draws.OWN_HAZARD)
    return lg_of(min(max(ask(who_is(scene.shard, position, at.month), lot, own.numbers), 0), own.most))


@kernel
def find_by_mechanism(scene: Scene, at: At, n_did: int) -> None:
    """S5. Ask the mechanism about each act of its class that no office found."""
    did = scene.work.did
    for r in range(n_did):
        if did[r].conduct == scene.model.own.k and did[r].found < did[r].acts:
            find_of_one(scene, at, did[r])


@kernel
def find_of_one(scene: Scene, at: At, line: Did) -> None:
    """S5. Write beside one person's acts of the class how many more the mechanism finds."""
    own, shard, position = scene.model.own, scene.shard, at.first + line.person
    roles = whole(shard.roles[position]) & scene.model.class_mask[line.conduct]
    odds = own.odds[roles, urban_of(shard.profile[position])]
    who, entity = who_is(shard, position, at.month), shard.ident.entity + position
    line.left = line.acts - line.found
    for number in range(line.left):
        block = draws.OWN_FOUND + 2 * number
        u_act, u_found, _, _ = words(scene.chance, draws.OWN, entity, at.month, block)
        if u_act < odds:
            lot = words(scene.chance, draws.OWN, entity, at.month, block + 1)
            if (u_found * MILLION) >> 32 < ask(who, lot, own.numbers):
                line.further += 1
    line.found += line.further


@entry
def close_by_mechanism(own: Own, shard: Shard, bits: Bits, chance: Chance, month: int) -> None:
    """S11. Close the mechanism's gate this month to those to whom it closes it."""
    for position in range(len(bits)):
        entity = shard.ident.entity + position
        lot = words(chance, draws.OWN, entity, month, draws.OWN_GATE + 1)
        closed = ask(who_is(shard, position, month), lot, own.numbers)
        if closed > 0 and (words(chance, draws.OWN, entity, month, draws.OWN_GATE)[0] * MILLION) >> 32 < closed:
            bits[position] |= np.uint32(own.doors)


@entry
def answer_of(who: Who, lot: Lot, numbers: Ints) -> int:
    """Return what the mechanism says, to a caller in Python."""
    return ask(who, lot, numbers)


@kernel
def who_is(shard: Shard, position: int, month: int) -> Who:
    """Return what a mechanism may read of somebody."""
    profile, lives = shard.profile[position], shard.lives
    return Who(
        whole(lives.age[position]) // BAND, whole(lives.is_female[position]), urban_of(profile),
        group_of(profile) + 1, whole(month),
    )  # fmt: skip


@kernel
def lg_of(millionths: int) -> int:
    """Return lg of a number in parts per million, Q8.8, rounded down; of 0, what makes a hazard none."""
    if millionths <= 0:
        return NEVER_SHIFT
    # Scaled by 2**40 first, a power of two that is taken off again: the number of bits is the whole part, squaring gives the others.
    left, lg = (millionths << 40) // MILLION, -40
    while left >= 2:
        left >>= 1
        lg += 1
    value = (millionths << 40) // MILLION
    value = (value << 30) >> (lg + 40) if lg + 40 <= 30 else value >> (lg + 40 - 30)
    for _ in range(8):
        value = (value * value) >> 30
        bit = value >> 31
        value >>= bit
        lg = 2 * lg + bit
    return lg
