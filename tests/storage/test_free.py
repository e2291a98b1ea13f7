"""Folders that nobody names: the first free number, decided by making the folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from glasstown.errors import GlasstownError
from glasstown.storage import free
from glasstown.storage.free import taken_folder

TAKE = (
    "from glasstown.storage.free import taken_folder; print([str(taken_folder('town', 'the run')) for _ in range(20)])"
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_taken_folder__counts_on(tmp_path: Path) -> None:
    (tmp_path / "runs" / "town-1").mkdir(parents=True)
    (tmp_path / "runs" / "town-2").write_text("a file")
    (tmp_path / "runs" / "town-3").symlink_to("nowhere")
    assert taken_folder("town", "the run") == Path("runs/town-4")
    assert (tmp_path / "runs" / "town-4").is_dir()


def test_folder_that_another_process_has_just_made__is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "runs" / "town-1").mkdir(parents=True)
    monkeypatch.setattr(free, "kind_of", lambda _: None)  # it was not there a moment ago
    assert taken_folder("town", "the run") == Path("runs/town-2")


def test_processes_that_begin_together__take_names_of_their_own() -> None:
    processes = [subprocess.Popen([sys.executable, "-c", TAKE], stdout=subprocess.PIPE, text=True) for _ in range(4)]
    taken = [name for process in processes for name in eval(process.communicate()[0])]
    assert sorted(taken) == sorted(f"runs/town-{number}" for number in range(1, 81))


def test_runs_that_is_a_file__is_one_message(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("")
    with pytest.raises(GlasstownError, match="cannot make a folder in runs"):
        taken_folder("town", "the run")
