"""The page on authoring: every YAML block on it is put on disk as the page says, and every command on it is run."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from glasstown.cli.main import main
from glasstown.paths import root
from glasstown.rulebook.load import load_rulebook

TOWN = "lantern-quay-2031"
RULES, SOURCES = f"{TOWN}/rules.yaml", f"{TOWN}/sources.yaml"
FIRST_CASE, SECOND_CASE = f"{TOWN}/cases/litter-and-lapse.yaml", f"{TOWN}/cases/crossing-twice.yaml"
MORE_CLAUSES, MORE_KEYS = "more clauses", "more keys"


def page() -> str:
    return (root() / "docs" / "authoring.md").read_text(encoding="utf-8")


def yaml_blocks() -> dict[str, str]:
    """Return each YAML block under what its first line, a comment, says that it is."""
    found = {}
    for text in re.findall(r"^```yaml\n(.*?)^```$", page(), flags=re.MULTILINE | re.DOTALL):
        first, _, _ = text.partition("\n")
        found[first.removeprefix("# ")] = text
    return found


def commands() -> list[list[str]]:
    """Return every command on the page, as words."""
    blocks = re.findall(r"^```text\n(.*?)^```$", page(), flags=re.MULTILINE | re.DOTALL)
    return [line.split()[1:] for block in blocks for line in block.splitlines() if line.startswith("glasstown ")]


def lay_out(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def small_town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The rulebook of sections 2 to 4, as a newcomer has it before section 6."""
    blocks = yaml_blocks()
    lay_out(tmp_path, {name: blocks[name] for name in (RULES, SOURCES, FIRST_CASE)})
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def whole_town(small_town: Path) -> Path:
    """The same with all of section 6."""
    blocks = yaml_blocks()
    text = blocks[RULES] + blocks[MORE_CLAUSES] + "\n" + blocks[MORE_KEYS]
    lay_out(small_town, {RULES: text, SECOND_CASE: blocks[SECOND_CASE]})
    return small_town


def test_page__says_what_each_yaml_block_is() -> None:
    assert set(yaml_blocks()) == {RULES, SOURCES, FIRST_CASE, SECOND_CASE, MORE_CLAUSES, MORE_KEYS}


def test_page__shows_the_three_commands() -> None:
    assert [words[0] for words in commands()] == ["check", "case", "test"]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_command__ends_well_on_the_small_town(words: list[str], small_town: Path) -> None:
    assert main(words) == 0


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_command__ends_well_on_the_whole_town(words: list[str], whole_town: Path) -> None:
    assert main(words) == 0


def test_folder__bears_the_id(small_town: Path) -> None:
    assert load_rulebook(TOWN).id == TOWN


def scores_of(case: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert main(["case", TOWN, case, "--json"]) == 0
    return [line["after"] for line in json.loads(capsys.readouterr().out)["ledger"]]


def test_first_case__goes_through_the_scores_that_its_comments_tell(
    small_town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert scores_of(FIRST_CASE, capsys) == ["95", "105", "110"]


def test_second_case__goes_through_the_scores_that_its_comments_tell(
    whole_town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert scores_of(SECOND_CASE, capsys) == ["99", "95", "87", "87", "85", "83", "83"]


def test_a_failing_expectation__ends_with_1(small_town: Path) -> None:
    path = small_town / FIRST_CASE
    path.write_text(path.read_text(encoding="utf-8").replace('"110"', '"111"'), encoding="utf-8")
    assert main(["test", TOWN]) == 1
