"""A small calibration from plan to members: it goes on after a stop to the same members, and refuses what it may not be held to."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import calibration_toys as toys
from glasstown.calibration.ensemble import calibrated, made_from
from glasstown.calibration.lived import Ground, Lived, counts_of, lived_of
from glasstown.calibration.targets import Targets, load_targets
from glasstown.calibration.towns import bench_of
from glasstown.calibration.trials import coverage as recovered_share
from glasstown.calibration.trials import placebo, recovered
from glasstown.calibration.unknowns import load_unknowns
from glasstown.calibration.verified import coverage, faults_of_coverage, lived_anew, open_ensemble, unseen
from glasstown.calibration.waves import Course, Sizes, run_waves, train_only
from glasstown.errors import RecordError, UsageError
from glasstown.storage.ensemble_file import manifest_path, read_ensemble
from glasstown.storage.sweep_folder import SweepFolder
from glasstown.studies.probes import PROBES

pytestmark = [pytest.mark.usefixtures("short_past"), pytest.mark.long]
MEMBERS = 40
SIZES = Sizes(points=28, waves=2, final=60, members=MEMBERS, search=300, sweeps=15, workers=1)


def _course(folder: Path, targets: Targets, progress: Callable[[int, int], None] | None = None) -> Course:
    """Return a small calibration that is not begun."""
    unknowns = load_unknowns(toys.unknowns_file(folder))
    ground = Ground(targets, unknowns, 1.0, 3)
    (folder / "stages").mkdir(exist_ok=True)
    made = made_from(bench_of(targets, targets.measured))
    return Course(folder / "stages", ground, SIZES, made, lambda _: None, progress)


class _StopError(Exception):
    """Stands for a stop in the middle."""


def _stop_after(n: int) -> Callable[[int, int], None]:
    lived = 0

    def progress(done: int, whole: int) -> None:
        nonlocal lived
        lived += 1
        if lived > n:
            raise _StopError

    return progress


@pytest.fixture(scope="module", autouse=True)
def _few() -> Iterator[None]:
    """Let an ensemble of these tests be smaller than one that shows widths."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("glasstown.storage.ensemble_file.FEWEST", MEMBERS)
        yield


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Targets, Course]:
    """Return folder, targets and course of a calibration that was stopped twice and gone on with."""
    folder = tmp_path_factory.mktemp("calibration")
    targets = load_targets(toys.targets_file(folder))
    for n in (10, 60):
        with pytest.raises(_StopError):
            calibrated(_course(folder, targets, _stop_after(n)), folder / "ensemble" / "2019.parquet")
    course = _course(folder, targets)
    calibrated(course, folder / "ensemble" / "2019.parquet")
    return folder, targets, course


def test_calibration__goes_on_after_a_stop_to_the_same_points(
    home: tuple[Path, Targets, Course], tmp_path: Path
) -> None:
    folder, targets, course = home
    other = _course(tmp_path, targets)
    run_waves(other)
    assert [wave.part for wave in other.waves] == [wave.part for wave in course.waves]
    one, again = (SweepFolder.open(path / "stages" / "wave-1") for path in (folder, tmp_path))
    assert one.plan["design"] == again.plan["design"]
    assert [one.read(n) for n in range(one.n_settings)] == [again.read(n) for n in range(again.n_settings)]


def test_point__is_lived_with_other_luck_each_time(home: tuple[Path, Targets, Course]) -> None:
    folder, _, _ = home
    first = counts_of(SweepFolder.open(folder / "stages" / "wave-1").read(0))
    assert len(first) == 3
    assert len({each["found"] for each in first}) == 3


def test_waves__leave_less_room_each_time(home: tuple[Path, Targets, Course]) -> None:
    _, _, course = home
    parts = [wave.part for wave in course.waves]
    assert 0 < parts[-1] <= parts[0] < 1
    assert course.aside == ()


def test_ensemble__has_members_that_come_near_and_hold_outs_beside_them(home: tuple[Path, Targets, Course]) -> None:
    folder, targets, _ = home
    ensemble = open_ensemble(folder / "ensemble" / "2019.parquet", targets)
    assert len(ensemble) == MEMBERS
    assert ensemble.manifest["hold_out"] == ["later"]
    assert ensemble.manifest["effective"] > MEMBERS / 2
    lived = lived_anew(ensemble, targets, 3, seed=99)
    assert lived == lived_anew(ensemble, targets, 3, seed=99)
    assert sum(each.is_near for each in lived) >= 2
    rows = unseen(ensemble, targets)
    assert coverage(rows) == 1.0
    assert rows[0].low < rows[0].middle < rows[0].high
    assert faults_of_coverage(rows)[0].startswith("100 % of the hold-outs are covered")


def test_member_that_misses__is_told(home: tuple[Path, Targets, Course]) -> None:
    folder, targets, _ = home
    ensemble = read_ensemble(folder / "ensemble" / "2019.parquet")
    broken = replace(ensemble, columns={**ensemble.columns, "set.detection.certainty": ["0.25"] * len(ensemble)})
    lived = lived_anew(broken, targets, 3, seed=1)
    assert not any(each.is_near for each in lived)
    assert all("found" in each.misses for each in lived)


def test_hold_out_that_is_missed__needs_its_cause(home: tuple[Path, Targets, Course]) -> None:
    folder, targets, _ = home
    ensemble = read_ensemble(folder / "ensemble" / "2019.parquet")
    far = targets.targets[2].model_copy(update={"value": targets.targets[2].value.model_copy(update={"number": 9})})
    for cause, n in ((None, 2), ("another definition", 1)):
        told = replace(targets, targets=(*targets.targets[:2], far.model_copy(update={"miss": cause})))
        rows = unseen(ensemble, told)
        assert not rows[0].is_covered
        assert len(faults_of_coverage(rows)) == n


def test_placebo__leaves_nothing(home: tuple[Path, Targets, Course]) -> None:
    _, _, course = home
    assert placebo(course, 500.0).part == 0
    assert placebo(course, 1 / 500.0).part == 0
    assert placebo(course, 1.0).part > 0


def test_hidden_settings__are_found_again(home: tuple[Path, Targets, Course]) -> None:
    _, _, course = home
    rows = recovered(course, 6)
    assert {each.path for each in rows} == {"detection.certainty", "recording.dishonesty.suining-2010"}
    assert recovered_share(rows) >= 0.7
    assert min(each.width for each in rows) < 0.8, "nothing was told apart"
    assert all(0 < each.width <= 1.1 for each in rows)


@pytest.mark.planted
def test_hidden_settings__are_missed_where_the_towns_are_others(
    home: tuple[Path, Targets, Course], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, course = home

    def others(*asked: object) -> Lived:
        lived = lived_of(*asked)  # type: ignore[arg-type]
        return replace(lived, logs={name: values + 1.0 for name, values in lived.logs.items()})

    monkeypatch.setattr("glasstown.calibration.trials.lived_of", others)
    found = min(recovered(course, 6), key=lambda each: each.width)
    assert found.covered / found.hidden < 0.7


def test_hold_out_in_a_wave__is_refused(home: tuple[Path, Targets, Course], tmp_path: Path) -> None:
    folder, _, course = home
    with pytest.raises(UsageError, match="a hold-out, or none, in a wave"):
        train_only(course.ground, ["found", "later"])
    seen = load_targets(toys.targets_file(tmp_path, "use: train", "use: hold-out"))
    with pytest.raises(UsageError, match=r"'names': found a hold-out, or none, in a wave"):
        run_waves(replace(_course(folder, seen), waves=[]))
    with pytest.raises(UsageError, match="a hold-out that a wave has seen"):
        open_ensemble(folder / "ensemble" / "2019.parquet", seen)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("version", "version: found 0.0.0"),
        ("code", "code: found 0.0.0"),
        ("targets", "targets.yaml: found 0.0.0"),
        ("unknowns", "unknowns.yaml: found 0.0.0"),
        ("rulebook suining-2010", "rulebook suining-2010: found 0.0.0"),
        ("acts", "acts: found 0.0.0"),
    ],
)
def test_ensemble_of_something_else__is_refused(
    home: tuple[Path, Targets, Course], tmp_path: Path, key: str, said: str
) -> None:
    folder, targets, _ = home
    path = tmp_path / "2019.parquet"
    path.write_bytes((folder / "ensemble" / "2019.parquet").read_bytes())
    manifest: dict[str, Any] = json.loads(manifest_path(folder / "ensemble" / "2019.parquet").read_text("utf-8"))
    (manifest["texts"] if key in manifest["texts"] else manifest)[key] = "0.0.0"
    manifest[PROBES] = [{**each, "digest": "0" * 64} for each in manifest[PROBES]]  # and the model lives otherwise
    manifest_path(path).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        open_ensemble(path, targets)
    assert said in str(refused.value)


def test_ensemble_with_other_rows__is_refused(home: tuple[Path, Targets, Course], tmp_path: Path) -> None:
    folder, targets, _ = home
    path = tmp_path / "2019.parquet"
    path.write_bytes((folder / "ensemble" / "2019.parquet").read_bytes()[:-1] + b"x")
    manifest_path(path).write_bytes(manifest_path(folder / "ensemble" / "2019.parquet").read_bytes())
    with pytest.raises(RecordError, match="other members than the manifest was written for"):
        open_ensemble(path, targets)


def test_targets_that_nothing_reaches__are_set_aside_and_told(tmp_path: Path) -> None:
    said: list[str] = []
    targets = load_targets(toys.targets_file(tmp_path, "{number: 0.11}", "{number: 900}"))
    course = _course(tmp_path, targets)
    course.say, course.sizes = said.append, replace(SIZES, waves=1)
    run_waves(course)
    assert course.aside == ("found",)
    assert any(each.startswith("Out of reach: found") for each in said)


def test_weights_on_too_few_points__are_refused(
    home: tuple[Path, Targets, Course], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, targets, _ = home
    monkeypatch.setattr("glasstown.calibration.ensemble.MISSED", -1.0)
    course = _course(folder, targets)
    course.sizes = replace(course.sizes, rounds=1)
    with pytest.raises(UsageError, match="weights that stand for 0 points; expected at least 20"):
        calibrated(course, folder / "none.parquet")
    assert not (folder / "none.parquet").exists()


def test_members__too_few_are_refused(home: tuple[Path, Targets, Course], tmp_path: Path) -> None:
    _, targets, _ = home
    from glasstown.calibration.ensemble import enough

    with pytest.raises(UsageError, match="99; expected at least 100"):
        enough(99)
    assert math.isfinite(targets.targets[0].log)
