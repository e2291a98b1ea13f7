"""docs/extending.md: laid over a copy of the project, its example is lived alike by both readings, and its option answers."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "extending.md"
LIFE = "a-score-that-is-needed-is-that-just-before-the-record"
LIVE = f"""
from glasstown.compiler import compile_rulebook
from glasstown.engine.one_life import live_in_engine
from glasstown.engine.one_life_lines import differences as of_the_engine
from glasstown.interpreter.life import live
from golden.harness import differences, load_golden

golden = next(each for each in load_golden() if each.name.endswith("{LIFE}"))
told = live(golden.book, golden.acts, golden.life)
compiled = compile_rulebook(golden.book, golden.acts)
lived = live_in_engine(compiled, golden.acts, golden.life)
print(len(differences(golden.expect, told, golden.book)), len(of_the_engine(lived.ledger, told, compiled)))
"""


class Change(NamedTuple):
    """One block of the page: a file, the lines that are there, and those that are there then."""

    file: str
    old: str
    new: str


def changes() -> list[Change]:
    found = re.findall(r"^```diff file=(\S+)\n(.*?)^```", PAGE.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    return [Change(file, _side(block, " -"), _side(block, " +")) for file, block in found]


def _side(block: str, marks: str) -> str:
    return "".join(line[1:] for line in block.splitlines(keepends=True) if line[0] in marks)


def laid_over(folder: Path, left_out: str = "") -> dict[str, str]:
    """Copy the package and its golden lives, change them as the page says, and return the environment that runs the copy."""
    shutil.copytree(ROOT / "src" / "glasstown", folder / "src" / "glasstown")
    shutil.copytree(ROOT / "tests" / "golden", folder / "tests" / "golden")
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("catalogue", "notebooks", "pictures"))
    for change in changes():
        if change.file == left_out:
            continue
        path = folder / change.file
        text = path.read_text("utf-8")
        assert text.count(change.old) == 1, change
        path.write_text(text.replace(change.old, change.new), "utf-8")
    ways = os.pathsep.join(str(folder / name) for name in ("src", "tests"))
    return {**os.environ, "PYTHONPATH": ways, "GLASSTOWN_KERNELS": "plain", "PYTHONWARNINGS": "ignore"}


def said(environment: dict[str, str], *arguments: str) -> str:
    ended = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return ended.stdout


def test_shape__is_lived_alike_by_both_readings(tmp_path: Path) -> None:
    assert len(changes()) >= 12
    assert said(laid_over(tmp_path), "-c", LIVE).split() == ["0", "0"]


@pytest.mark.parametrize("step", ["engine/person/records.py", "interpreter/effect.py"])
def test_shape_without_one_reading__is_found_by_the_golden_life(step: str, tmp_path: Path) -> None:
    assert said(laid_over(tmp_path, f"src/glasstown/{step}"), "-c", LIVE).split() != ["0", "0"]


QUICK = ("tests/compiler/test_limits.py", "tests/answers/test_told_whole.py", "tests/language/test_schema.py")
"""tests of step 7 that take a few seconds in plain Python; the page names them as those that fail without their row"""


def test_shape_of_which_nothing_else_is_said__is_found_by_the_tests_of_step_7(tmp_path: Path) -> None:
    rows = [line.split("|") for line in PAGE.read_text("utf-8").splitlines() if line.count("|") == 4]
    assert set(QUICK) <= {test for row in rows for test in re.findall(r"^ `(tests/[\w./]+)`", row[3])}
    environment = laid_over(tmp_path)
    shutil.copytree(
        ROOT / "tests", tmp_path / "tests", dirs_exist_ok=True, ignore=shutil.ignore_patterns("golden", "__pycache__")
    )
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    words = ("-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "-k", "every_key or committed", *QUICK)
    environment["PYTHONPATH"] += f"{os.pathsep}{tmp_path}"
    ended = subprocess.run(
        [sys.executable, *words], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert {test for test in QUICK if f"FAILED {test}" in ended.stdout} == set(QUICK), ended.stdout + ended.stderr
    assert "ERROR" not in ended.stdout


def test_option__answers(tmp_path: Path) -> None:
    environment = laid_over(tmp_path)
    every, sharing = (
        json.loads(said(environment, "-m", "glasstown", "agencies", *words, "--json"))["agencies"]
        for words in ((), ("--sharing",))
    )
    assert 0 < len(sharing) < len(every)
    assert "--sharing" in said(environment, "-m", "glasstown", "agencies", "--help")


def test_files_and_tests_that_are_named__are_there() -> None:
    named = re.findall(r"`((?:src|tests|docs)/[\w./-]+)`", PAGE.read_text("utf-8"))
    assert len(named) > 12
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_example__is_no_part_of_the_project() -> None:
    assert "needs_score" not in (ROOT / "src" / "glasstown" / "language" / "model_clause.py").read_text("utf-8")
