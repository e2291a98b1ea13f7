"""Screening: every unknown by what it moves, told by differences of towns that have the same luck."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import calibration_toys as toys
from glasstown.calibration import screening
from glasstown.calibration.ensemble import made_from
from glasstown.calibration.lived import Ground, Point
from glasstown.calibration.screening import Moved, screened, worth_freeing
from glasstown.calibration.targets import load_targets
from glasstown.calibration.towns import bench_of
from glasstown.calibration.unknowns import Unknowns, load_unknowns
from glasstown.calibration.waves import Course, Sizes

pytestmark = pytest.mark.usefixtures("short_past")

MOVES, MOVES_NOTHING = "detection.certainty", "work.find_per_month"


def _screened(folder: Path) -> dict[str, Moved]:
    """Screen two free unknowns and one that no toy target hangs on."""
    targets = load_targets(toys.targets_file(folder))
    whole = load_unknowns(toys.unknowns_file(folder))
    still = tuple(each for each in whole.nuisance if each.path == MOVES_NOTHING)
    ground = Ground(targets, Unknowns(whole.free, still, whole.width), 1.0, 3)
    (folder / "stages").mkdir()
    made = made_from(bench_of(targets, targets.measured))
    course = Course(folder / "stages", ground, Sizes(workers=1), made, lambda _: None)
    return {each.path: each for each in screened(course, 3)}


def test_screening__tells_what_moves_from_what_does_not(tmp_path: Path) -> None:
    found = _screened(tmp_path)
    assert next(iter(found)) == MOVES
    assert found[MOVES].is_free
    assert not found[MOVES_NOTHING].is_free
    assert found[MOVES].strength > 1
    assert found[MOVES_NOTHING].strength < 0.5


def test_luck_of_its_own_for_each_point__would_be_told_as_an_effect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_own_luck(_: Ground, points: Sequence[Point], __: int) -> list[Point]:
        return list(points)

    monkeypatch.setattr(screening, "with_one_luck", with_own_luck)
    assert _screened(tmp_path)[MOVES_NOTHING].strength > 0


def test_worth_freeing__are_those_that_move_more_than_half_of_the_free_ones() -> None:
    rows = [
        Moved("a", True, "x", 3.0), Moved("b", True, "x", 1.0), Moved("c", True, "x", 0.1),
        Moved("d", False, "x", 1.5), Moved("e", False, "x", 0.5),
    ]  # fmt: skip
    assert [each.path for each in worth_freeing(rows)] == ["d"]
