"""What drives a list is read by its month: none before the first, and after the last row that row."""

from __future__ import annotations

import numpy as np
import pytest

from glasstown.engine import before
from glasstown.engine.tables.past import Past
from glasstown.runs.memory import plan_in_memory, settled
from glasstown.runs.request import RunRequest
from plain_kernels import plain

HALF, TWICE = 1 << 15, 1 << 17


@pytest.mark.parametrize(("month", "found"), [(-263, 1000), (-2, 1000), (-1, 1000), (0, 500), (1, 2000), (7, 2000)])
def test_chance__is_moved_from_the_first_month_on(month: int, found: int) -> None:
    assert plain("tables.pace").quickened(np.array([HALF, TWICE], dtype=np.int64), month, 1000) == found


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
