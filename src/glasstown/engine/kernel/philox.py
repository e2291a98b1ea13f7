"""Philox4x32-10 inside kernels: the same words as `glasstown.chance`, without a float and without a state."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasstown.chance import MULTIPLIER_0, MULTIPLIER_1, WEYL_0, WEYL_1
from glasstown.engine.kernel import draws
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import entry, inlined, kernel
from glasstown.engine.tables.person_rows import Chance
from glasstown.engine.tables.shapes import Shard

M0 = np.uint64(MULTIPLIER_0)
M1 = np.uint64(MULTIPLIER_1)
W0 = np.uint32(WEYL_0)
W1 = np.uint32(WEYL_1)
HALF = np.uint64(32)
LOW = np.uint64(0xFFFFFFFF)


@inlined
def one_round(
    x0: np.uint32, x1: np.uint32, x2: np.uint32, x3: np.uint32, k0: np.uint32, k1: np.uint32
) -> tuple[np.uint32, np.uint32, np.uint32, np.uint32]:
    """Return the four words after one round."""
    p0 = M0 * np.uint64(x0)
    p1 = M1 * np.uint64(x2)
    return np.uint32(p1 >> HALF) ^ x1 ^ k0, np.uint32(p1 & LOW), np.uint32(p0 >> HALF) ^ x3 ^ k1, np.uint32(p0 & LOW)


@inlined
def philox(
    key_0: np.uint32, key_1: np.uint32, c0: np.uint32, c1: np.uint32, c2: np.uint32, c3: np.uint32
) -> tuple[np.uint32, np.uint32, np.uint32, np.uint32]:
    """Return the four words of one counter under one key.

    The ten rounds are written out: a loop here would keep the compiler from taking several entities at a time.
    """
    k0, k1 = np.uint32(key_0), np.uint32(key_1)
    x0, x1, x2, x3 = one_round(c0, c1, c2, c3, k0, k1)
    k0, k1 = np.uint32(k0 + W0), np.uint32(k1 + W1)
    x0, x1, x2, x3 = one_round(x0, x1, x2, x3, k0, k1)
    k0, k1 = np.uint32(k0 + W0), np.uint32(k1 + W1)
    x0, x1, x2, x3 = one_round(x0, x1, x2, x3, k0, k1)
    k0, k1 = np.uint32(k0 + W0), np.uint32(k1 + W1)
    x0, x1, x2, x3 = one_round(x0, x1, x2, x3, k0, k1)
    k0, k1 = np.uint32(k0 + W0), np.uint32(k1 + W1)
    x0, x1, x2, x3 = one_round(x0, x1, x2, x3, k0, k1)
    k0, k1 = np.uint32(k0 + W0), np.uint32(k1 + W1)
    x0, x1, x2, x3 = one_round(x0, x1, x2, x3, k0, k1)
    k0, k1 = np.uint32(k0 + W0), np.uint32(k1 + W1)
    x0, x1, x2, x3 = one_round(x0, x1, x2, x3, k0, k1)
    k0, k1 = np.uint32(k0 + W0), np.uint32(k1 + W1)
    x0, x1, x2, x3 = one_round(x0, x1, x2, x3, k0, k1)
    k0, k1 = np.uint32(k0 + W0), np.uint32(k1 + W1)
    x0, x1, x2, x3 = one_round(x0, x1, x2, x3, k0, k1)
    k0, k1 = np.uint32(k0 + W0), np.uint32(k1 + W1)
    x0, x1, x2, x3 = one_round(x0, x1, x2, x3, k0, k1)
    return x0, x1, x2, x3


@entry
def words(chance: Chance, stream: int, entity: int, month: int, block: int) -> tuple[int, int, int, int]:
    """Return four words as plain integers: counter (entity, entity high and stream, month, block)."""
    a, b, c, d = philox(
        np.uint32(chance.key_0),
        np.uint32(chance.key_1),
        np.uint32(entity & 0xFFFFFFFF),
        np.uint32(((entity >> 32) & 0xFFFF) | (stream << 16)),
        np.uint32(month & 0xFFFFFFFF),
        np.uint32(block),
    )
    return whole(a), whole(b), whole(c), whole(d)


@kernel
def lane(four: tuple[int, int, int, int], place: int) -> int:
    """Return the word of a place among four; a place further on is taken from the block that it lies in."""
    at = place & 3
    return four[0] if at == 0 else four[1] if at == 1 else four[2] if at == 2 else four[3]


@kernel
def byte(word: int, place: int) -> int:
    """Return one of the four bytes of a word, the lowest at place 0; a place further on is taken from the word that it lies in."""
    return (word >> (8 * (place & 3))) & 255


@kernel
def life_words(chance: Chance, shard: Shard, position: int, month: int, block: int) -> tuple[int, int, int, int]:
    """Return four words of somebody's own month of life: of a person, or of a firm."""
    return words(chance, shard.ident.lives, shard.ident.entity + position, month, block)


@kernel
def one_word(chance: Chance, entity: int, event: int) -> int:
    """Return the word of an official's choice of a fine for one event of one person or firm."""
    return words(chance, chance.choices, entity, event, draws.FINE)[0]


class Apart(NamedTuple):
    """Entities that lie apart: `n` from `first` on, `step` apart, of a stream."""

    stream: int
    first: int
    step: int
    n: int


@kernel
def fill_apart(chance: Chance, apart: Apart, month: int, block: int, row: NDArray[np.uint32]) -> None:
    """Fill a row with the first word of a block of entities that lie apart; several entities at a time."""
    key_0, key_1 = np.uint32(chance.key_0), np.uint32(chance.key_1)
    first, step, stream = np.uint64(apart.first), np.uint64(apart.step), np.uint64(apart.stream << 16)
    when, b = np.uint32(month & 0xFFFFFFFF), np.uint32(block)
    for i in range(np.uint64(apart.n)):
        entity = first + step * np.uint64(i)
        high = np.uint32(((entity >> HALF) & np.uint64(0xFFFF)) | stream)
        word, _, _, _ = philox(key_0, key_1, np.uint32(entity & LOW), high, when, b)
        row[i] = word


@kernel
def filled(n: int) -> int:
    """Return for how many to fill rows of `tables.lives.WIDTH` words of which `n` are read, so that nobody is filled in alone."""
    return (n + 31) & ~31


@entry
def fill(chance: Chance, stream: int, first: int, n: int, month: int, n_blocks: int, draws: NDArray[np.uint32]) -> None:
    """Fill rows 4b to 4b+3 of `draws` with block b's words for `n` entities that follow each other.

    A plain loop over entities, so that the compiler takes eight or sixteen at a time.
    """
    key_0, key_1 = np.uint32(chance.key_0), np.uint32(chance.key_1)
    high = np.uint32(((first >> 32) & 0xFFFF) | (stream << 16))
    low = np.uint32(first & 0xFFFFFFFF)
    when = np.uint32(month & 0xFFFFFFFF)
    for block in range(n_blocks):
        b = np.uint32(block)
        row_0, row_1, row_2, row_3 = draws[4 * block], draws[4 * block + 1], draws[4 * block + 2], draws[4 * block + 3]
        for i in range(np.uint64(n)):
            w0, w1, w2, w3 = philox(key_0, key_1, np.uint32(low + np.uint32(i)), high, when, b)
            row_0[i], row_1[i], row_2[i], row_3[i] = w0, w1, w2, w3
