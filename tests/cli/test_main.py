"""The command as a whole: help, unknown words, messages, exit codes, what is imported."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from glasstown.cli.faults import tell
from glasstown.cli.verbs import VERBS as KNOWN
from tests.cli.conftest import Command

GLASSTOWN = Path(sys.executable).with_name("glasstown")
VERBS = tuple(KNOWN)
LATER = ("audit",)


def test_help__lists_every_verb_and_none_that_does_not_exist_yet(command: Command) -> None:
    ended = command("--help")
    assert ended.code == 0
    listed = [
        line.split()[0]
        for line in ended.out.split("Commands:")[1].splitlines()
        if line.startswith("  ") and line.split()
    ]
    assert [word for word in listed if word in VERBS] == list(VERBS)
    assert not set(LATER) & set(listed)


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb__shows_an_example_and_json(command: Command, verb: str) -> None:
    ended = command(verb, "--help")
    assert ended.code == 0
    assert f"glasstown {verb}" in ended.out.split("Example")[1]
    assert "--json" in ended.out


def test_no_words_at_all__shows_the_help(command: Command) -> None:
    assert command().out == command("--help").out


def test_unknown_command__names_the_nearest(command: Command) -> None:
    ended = command("shwo", "suining-2010")
    assert ended.code == 2
    assert ended.out == ""
    assert "Did you mean 'show'?" in ended.err


def test_unknown_option__names_the_nearest(command: Command) -> None:
    ended = command("run", "suining-2010", "--peple", "10")
    assert ended.code == 2
    assert "there is no option '--peple'. Did you mean '--people'?" in ended.err


@pytest.mark.parametrize("number", ["-5", "-57"])
def test_number_with_a_minus__is_told_where_numbers_begin(command: Command, number: str) -> None:
    ended = command("life", "runs/none", number)
    assert ended.code == 2
    assert ended.err.splitlines()[0] == "glasstown life: found a number with a minus; numbers begin at 0."


def test_missing_argument__is_one_clear_message(command: Command) -> None:
    ended = command("show")
    assert ended.code == 2
    assert ended.err.splitlines() == ["glasstown show: Missing argument 'ID'.", "See: glasstown show --help"]


def test_surplus_argument__is_one_clear_message(command: Command) -> None:
    ended = command("show", "suining-2010", "jinan-dogs-2017")
    assert ended.code == 2
    assert "Traceback" not in ended.err
    assert "See: glasstown show --help" in ended.err


def test_version__is_the_package_s(command: Command) -> None:
    import glasstown

    assert command("--version").out == f"glasstown {glasstown.__version__}\n"


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "runs/x"), "The disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "runs/x"), "not permitted"),
        (FileNotFoundError(errno.ENOENT, "No such file", "case.yaml"), "no such file"),
        (MemoryError(), "memory of this machine"),
        (ZeroDivisionError("division by zero"), "fault of Glasstown itself"),
    ],
)
def test_tell__is_one_message_without_traceback(
    problem: BaseException, words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GLASSTOWN_DEBUG", raising=False)
    assert tell(problem) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert words in captured.err
    assert "Traceback" not in captured.err


def test_tell__shows_the_traceback_when_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLASSTOWN_DEBUG", "1")
    tell(ZeroDivisionError("division by zero"))
    assert "ZeroDivisionError: division by zero" in capsys.readouterr().err


def test_interruption__says_what_is_safe_and_ends_with_130(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    from glasstown import api

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(api, "check", interrupted)
    ended = command("check", "suining-2010")
    assert ended.code == 130
    assert "Nothing on disk was changed" in ended.err


def test_closed_pipe__ends_quietly() -> None:
    shell = f"{GLASSTOWN} show suining-2010 | head -n 1"
    ended = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=True)
    assert ended.stdout.count("\n") == 1
    assert ended.stderr == ""


@pytest.mark.parametrize("code", ["import glasstown", "import glasstown.cli.main"])
def test_start__imports_nothing_heavy(code: str) -> None:
    heavy = "numba,pyarrow,duckdb,altair,pydantic,rich,numpy,ruamel"
    check = f"{code}; import sys; print([name for name in '{heavy}'.split(',') if name in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"


def test_run__imports_no_pandas(tmp_path: Path) -> None:
    command = [str(GLASSTOWN), "run", "suining-2010", "--people", "200", "--months", "1"]
    code = f"import sys; sys.argv = {command!r}; from glasstown.cli.main import entry\n"
    code += "try:\n    entry()\nexcept SystemExit as ending:\n    assert not ending.code\n"
    code += "print('pandas' in sys.modules, file=sys.stderr)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert ended.stderr.split()[-1] == "False"


def test_entry__leaves_nothing_to_be_looked_through_at_the_end() -> None:
    code = """
import atexit, gc, sys
from glasstown.cli.main import entry
from glasstown.cli.process import SELDOM
atexit.register(lambda: print(gc.get_freeze_count() > 1000, gc.get_threshold() == SELDOM, file=sys.stderr))
sys.argv = ["glasstown", "--version"]
entry()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr.split() == ["True", "True"]


def test_readings_that_differ__are_told_with_how_to_report_them(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    from glasstown import api
    from glasstown.errors import HOW_TO_REPORT, AgreementError

    def differing(*_: object, **__: object) -> None:
        raise AgreementError("small", None, None, ["score: engine 95, interpreter 96"])

    monkeypatch.setattr(api, "rescue", differing)
    ended = command("rescue", "run", "1", "--json")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        "The two readings of rulebook 'small' differ on one life, in one place:",
        "  score: engine 95, interpreter 96",
        HOW_TO_REPORT,
    ]
