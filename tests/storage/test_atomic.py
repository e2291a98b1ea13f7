"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from glasstown.errors import RecordError
from glasstown.storage import atomic


def test_write_bytes__leaves_only_the_file(tmp_path: Path) -> None:
    atomic.write_bytes(tmp_path / "a", b"new")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a", b"new")]


def test_write_atomically__syncs_before_it_renames_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    for name in ("sync_file", "rename", "sync_folder"):
        real = getattr(atomic, name)
        monkeypatch.setattr(atomic, name, lambda *a, name=name, real=real: (steps.append(name), real(*a))[1])
    atomic.write_bytes(tmp_path / "a", b"new")
    assert steps == ["sync_file", "rename", "sync_folder"]


def test_write_atomically__keeps_the_earlier_file_when_the_writer_fails(tmp_path: Path) -> None:
    atomic.write_bytes(tmp_path / "a", b"old")

    def fail(file: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        atomic.write_atomically(tmp_path / "a", fail)
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a", b"old")]


def test_write_atomically__says_what_to_do_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    atomic.write_bytes(tmp_path / "a", b"old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RecordError) as caught:
        atomic.write_bytes(tmp_path / "a", b"new")
    assert str(caught.value) == (
        f"cannot write {tmp_path}/a: 1 fault\n"
        f"  {tmp_path}/a: writing the run: found no space left on device; expected a disk with room and a folder that"
        " can be written. Free some space, then go on with `glasstown resume`; what was written before is whole."
    )
    assert (tmp_path / "a").read_bytes() == b"old"


def test_remove_leftovers__takes_away_what_a_kill_left_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".plan.json.half-written").mkdir()
    left = (
        ".manifest.json.half-written",
        ".manifest.json.4711-140.half-written",
        atomic.temporary_name(Path("plan.json")).name,
    )
    for name in (*left, ".letter.half-written", "kept"):
        (tmp_path / name).write_bytes(b"x")
    atomic.remove_leftovers(tmp_path, re.compile(r"(manifest|plan)\.json"))
    assert sorted(p.name for p in tmp_path.rglob("*")) == [".letter.half-written", ".plan.json.half-written", "kept"]


def test_write_bytes__does_not_follow_a_link_of_the_temporary_name(tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"mine")
    atomic.temporary_name(tmp_path / "a").symlink_to("victim")
    (tmp_path / "a").symlink_to("victim")
    atomic.write_bytes(tmp_path / "a", b"new")
    assert (tmp_path / "victim").read_bytes() == b"mine"
    assert not (tmp_path / "a").is_symlink()
