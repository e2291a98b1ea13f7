"""A sweep's files are read as that sweep wrote them, or named and refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from glasstown.errors import RecordError
from glasstown.storage.sweep_folder import Result, SweepFolder

PLAN = {"method": "morris", "seed": 1, "design": [[0.25, 0.5], [1 / 3, 1e-9], [0.0, 1.0]], "sides": ("first",)}
RESULTS: tuple[Result, ...] = tuple({"first": {"records": number, "listings": None}} for number in range(3))


def made(path: Path, **changes: Any) -> SweepFolder:
    folder = SweepFolder.start(path, {**PLAN, **changes})
    for number, result in enumerate(RESULTS):
        folder.write(number, result)
    return folder


def setting(path: Path, number: int) -> Path:
    return path / "settings" / f"{number:06d}.json"


def edited(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    values = json.loads(path.read_text("utf-8"))
    change(values)
    path.write_text(json.dumps(values), "utf-8")


def test_sweep__gives_back_what_was_written(tmp_path: Path) -> None:
    made(tmp_path / "a")
    for folder in (SweepFolder.open(tmp_path / "a"), SweepFolder.start(tmp_path / "a", PLAN)):
        assert [folder.read(number) for number in range(folder.n_settings)] == list(RESULTS)
        assert folder.missing() == []
        assert "blake2b" not in folder.plan


def test_files__laid_out_anew_with_the_same_values__are_the_same(tmp_path: Path) -> None:
    made(tmp_path / "a")
    for path in (tmp_path / "a").rglob("*.json"):
        edited(path, lambda values: None)
    assert SweepFolder.open(tmp_path / "a").read(2) == RESULTS[2]


@pytest.mark.parametrize(
    "change",
    [
        lambda values: values["first"].update(records=9),
        lambda values: values["first"].update(listings=0),
        lambda values: values.update(second={}),
        lambda values: values.pop("blake2b"),
        lambda values: values.update(blake2b=7),
    ],
)
def test_setting__that_was_changed__is_refused_with_the_way_out(
    change: Callable[[dict[str, Any]], object], tmp_path: Path
) -> None:
    folder = made(tmp_path / "a")
    edited(setting(tmp_path / "a", 1), change)
    assert folder.read(0) == RESULTS[0]
    with pytest.raises(RecordError, match=r"000001\.json.*Remove it and give the command again"):
        folder.read(1)


def test_setting__of_another_number_or_another_sweep__is_refused(tmp_path: Path) -> None:
    folder, _ = made(tmp_path / "a"), made(tmp_path / "b", seed=2)
    shutil.copy(setting(tmp_path / "a", 0), setting(tmp_path / "a", 1))
    shutil.copy(setting(tmp_path / "b", 2), setting(tmp_path / "a", 2))
    for number in (1, 2):
        with pytest.raises(RecordError, match="something else than the sweep wrote"):
            folder.read(number)


@pytest.mark.parametrize("name", ["method", "seed", "design"])
def test_plan__that_was_changed__is_refused(name: str, tmp_path: Path) -> None:
    made(tmp_path / "a")
    edited(tmp_path / "a" / "plan.json", lambda values: values.update({name: [[0.5, 0.5]]}))
    for opening in (SweepFolder.open, lambda path: SweepFolder.start(path, PLAN)):
        with pytest.raises(RecordError, match=r"plan\.json.*begin in a new one"):
            opening(tmp_path / "a")


def test_plan__of_an_older_form__is_refused(tmp_path: Path) -> None:
    made(tmp_path / "a")
    edited(tmp_path / "a" / "plan.json", lambda values: values.update(glasstown_sweep=2))
    with pytest.raises(RecordError, match="format 2"):
        SweepFolder.open(tmp_path / "a")
