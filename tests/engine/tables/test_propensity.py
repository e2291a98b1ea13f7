"""How propensities are moved: what is open stays open, what is not never moves."""

from __future__ import annotations

import numpy as np
import pytest

from plain_kernels import plain

propensity = plain("tables.propensity")


@pytest.mark.parametrize(
    ("before", "shift", "after"),
    [(100, -30, 70), (-29_990, -500, -29_999), (31_990, 500, 32_000), (-32_000, 5_000, -32_000), (-30_000, 9, -30_000)],
)
def test_move__stays_within_what_is_open(before: int, shift: int, after: int) -> None:
    mine = np.array([7, before], dtype=np.int16)
    propensity.move(mine, 1, shift)
    assert mine.tolist() == [7, after]


def test_open__is_the_same_for_one_and_for_all() -> None:
    values = np.array([propensity.NEVER_SHIFT, -30_000, propensity.LEAST_OPEN, 0, propensity.MOST_OPEN], dtype=np.int16)
    assert (
        [propensity.is_open(int(x)) for x in values]
        == propensity.are_open(values).tolist()
        == [False, False, True, True, True]
    )
