"""Every module comes in and every command works where Linux's own calls are missing: Windows and macOS, faked."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from glasstown import machine

TESTS = Path(__file__).resolve().parent
SOURCE = TESTS.parent / "src" / "glasstown"
IMPORT_ALL = """
import importlib, pkgutil
import windows
windows.pretend()
import glasstown
names = [each.name for each in pkgutil.walk_packages(glasstown.__path__, "glasstown.")]
for name in names:
    importlib.import_module(name)
print(len(names))
"""
TRY_ALL = """
import json, sys
import windows
windows.pretend()
refused = []
for planted in json.loads(sys.argv[1]):
    try:
        exec(planted, {})
    except Exception:
        refused.append(planted)
print(json.dumps(refused))
"""
PLANTED = (
    "import resource", "import fcntl", "import os; os.sysconf('SC_PAGE_SIZE')", "import os; os.open('.', os.O_RDONLY)",
    "import os; os.geteuid()", "import signal; signal.SIGHUP", "open('a:b.txt', 'wb')",
    "exec(compile('open(\"x.txt\", \"w\")', 'x', 'exec'), {'__name__': 'glasstown.planted'})",
)  # fmt: skip
BORNE = ("import os; os.getpid()", "open('a.txt', 'wb').close()")
LIVE = """
import windows
windows.pretend()
from glasstown.cli.main import main
people = ["--people", "200", "--months", "2"]
for line in (
    ["rulebooks"], ["check", "suining-2010"], ["case", "suining-2010", "red-light-and-found-money"],
    ["run", "suining-2010", *people, "--out", "跑 one"], ["life", "跑 one", "7"],
    ["report", "跑 one"], ["query", "跑 one", "select count(*) from months"],
):
    code = main(line)
    assert code == 0, (line, code)
print("done")
"""


def in_process(code: str, folder: Path, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), str(SOURCE.parent)])}
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, *arguments], cwd=folder, env=environment, capture_output=True, text=True,
        encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_every_module__comes_in_without_what_windows_lacks(tmp_path: Path) -> None:
    assert int(in_process(IMPORT_ALL, tmp_path)) > 150


def test_commands__work_without_what_windows_lacks(tmp_path: Path) -> None:
    assert in_process(LIVE, tmp_path).endswith("done\n")


def test_fake__refuses_what_is_planted_and_nothing_else(tmp_path: Path) -> None:
    refused = json.loads(in_process(TRY_ALL, tmp_path, json.dumps([*PLANTED, *BORNE])))
    assert refused == list(PLANTED)


def test_memory__is_that_of_this_machine() -> None:
    assert 1 << 28 < machine.memory_bytes() < 1 << 50


def test_peak__is_told_on_every_system(monkeypatch: pytest.MonkeyPatch) -> None:
    here = machine.peak_bytes()
    assert 1 << 24 < here < machine.memory_bytes()

    def absent(*_: object, **__: object) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", absent)  # macOS has no /proc
    assert here // 8 < machine.peak_bytes() < here * 8
    monkeypatch.setitem(sys.modules, "resource", None)  # nor has Windows the module resource
    assert here // 8 < machine.peak_bytes() < here * 8


def test_sync_folder__opens_no_folder_on_windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refused(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(PermissionError):
        machine.sync_folder(tmp_path)
    monkeypatch.setattr(machine.psutil, "WINDOWS", True)
    machine.sync_folder(tmp_path)


def text_calls(tree: ast.AST) -> list[tuple[int, str]]:
    """Return line and name of each call that opens text without its encoding, or writes it without its line ends."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        named = {word.arg for word in node.keywords}
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name == "read_text" and not isinstance(node.func, ast.Name) and not named & {"encoding"} and not node.args:
            found.append((node.lineno, name))
        if name == "write_text" and not {"encoding", "newline"} <= named:
            found.append((node.lineno, name))
        if isinstance(node.func, ast.Name) and name == "open" and "encoding" not in named:
            mode = node.args[1] if len(node.args) > 1 else None
            if not (isinstance(mode, ast.Constant) and "b" in str(mode.value)):
                found.append((node.lineno, name))
    return found


def test_text__is_opened_with_encoding_and_line_ends() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{line}: {name}"
        for path in sorted(SOURCE.rglob("*.py"))
        for line, name in text_calls(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize(
    "planted", ["p.read_text()", "p.write_text(x, encoding='utf-8')", "open(p)", "open(p, 'w', newline='')"]
)
def test_text_calls__finds_a_planted_one(planted: str) -> None:
    assert len(text_calls(ast.parse(planted))) == 1
