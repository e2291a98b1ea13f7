"""A shipped rulebook is read once, and read again as soon as any of its files is another."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from glasstown.language import load, read_once, texts
from glasstown.paths import data_folder, rulebook_folder

ADD_ON, BASE = "cn-court-list-party-exempt", "cn-court-list-2017"
LONG_AGO = time.time_ns() - 10 * read_once.SETTLED


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a copy of some shipped rulebooks, an add-on with its base among them, its files as old as those of an installation."""
    copied = tmp_path / "rulebooks"
    for name in ("suining-2010", ADD_ON, BASE):
        shutil.copytree(rulebook_folder() / name, copied / name)
    for module in (texts, read_once):
        monkeypatch.setattr(module, "rulebook_folder", lambda: copied)
    monkeypatch.setattr(read_once, "_READ", {})
    settle(copied)
    return copied


def settle(folder: Path) -> None:
    """Make every file of a folder an old one."""
    for file in folder.rglob("*.yaml"):
        os.utime(file, ns=(LONG_AGO, LONG_AGO))


def test_rulebook__is_read_once_while_its_files_stay(folder: Path) -> None:
    first = load.load_rulebook("suining-2010")
    assert load.load_rulebook("suining-2010") is first
    assert load.load_rulebook("suining-2010@ceiling-1000") is not first


def _longer(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def _as_long_but_later(file: Path) -> None:
    os.utime(file, ns=(LONG_AGO + 1, LONG_AGO + 1))


def _put_in_its_place(file: Path) -> None:
    other = file.with_suffix(".new")
    other.write_bytes(file.read_bytes())
    os.utime(other, ns=(LONG_AGO, LONG_AGO))
    os.replace(other, file)


@pytest.mark.parametrize("change", [_longer, _as_long_but_later, _put_in_its_place])
@pytest.mark.parametrize("name", ["rules.yaml", "sources.yaml"])
def test_rulebook__is_read_again_when_a_file_is_another(
    folder: Path, name: str, change: Callable[[Path], None]
) -> None:
    first = load.load_rulebook("suining-2010")
    change(folder / "suining-2010" / name)
    assert load.load_rulebook("suining-2010") is not first


def test_rulebook__is_read_again_when_acts_of_its_own_come_beside_it(folder: Path) -> None:
    first = load.load_rulebook("suining-2010")
    shutil.copy(data_folder() / "acts.yaml", folder / "suining-2010" / "acts.yaml")
    with pytest.raises(Exception, match="acts"):
        assert load.load_rulebook("suining-2010") is first


def test_changed_rulebook__is_told_as_it_is_now(folder: Path) -> None:
    rules = folder / "suining-2010" / "rules.yaml"
    before = load.load_rulebook("suining-2010")
    rules.write_text(
        rules.read_text(encoding="utf-8").replace("credit in commerce", "credit in trade"), encoding="utf-8"
    )
    after = load.load_rulebook("suining-2010")
    assert before.score is not None
    assert after.score is not None
    assert (before.score.parts[0].label, after.score.parts[0].label) == ("credit in commerce", "credit in trade")


def test_file_that_was_just_written__is_not_relied_on(folder: Path) -> None:
    os.utime(folder / "suining-2010" / "rules.yaml")
    first = load.load_rulebook("suining-2010")
    assert load.load_rulebook("suining-2010") is not first


def test_add_on__is_read_again_when_its_base_is_another(folder: Path) -> None:
    first = load.load_rulebook(ADD_ON)
    assert load.load_rulebook(ADD_ON) is first
    _longer(folder / BASE / "rules.yaml")
    assert load.load_rulebook(ADD_ON) is not first


def test_rulebook_with_settings_or_a_path__is_read_each_time(folder: Path) -> None:
    plain = load.load_rulebook("suining-2010")
    changed = load.load_rulebook("suining-2010", {"clauses/su-d06/points": "-10"})
    assert changed != plain
    assert load.load_rulebook("suining-2010") is plain
    own = folder.parent / "own"
    shutil.copytree(folder / "suining-2010", own)
    settle(own)
    assert load.load_rulebook(str(own)) is not load.load_rulebook(str(own))
