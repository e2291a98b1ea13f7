"""Every kind of life is told alike by both readings and by the run: debtor, misjudged, namesake, representative, neighbour, firm."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import glasstown
from glasstown.errors import UsageError
from glasstown.runs.request import RunRequest
from glasstown.runs.session import run_town
from glasstown.types import EntityKind

SETTINGS = {
    "hazard.c11": "0.001",
    "judgment.arrears": "10",
    "hazard.k5": "0.05",
    "filing.wrong_person": "0.02",
    "filing.duplicate": "0.05",
    "ability.unable_spared": "0.6",
    "recording.dishonesty.default": "0.9",
    "inform.false_share": "0.5",
    "inform.believed_false": "0.2",
}
ASKED = RunRequest(
    "cn-2019", people=3000, firms=900, months=40, seed=4, threads=1, settings=SETTINGS, command="test", start="2019-01"
)
COURT = "cn-court-list-2017"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kinds") / "run"
    run_town(replace(ASKED, out=path))
    return path


def ids(run: Path, sql: str) -> list[int]:
    return [row[0] for row in glasstown.query(run, sql).as_json()["rows"]]


def first_with(run: Path, kind: EntityKind, numbers: list[int], **wanted: str) -> dict[str, Any]:
    """Return the first of these lives with a line of the ledger that holds what is wanted, verified."""
    for number in numbers:
        told = glasstown.life(run, number, firm=kind == "firm").as_json()
        lines = [line for each in told["rulebooks"] for line in each["ledger"]]
        if any(all(line.get(key) == value for key, value in wanted.items()) for line in lines):
            return dict(glasstown.life(run, number, firm=kind == "firm", verify=True).as_json())
    raise AssertionError(f"nobody of {len(numbers)} with {wanted}")


@pytest.mark.parametrize(
    ("on", "wanted", "what"),
    [
        ("spc_dishonest", {"clause": "E1", "truth": "right"}, "a debtor who would not pay"),
        ("spc_dishonest", {"clause": "E1", "truth": "misjudged"}, "a debtor who could not pay"),
        ("spc_spending", {"clause": "C1", "truth": "right"}, "a debtor under a spending order"),
        ("spc_spending", {"clause": "C3"}, "a legal representative"),
        ("", {"truth": "wrong person"}, "a namesake"),
        ("", {"truth": "duplicate"}, "somebody recorded twice"),
    ],
)
def test_persons_life__is_verified_whatever_its_kind(run: Path, on: str, wanted: dict[str, str], what: str) -> None:
    sql = f"select id from final where kind = 'person' and n_records > 0 and coalesce(lists, '') like '%{on}%' group by id"
    people = ids(run, f"{sql} order by sum(n_records) desc, id limit 200")
    told = first_with(run, "person", people, **wanted)
    assert told["kind"] == "person", what
    assert told["differences"] == []
    assert told["verified"] is True


def test_life_of_an_informers_target__is_verified(tmp_path: Path) -> None:
    """The national lists answer to next to nothing that others see; Rongcheng's rules do."""
    more = {**SETTINGS, "inform.reward": "500", "inform.response_false": "3"}
    asked = replace(ASKED, rulebook="rongcheng-2013", people=600, firms=0, months=24, start="2014-01", settings=more)
    run_town(replace(asked, out=tmp_path / "run"))
    sql = "select id from final where kind = 'person' and n_records > 0 order by n_records desc, id limit 200"
    told = first_with(tmp_path / "run", "person", ids(tmp_path / "run", sql), truth="false report")
    assert told["differences"] == []
    assert told["verified"] is True


def test_firms_life__is_verified(run: Path) -> None:
    firms = ids(run, f"select id from final where kind = 'firm' and rulebook = '{COURT}' and n_records > 0 order by id")
    told = first_with(run, "firm", firms, clause="C1-firm")
    assert (told["kind"], told["verified"], told["differences"]) == ("firm", True, [])
    represented = glasstown.life(run, told["person"]["legal_representative"], verify=True).as_json()
    assert represented["verified"] is True
    lines = [line for each in represented["rulebooks"] for line in each["ledger"]]
    assert [line for line in lines if line.get("clause") == "C3"]


def test_number_of_no_firm__is_told(run: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no firm of this number"):
        glasstown.life(run, 900, firm=True)
    run_town(replace(ASKED, rulebook="suining-2010", settings={}, firms=0, people=300, months=2, out=tmp_path / "none"))
    with pytest.raises(UsageError, match="Leave firm= out"):
        glasstown.life(tmp_path / "none", 0, firm=True)
