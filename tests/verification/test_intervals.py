"""The check of intervals: it agrees with towns that differ by luck, and finds an interval that is too narrow or beside the mark."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from glasstown.outcomes.intervals import Interval, interval_of
from verification import intervals


@pytest.fixture(autouse=True)
def towns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put numbers in the place of towns: counts of luck, and a fifth more of each where the lever is moved."""

    def counts(seed: int, settings: Mapping[str, str]) -> dict[str, int]:
        draw, moved = random.Random(seed), random.Random(f"{seed} moved")
        found = {name: round(draw.gauss(1000, 40)) for name in intervals.MEASURES}
        return {name: n + round(moved.gauss(200, 20)) for name, n in found.items()} if settings else found

    monkeypatch.setattr(intervals, "plan_in_memory", lambda request: None)
    monkeypatch.setattr(intervals, "with_seed", lambda plan, seed: seed)
    monkeypatch.setattr(intervals, "counts_of", counts)


def test_check__agrees_with_intervals_as_they_are() -> None:
    found = list(intervals.checks(intervals.FULL))
    assert len(found) == 1 + len(intervals.MOVED)
    assert all(each.agrees for each in found)


@pytest.mark.parametrize(("times", "beside"), [(0.5, 0.0), (2.5, 0.0), (1.0, 60.0)])
def test_check__finds_an_interval_that_is_wrong(times: float, beside: float, monkeypatch: pytest.MonkeyPatch) -> None:
    def other(differences: list[float]) -> Interval | None:
        found = interval_of(differences)
        assert found is not None
        half = times * (found.high - found.mean)
        return Interval(found.mean, found.mean + beside - half, found.mean + beside + half)

    monkeypatch.setattr(intervals, "interval_of", other)
    assert not all(each.agrees for each in intervals.checks(intervals.FULL))
