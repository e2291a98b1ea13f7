"""Files whose lines end as on Windows mean what they mean elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasstown.answers.case import tell
from glasstown.language.load import faults_of, load_rulebook
from glasstown.paths import rulebook_folder

NAME = "red-light-and-found-money"


@pytest.fixture
def windows_copy(tmp_path: Path) -> Path:
    """Return a copy of a shipped rulebook as an editor on Windows saves it, in a folder with a space and CJK characters."""
    copy = tmp_path / "my rules 规则"
    shipped = rulebook_folder() / "suining-2010"
    for path in shipped.rglob("*.yaml"):
        target = copy / path.relative_to(shipped)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    return copy


def test_rulebook__is_the_same(windows_copy: Path) -> None:
    assert load_rulebook(str(windows_copy)) == load_rulebook("suining-2010")
    assert not list(faults_of(str(windows_copy)))


def test_case__is_told_the_same(windows_copy: Path) -> None:
    assert tell(str(windows_copy), NAME).as_json() == tell("suining-2010", NAME).as_json()
