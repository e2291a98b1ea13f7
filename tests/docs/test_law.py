"""docs/law.md: its files pass, and what it says of texts holds in JSON too; tests/docs/test_lived.py asks all its commands."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from glasstown.answers.rights import RIGHTS
from tests.cli.conftest import Command, command

__all__ = ["command"]
TEXT = (Path(__file__).parents[2] / "docs" / "law.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"```yaml file=(\S+)\n(.*?)```", TEXT, flags=re.DOTALL))
LINES = [
    line.removeprefix("$ glasstown ")
    for block in re.findall(r"```console\n(.*?)```", TEXT, flags=re.DOTALL)
    for line in block.splitlines()
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the files of the page into a folder and stand in it."""
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asked(command: Command, beginning: str, *, json: bool = True) -> Any:
    """Return what the page's command with this beginning answers."""
    (line,) = [each for each in LINES if each.startswith(beginning)]
    ended = command(*shlex.split(line), *(["--json"] if json else []))
    assert ended.code == 0, ended.err
    return ended.json if json else ended.out


def test_rights__are_laid_out_and_each_cell_is_cited(command: Command) -> None:
    told = asked(command, "compare-rules cn-court-list-2017 cn-henan-credit-2019 cn-shanghai-credit-2017")
    assert [topic["topic"] for topic in told["topics"]] == list(RIGHTS)
    cited = [each["source"] for cell in told["cells"] for each in cell["says"]]
    assert all(cited)
    assert {cell["state"] for cell in told["cells"]} == {"says", "denies", "silent", "unread"}


@pytest.mark.parametrize("line", [line for line in LINES if "--csv" in line])
def test_files__are_written(command: Command, folder: Path, line: str) -> None:
    assert command(*shlex.split(line)).code == 0
    assert [name for name in re.findall(r"\S+\.(?:csv|html)", line) if not (folder / name).is_file()] == []


def test_drafts__are_sound_and_their_rule_of_objection_is_lived_by(command: Command) -> None:
    for told in asked(command, "check draft-quick draft-slow")["rulebooks"]:
        assert told["sound"]
        lived = {each["key"] for each in told["redress"] if each["standing"] == "lived"}
        assert {"within", "answered_within", "reviewer", "stays"} <= lived
        assert all(each["standing"] == "words" for each in told["redress"] if each["key"] == "text")


def test_firm__is_told_under_six_rulebooks(command: Command) -> None:
    told = asked(command, "case ")
    assert len(told["rulebooks"]) == 6
    assert {line["under"] for line in told["timeline"]} == {each["under"] for each in told["rulebooks"]}
