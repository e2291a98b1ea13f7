"""Every test asks something: an assertion, an expected error or warning, a process that must end well, or a helper that asks."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ASKING = frozenset({"raises", "warns", "fail"})
"""calls of pytest that fail a test"""


@cache
def parsed() -> Mapping[str, ast.Module]:
    """Return every file of tests as a tree."""
    return {
        path.relative_to(HERE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(HERE.rglob("*.py"))
    }


def name_called(call: ast.Call) -> str:
    """Return the bare name of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def must_end_well(call: ast.Call) -> bool:
    """Return whether a call is of a process whose failure is an error."""
    return any(
        key.arg == "check" and isinstance(key.value, ast.Constant) and key.value.value is True for key in call.keywords
    )


def asks(function: ast.FunctionDef, helpers: Iterable[str]) -> bool:
    """Return whether a function can fail by what it finds."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assert | ast.Raise):
            return True
        if isinstance(node, ast.Call):
            name = name_called(node)
            if name in ASKING or name.startswith("assert_") or name in helpers or must_end_well(node):
                return True
    return False


def functions(trees: Iterable[ast.Module]) -> list[ast.FunctionDef]:
    """Return all functions of these files, those inside others too."""
    return [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def asking_helpers(trees: Iterable[ast.Module]) -> frozenset[str]:
    """Return the names of functions that are no tests and ask something, through other helpers too."""
    others = [each for each in functions(trees) if not each.name.startswith("test_")]
    found: frozenset[str] = frozenset()
    while True:
        more = found | {each.name for each in others if asks(each, found)}
        if more == found:
            return found
        found = more


def idle_tests(trees: Mapping[str, ast.Module]) -> list[str]:
    """Return the tests that ask nothing, each with file and line."""
    helpers = asking_helpers(trees.values())
    return [
        f"{file}:{each.lineno} {each.name}"
        for file, tree in trees.items()
        for each in functions([tree])
        if each.name.startswith("test_") and not asks(each, helpers)
    ]


def test_every_test__asks_something() -> None:
    assert idle_tests(parsed()) == []


@pytest.mark.parametrize(
    ("body", "is_idle"),
    [
        ("entry_for_act(book)", True),
        ("for act in acts:\n        entry_for_act(act)", True),
        ("subprocess.run(words, check=False)", True),
        ("x == 1", True),
        ("assert x == 1", False),
        ("with pytest.raises(ValueError):\n        f()", False),
        ("subprocess.run(words, check=True)", False),
        ("np.testing.assert_array_equal(a, b)", False),
        ("held(x)", False),
        ("holds(x)", False),
    ],
)
def test_a_test_that_asks_nothing__is_found(body: str, is_idle: bool) -> None:
    helpers = "def held(x):\n    assert x\ndef holds(x):\n    held(x)\n"
    trees = {"planted.py": ast.parse(f"{helpers}def test_planted():\n    {body}\n")}
    assert idle_tests(trees) == (["planted.py:5 test_planted"] if is_idle else [])
