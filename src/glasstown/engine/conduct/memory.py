"""S5: acts of one's own that were found out, as they are remembered and forgotten: what a detection does wears off.

Each month somebody forgets the detections of a class with one chance, so that over many people what a detection did halves in each
half-life.  Nobody forgets in two classes in one month: one word a person says in which, if in any.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.kernel import draws
from glasstown.engine.kernel.bits import trailing_zeros, whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.philox import fill, lane, words
from glasstown.engine.tables.bundles import At
from glasstown.engine.tables.person_rows import Chance
from glasstown.engine.tables.profiles import urban_of
from glasstown.engine.tables.propensity import is_open, move
from glasstown.engine.tables.scene import Scene
from glasstown.engine.tables.shapes import Model, Shard
from glasstown.population.tables import BLOCK

MOST_FELT = 16
"""Own detections of a class for which a propensity falls; further ones change nothing."""
FOURS = -(-BLOCK // 4)
"""Blocks of words that a neighbourhood's month of forgetting takes."""
FILLED = -(-FOURS // 8) * 8
"""The same, so that none is filled in alone."""
REMEMBERED_STEPS = 5
"""A row of the table of what is remembered stands for 2**5 steps of 1/256 lg unit."""
LEAST_REMEMBERED = -16 * 256
N_REMEMBERED = 193
"""Rows: from 16 lg units below as often found out as forgotten, to 8 above."""


@kernel
def forget(scene: Scene, at: At) -> None:
    """S5. Let some forget what was found out of them in one class of conduct: it no longer keeps them from acting."""
    model, shard, luck = scene.model, scene.shard, scene.work.draws
    chance, n_classes = whole(model.forget[0]), shard.propensity.shape[1]
    if chance == 0:
        return
    fill(scene.chance, shard.ident.memory, (shard.ident.block + at.block) * FOURS, FILLED, at.month, 1, luck)
    most = chance * n_classes
    bound = np.uint32(min(most, 1 << 32) - 1)
    for row in range(4):
        for start in range(0, FOURS, 32):
            bits = not_above(luck[row], bound, start)
            while bits != 0:
                column = start + whole(trailing_zeros(bits))
                bits &= np.uint32(bits - np.uint32(1))
                if 4 * column + row < at.n:
                    forget_class(model, shard, whole(luck[row, column]) // chance, at.first + 4 * column + row)


@kernel
def not_above(words: NDArray[np.uint32], bound: np.uint32, start: int) -> np.uint32:
    """Return which of 32 words from a place on are not above a bound, as bits: several at a time."""
    bits = np.uint32(0)
    for j in range(np.uint64(32)):
        bits |= np.uint32(words[np.uint64(start) + j] <= bound) << np.uint32(j)
    return bits


@kernel
def felt(n_detections: int) -> int:
    """Return how many of somebody's detections of a class lower what they do: a column of `Model.fall`."""
    return min(n_detections, MOST_FELT)


@kernel
def forget_class(model: Model, shard: Shard, k: int, position: int) -> None:
    """Let somebody's detections of a class be forgotten."""
    n_before = whole(shard.detections[k, position])
    if n_before > 0:
        shard.detections[k, position] = np.uint8(0)
        move(shard.propensity[position // BLOCK, k], position % BLOCK, -model.fall[k, felt(n_before)])


@kernel
def forget_all(model: Model, shard: Shard, position: int) -> None:
    """Let all that was ever found out of somebody be forgotten."""
    for k in range(whole(len(shard.detections))):
        forget_class(model, shard, k, position)


@kernel
def remember(scene: Scene, at: At) -> None:
    """S5. Draw how many detections everybody remembers when nothing changes; of judgments nothing, which are lived (before.py)."""
    if scene.model.forget[0] != 0:
        for position in range(at.first, at.first + at.n):
            remember_one(scene.model, scene.shard, scene.chance, position)


@kernel
def remember_one(model: Model, shard: Shard, chance: Chance, position: int) -> None:
    """S5. Draw what somebody remembers at first, and fold it into what they do."""
    block, person, n_most = position // BLOCK, position % BLOCK, MOST_FELT
    for k in range(shard.propensity.shape[1]):
        if model.fall[k, felt(n_most)] == 0 or (len(shard.lives.work) > 0 and k == model.society.numbers.judged):
            continue
        mine = shard.propensity[block, k]
        x = whole(mine[person])
        if is_open(x):
            four = words(chance, shard.ident.memory, shard.ident.entity + position, 0, draws.REMEMBERED + (k >> 2))
            n_found = remembered(model, shard, k, position, x, lane(four, k))
            shard.detections[k, position] = np.uint8(n_found)
            move(mine, person, model.fall[k, n_found])


@kernel
def remembered(model: Model, shard: Shard, k: int, position: int, x: int, word: int) -> int:
    """Return how many detections of a class somebody of this propensity remembers, at most 16."""
    roles, urban = whole(shard.roles[position]) & model.class_mask[k], urban_of(shard.profile[position])
    row = (x + model.keen[k, roles, urban] - LEAST_REMEMBERED + (1 << (REMEMBERED_STEPS - 1))) >> REMEMBERED_STEPS
    row = min(max(row, 0), N_REMEMBERED - 1)
    n_found = whole(0)
    while n_found < MOST_FELT and word < model.remembered[row, n_found]:
        n_found += 1
    return n_found
