"""The page on authoring: every YAML block on it is put on disk as the page says, and every command on it is run."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from glasstown.cli.main import main
from glasstown.language.load import load_rulebook
from glasstown.language.yaml import read_tree
from glasstown.paths import schema_folder
from language.test_schema import plain

ROOT = Path(__file__).resolve().parents[2]
TOWN = "lantern-quay-2031"
RULES, SOURCES = f"{TOWN}/rules.yaml", f"{TOWN}/sources.yaml"
FIRST_CASE, SECOND_CASE = f"{TOWN}/cases/litter-and-lapse.yaml", f"{TOWN}/cases/crossing-twice.yaml"
DEBT_CASE = f"{TOWN}/cases/a-debt.yaml"
MORE_CLAUSES, MORE_KEYS = "more clauses", "more keys"
CHANGED, CLOCKS, CLOCK_LIST, WAY_OUT = "clauses that change", "keys with clocks", "a list with clocks", "a way out"
PIER = "lantern-pier-2031"
PIER_RULES, PIER_SOURCES = f"{PIER}/rules.yaml", f"{PIER}/sources.yaml"


def page() -> str:
    return (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")


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


@pytest.fixture
def changing_town(whole_town: Path) -> Path:
    """The same with section 7 and the add-on of section 8."""
    blocks = yaml_blocks()
    keys = blocks[MORE_KEYS].replace("\nprocedures:\n", f"\n{blocks[CLOCK_LIST]}\nprocedures:\n") + blocks[WAY_OUT]
    text = blocks[RULES] + blocks[MORE_CLAUSES] + blocks[CHANGED] + "\n" + keys + "\n" + blocks[CLOCKS]
    lay_out(whole_town, {RULES: text, DEBT_CASE: blocks[DEBT_CASE]})
    lay_out(whole_town, {name: blocks[name] for name in (PIER_RULES, PIER_SOURCES)})
    return whole_town


def test_page__says_what_each_yaml_block_is() -> None:
    assert set(yaml_blocks()) == {
        *(RULES, SOURCES, FIRST_CASE, SECOND_CASE, DEBT_CASE, PIER_RULES, PIER_SOURCES),
        *(MORE_CLAUSES, MORE_KEYS, CHANGED, CLOCKS, CLOCK_LIST, WAY_OUT),
    }


def test_page__shows_the_commands_in_order() -> None:
    assert [words[0] for words in commands()] == ["check", "case", "test", "run", "life", "run"]


def test_commands__end_well_in_order_on_the_changing_town(changing_town: Path) -> None:
    assert [main(words) for words in commands()] == [0] * len(commands())


def test_first_lines__lead_from_the_folder_to_a_schema_that_is_there() -> None:
    found = [re.search(r"\$schema=(\S+)", text) for text in yaml_blocks().values()]
    assert {(ROOT / TOWN / schema[1]).resolve() for schema in found if schema} == {
        schema_folder() / f"{name}.schema.json" for name in ("rules", "sources")
    }


@pytest.mark.parametrize("name", [RULES, PIER_RULES])
def test_rules__fit_the_schema_that_an_editor_uses(name: str, changing_town: Path) -> None:
    document = read_tree(changing_town / name, name).data
    schema = json.loads((schema_folder() / "rules.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(plain(document), schema)


def test_add_on__has_the_towns_clauses_and_its_own(changing_town: Path) -> None:
    book = load_rulebook(PIER)
    assert [clause.points for clause in book.clauses if clause.id == "lq-d01"] == [-10]
    assert len(book.clauses) == len(load_rulebook(TOWN).clauses)
    assert book.measures == ()


def test_debt_case__goes_as_its_ledger_tells(changing_town: Path) -> None:
    assert main(["test", TOWN]) == 0


@pytest.mark.parametrize("words", commands()[:3], ids=" ".join)
def test_command__ends_well_on_the_small_town(words: list[str], small_town: Path) -> None:
    assert main(words) == 0


@pytest.mark.parametrize("words", commands()[:3], ids=" ".join)
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
