"""Phrases that readers stumbled over are written nowhere in what the program says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import glasstown

SOURCE = Path(glasstown.__file__).parent
STUMBLED = (
    r"No clause took a point",
    r"Measure in force: ",
    r"somebody would not pay who could not",
    r"through nothing but wrong records, and",
    r"by an old copy\.",
    r"Other gates refused",
    r"\bwishes\b.* refused",
    r"were told before they were to be listed",
    r"Never fired|EVER FIRED|would have fired|clauses that fired",
    r"Clauses of the rulebook",
    r"acts were done in all; the lines below",
    r"WRONG: recorded as",
    r"this version has no debt",
    r"\(an invented name\)",
    r"What was not read is not absent",
    r"entries on a black list that nothing but wrong records brought about",
    r"hold the median difference",
    r"its own text was not read; what else it says is unknown",
    r"None: this section was read",
    r"^The wait of event",
    r" agencies; of ",
)
"""what six readers found, as it would stand in a text of the source"""
ALLOWED = {(name, r"^The wait of event") for name in ("interpreter/explain_decisions.py", "render/case_words.py")}
"""the interpreter's own words, which golden lives keep, and where they are put plainly"""


def texts(file: Path) -> Iterator[str]:
    """Yield every text of a module that is no docstring, parts of formatted texts joined."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(each.value) if isinstance(each, ast.Constant) else "#" for each in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node.value


def stumbles(said: str) -> list[str]:
    return [phrase for phrase in STUMBLED if re.search(phrase, said)]


@pytest.mark.parametrize("file", sorted(SOURCE.rglob("*.py")), ids=lambda file: str(file.relative_to(SOURCE)))
def test_no_module__says_what_readers_stumbled_over(file: Path) -> None:
    name = str(file.relative_to(SOURCE))
    found = {(name, phrase) for text in texts(file) for phrase in stumbles(text)}
    assert found <= ALLOWED


@pytest.mark.parametrize(
    "said",
    [
        "Never fired in this run: 2 clauses.",
        "Measure in force: refused a mortgage: 3 people.",
        "142 saying that somebody would not pay who could not",
        "Klozel Trivard (synthetic) (an invented name)",
        "28 agencies; of 26 it is unknown",
    ],
)
def test_planted_phrase__is_found(said: str, tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(f"def say(n):\n    return f{said + '{n}'!r}\n", encoding="utf-8")
    assert [phrase for text in texts(planted) for phrase in stumbles(text)]
