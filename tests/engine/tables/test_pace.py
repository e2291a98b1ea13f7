"""The pace of a driven list: a row a month, the last one for good, and nothing before the first month."""

from __future__ import annotations

import numpy as np
import pytest

from glasstown.engine.tables.pace import PERFORMING, UNMOVED, no_pace
from plain_kernels import plain

PACE = plain("tables.pace")
DRIVEN = np.array([[UNMOVED, 2 * UNMOVED, 0], [UNMOVED, UNMOVED // 2, 0]], dtype=np.int64)


@pytest.mark.parametrize(("month", "expected"), [(-300, 1000), (-1, 1000), (0, 2000), (1, 500), (99, 500)])
def test_chance__is_moved_from_the_first_month_on_alone(month: int, expected: int) -> None:
    assert PACE.quickened(DRIVEN[:, PERFORMING].copy(), month, 1000) == expected


@pytest.mark.parametrize("month", [-300, -1, 0, 1, 99])
def test_list_that_nothing_drives__moves_nothing_in_any_month(month: int) -> None:
    assert PACE.quickened(no_pace()[:, PERFORMING].copy(), month, 1000) == 1000
    assert PACE.paced(no_pace(), month, PERFORMING) == UNMOVED
