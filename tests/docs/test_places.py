"""docs/places.md: its table is a place, its commands run, and it names every group, column and key."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from glasstown.cli import main as cli
from glasstown.language.parameters import PlaceFile
from glasstown.language.place_csv import COLUMNS, GROUPS

TEXT = (Path(__file__).parents[2] / "docs" / "places.md").read_text(encoding="utf-8")


def test_page__its_commands_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in re.findall(r"```text file=(\S+)\n(.*?)```", TEXT, flags=re.S):
        Path(name).write_text(content, encoding="utf-8")
    lines = [line for block in re.findall(r"```console\n(.*?)```", TEXT, flags=re.S) for line in block.splitlines()]
    assert len(lines) == 3
    for line in lines:
        assert cli.main(shlex.split(line)[2:]) == 0


def test_page__names_every_group_column_and_key() -> None:
    named = set(re.findall(r"`(\w+)`", TEXT))
    assert {*COLUMNS, *GROUPS, *PlaceFile.model_fields} <= named
