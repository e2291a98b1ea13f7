"""How a drive moves a chance by month, and that months before the first are not looked up anywhere."""

from __future__ import annotations

import pytest

from glasstown.engine import before
from glasstown.engine.tables.pace_rows import Pace
from glasstown.engine.tables.past import Past
from glasstown.rows import Rows, make_rows
from glasstown.runs.memory import plan_in_memory, settled
from glasstown.runs.request import RunRequest
from plain_kernels import plain

UNMOVED, HALF, TWICE = 1 << 16, 1 << 15, 1 << 17
quickened = plain("tables.pace").quickened


def pace_of(*performing: int) -> Rows[Pace]:
    rows = make_rows(Pace, len(performing))
    for row, value in enumerate(performing):
        rows[row].recording, rows[row].performing = UNMOVED, value
    return rows


@pytest.mark.parametrize("month", [-263, -2, -1])
def test_months_before_the_first__are_driven_by_nothing(month: int) -> None:
    """An index below the array reads what happens to lie there in memory: the same town then had another digest each time."""
    assert quickened(pace_of(TWICE), month, 7) == 7
    assert quickened(pace_of(TWICE, 3 * UNMOVED), month, 7) == 7


def test_months_of_the_run__have_their_pace_and_later_ones_the_last() -> None:
    pace = pace_of(UNMOVED, TWICE, HALF)
    assert [quickened(pace, month, 8) for month in (0, 1, 2, 3, 900)] == [8, 16, 4, 4, 4]
    assert quickened(pace_of(UNMOVED), 5, 8) == 8


def test_those_who_lived_before__come_to_the_same_each_time() -> None:
    """Their months count down from far below 0: a table that is read there is read beside its memory."""
    plan = plan_in_memory(RunRequest("suining-2010", people=150, months=8, start="2010-01", command="test"))
    pasts: list[Past] = []
    for _ in range(3):
        before._kept.clear()
        past = settled(plan, {"detection.certainty": "1.01"}).conduct["person"].past
        assert past is not None
        pasts.append(past)
    for other in pasts[1:]:
        assert all((pasts[0].money[name] == values).all() for name, values in other.money.items())
        assert (pasts[0].judged == other.judged).all()
