"""What the command does to its own process, and that a process without standard streams is one too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from glasstown.cli.main import main
from glasstown.cli.output import is_terminal, progress, say
from glasstown.cli.verbs import VERBS
from longer import few
from towns import make_town, plausible_cells

GLASSTOWN = Path(sys.executable).with_name("glasstown")


def closing(*numbers: int, words: str, folder: Path) -> int:
    """Run a command with standard streams closed and return its exit code."""
    shut = " ".join(f"{number}>&-" for number in numbers)
    return subprocess.run(
        ["bash", "-c", f"{GLASSTOWN} {words} {shut}"], cwd=folder, check=False, timeout=300
    ).returncode


@pytest.mark.parametrize("numbers", few([(1,), (2,), (1, 2), (0, 1, 2)], [(2,), (0, 1, 2)]))
@pytest.mark.parametrize(("words", "code"), [("show suining-2010", 0), ("check nope", 2), ("--help", 0)])
def test_closed_streams__change_no_exit_code(numbers: tuple[int, ...], words: str, code: int, tmp_path: Path) -> None:
    assert closing(*numbers, words=words, folder=tmp_path) == code


def test_closed_streams__leave_their_numbers_to_no_file_of_a_run(tmp_path: Path) -> None:
    assert closing(0, 1, 2, words="run suining-2010 --people 10 --months 1 --track 1 --out r", folder=tmp_path) == 0
    assert closing(words="resume r > said", folder=tmp_path) == 0


@pytest.mark.parametrize("verb", VERBS)
def test_no_streams_at_all__is_borne_by_every_verb(verb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main([verb, "--help"]) == 0
    assert main([verb, "--no-such-option"]) == 2


def test_no_streams_at_all__shows_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    assert not is_terminal(sys.stderr)
    say("lost")
    with progress("Living", "months") as report:
        report(1, 2)


def test_a_stream_that_was_closed__is_borne(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    closed = (tmp_path / "x").open("w")
    closed.close()
    monkeypatch.setattr(sys, "stderr", closed)
    assert not is_terminal(sys.stderr)
    say("lost")


@pytest.mark.parametrize(
    ("words", "code"),
    [(("query", "town", "select 1"), 0), (("query", "nowhere", "select 1"), 2), (("report", "town"), 0)],
)
def test_libraries__are_silent_at_the_end(words: tuple[str, ...], code: int, tmp_path: Path) -> None:
    make_town(tmp_path / "town", "suining-2010", plausible_cells("suining-2010"), months=6)
    ended = subprocess.run(
        [GLASSTOWN, *words], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120, env={**os.environ}
    )
    assert ended.returncode == code
    assert len(ended.stderr.splitlines()) == (2 if code else 0)


def test_import_glasstown__does_nothing_to_the_process() -> None:
    code = """
import gc, signal, sys
before = (gc.get_threshold(), signal.getsignal(signal.SIGTERM), list(sys.meta_path), type(sys))
import glasstown, glasstown.api
assert before == (gc.get_threshold(), signal.getsignal(signal.SIGTERM), list(sys.meta_path), type(glasstown))
assert {"run", "rulebook"} <= set(dir(glasstown)) and glasstown.rulebook.__module__ == "glasstown.api"
"""
    subprocess.run([sys.executable, "-c", code], check=True)
