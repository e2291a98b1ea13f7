"""Warming calls every kernel that Python calls, and what it calls them on is sound for plain Python too."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import glasstown
from plain_kernels import WRAPS, plain

pytestmark = WRAPS
ENGINE = Path(glasstown.__file__).parent / "engine"


def entries_of(path: Path) -> set[str]:
    """Return the functions of a file that Python calls compiled."""
    functions = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)]
    return {each.name for each in functions if "entry" in [ast.unparse(mark) for mark in each.decorator_list]}


def test_warm__lives_next_to_nothing() -> None:
    assert plain("warm").warm() >= 0


def test_warm__calls_every_kernel_that_python_calls() -> None:
    entries = set().union(*(entries_of(path) for path in ENGINE.rglob("*.py")))
    calls = [node for node in ast.walk(ast.parse((ENGINE / "warm.py").read_text())) if isinstance(node, ast.Call)]
    called = {ast.unparse(call.func).rpartition(".")[2] for call in calls}
    assert len(entries) >= 12
    assert entries <= called


def test_main__says_where_the_kernels_lie(capsys: pytest.CaptureFixture[str]) -> None:
    assert plain("warm").main() == 0
    assert "Kernels ready after" in capsys.readouterr().err
