"""Twins: nothing differs where nothing is changed, and nothing before the rules do; what differs is told with its width."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import glasstown
import towns
from glasstown.errors import RecordError, UsageError
from glasstown.language.load import load_parameters
from glasstown.outcomes.counted import measures_of
from glasstown.outcomes.twins import pair_of, same_people, twins_apart
from glasstown.paths import rulebook_folder
from glasstown.runs.request import RunRequest
from glasstown.runs.session import run_town
from glasstown.studies.plausible import draws_of

pytestmark = pytest.mark.usefixtures("short_past")
ASKED = RunRequest("rongcheng-2013", people=900, months=18, threads=1, start="2014-01", command="test")
LITTER = "rongcheng-2013/clauses/rc13-d02/points"


def run(path: Path, **changes: object) -> Path:
    run_town(replace(ASKED, out=path, **changes))  # type: ignore[arg-type]
    return path


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run(tmp_path_factory.mktemp("twins") / "plain")


def test_lever_that_changes_nothing__differs_nowhere(plain: Path, tmp_path: Path) -> None:
    same = run(tmp_path / "same", settings={LITTER: "-5", "filing.lost": "0.041"})
    pair = pair_of(plain, same)
    assert [name for name, (ours, theirs) in pair.counts.items() if ours != theirs] == []
    assert (pair.first_conduct, pair.first_anything, pair.apart, pair.furthest) == (None, None, 0, ())
    assert all(cell.records[0] == cell.records[1] and cell.listed[0] == cell.listed[1] for cell in pair.cells)
    assert sum(ours for ours, _ in pair.counts.values()) > 0


def test_rules_that_differ_from_a_month_on__leave_all_before_it_alike(plain: Path, tmp_path: Path) -> None:
    folder = tmp_path / "rongcheng-2013"
    folder.mkdir()
    shipped = rulebook_folder() / "rongcheng-2013"
    for name in ("rules.yaml", "sources.yaml"):
        text = (shipped / name).read_text(encoding="utf-8")
        mark = "  - id: rc13-d02\n"
        text = text.replace(mark, f"{mark}    in_force: {{until: 2015-01-01}}\n")
        (folder / name).write_text(text, encoding="utf-8")
    pair = pair_of(plain, run(tmp_path / "ended", rulebook=str(folder)))
    assert pair.first_anything == 12
    assert pair.first_conduct is None or pair.first_conduct >= 12
    assert pair.apart > 0


def test_twins__are_counted_and_the_furthest_are_among_those_apart(plain: Path, tmp_path: Path) -> None:
    pair = pair_of(plain, run(tmp_path / "hard", settings={LITTER: "-200"}), most=3)
    assert tuple(pair.counts) == measures_of(["person"])
    assert pair.apart >= len(pair.furthest) == 3
    assert all(twin.scores[0] != twin.scores[1] for twin in pair.furthest)
    assert sum(cell.people for cell in pair.cells if cell.trait == "sex") == 900
    assert sum(cell.people for cell in pair.cells if cell.trait == "age") == 900


def test_runs_of_other_people__are_refused(plain: Path, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="the seed of the second run"):
        pair_of(plain, run(tmp_path / "other", seed=2))


def test_compare__of_two_requests_makes_a_pair_for_each_seed(tmp_path: Path) -> None:
    answer = glasstown.compare(
        "rongcheng-2013@one-point-b",
        "suining-2010",
        people=450,
        months=6,
        seeds=2,
        draws=2,
        threads=1,
        out=tmp_path / "both",
    )
    told = answer.as_json()
    assert (told["seeds"], told["draws"]) == ([1, 2], 2)
    assert all(each["drawn_least"] <= each["drawn_most"] for each in told["measures"])
    assert [len(each) for each in told["runs"]] == [2, 2]
    assert {each["verdict"] for each in told["measures"]} <= {
        "same",
        "more",
        "less",
        "no more",
        "no less",
        "undetermined",
    }
    assert "Synthetic population" in str(answer.blocks())
    assert answer.chart().to_dict()["vconcat"]
    assert {row["measure"] for row in answer.table().to_pylist()} >= set(measures_of(["person"]))


@pytest.mark.parametrize(
    ("first", "second", "options", "words"),
    [
        ("suining-2010", "suining-2011", {}, "suining-2010"),
        ("suining-2010", "suining-2010@ceiling-1000", {"seeds": 0}, "1 to 1000"),
        ("suining-2010", "suining-2010@ceiling-1000", {"draws": -1}, "0 to 1000"),
        ("rongcheng-2013", "rongcheng-2019", {"people": 300, "months": 3}, "rongcheng-2013/in_force/until: unknown"),
    ],
)
def test_compare__refuses_what_cannot_be_laid_side_by_side(
    first: str, second: str, options: dict[str, int], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        glasstown.compare(first, second, **options)  # type: ignore[arg-type]


def test_compare__refuses_scenarios_of_different_towns(tmp_path: Path) -> None:
    for name, people in (("a", 300), ("b", 450)):
        (tmp_path / f"{name}.yaml").write_text(
            f"glasstown_scenario: 1\nrulebooks: [suining-2010]\npeople: {people}\nmonths: 2\n", "utf-8"
        )
    with pytest.raises(UsageError, match="Give people="):
        glasstown.compare(tmp_path / "a.yaml", tmp_path / "b.yaml")


def test_draws__use_each_slice_of_each_range_once_and_hold_what_is_set() -> None:
    parameters = load_parameters()
    draws = draws_of(parameters, 8, seed=3, held={"hazard.c0"})
    assert draws == draws_of(parameters, 8, seed=3, held={"hazard.c0"})
    assert all("hazard.c0" not in each for each in draws)
    for parameter in parameters.parameters:
        values = [Decimal(each[parameter.id]) for each in draws if parameter.id in each]
        assert all(parameter.low <= value <= parameter.high for value in values)
    shares = sorted(float(each["filing.duplicate"]) / 0.05 for each in draws)
    assert [int(share * 8) for share in shares] == list(range(8))
    wide = sorted(math.log(float(each["hazard.c6"]) / 0.0002, 50) for each in draws)
    assert [int(place * 8) for place in wide] == list(range(8))


def test_compare__writes_into_no_folder_that_holds_something(plain: Path) -> None:
    before = sorted(plain.iterdir())
    with pytest.raises(UsageError, match="a folder that is new, empty, or this comparison's"):
        glasstown.compare(
            "suining-2010", "suining-2010@ceiling-1000", people=150, months=1, seeds=1, draws=0, out=plain
        )
    assert sorted(plain.iterdir()) == before


ONE, OTHER = "rongcheng-2013@one-point-b", "rongcheng-2013@a-to-960"


def test_twins_apart__counts_who_has_another_grade_and_who_another_score(tmp_path: Path) -> None:
    final = towns.final_rows(10, ONE)
    one = towns.make_town(tmp_path / "one", ONE, [], final=final)
    changed = {**final, "grade": list(final["grade"]), "score": list(final["score"])}
    changed["grade"][3], changed["grade"][4], changed["score"][4] = None, "D", 7
    changed["rulebook"] = [OTHER if name else None for name in final["rulebook"]]
    other = towns.make_town(tmp_path / "other", OTHER, [], final=changed)
    apart = twins_apart(one, other)
    assert (apart.people, apart.in_another_grade, apart.with_another_score) == (8, 2, 1)


def test_twins_apart__a_run_equals_itself(tmp_path: Path) -> None:
    final = towns.final_rows(ref=ONE)
    final["grade"] = [None] * 40
    run = towns.make_town(tmp_path / "run", ONE, [], final={**final, "grade": [*[None] * 39, "A"]})
    assert twins_apart(run, run).in_another_grade == 0


def test_same_people__other_people_are_refused_with_the_way_out(tmp_path: Path) -> None:
    one = towns.make_town(tmp_path / "one", ONE, [], people=100)
    other = towns.make_town(tmp_path / "other", OTHER, [], people=200)
    with pytest.raises(RecordError, match="found 200; expected 100"):
        same_people(one, other)


def test_twins_apart__an_unfinished_run_names_the_command_that_finishes_it(tmp_path: Path) -> None:
    run = towns.make_town(tmp_path / "run", ONE, [], finished=False)
    with pytest.raises(RecordError, match="glasstown resume"):
        twins_apart(run, run)
