"""Whatever a path leads to, a command says in one message what is wrong with it, ends with 2, and leaves everything as it was."""

from __future__ import annotations

import os
import socket
import sys
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

from longer import few
from tests.cli.conftest import Command
from tests.watch import contents

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")

BOOK, SMALL = "suining-2010", ("--people", "60", "--months", "1", "--threads", "1", "--out", "new")
READ: dict[str, tuple[str, ...]] = {
    "show": ("show", "@"),
    "case": ("case", BOOK, "@"),
    "run": ("run", "@", *SMALL),
    "place": ("run", BOOK, *SMALL, "--place", "@"),
    "acts": ("run", BOOK, *SMALL, "--acts", "@"),
    "parameters": ("run", BOOK, *SMALL, "--parameters", "@"),
    "mechanism": ("run", BOOK, *SMALL, "--mechanism", "@"),
    "drive": ("run", "cn-court-list-2017", *SMALL, "--drive", "@"),
    "compare": ("compare", BOOK, "@", *SMALL),
    "archive": ("archive", "@", "--out", "new.tar"),
    "unpack": ("unpack", "@", "new"),
    "life": ("life", "@", "3"),
    "lives": ("lives", "@"),
    "rescue": ("rescue", "@"),
    "report": ("report", "@"),
    "resume": ("resume", "@"),
    "query": ("query", "@", "select 1"),
}
WRITTEN: dict[str, tuple[str, ...]] = {
    "new": ("new", "@"),
    "dataset": ("dataset", "@"),
    "unpack into": ("unpack", "none.tar", "@"),
    "run out": ("run", BOOK, *SMALL[:-1], "@"),
    "demo out": ("demo", "--people", "60", "--months", "1", "--out", "@"),
    "certificate": ("case", "rongcheng-2013", "below-960", "--certificate", "@"),
    "archive to": ("archive", "folder", "--out", "@"),
}
ODD = ("", " ", "empty", "folder", "bytes", "text", "pipe", "pipe.csv", "socket", "x.zip", "other.tar", "loop", "dangling", "rules",
       "text/x", "x" * 300, "manifest")  # fmt: skip
TAKEN = (
    "",
    " ",
    "/",
    "empty",
    "text",
    "pipe",
    "socket",
    "loop",
    "dangling",
    "text/x",
    "x" * 300,
    "/proc/self/nothing/x",
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a working folder with everything that a path could lead to and no command expects."""
    monkeypatch.chdir(tmp_path)
    Path("empty").touch()
    Path("folder").mkdir()
    Path("bytes").write_bytes(bytes(range(256)) * 20)
    Path("text").write_text("hello\n", encoding="utf-8")
    for name in ("pipe", "pipe.csv"):
        os.mkfifo(name)
    with socket.socket(socket.AF_UNIX) as ours:
        ours.bind("socket")
    with ZipFile("x.zip", "w") as zipped:
        zipped.writestr("a", "b")
    with tarfile.open("other.tar", "w") as tar:
        tar.add("text")
    for name, leads_to in (("loop", "loop"), ("dangling", "nothing")):
        os.symlink(leads_to, name)
    for name in ("rules/rules.yaml", "manifest/manifest.json"):
        Path(name).mkdir(parents=True)
    return tmp_path


def is_refused(command: Command, line: tuple[str, ...], name: str, place: Path) -> None:
    before = contents(place)
    ended = command(*(name if word == "@" else word for word in line))
    wrong_case = line[0] == "case" and ended.code == 1  # a finding, as of `check` and `test`
    assert ended.code == 2 or wrong_case, ended.err
    assert ended.out == ""
    assert "fault of Glasstown" not in ended.err
    assert "Traceback" not in ended.err
    assert len([each for each in ended.err.splitlines() if not each.startswith(" ")]) == 1, ended.err
    assert contents(place) == before


@pytest.mark.parametrize("kind", few(READ, ["show", "run", "place", "compare", "unpack", "life", "query"]))
def test_path_to_something_else__is_refused_by_whatever_reads_it(kind: str, command: Command, place: Path) -> None:
    for name in ODD:
        is_refused(command, READ[kind], name, place)


@pytest.mark.parametrize("kind", few(WRITTEN, ["new", "unpack into", "run out", "archive to"]))
def test_path_that_is_taken__is_refused_by_whatever_writes_it(kind: str, command: Command, place: Path) -> None:
    for name in TAKEN:
        is_refused(command, WRITTEN[kind], name, place)


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="no such folder here")
@pytest.mark.parametrize("kind", ["certificate", "archive to"])
def test_what_a_process_has_open__is_written_to_by_none(kind: str, command: Command, place: Path) -> None:
    with open("text", "r+b") as file:
        for name in (f"/proc/self/fd/{file.fileno()}", f"/dev/fd/{file.fileno()}", "/proc/self/fd/999"):
            is_refused(command, WRITTEN[kind], name, place)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("x.zip", "a zip file"),
        ("other.tar", "a tar file that another program has written"),
        ("empty", "an empty file"),
        ("bytes", "no tar file"),
        ("pipe", "a pipe"),
        ("folder", "a folder"),
    ],
)
def test_unpack__says_what_a_file_is_that_is_no_archive(name: str, found: str, command: Command, place: Path) -> None:
    ended = command("unpack", name)
    assert f"found {found}" in ended.err
    assert "`glasstown archive` wrote" in ended.err


def test_root_of_all_folders__is_no_run_and_has_no_name(command: Command, place: Path) -> None:
    is_refused(command, ("archive", "@"), "/", place)


def test_folder_in_the_place_of_a_file__is_told_as_that(command: Command, place: Path) -> None:
    ended = command("show", "rules")
    assert "rules/rules.yaml: file: found a folder" in ended.err
    assert "put one in its place" in ended.err
