"""How a drive moves a chance by month, and that months before the first are not looked up anywhere."""

from __future__ import annotations

import numpy as np
import pytest

from plain_kernels import plain

quickened = plain("tables.pace").quickened
UNMOVED = 1 << 16


@pytest.mark.parametrize("month", [-241, -2, -1])
def test_months_before_the_first__are_driven_by_nothing(month: int) -> None:
    """An index below the array reads what happens to lie there in memory: the same town then had another digest each time."""
    assert quickened(np.array([2 * UNMOVED], dtype=np.int64), month, 7) == 7
    assert quickened(np.array([2 * UNMOVED, 3 * UNMOVED], dtype=np.int64), month, 7) == 7


def test_months_of_the_run__have_their_pace_and_later_ones_the_last() -> None:
    pace = np.array([UNMOVED, 2 * UNMOVED, UNMOVED // 2], dtype=np.int64)
    assert [quickened(pace, month, 8) for month in (0, 1, 2, 3, 900)] == [8, 16, 4, 4, 4]
    assert quickened(pace[:1], 5, 8) == 8
