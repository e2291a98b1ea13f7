"""`glasstown dataset`: what it says, and what it refuses before any work is done."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

import glasstown
from glasstown.errors import UsageError
from tests.cli.conftest import Command
from tests.watch import contents, watching


def test_dataset__writes_into_its_folder_and_nowhere_else(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "记录"
    with watching(tmp_path) as watch:
        ended = command("dataset", str(folder), "--json")
    assert (ended.code, watch.found) == (0, [])
    told = json.loads(ended.out)
    assert told["dataset"] == str(folder)
    assert {each.name for each in folder.iterdir()} == {
        "csv",
        "parquet",
        "datapackage.json",
        "CODEBOOK.md",
        "README.md",
    }
    assert {each["name"] for each in told["tables"]} == {each.stem for each in (folder / "csv").iterdir()}
    before = contents(folder)
    again = glasstown.dataset(folder)
    assert contents(folder) == before
    assert again.as_json() == told
    assert again.table().num_rows == len(told["tables"])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("file", "found a file"),
        ("folder", "a folder that holds something else"),
        ("link", "found a link"),
        ("file/below", "found a file above it"),
        ("a\x07b", "control character"),
        ("", "a folder that holds something else"),
    ],
)
def test_dataset__refuses_a_place_that_is_taken(name: str, words: str, command: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.txt").write_text("mine")
    (tmp_path / "link").symlink_to("folder")
    before = contents(tmp_path)
    ended = command("dataset", os.path.join(tmp_path, name) if name else str(tmp_path))
    assert (ended.code, ended.out) == (2, "")
    assert "Traceback" not in ended.err
    assert contents(tmp_path) == before
    assert re.search(words, ended.err), ended.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_dataset__says_where_it_may_not_write(command: Command, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    ended = command("dataset", str(tmp_path / "record"))
    tmp_path.chmod(0o700)
    assert ended.code == 2
    assert "Name a folder that you may write to" in ended.err


def test_dataset__needs_a_folder(command: Command) -> None:
    ended = command("dataset")
    assert ended.code == 2
    with pytest.raises(UsageError):
        glasstown.dataset(7)  # type: ignore[arg-type]
