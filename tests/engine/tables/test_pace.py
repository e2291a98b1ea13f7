"""How a drive moves a chance by month, and that months before the first are not looked up anywhere."""

from __future__ import annotations

import pytest

from glasstown.engine.tables.pace_rows import Pace
from glasstown.rows import Rows, make_rows
from plain_kernels import plain

pace = plain("tables.pace")


def rows_of(*times: float) -> Rows[Pace]:
    """Return the pace of some months: what the chance of performing is multiplied by."""
    rows = make_rows(Pace, len(times))
    for row, each in zip(rows, times, strict=True):
        row.performing = int(each * pace.UNMOVED)
    return rows


@pytest.mark.parametrize("month", [-241, -2, -1])
def test_months_before_the_first__are_driven_by_nothing(month: int) -> None:
    """A row below the first reads what happens to lie there in memory: the same town then had another digest each time."""
    assert pace.quickened(rows_of(2), month, 7) == 7
    assert pace.quickened(rows_of(2, 3), month, 7) == 7


def test_months_of_the_run__have_their_pace_and_later_ones_the_last() -> None:
    rows = rows_of(1, 2, 0.5)
    assert [pace.quickened(rows, month, 8) for month in (0, 1, 2, 3, 900)] == [8, 16, 4, 4, 4]
    assert pace.quickened(pace.no_pace(), 5, 8) == 8
