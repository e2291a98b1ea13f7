"""`~` at the beginning of a path is the home folder, in every option and argument that takes a path, and in Python."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import glasstown
from glasstown.engine.kernel.cache import base_folder
from glasstown.errors import UsageError
from glasstown.incoming import path_of
from glasstown.paths import data_folder, rulebook_folder
from tests.cli.conftest import Command

SMALL = ("--people", "150", "--months", "1", "--threads", "1")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home folder of the test's own, and a working folder beside it."""
    folder = tmp_path / "home"
    (tmp_path / "work").mkdir()
    folder.mkdir()
    monkeypatch.setenv("GLASSTOWN_CACHE", str(base_folder().parent))  # kernels stay where they are
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    monkeypatch.chdir(tmp_path / "work")
    return folder


def test_path_of__knows_the_home_folder(home: Path) -> None:
    assert path_of("~/first") == home / "first"
    assert path_of(Path("~")) == home
    assert path_of("./~/first") == Path.cwd() / "~" / "first"
    assert path_of("~nobody-of-this-name/x") == Path.cwd() / "~nobody-of-this-name" / "x"
    assert path_of("runs/~x") == Path("runs/~x")
    assert path_of(".") == Path()
    for name in ("", "  "):
        with pytest.raises(UsageError, match="no letter in it"):
            path_of(name)


def test_commands__take_the_home_folder(command: Command, home: Path) -> None:
    assert command("run", "suining-2010", *SMALL, "--out=~/first").code == 0
    assert (home / "first" / "manifest.json").is_file()
    for line in (
        ("life", "~/first", "3"), ("query", "~/first", "select count(*) from months"), ("rescue", "~/first"),
        ("report", "~/first", "--out=~/page.html"), ("resume", "~/first"), ("compare", "~/first", "~/first"),
        ("run", "~/first", "--seed", "2", "--threads", "1", "--out=~/second"),
        ("compare", "~/first", "suining-2010", *SMALL, "--seeds", "1", "--draws", "0", "--out=~/pair"),
    ):  # fmt: skip
        ended = command(*line)
        assert (ended.code, ended.err) == (0, "")
    assert {each.name for each in home.iterdir()} == {"first", "second", "page.html", "pair"}
    assert list(Path.cwd().iterdir()) == []


def test_references__take_the_home_folder(command: Command, home: Path) -> None:
    shutil.copytree(rulebook_folder() / "suining-2010", home / "mine")
    shutil.copyfile(data_folder() / "places" / "china-2020.yaml", home / "place.yaml")
    (home / "town.yaml").write_text(
        "glasstown_scenario: 1\nrulebooks: [~/mine]\nplace: ~/place.yaml\npeople: 150\nmonths: 1\n", "utf-8"
    )
    assert command("check", "~/mine").code == 0
    assert command("case", "~/mine", "~/mine/cases/red-light-and-found-money.yaml").code == 0
    assert command("run", "~/mine", *SMALL, "--place=~/place.yaml", "--out=~/first").code == 0
    assert command("run", "~/town.yaml", "--threads", "1", "--out=~/second").code == 0


def test_file_that_is_really_called_so__is_reached_by_its_relative_name(command: Command, home: Path) -> None:
    assert command("run", "suining-2010", *SMALL, "--out", "./~/first").code == 0
    assert Path("~", "first", "manifest.json").is_file()
    assert command("query", "./~/first", "select count(*) from months").code == 0
    assert list(home.iterdir()) == []


def test_python__takes_the_home_folder(home: Path) -> None:
    town = glasstown.run("suining-2010", people=150, months=1, threads=1, out="~/first")
    assert town.folder == home / "first"
    assert glasstown.resume("~/first").folder == home / "first"
    assert glasstown.query(Path("~/first"), "select 1 as one").folder == home / "first"
    assert glasstown.report("~/first", out="~/page.html").report == home / "page.html"
    assert glasstown.life("~/first", 3).folder == home / "first"
