"""The check of intervals: it agrees with towns that differ by luck, and finds an interval that is too narrow or beside the mark."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from glasstown.outcomes.by_group import ALL, counted_by_group, months_lived, rate
from glasstown.outcomes.counted import counted
from glasstown.outcomes.intervals import Interval, interval_of
from glasstown.outcomes.opened import open_all
from glasstown.population.tables import INCOME_FIFTHS
from glasstown.runs.memory import plan_in_memory
from glasstown.runs.request import RunRequest
from glasstown.runs.session import run_town
from glasstown.studies.summed import counts_by_group
from verification import intervals
from verification.intervals import people_of as intervals_people

GROUPS = (ALL, *INCOME_FIFTHS)


@pytest.fixture(autouse=True)
def towns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put numbers in the place of towns: counts of luck, and a fifth more of each where the lever is moved."""

    def counts(seed: int, settings: Mapping[str, str]) -> dict[str, dict[str, int]]:
        draw, moved = random.Random(seed), random.Random(f"{seed} moved")
        found = {group: {name: round(draw.gauss(1000, 40)) for name in intervals.MEASURES} for group in GROUPS}
        if not settings:
            return found
        return {
            group: {name: n + round(moved.gauss(200, 20)) for name, n in each.items()} for group, each in found.items()
        }

    monkeypatch.setattr(intervals, "plan_in_memory", lambda request: None)
    monkeypatch.setattr(intervals, "with_seed", lambda plan, seed: seed)
    monkeypatch.setattr(intervals, "counts_by_group", counts)
    monkeypatch.setattr(intervals, "people_of", lambda plan: dict.fromkeys(GROUPS, 60))


def test_check__agrees_with_intervals_as_they_are() -> None:
    found = list(intervals.checks(intervals.FULL))
    assert len(found) == 2 * (1 + len(intervals.MOVED))
    assert all(each.agrees for each in found)


@pytest.mark.parametrize(("times", "beside"), [(0.5, 0.0), (2.5, 0.0), (1.0, 1.5)])
def test_check__finds_an_interval_that_is_wrong(times: float, beside: float, monkeypatch: pytest.MonkeyPatch) -> None:
    def other(differences: list[float]) -> Interval | None:
        found = interval_of(differences)
        assert found is not None
        half = times * (found.high - found.mean)
        return Interval(found.mean, found.mean + (beside - 1) * half, found.mean + (beside + 1) * half)

    monkeypatch.setattr(intervals, "interval_of", other)
    found = {"income fifth" in each.figure: each.agrees for each in intervals.checks(intervals.FULL) if not each.agrees}
    assert found == {False: False, True: False}, "of everybody and by group"


def test_group_s_rate__that_is_another_one_than_the_table_tells_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def once(counts: tuple[int, int], lived: tuple[int, int], months: int) -> float:
        return rate(counts, lived, months) if counts[1] % 7 else 0.0

    monkeypatch.setattr(intervals, "rate", once)
    wrong = [each.figure for each in intervals.checks(intervals.FULL) if not each.agrees]
    assert wrong
    assert all("income fifth" in figure for figure in wrong)


def test_counts_by_group__are_those_of_a_run_on_disk_and_add_up(tmp_path: Path) -> None:
    request = RunRequest("rongcheng-2013", people=300, months=3, seed=5, threads=1, out=tmp_path / "run")
    run_town(request)
    plan = plan_in_memory(replace(request, out=None))
    found, on_disk = counts_by_group(plan, {}), open_all(tmp_path / "run")
    told = counted_by_group(on_disk, on_disk[0].acts)
    lived = months_lived(on_disk[0].months)
    assert {name: n for name, n in found.items() if name != ALL} == {group: told[group] for group in INCOME_FIFTHS}
    assert found[ALL] == counted(on_disk, on_disk[0].acts)
    assert {name: 3 * n for name, n in intervals_people(plan).items()} == {name: lived[name] for name in GROUPS}
