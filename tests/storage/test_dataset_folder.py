"""The folder of a dataset: whole or not there, and nothing of anybody else's is touched."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from glasstown.errors import FaultsError, RecordError, UsageError
from glasstown.storage import dataset_folder
from glasstown.storage.dataset_folder import MARKED, check_dataset_folder, write_dataset
from tests.watch import contents

FILES = {
    "datapackage.json": json.dumps({MARKED: 1}).encode(),
    "README.md": b"one\n",
    "csv/clauses.csv": b"id\n1\n",
    "parquet/clauses.parquet": b"PAR1",
}
OTHER = {**FILES, "README.md": b"two\n", "csv/lists.csv": b"id\n"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give a folder with everything that a dataset could be pointed at."""
    (tmp_path / "file").write_text("mine")
    (tmp_path / "empty").mkdir()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "datapackage.json").write_text('{"name": "another"}')
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "datapackage.json").write_bytes(b"\xff{")
    (tmp_path / "to-folder").symlink_to("empty")
    (tmp_path / "dangling").symlink_to("nothing")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "run" / "months").mkdir(parents=True)
    (tmp_path / "run" / "manifest.json").write_text("{}")
    write_dataset(tmp_path / "earlier", FILES)
    write_dataset(tmp_path / "noted", FILES)
    (tmp_path / "noted" / "notes.txt").write_text("mine")
    write_dataset(tmp_path / "noted-below", FILES)
    (tmp_path / "noted-below" / "csv" / "clauses (copy).csv").write_text("mine")
    write_dataset(tmp_path / "linked", FILES)
    (tmp_path / "linked" / "csv" / "clauses.csv").unlink()
    (tmp_path / "linked" / "csv" / "clauses.csv").symlink_to(tmp_path / "file")
    write_dataset(tmp_path / "marked-by-link", FILES)
    (tmp_path / "marked-by-link" / "datapackage.json").unlink()
    (tmp_path / "marked-by-link" / "datapackage.json").symlink_to(tmp_path / "earlier" / "datapackage.json")
    return tmp_path


TAKEN = (
    "file", "file/below", "mine", "others", "broken", "to-folder", "dangling", "pipe", "run", "run/months", "run/manifest.json",
    "noted", "noted-below", "linked", "marked-by-link",
)  # fmt: skip


@pytest.mark.parametrize("name", TAKEN)
def test_write_dataset__refuses_what_is_no_place_for_one(name: str, place: Path) -> None:
    before = contents(place)
    with pytest.raises(FaultsError, match="cannot write"):
        write_dataset(place / name, OTHER)
    assert contents(place) == before


@pytest.mark.parametrize("name", ["new", "new/er/one", "empty", "earlier"])
def test_write_dataset__makes_the_whole_folder(name: str, place: Path) -> None:
    write_dataset(place / name, OTHER)
    written = {each.relative_to(place / name).as_posix(): each for each in (place / name).rglob("*") if each.is_file()}
    assert {path: each.read_bytes() for path, each in written.items()} == OTHER
    assert [each.name for each in place.iterdir() if each.name.startswith(".")] == []


@pytest.mark.parametrize("name", ["new", "earlier"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO])
def test_write_dataset__that_fails_leaves_all_as_it_was(
    name: str, number: int, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: object) -> None:
        raise OSError(number, os.strerror(number))

    before = contents(place)
    monkeypatch.setattr(dataset_folder, "sync_file", full)
    with pytest.raises(RecordError, match="nothing was changed") as caught:
        write_dataset(place / name, OTHER)
    assert "the dataset" in str(caught.value)
    assert contents(place) == before


@pytest.mark.parametrize("at", [1, 2])
def test_write_dataset__stopped_while_names_are_given_keeps_the_earlier_one(
    at: int, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, rename, calls = contents(place), os.rename, []

    def stopped(source: Path, target: Path) -> None:
        calls.append(source)
        if len(calls) == at:
            raise KeyboardInterrupt
        rename(source, target)

    monkeypatch.setattr(os, "rename", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_dataset(place / "earlier", OTHER)
    assert contents(place) == before


def test_write_dataset__looks_again_before_it_puts_it_there(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync = dataset_folder.sync_file

    def meanwhile(file: object) -> None:
        (place / "new").mkdir(exist_ok=True)
        (place / "new" / "notes.txt").write_text("mine")
        sync(file)  # type: ignore[arg-type]

    monkeypatch.setattr(dataset_folder, "sync_file", meanwhile)
    with pytest.raises(UsageError, match="a folder that holds something else"):
        write_dataset(place / "new", OTHER)
    assert contents(place / "new") == {"notes.txt": b"mine".hex()}


@pytest.mark.parametrize(
    "name", ["../escape.csv", "csv/../../escape.csv", "/tmp/escape", "csv/Clauses.csv", "notes.txt"]
)
def test_write_dataset__writes_no_other_name(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is no file of a dataset"):
        write_dataset(tmp_path / "new", {name: b""})
    assert list(tmp_path.iterdir()) == []


def test_check__names_what_lies_in_the_way(place: Path) -> None:
    with pytest.raises(UsageError, match=r"an earlier dataset with something else in it, notes\.txt"):
        check_dataset_folder(place / "noted")
