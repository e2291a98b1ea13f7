"""Hashes of what happened: order and place tell."""

from __future__ import annotations

import numpy as np

from plain_kernels import WRAPS, plain

mixing = plain("kernel.mixing")
pytestmark = WRAPS


def test_mix__depends_on_order() -> None:
    one, two = np.uint64(1), np.uint64(2)
    start = np.uint64(9)
    assert mixing.mix(mixing.mix(start, one), two) != mixing.mix(mixing.mix(start, two), one)


def test_mix__is_the_one_that_digests_are_made_of() -> None:
    h = (5 ^ 7) * mixing.SPREAD % (1 << 64)
    h ^= h >> 32
    h = h * mixing.FOLD % (1 << 64)
    assert int(mixing.mix(np.uint64(5), np.uint64(7))) == h ^ h >> 29


def test_value__adds_another_number_at_each_place() -> None:
    added = {int(mixing.at_place(np.uint64(12345), place)) for place in range(150)}
    assert len(added) == 150
