"""A disk that is full, or fills up: one message, exit code 2, nothing half-written, and the run goes on to the same digest."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import glasstown
from glasstown.cli.main import main
from glasstown.errors import GlasstownError
from glasstown.runs.session import RunRequest, resume_town, run_town
from glasstown.storage.folder import RunFolder
from longer import few

ASKED = RunRequest("suining-2010", people=300, months=26, seed=3, threads=1, command="test")
DISK_BYTES = 96 << 20
FILLING = "filling"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a finished run that lies on a disk with room."""
    out = tmp_path_factory.mktemp("whole") / "run"
    run_town(replace(ASKED, out=out))
    return out


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Give the folder of a small disk of its own, where this machine lets us make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path, *, but: int = 0) -> None:
    """Write a file that leaves so many bytes of a disk free."""
    with (disk / FILLING).open("ab", buffering=0) as file:
        while (free := shutil.disk_usage(disk).free - but) > 0:
            try:
                file.write(b"0" * min(free, 1 << 20))
            except OSError:
                return


def lies(folder: Path) -> dict[str, bytes | None]:
    """Return what lies in a folder but for what fills it, with what it holds."""
    found = (path for path in folder.rglob("*") if path.name != FILLING)
    return {path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in found}


VERBS: tuple[tuple[str, ...], ...] = (
    ("report", "run"),
    ("report", "run", "--out", "page.html"),
    ("archive", "run", "--out", "new.tar"),
    ("unpack", "run.tar", "new"),
    ("run", "suining-2010", "--people", "150", "--months", "1", "--out", "new"),
    ("compare", "suining-2010", "no-scheme", "--people", "150", "--months", "1", "--out", "new"),
    ("sweep", "suining-2010", "--people", "150", "--months", "1", "--trajectories", "2", "--parameters", "hazard.c1", "--out", "new"),
    ("demo", "--people", "150", "--months", "1", "--out", "new"),
)  # fmt: skip


@pytest.mark.parametrize("line", VERBS, ids=lambda line: " ".join(line[:1] + line[2:3]))
def test_full_disk__is_one_message_and_changes_nothing(
    line: tuple[str, ...], disk: Path, whole: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(whole, disk / "run")
    glasstown.pack(whole, out=disk / "run.tar")
    fill(disk)
    monkeypatch.chdir(disk)
    before = lies(disk)
    assert main(line) == 2
    said = capsys.readouterr().err
    assert lies(disk) == before
    assert "fault of Glasstown" not in said
    assert "space left" in said or "bytes free" in said
    if line[0] != "run":
        assert "resume" not in said


@pytest.mark.filterwarnings("ignore:.*the manifest does not name it")
@pytest.mark.parametrize("month", few([1, 12, 13, 25, 26], [12, 25]))
@pytest.mark.parametrize("free", [0, 3000, 150_000])
def test_disk_that_fills_up__leaves_a_run_that_goes_on_to_the_same_digest(
    month: int, free: int, disk: Path, whole: Path
) -> None:
    def filling(done: int, _: int) -> None:
        if done == month:
            fill(disk, but=free)

    run = disk / "run"
    said = ""
    try:
        run_town(replace(ASKED, out=run), filling, seconds_between=0.0)
    except GlasstownError as problem:
        said = str(problem)
    assert not said or ("space left" in said and "resume" in said)
    os.remove(disk / FILLING)
    resume_town(run)
    ours, theirs = RunFolder.open(run), RunFolder.open(whole)
    assert ours.manifest.digest == theirs.manifest.digest
    assert not ours.faults()
    assert not list(run.rglob("*half-written*"))
