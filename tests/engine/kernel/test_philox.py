"""Words of chance in kernels: those of `glasstown.chance`, and the choice of one among four."""

from __future__ import annotations

import numpy as np

from glasstown import chance
from plain_kernels import WRAPS, plain

philox = plain("kernel.philox")
state = plain("tables.state")
pytestmark = WRAPS

SEED, ENTITY, MONTH, BLOCK = 2**40 + 5, 2**33 + 7, 11, 3


def test_words__are_those_of_chance() -> None:
    stream = chance.STREAMS["life"]
    expected = chance.philox(SEED, stream, np.array([ENTITY], dtype=np.uint64), MONTH, BLOCK)[:, 0].tolist()
    assert list(philox.words(state.chance_of(SEED, "person"), stream.number, ENTITY, MONTH, BLOCK)) == expected


def test_fill__writes_each_blocks_words_for_entities_that_follow_each_other() -> None:
    stream, draws = chance.STREAMS["act"], np.zeros((8, 3), dtype=np.uint32)
    philox.fill(state.chance_of(SEED, "person"), stream.number, ENTITY, 3, MONTH, 2, draws)
    entities = np.arange(ENTITY, ENTITY + 3, dtype=np.uint64)
    for block in range(2):
        expected = chance.philox(SEED, stream, entities, MONTH, block)
        assert draws[4 * block : 4 * block + 4].tolist() == expected.tolist()


def test_lane__takes_the_word_of_a_place_whatever_its_block() -> None:
    four = (10, 11, 12, 13)
    assert [philox.lane(four, place) for place in range(8)] == [*four, *four]


def test_byte__takes_the_lowest_first() -> None:
    assert [philox.byte(0xDDCCBBAA, place) for place in range(5)] == [0xAA, 0xBB, 0xCC, 0xDD, 0xAA]


def test_fill_apart__writes_one_word_each_also_where_numbers_pass_32_bits() -> None:
    stream, row, first = chance.STREAMS["life"], np.zeros(5, dtype=np.uint32), 2**32 - 13
    apart = philox.Apart(stream.number, first, 12, 4)
    philox.fill_apart(state.chance_of(SEED, "person"), apart, MONTH, BLOCK, row)
    entities = np.arange(first, first + 48, 12, dtype=np.uint64)
    assert row.tolist() == [*chance.philox(SEED, stream, entities, MONTH, BLOCK)[0].tolist(), 0]
