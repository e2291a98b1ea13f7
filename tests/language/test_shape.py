"""Values of a file as their model wants them: exact numbers and dates, quoted or not."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from glasstown.errors import RulebookError
from glasstown.language.acts import ActCatalogue
from glasstown.language.load import load_rulebook
from glasstown.language.model import Rulebook
from glasstown.language.model_base import Value
from glasstown.language.parameters import Parameters, PlaceFile
from glasstown.language.shape import build
from glasstown.language.yaml import parse_tree, read_tree
from glasstown.paths import rulebook_folder
from glasstown.runs.scenario import ScenarioFile

SMALL = Path(__file__).resolve().parents[1] / "rulebooks" / "good" / "small"
UNQUOTED = re.compile(r"(?<=: )(\d{4}-\d{2}-\d{2})(?=[,}\n ])")


@pytest.mark.parametrize("name", ["rongcheng-2013", "cn-court-list-2017", "suining-2010"])
def test_quoted_dates__are_dates_wherever_a_rulebook_has_one(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    folder.mkdir()
    for file in (rulebook_folder() / name).glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        (folder / file.name).write_text(UNQUOTED.sub(r'"\1"', text), encoding="utf-8")
    assert UNQUOTED.search((rulebook_folder() / name / "rules.yaml").read_text(encoding="utf-8"))
    assert load_rulebook(str(folder)) == load_rulebook(name)


def test_a_rulebook_written_as_json__has_its_dates(tmp_path: Path) -> None:
    for file in SMALL.glob("*.yaml"):
        text = json.dumps(read_tree(file, file.name).data, default=str, ensure_ascii=False)
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    assert load_rulebook(str(tmp_path)).in_force == load_rulebook(str(SMALL)).in_force
    assert isinstance(load_rulebook(str(tmp_path)).in_force.from_, date)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ('"2010-02-30"', "found the date 2010-02-30, which does not exist; expected a day of the calendar"),
        ('"2010-2-3"', "found the text '2010-2-3'; expected a date (YYYY-MM-DD)"),
        ('"10-02-03"', "found the text '10-02-03'; expected a date (YYYY-MM-DD)"),
    ],
)
def test_a_quoted_date_that_is_none__is_told(written: str, words: str, tmp_path: Path) -> None:
    for file in SMALL.glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    rules = tmp_path / "rules.yaml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(re.sub(r"from: \d{4}-\d{2}-\d{2}", f"from: {written}", text, count=1), encoding="utf-8")
    with pytest.raises(RulebookError, match=re.escape(words)):
        load_rulebook(str(tmp_path))


@pytest.mark.parametrize("written", [True, Decimal("1.0"), 1.0, "1", "yes", None, 2])
@pytest.mark.parametrize(
    ("model", "key"),
    [(Rulebook, "glasstown"), (ActCatalogue, "glasstown_acts"), (Parameters, "glasstown_parameters"), (PlaceFile, "glasstown_place"),
     (ScenarioFile, "glasstown_scenario")],
)  # fmt: skip
def test_version__is_the_whole_number_and_nothing_that_python_takes_for_it(
    model: type[BaseModel], key: str, written: object
) -> None:
    with pytest.raises(ValidationError) as caught:
        model.model_validate({key: written})
    assert (key,) in [error["loc"] for error in caught.value.errors()]
    with pytest.raises(ValidationError) as caught:
        model.model_validate({key: 1})
    assert (key,) not in [error["loc"] for error in caught.value.errors()]


class Inner(Value):
    """A mapping of four needed keys."""

    a: int
    b: int
    c: int
    d: int
    free: int | None = None


class Outer(Value):
    """A mapping that holds another."""

    title: str
    inner: Inner | None = None
    many: tuple[Decimal, ...] = ()


def faults_of(text: str) -> list[str]:
    """Return every fault of a text's shape."""
    value, faults = build(Outer, parse_tree(text, "f.yaml"))
    assert (value is None) == bool(faults)
    return [str(fault) for fault in faults]


def test_a_mapping_that_lacks_most_of_its_keys__has_one_fault() -> None:
    assert faults_of("title: t\ninner: {free: 1}") == [
        "f.yaml:2:8: inner: found no 'a', 'b', 'c' or 'd'; expected all of them. "
        "Add them, or start from a shipped file of this kind."
    ]


@pytest.mark.parametrize("there", ["a: 1", "a: 1, b: 1, c: 1"])
def test_a_mapping_that_lacks_few_keys__has_a_fault_for_each(there: str) -> None:
    assert [re.findall("found no '(.)'", fault) for fault in faults_of(f"title: t\ninner: {{{there}}}")] == [
        [key] for key in "abcd" if f"{key}:" not in there
    ]


def test_faults__stand_in_the_order_of_the_file_and_each_once() -> None:
    found = faults_of("inner: {a: x, b: 1, c: 2, d: y}\nmany: [1, z]\ntitel: t")
    assert [fault.split(": ")[0] for fault in found] == ["f.yaml:1:12", "f.yaml:1:30", "f.yaml:2:11", "f.yaml:3:1"]
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hello", "found the text 'hello'; expected keys such as 'title'"),
        ("[1, 2]", "found a list of 2"),
        ("", "an empty file"),
        ("title: t\nmany: [1234567890123456]", "the number 1234567890123456; expected at most"),
    ],
)
def test_what_is_no_such_file__has_one_fault(text: str, words: str) -> None:
    (fault,) = faults_of(text)
    assert words in fault


def test_lists_and_numbers__come_out_frozen_and_exact() -> None:
    value, faults = build(Outer, parse_tree('title: t\nmany: [1, "2.50"]', "f.yaml"))
    assert faults == []
    assert value is not None
    assert value.many == (Decimal(1), Decimal("2.50"))
