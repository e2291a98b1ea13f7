"""The chance that one of several acts is found out, against whole numbers of any size."""

from __future__ import annotations

import random

import pytest

from glasstown.engine.conduct.acts import MOST_ACTS, at_least_one, share_found
from glasstown.engine.kernel.cache import entry

WHOLE = 1 << 32
EDGES = (0, 1, 2, WHOLE // 2 - 1, WHOLE // 2, WHOLE // 2 + 1, WHOLE - 2, WHOLE - 1)


@entry
def one_of(chance_of_one: int, n_acts: int) -> int:
    return at_least_one(chance_of_one, n_acts)


@entry
def part_of(width: int, chance_of_one: int, n_acts: int) -> int:
    return share_found(width, chance_of_one, n_acts)


def exact(chance_of_one: int, n_acts: int) -> int:
    missed = WHOLE - chance_of_one
    none = missed
    for _ in range(n_acts - 1):
        none = (none * missed) >> 32
    return WHOLE - none


@pytest.mark.parametrize("chance", EDGES)
def test_at_least_one__is_exact_at_the_edges(chance: int) -> None:
    for n_acts in range(1, MOST_ACTS + 1):
        assert one_of(chance, n_acts) == exact(chance, n_acts)


def test_at_least_one__is_exact_everywhere() -> None:
    lot = random.Random(1)
    for _ in range(2000):
        chance, n_acts = lot.randrange(WHOLE), lot.randint(1, MOST_ACTS)
        assert one_of(chance, n_acts) == exact(chance, n_acts)


def test_share_found__is_exact_where_the_product_fills_the_word() -> None:
    for chance in EDGES[:-1]:
        for n_acts in (1, 2, MOST_ACTS):
            assert part_of(WHOLE - 1, chance, n_acts) == ((WHOLE - 1) * exact(chance, n_acts)) >> 32
