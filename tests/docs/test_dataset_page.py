"""Every command and the Python of docs/dataset.md run, in order, in an empty folder."""

from __future__ import annotations

import contextlib
import re
import shlex
from pathlib import Path

import pytest

from glasstown.cli.main import main
from glasstown.tabular.record import filled

PAGE = Path(__file__).resolve().parents[2] / "docs" / "dataset.md"
TEXT = PAGE.read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ glasstown (.*)$", TEXT, flags=re.MULTILINE)
PYTHON = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_page__runs(tmp_path: Path) -> None:
    known: dict[str, object] = {}
    with contextlib.chdir(tmp_path):
        for line in COMMANDS:
            assert main(shlex.split(line)) == 0
        for text in PYTHON:
            exec(compile(text, str(PAGE), "exec"), known)
    assert COMMANDS
    assert len(PYTHON) >= 4


def test_page__names_tables_that_there_are() -> None:
    paragraph = TEXT[TEXT.index("Schemes are in") : TEXT.index("## What to know")]
    named = set(re.findall(r"`([a-z_]+)`", paragraph))
    assert named
    assert named - {table.name for table in filled()} == set()
