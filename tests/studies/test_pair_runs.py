"""A comparison that was stopped goes on in its folder to the result of one that nobody stopped."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import glasstown
from glasstown.errors import GlasstownError, RunWarning, Stopped
from glasstown.storage.atomic import TEMPORARY_ENDING
from glasstown.storage.folder import RunFolder
from glasstown.studies import pair_runs

ONE, OTHER = "suining-2010", "suining-2010@ceiling-1000"
ASKED: dict[str, Any] = {"people": 300, "months": 8, "seeds": 2, "draws": 0, "threads": 1}


def compare(out: Path, progress: Callable[[int, int], None] | None = None, **changes: Any) -> dict[str, Any]:
    """Return the answer, without the places of its runs."""
    answer = glasstown.compare(ONE, OTHER, **{**ASKED, **changes}, out=out, progress=progress).as_json()
    return {name: value for name, value in answer.items() if name != "runs"}


def runs_in(folder: Path) -> list[Path]:
    """Return the folders of the runs of a comparison."""
    return sorted(path for path in folder.iterdir() if path.is_dir())


def stop_after(months: int) -> Callable[[int, int], None]:
    """Return a progress that stops the user's patience once so many months are done."""

    def progress(done: int, whole: int) -> None:
        if done >= months and whole:
            raise KeyboardInterrupt

    return progress


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """Give a comparison that nobody stopped."""
    folder = tmp_path_factory.mktemp("whole") / "cmp"
    return folder, compare(folder)


@pytest.mark.parametrize(
    ("months", "done", "begun"), [(1, 0, True), (8, 0, True), (9, 1, True), (20, 2, True), (32, 3, True)]
)
def test_stopped_comparison__says_what_is_there_and_goes_on(
    tmp_path: Path, whole: tuple[Path, dict[str, Any]], months: int, done: int, begun: bool
) -> None:
    folder = tmp_path / "cmp"
    with pytest.raises(Stopped) as caught:
        compare(folder, stop_after(months))
    assert f"{folder} holds {done} of 4 runs" in str(caught.value)
    assert ("one that is begun" in str(caught.value)) == begun
    assert f"--out {folder}" in str(caught.value)
    finished = [path for path in runs_in(folder) if RunFolder.open(path).manifest.status == "done"]
    lived = {path: (path / "manifest.json").stat().st_mtime_ns for path in finished}
    assert compare(folder) == whole[1]
    assert {path: (path / "manifest.json").stat().st_mtime_ns for path in finished} == lived
    for path in runs_in(whole[0]):
        assert RunFolder.open(folder / path.name).manifest.digest == RunFolder.open(path).manifest.digest


def test_progress__goes_up_to_the_whole(tmp_path: Path) -> None:
    folder, told = tmp_path / "cmp", list[tuple[int, int]]()
    with pytest.raises(Stopped):
        compare(folder, stop_after(11))
    compare(folder, lambda done, whole: told.append((done, whole)))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[0][0] == 8
    assert told[-1] == (32, 32)
    assert {whole for _, whole in told} == {32}


def test_same_command_on_a_finished_comparison__gives_the_same_answer(
    tmp_path: Path, whole: tuple[Path, dict[str, Any]]
) -> None:
    folder = tmp_path / "cmp"
    shutil.copytree(whole[0], folder)
    assert compare(folder) == whole[1]
    assert compare(folder, seeds=1)["seeds"] == [1]
    assert compare(folder, seeds=3)["seeds"] == [1, 2, 3]


def test_run_that_a_kill_left_without_its_manifest__is_made(tmp_path: Path, whole: tuple[Path, dict[str, Any]]) -> None:
    folder = tmp_path / "cmp"
    shutil.copytree(whole[0], folder)
    shutil.rmtree(folder / "second-1")
    (folder / "second-1").mkdir()
    (folder / "second-1" / f".manifest.json.12-1{TEMPORARY_ENDING}").write_text("{")
    (folder / "first-2" / "final.parquet").unlink()
    with pytest.warns(RunWarning, match="not whole"):
        assert compare(folder) == whole[1]


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"seed": 5}, "other seed"), ({"months": 5}, "other months"), ({"start": "2011-01"}, "other start")],
)
def test_folder_of_another_comparison__is_refused(
    whole: tuple[Path, dict[str, Any]], changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(GlasstownError, match=f"holds another comparison.*\n.*first-1.*{words}"):
        compare(whole[0], **changes)
    with pytest.raises(GlasstownError, match=r"other rulebooks"):
        glasstown.compare(OTHER, ONE, **ASKED, out=whole[0])


def test_folder_with_something_else_in_it__is_refused(tmp_path: Path, whole: tuple[Path, dict[str, Any]]) -> None:
    folder = tmp_path / "cmp"
    shutil.copytree(whole[0], folder)
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(GlasstownError, match=r"notes\.txt"):
        compare(folder)
    (folder / "notes.txt").unlink()
    shutil.rmtree(folder / "first-2")
    (folder / "first-2").mkdir()
    (folder / "first-2" / "mine.txt").write_text("mine")
    with pytest.raises(GlasstownError, match="first-2"):
        compare(folder)
    assert (folder / "first-2" / "mine.txt").is_file()


def test_run_that_other_code_lived__is_refused(
    whole: tuple[Path, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pair_runs, "code_hash", lambda: "another")
    with pytest.raises(GlasstownError, match="a run that other code lived"):
        compare(whole[0])


def test_moved_comparison__is_read_where_it_lies(tmp_path: Path, whole: tuple[Path, dict[str, Any]]) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(whole[0], tmp_path / "first")
    (tmp_path / "first").rename(moved)
    lived = {path: path.stat().st_mtime_ns for path in moved.rglob("*.parquet")}
    answer = glasstown.compare(ONE, OTHER, **ASKED, out=moved)
    assert {name: value for name, value in answer.as_json().items() if name != "runs"} == whole[1]
    assert {path: path.stat().st_mtime_ns for path in moved.rglob("*.parquet")} == lived
    folders = sorted(path for path in moved.iterdir() if path.is_dir())
    told = [json.dumps(answer.as_json()), str(answer)]
    told += [json.dumps(glasstown.resume(each).as_json()) for each in folders]
    told += [str(glasstown.life(each, 3)) for each in folders]
    assert [str(moved) in each for each in told[:1]] == [True]
    assert [each for each in told if str(tmp_path / "first") in each or str(whole[0]) in each] == []
