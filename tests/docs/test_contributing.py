"""The guide for contributors: its first change fails as written and passes as corrected, and its verbs are there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from glasstown.compiler import compile_rulebook
from glasstown.engine.one_life import live_in_engine
from glasstown.engine.one_life_lines import differences as differences_of_engine
from glasstown.interpreter.life import live
from golden.harness import Golden, differences, load_golden

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
POINTS = ROOT / "tests" / "golden" / "points.yaml"
WRONG, RIGHT = "2020-03-10", "2020-03-11"


def with_first_change(folder: Path, day: str) -> Golden:
    """Return the guide's golden life, put where the guide says, with the lapse on a day."""
    block = re.search(r"^   ```yaml\n(.*?)^   ```$", GUIDE, flags=re.MULTILINE | re.DOTALL)
    assert block, "the guide has no YAML block"
    life = re.sub(r"^   ", "  ", block[1], flags=re.MULTILINE).replace(WRONG, day)
    head, first, rest = POINTS.read_text(encoding="utf-8").partition("\n\n  - name: ")
    folder = folder / day
    folder.mkdir()
    (folder / POINTS.name).write_text(f"{head}\n\n{life}{first}{rest}", encoding="utf-8")
    name = re.search(r"- name: (\S+)", life)
    assert name
    return next(golden for golden in load_golden(folder) if golden.name.endswith(name[1]))


def test_contributing__first_change_fails_then_passes_in_both_readings(tmp_path: Path) -> None:
    assert WRONG in GUIDE
    assert RIGHT in GUIDE
    wrong, right = with_first_change(tmp_path, WRONG), with_first_change(tmp_path, RIGHT)
    told = live(right.book, right.acts, right.life)
    assert differences(wrong.expect, told, wrong.book)
    assert differences(right.expect, told, right.book) == []
    compiled = compile_rulebook(right.book, right.acts)
    assert differences_of_engine(live_in_engine(compiled, right.acts, right.life).ledger, told, compiled) == []


def test_contributing__verbs_are_those_of_make() -> None:
    verbs = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)", GUIDE))
    assert named <= verbs
    assert {"quick", "check", "test", "verify", "coverage", "house", "site"} <= named


def test_forms__are_sound_yaml_and_the_workflow_has_every_version() -> None:
    read = YAML(typ="safe")
    forms = sorted((ROOT / ".github").rglob("*.yml"))
    assert len(forms) >= 6
    for form in forms:
        assert read.load(form.read_text(encoding="utf-8")), form
    workflow = read.load((ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8"))
    matrix = workflow["jobs"]["test"]["strategy"]["matrix"]
    assert matrix["python"] == ["3.11", "3.12", "3.13"]
    assert [system.partition("-")[0] for system in matrix["os"]] == ["ubuntu", "macos", "windows"]


def test_forms__ask_what_the_schema_of_forms_wants() -> None:
    for form in sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")):
        if form.name != "config.yml":
            asked = YAML(typ="safe").load(form.read_text(encoding="utf-8"))
            assert {"name", "description", "body"} <= set(asked), form
            ids = [part["id"] for part in asked["body"] if part["type"] != "markdown"]
            assert ids
            assert len(ids) == len(set(ids)), form
            assert all("label" in part["attributes"] for part in asked["body"] if part["type"] != "markdown")


@pytest.mark.parametrize("package", ["furo", "myst-parser", "sphinx", "pytest-cov", "pre-commit", "ruff", "mypy"])
def test_dev_lock__has_what_the_verbs_call(package: str) -> None:
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    lock = (ROOT / "requirements" / "dev.lock").read_text(encoding="utf-8")
    assert any(each.startswith(f"{package}>=") for each in extra["dev"])
    assert re.search(rf"^{package}==", lock, flags=re.MULTILINE)
