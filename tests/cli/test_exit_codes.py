"""The table of exit codes in docs/commands.md, and every verb held to it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from glasstown import api, demo
from glasstown.cli.faults import REQUEST_EXIT
from glasstown.cli.output import BROKEN_PIPE_EXIT, FINDINGS_EXIT
from glasstown.cli.verbs import VERBS
from tests.cli.conftest import Command

PAGE = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
WRONG = {
    "demo": ("--people", "0"),
    "new": ("/dev/null",),
    "rulebooks": ("--kind", "dragon"),
    "show": ("nope",),
    "act": ("nope",),
    "compare-rules": ("suining-2010", "nope"),
    "check": ("nope",),
    "case": ("suining-2010", "nope"),
    "firm": ("nope",),
    "test": ("nope",),
    "run": ("nope",),
    "levers": ("nope",),
    "compare": ("nope", "suining-2010"),
    "sweep": ("nope",),
    "resume": ("nope",),
    "life": ("nope", "1"),
    "lives": ("nope",),
    "targets": ("--use", "nope"),
    "ensemble": ("--verify", "0"),
    "rescue": ("nope", "1"),
    "report": ("nope",),
    "query": ("nope", "select 1"),
    "archive": ("nope",),
    "unpack": ("nope",),
    "explore": ("--port", "99999"),
    "publish": ("nope", "pages"),
    "claims": ("4000",),
    "timeline": ("--since", "yesterday"),
    "agencies": ("nope",),
    "areas": ("nope",),
    "sources": ("nope",),
    "dataset": ("/dev/null",),
}
RIGHT = {
    **dict.fromkeys(("show", "check", "test", "run", "levers", "sweep", "sources"), ("suining-2010",)),
    **dict.fromkeys(("resume", "report", "archive", "unpack", "lives", "firm"), ("nope",)),
    "compare-rules": ("suining-2010", "rongcheng-2013"),
    "case": ("suining-2010", "red-light-and-found-money"),
    "compare": ("suining-2010", "suining-2010"),
    "life": ("nope", "1"),
    "rescue": ("nope", "1"),
    "query": ("nope", "select 1"),
    "publish": ("nope", "pages"),
    "dataset": ("record",),
    "new": ("a-rulebook",),
}


def test_page__has_every_code_and_no_other() -> None:
    table = re.search(r"\| exit code \|.*?\n\|[-|]+\n((?:\|.*\n)+)", PAGE)
    assert table is not None
    codes = {int(code) for row in table[1].splitlines() for code in re.findall(r"\d+", row.split("|")[1])}
    assert codes == {0, FINDINGS_EXIT, REQUEST_EXIT, 129, 130, 143, BROKEN_PIPE_EXIT}


@pytest.mark.parametrize("verb", VERBS)
def test_a_wrong_request__ends_with_2_and_one_message(
    verb: str, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = command(verb, *WRONG[verb])
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err
    assert "Traceback" not in ended.err
    assert "fault of Glasstown" not in ended.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("verb", VERBS)
def test_an_interrupt__ends_with_130_and_one_sentence(
    verb: str, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(*((demo, "make_demo") if verb == "demo" else (api, verb.replace("-", "_"))), interrupted)
    ended = command(verb, *RIGHT.get(verb, ()))
    assert ended.code == 130
    assert ended.out == ""
    assert len(ended.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("verb", "code"),
    [("check", 1), ("case", 1), ("test", 1), ("show", 2), ("run", 2), ("levers", 2), ("compare", 2), ("sources", 2)],
)
def test_a_faulty_rulebook__is_an_answer_to_those_who_ask_for_faults(
    verb: str, code: int, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules.yaml").write_text("glasstown: 1\n", encoding="utf-8")
    (tmp_path / "case.yaml").write_text("start: 2010-01-01\nuntil: 2010-02-01\n", encoding="utf-8")
    words = {"case": ("rules.yaml", "case.yaml"), "compare": ("rules.yaml", "suining-2010")}.get(verb, ("rules.yaml",))
    ended = command(verb, *words)
    assert ended.code == code
    assert "Traceback" not in ended.err
    assert "fault of Glasstown" not in ended.err


def test_a_case_with_a_fault__is_an_answer_and_one_that_is_not_there_a_wrong_request(
    command: Command, tmp_path: Path
) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("start: 2010-02-01\nevents: [{date: 2010-02-01, clause: nope}]\n", encoding="utf-8")
    assert command("case", "suining-2010", str(case)).code == 1
    assert command("case", "suining-2010", str(tmp_path / "other.yaml")).code == 2
    assert command("case", "suining-2010", str(tmp_path)).code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a working folder cannot be removed there")
def test_working_folder_that_is_gone__is_named(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    code = "import os, sys; os.rmdir(os.getcwd()); from glasstown.cli.main import main; sys.exit(main(sys.argv[1:]))"
    line = ["run", "suining-2010", "--people", "300", "--months", "1"]
    done = subprocess.run([sys.executable, "-c", code, *line], cwd=gone, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert "the working folder: found none" in done.stderr
