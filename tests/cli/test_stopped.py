"""Being told to stop, at any moment and in any way: the same words, no traceback, and the exit code of what was sent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from glasstown.cli import stopped
from glasstown.cli.main import main
from glasstown.cli.stopped import INTERRUPTED_WORDS
from longer import few

CODES = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}
SENT = [name for name in CODES if hasattr(signal, name)]
AT_IMPORT = """
import os, signal, sys
class Sends:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.{name})
sys.meta_path.insert(0, Sends())
sys.argv = ["glasstown", *{words!r}]
from glasstown.cli.main import entry
entry()
"""


def stopped_at(module: str, name: str, words: tuple[str, ...] = ("rulebooks",)) -> subprocess.CompletedProcess[str]:
    """Run a command that is told to stop when it begins to import a module."""
    code = AT_IMPORT.format(module=module, name=name, words=words)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize("name", SENT)
@pytest.mark.parametrize(
    "module",
    few(
        ["glasstown.cli.process", "typer", "glasstown.cli.show", "pydantic", "rich.table"],
        ["glasstown.cli.process", "pydantic"],
    ),
)
def test_any_moment__is_told_in_the_same_words(module: str, name: str) -> None:
    ended = stopped_at(module, name)
    assert ended.stderr.splitlines() == [INTERRUPTED_WORDS]
    assert ended.returncode == CODES[name]
    assert ended.stdout == ""


UP_TO_ENTRY = {
    "__future__", "glasstown", "glasstown.version", "glasstown.cli", "glasstown.cli.main", "glasstown.cli.stopped"
}  # fmt: skip


def test_what_comes_before_entry__is_next_to_nothing() -> None:
    """Whoever stops a command before `entry` has begun meets Python, or the launcher that pip wrote, which imports `re` first.

    Nothing of a package runs before its launcher's lines, so that this moment cannot be told in our words.  It is kept short:
    of 120 interrupts at 5 to 200 milliseconds after the start, 2 fell before Python listens, 2 into its start, 4 into `import re`
    and none into what is imported here, which takes 2 milliseconds.
    """
    code = "import sys; before = set(sys.modules); import glasstown.cli.main; print(*sorted(set(sys.modules) - before))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(ended.stdout.split()) <= UP_TO_ENTRY


def test_a_library_that_makes_another_error_of_it__is_no_fault_of_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from glasstown import api

    def broken(*_: object) -> None:
        stopped._heard.append(signal.SIGTERM)
        raise RuntimeError("Query interrupted")

    monkeypatch.setattr(stopped, "_heard", [])
    monkeypatch.setattr(api, "check", broken)
    assert main(["check", "suining-2010"]) == 143
    assert capsys.readouterr().err == INTERRUPTED_WORDS + "\n"


@pytest.mark.parametrize("name", SENT)
def test_run__that_is_told_to_stop_says_how_to_go_on(name: str, tmp_path: Path) -> None:
    code = f"""
import os, signal, sys
from glasstown.runs import session
lived = session.run_town
def living(request, progress):
    return lived(request, lambda done, all: os.kill(os.getpid(), signal.{name}))
session.run_town = living
sys.argv = ["glasstown", "run", "suining-2010", "--people", "10", "--months", "4", "--out", "r"]
from glasstown.cli.main import entry
entry()
"""
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path, timeout=120
    )
    assert ended.returncode == CODES[name]
    assert ended.stderr.splitlines()[-1] == (
        "Stopped. What was written to r is safe. Go on to the same result with: glasstown resume r"
    )


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows has no SIGHUP")
def test_what_the_caller_ignores__stays_ignored() -> None:
    code = AT_IMPORT.format(module="typer", name="SIGHUP", words=("--version",))
    ignoring = f"import signal\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)\n{code}"
    ended = subprocess.run([sys.executable, "-c", ignoring], capture_output=True, text=True, check=False, timeout=120)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_system_without_some_of_them__answers_to_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopped, "NAMES", ("SIGTERM", "SIGNOTHERE"))
    monkeypatch.setattr(stopped, "_taken", [])
    before = signal.getsignal(signal.SIGTERM)
    try:
        stopped.listen()
        assert stopped._taken == [signal.SIGTERM]
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
        stopped.deafen()
        signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
        stopped._heard.clear()


KILLED = """
import os, signal, sys
def kill(event, arguments):
    if event == "os.rename" and str(arguments[1]).endswith({name!r}):
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(kill)
from glasstown.cli.main import main
main({words!r})
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("run", "suining-2010", "--people", "60", "--months", "1", "--threads", "1", "--out", "run"), "final.parquet"),
        (("report", "whole", "--out", "page.html"), "page.html"),
        (("archive", "whole", "--out", "run.tar"), "run.tar"),
    ],
    ids=lambda words: words[0],
)
def test_process_that_is_killed__leaves_nothing_among_the_temporary_files(
    words: tuple[str, ...], name: str, tmp_path: Path
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    whole = (
        "run",
        "suining-2010",
        "--people",
        "60",
        "--months",
        "1",
        "--threads",
        "1",
        "--out",
        str(tmp_path / "whole"),
    )
    assert words[0] == "run" or main(whole) == 0
    environment = {**os.environ, "TMPDIR": str(temporary)}
    code = KILLED.format(words=words, name=name)
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, check=False, timeout=300
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert not (tmp_path / name).exists()
    assert list(temporary.iterdir()) == []
