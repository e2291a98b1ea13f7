"""Every command and the Python of the README run, in order, in an empty folder."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from glasstown.cli import main as cli

pytestmark = pytest.mark.usefixtures("short_past")
ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    \.venv/bin/(glasstown .*)$", README, flags=re.MULTILINE)
SMALLER = ("--people", "500", "--months", "12", "--seeds", "2", "--draws", "1")
"""for a command that says no size"""
PYTHON = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readme")


def test_readme__commands_run_in_order(workplace: Path) -> None:
    assert len(COMMANDS) >= 7
    for command in COMMANDS:
        arguments = [argument.replace("100_000", "2_000") for argument in shlex.split(command)[1:]]
        arguments += SMALLER if arguments[0] == "compare" else ()
        with (
            contextlib.chdir(workplace),
            contextlib.redirect_stdout(io.StringIO()) as out,
            contextlib.redirect_stderr(io.StringIO()) as err,
        ):
            code = cli.main(arguments)
        assert code == 0, (command, err.getvalue())
        assert out.getvalue().strip(), command


def test_readme__python_runs(workplace: Path) -> None:
    assert PYTHON
    for text in PYTHON:
        code = text.replace("10_000", "1_000")
        done = subprocess.run([sys.executable, "-c", code], cwd=workplace, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr


def test_readme__first_screen_says_what_it_is_not() -> None:
    first_screen = README[: README.index("## Ask it something")]
    for words in (
        "no single national score",
        "Everyone here is synthetic",
        "do not estimate",
        "make demo",
        "make test",
    ):
        assert words in first_screen, words
    assert "docs/pictures/two-readings.png" in first_screen
