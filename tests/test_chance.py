"""Chance: known answers, independence of streams, permutations, thresholds."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from randomgen import Philox

from glasstown.chance import (
    CERTAIN,
    DRAWS,
    STREAMS,
    drawn,
    key_of,
    overlaps,
    permuted,
    philox,
    philox4x32,
    reserve,
    threshold,
)

ONES = 0xFFFFFFFF
SEEDS = st.integers(0, (1 << 64) - 1)

KNOWN_ANSWERS = (
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ONES, ONES, ONES, ONES), (ONES, ONES), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
)


def entities(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.uint64)


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_philox4x32__gives_the_published_answers(counter: tuple, key: tuple, answer: tuple) -> None:
    words = philox4x32(np.array(counter, dtype=np.uint64).reshape(4, 1), key)
    assert tuple(words[:, 0].tolist()) == answer


@pytest.mark.parametrize("seed", [0, 1, 0xDEADBEEF12345678])
def test_philox__equals_randomgen(seed: int) -> None:
    n, stream = 50, STREAMS["person"]
    low = stream.number << 48 | 41  # the counter's two low words: entity 41 of this stream
    high = 3 << 32 | 7  # block 3, month 7
    oracle = Philox(
        counter=np.array([low, high], dtype=np.uint64), key=np.array([seed], dtype=np.uint64), number=4, width=32
    )
    theirs = oracle.random_raw(4 * n).astype(np.uint32).reshape(n, 4).T
    ours = philox(seed, stream, np.arange(42, 42 + n, dtype=np.uint64), 7, 3)
    np.testing.assert_array_equal(ours, theirs)


def test_philox__places_key_and_counter_words() -> None:
    entity, seed, stream = 0xABCD_1234_5678, 0x1111_2222_3333_4444, STREAMS["firm"]
    counter = np.array([[0x1234_5678], [0xABCD | stream.number << 16], [9], [2]], dtype=np.uint64)
    assert key_of(seed) == (0x3333_4444, 0x1111_2222)
    np.testing.assert_array_equal(philox(seed, stream, entities(entity), 9, 2), philox4x32(counter, key_of(seed)))


def test_philox__tells_entities_beyond_32_bits_apart() -> None:
    words = philox(1, STREAMS["person"], entities(5, 5 + (1 << 32), 5 + (1 << 47)), 0, 0)
    assert len({tuple(column) for column in words.T.tolist()}) == 3


def test_philox__refuses_entities_of_more_than_48_bits() -> None:
    with pytest.raises(ValueError, match="below 2\\*\\*48"):
        philox(1, STREAMS["person"], entities(1 << 48), 0, 0)


def test_philox__differs_by_seed_stream_month_and_block() -> None:
    one = entities(17)
    variants = [
        philox(1, STREAMS["person"], one, 0, 0),
        philox(1 << 32, STREAMS["person"], one, 0, 0),
        philox(1, STREAMS["firm"], one, 0, 0),
        philox(1, STREAMS["person"], one, 1, 0),
        philox(1, STREAMS["person"], one, 0, 1),
    ]
    assert len({tuple(words[:, 0].tolist()) for words in variants}) == len(variants)


@settings(max_examples=20)
@given(SEEDS, st.integers(0, 1 << 40), st.integers(1, 30))
def test_philox__does_not_depend_on_who_else_is_asked(seed: int, first: int, n: int) -> None:
    together = philox(seed, STREAMS["person"], np.arange(first, first + n, dtype=np.uint64), 3, 1)
    alone = philox(seed, STREAMS["person"], entities(first + n - 1), 3, 1)
    np.testing.assert_array_equal(together[:, -1:], alone)


def test_philox__gives_the_same_in_one_chunk_or_several() -> None:
    many = np.arange(20_000, dtype=np.uint64)
    whole = philox(3, STREAMS["person"], many, 0, 0)
    np.testing.assert_array_equal(whole[:, 19_000:], philox(3, STREAMS["person"], many[19_000:], 0, 0))


def test_philox__takes_a_month_for_each_entity() -> None:
    months = entities(4, 9)
    words = philox(3, STREAMS["match"], entities(1, 1), months, 0)
    for place, month in enumerate((4, 9)):
        np.testing.assert_array_equal(words[:, place : place + 1], philox(3, STREAMS["match"], entities(1), month, 0))


def test_drawing_more__leaves_other_streams_as_they_are() -> None:
    before = drawn(5, "firm-size", entities(1, 2, 3))
    for name in DRAWS:
        drawn(5, name, np.arange(100, dtype=np.uint64))
    np.testing.assert_array_equal(drawn(5, "firm-size", entities(1, 2, 3)), before)


def test_drawn__cuts_the_words_of_the_draw_from_its_blocks() -> None:
    draw = DRAWS["firm-roles"]
    words = drawn(5, "firm-roles", entities(1, 2))
    assert words.shape == (draw.n_words, 2)
    np.testing.assert_array_equal(words[0], philox(5, draw.stream, entities(1, 2), 0, draw.block)[draw.lane])


def test_draws__share_no_word() -> None:
    assert overlaps(DRAWS.values()) == []


def test_overlaps__finds_two_draws_of_one_word() -> None:
    draws = [reserve("a", "person", 0, 5, "x"), reserve("b", "person", 4, 1, "y"), reserve("c", "firm", 4, 1, "z")]
    assert overlaps(draws) == [("a", "b")]


def test_streams__have_numbers_of_their_own_in_16_bits() -> None:
    numbers = [stream.number for stream in STREAMS.values()]
    assert len(set(numbers)) == len(numbers)
    assert all(0 < number < 1 << 16 for number in numbers)
    assert all(name == stream.name for name, stream in STREAMS.items())


def test_reserve__refuses_an_unknown_stream() -> None:
    with pytest.raises(KeyError):
        reserve("a", "no-such-stream", 0, 1, "x")


@pytest.mark.parametrize(
    ("share", "expected"), [("0", 0), ("1", CERTAIN), ("0.5", 1 << 31), ("0.25", 1 << 30), ("1e-12", 0)]
)
def test_threshold__is_exact(share: str, expected: int) -> None:
    assert threshold(Decimal(share)) == expected


@pytest.mark.parametrize("share", ["-0.1", "1.0000001"])
def test_threshold__refuses_what_is_no_chance(share: str) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        threshold(Decimal(share))


@pytest.mark.parametrize("seed", [-1, 1 << 64])
def test_key_of__refuses_what_is_not_64_bits(seed: int) -> None:
    with pytest.raises(ValueError, match="seed"):
        key_of(seed)


def test_words__are_evenly_spread() -> None:
    words = philox(11, STREAMS["person"], np.arange(200_000, dtype=np.uint64), 0, 0)
    for lane in words:
        counts = np.bincount(lane >> np.uint32(28), minlength=16)
        assert ((counts - 12_500) ** 2 / 12_500).sum() < 45  # chi-square, 15 degrees of freedom: 1 in 10,000


@settings(max_examples=60)
@given(SEEDS, st.integers(1, 700), st.integers(0, 1 << 31))
def test_permuted__is_a_permutation(seed: int, n: int, number: int) -> None:
    items = np.arange(n, dtype=np.uint64)
    sent = permuted(seed, "firm-to-representative", items, n, number=number)
    np.testing.assert_array_equal(np.sort(sent), items)


def test_permuted__takes_a_size_and_a_number_for_each_item() -> None:
    sizes, numbers = entities(7, 100, 3, 1), entities(0, 5, 9, 2)
    items = entities(6, 42, 0, 0)
    together = permuted(1, "representative-adult", items, sizes, number=numbers)
    assert bool((together < sizes).all())
    for n, number in ((7, 0), (100, 5), (3, 9)):
        many = np.arange(n, dtype=np.uint64)
        mixed = permuted(1, "representative-adult", many, np.full(n, n, dtype=np.uint64), number=number)
        assert sorted(mixed.tolist()) == list(range(n))


@pytest.mark.parametrize("other", [2, 300, 1 << 40])
def test_permuted__does_not_depend_on_the_sizes_of_others(other: int) -> None:
    alone = permuted(1, "representative-adult", entities(17), entities(60))
    together = permuted(1, "representative-adult", entities(17, 1), entities(60, other))
    assert together[0] == alone[0]


def test_permuted__differs_by_seed_and_number() -> None:
    items = np.arange(50, dtype=np.uint64)
    sent = {
        tuple(permuted(seed, "firm-to-representative", items, 50, number=number).tolist())
        for seed in (1, 2)
        for number in (0, 1)
    }
    assert len(sent) == 4


def test_permuted__refuses_items_outside() -> None:
    with pytest.raises(ValueError, match="outside"):
        permuted(1, "firm-to-representative", entities(5), 5)
