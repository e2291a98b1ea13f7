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
from glasstown.language.parameters import Parameters, PlaceFile
from glasstown.language.yaml import read_tree
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
