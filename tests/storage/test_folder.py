"""A run's folder is made once and stays readable, whatever happens while it is written."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest

from glasstown.errors import RecordError, RunError
from glasstown.storage import Manifest, RunFolder
from glasstown.storage.folder import in_words
from glasstown.storage.parts import empty_table

Months = Callable[..., pa.Table]


class Killed(BaseException):
    """The process ends here: nothing after it is carried out."""


STEPS = ("mkdir", "fsync", "replace", "unlink", "rmdir")


class Killer:
    """Ends the process at one of its calls to the disk, with what was being written cut in half."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
        self.n_steps = 0
        self.at = at
        self.is_dead = False
        for name in STEPS:
            monkeypatch.setattr(os, name, self._step(name, getattr(os, name)))

    def _step(self, name: str, real: Callable[..., None]) -> Callable[..., None]:
        def step(*args: object, **kwargs: object) -> None:
            if self.n_steps == self.at or self.is_dead:
                self._cut(name, args)
                self.is_dead = True
                raise Killed
            self.n_steps += 1
            real(*args, **kwargs)

        return step

    def _cut(self, name: str, args: tuple[object, ...]) -> None:
        if name != "fsync" or self.is_dead or not isinstance(args[0], int):
            return
        found = os.fstat(args[0])
        if stat.S_ISREG(found.st_mode):
            os.ftruncate(args[0], found.st_size // 2)


def live(path: Path, manifest: Manifest, months: Months) -> Iterator[tuple[str, int]]:
    """Do what a run does, and say what is safe by now."""
    folder = RunFolder.create(path, manifest)
    yield "created", 0
    for year in range(3):
        folder.write_part("months", year, months(12 * year))
        yield "part", year + 1
        for name in ("inbox", "mail"):
            folder.write_part(name, year, empty_table(name))
        folder.write_checkpoint({"score": np.full(300, year)}, month=12 * (year + 1), part=year + 1)
        yield "checkpoint", 12 * (year + 1)
    folder.write_single("final", pa.table({"kind": ["person"], "id": [0]}))
    folder.finish(digest="abc", timings={"months": 1.0}, result={"people": 100})
    yield "finished", 1


def examine(path: Path, safe: dict[str, int]) -> None:
    """Check that what was safe at the kill is there, whole."""
    if "created" not in safe and not (path / "manifest.json").exists():
        with pytest.raises(RecordError, match=r"no such folder|half-written manifest|without manifest"):
            RunFolder.open(path)
        return
    folder = RunFolder.open(path)
    checkpoint = folder.newest_checkpoint()
    if folder.manifest.status == "done":
        assert folder.manifest.digest == "abc"
        assert folder.read("months").num_rows == 36
        assert folder.final_rows().num_rows == 1
        return
    assert (checkpoint.month if checkpoint else 0) >= safe.get("checkpoint", 0)
    assert folder.read("months").num_rows >= 12 * safe.get("part", 0)
    if checkpoint:
        assert np.unique(checkpoint.arrays["score"]).tolist() == [checkpoint.month // 12 - 1]
        assert folder.read("months").num_rows >= 12 * checkpoint.part


@pytest.mark.filterwarnings("ignore:.*the manifest does not name it")
def test_open__after_a_kill_at_any_step_finds_an_earlier_whole_state(
    tmp_path: Path, manifest: Manifest, months: Months
) -> None:
    at = 0
    while True:
        path = tmp_path / str(at)
        safe: dict[str, int] = {}
        with pytest.MonkeyPatch.context() as patch:
            killer = Killer(patch, at)
            try:
                for what, value in live(path, manifest, months):
                    safe[what] = value
            except Killed:
                pass
        examine(path, safe)
        if not killer.is_dead:
            break
        go_on(path, manifest, months)
        at += 1
    assert at > 40
    assert safe["finished"] == 1


def go_on(path: Path, manifest: Manifest, months: Months) -> None:
    """Resume a killed run as a command would, and check that it ends like one that was never killed."""
    if not (path / "manifest.json").exists():
        return
    folder = RunFolder.open(path)
    if folder.manifest.status == "done":
        return
    checkpoint = folder.newest_checkpoint()
    first = checkpoint.part if checkpoint else 0
    folder.go_on_from(checkpoint)
    assert folder.read("months")["month"].to_pylist() == list(range(12 * first))
    for part in range(first, 3):
        folder.write_part("months", part, months(12 * part))
    folder.finish(digest="abc", timings={}, result={})
    assert RunFolder.open(path).read("months")["month"].to_pylist() == list(range(36))
    assert not list(path.rglob("*half-written*"))
    assert not (path / "checkpoint").exists()


def test_create__refuses_an_existing_run_and_leaves_it_alone(run: RunFolder, manifest: Manifest) -> None:
    before = {p: p.stat().st_mtime_ns for p in run.path.rglob("*")}
    with pytest.raises(RunError) as caught:
        RunFolder.create(run.path, manifest)
    assert str(caught.value) == (
        f"cannot start the run in {run.path}: 1 fault\n"
        f"  {run.path}: output folder: found an earlier run there; expected a name that is free. Go on with "
        f"`glasstown resume {run.path}`, or choose another folder with --out; nothing in it was touched."
    )
    assert {p: p.stat().st_mtime_ns for p in run.path.rglob("*")} == before


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_create__refuses_any_name_that_is_taken(tmp_path: Path, manifest: Manifest, kind: str) -> None:
    path = tmp_path / "taken"
    {"folder": path.mkdir, "file": path.touch, "link": lambda: path.symlink_to("nowhere")}[kind]()
    with pytest.raises(RunError, match="Choose another folder with --out"):
        RunFolder.create(path, manifest)
    assert not (tmp_path / "nowhere").exists()


def test_create__names_a_parent_that_is_read_only(tmp_path: Path, manifest: Manifest) -> None:
    parent = tmp_path / "locked"
    parent.mkdir()
    with pytest.MonkeyPatch.context() as patch:  # root may write anywhere, so the refusal is the system's own error
        patch.setattr(os, "mkdir", lambda *a, **k: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
        with pytest.raises(RunError, match=r"found permission denied.*Choose a folder that you may write to"):
            RunFolder.create(parent / "run", manifest)
    assert list(parent.iterdir()) == []


def test_create__names_a_parent_that_is_a_file(tmp_path: Path, manifest: Manifest) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RunError, match="cannot start the run"):
        RunFolder.create(tmp_path / "file" / "run", manifest)


def test_create__refuses_a_disk_that_is_too_small_before_it_writes(
    tmp_path: Path, manifest: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=3_400_000_000))
    with pytest.raises(RunError) as caught:
        RunFolder.create(tmp_path / "runs" / "big", manifest, need_bytes=90_000_000_000)
    assert "found 3.4 GB free; expected 90.0 GB for this run" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_create__leaves_no_folder_when_the_manifest_cannot_be_written(
    tmp_path: Path, manifest: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RunError, match="no space left"):
        RunFolder.create(tmp_path / "run", manifest)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, "no such folder"),
        (lambda path: path.touch(), "found a file"),
        (lambda path: path.mkdir(), r"a folder without manifest\.json"),
        (lambda path: (path.mkdir(), (path / "manifest.json").write_text("{")), "half-written"),
        (lambda path: (path.mkdir(), (path / ".manifest.json.half-written").touch()), "half-written manifest"),
    ],
)
def test_open__names_what_is_not_a_run(tmp_path: Path, make: Callable[[Path], object], message: str) -> None:
    make(tmp_path / "run")
    with pytest.raises(RecordError, match=message):
        RunFolder.open(tmp_path / "run")


def test_open__gives_the_run_back(run: RunFolder) -> None:
    run.update(parts=3)
    again = RunFolder.open(run.path)
    assert again.manifest == run.manifest
    assert again.manifest.parts == 3
    assert again.read("months")["value"].to_pylist() == [10 * m for m in range(36)]
    assert again.read("events").num_rows == 0


def test_final_rows__says_how_to_finish_a_run(tmp_path: Path, manifest: Manifest) -> None:
    folder = RunFolder.create(tmp_path / "run", manifest)
    with pytest.raises(RecordError, match="Finish it with `glasstown resume"):
        folder.final_rows()


def test_in_words__is_what_a_reader_says() -> None:
    assert [in_words(n) for n in (0, 999, 1000, 3_400_000, 2 * 10**12)] == [
        "0 bytes",
        "999 bytes",
        "1.0 kB",
        "3.4 MB",
        "2.0 TB",
    ]
