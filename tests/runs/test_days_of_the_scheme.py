"""A town whose scheme begins inside its first month and ends inside the run: nothing is recorded on any other day."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from glasstown.runs import plan as build
from glasstown.runs.one_life import LifeResult, hash_differences, live_again, told
from glasstown.runs.outside import outside_of
from glasstown.runs.request import inputs_of
from glasstown.runs.session import RunRequest, run_town
from glasstown.storage.folder import RunFolder

LIGHTHOUSE = Path(__file__).parents[1] / "rulebooks" / "good" / "lighthouse"
BEGINS, IS_OVER = date(2020, 1, 12), date(2021, 2, 11)
MONTHS = 20
RUNS_OUT = {
    "lapse", "override-end", "list-end", "lock-end", "correction", "procedure", "consent", "spend", "listing",
}  # fmt: skip
"""phases of lines that may still come once the scheme is over"""
ONCE = """\
  - {id: pause, label: pause, colour: grey, entry: {score_at_most: 98, once: true}, leaves: {after: {months: 2}},
     cite: {source: lighthouse-rules, at: article 1, evidence: invented}}"""
"""a list that the score sets off"""
SETTINGS = {
    "consent.give_per_month": "0.3",
    "balance.spend_per_month": "0.1",
    "objection.share": "0.2",
    "recording.dishonesty.default": "0.9",
    "recording.rewards.default": "0.9",
}


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("days")
    shutil.copytree(LIGHTHOUSE, path / "lighthouse")
    rules = path / "lighthouse" / "rules.yaml"
    text = rules.read_text(encoding="utf-8")
    worst = next(line for line in text.splitlines() if "id: worst," in line)
    for old, new in (
        ("from: 2018-01-01, until: null", f"from: {BEGINS}, until: {IS_OVER}"),
        (worst, f"{worst}\n{ONCE}"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    rules.write_text(text, encoding="utf-8")
    said = run_town(
        RunRequest(
            rulebook=str(path / "lighthouse"), people=450, months=MONTHS, seed=5, threads=1, settings=SETTINGS,
            out=path / "run", command="test",
        )
    )  # fmt: skip
    flags = " ".join(said.as_json()["flags"])
    assert f"in force from {BEGINS}: nothing is recorded before" in flags
    assert f"over on {IS_OVER}: nothing is recorded" in flags
    return path / "run"


@pytest.fixture(scope="module")
def lives(finished: Path) -> list[LifeResult]:
    folder = RunFolder.open(finished)
    plan = build.make_plan(folder.manifest, inputs_of(folder))
    outside = outside_of(folder, plan)
    found = []
    for block in range(plan.n_blocks("person")):
        lived = live_again(plan, "person", block, outside)
        assert hash_differences(folder, lived, "person", block) == []
        found += [told(plan, "person", number, lived, [], outside) for number in range(block * 150, (block + 1) * 150)]
    return found


def lines_of(lives: list[LifeResult]) -> list[dict[str, Any]]:
    return [line for life in lives for line in life.lines]


def day_of(line: dict[str, Any]) -> date:
    return date.fromisoformat(str(line["date"]))


def test_every_life__is_told_alike_by_both_readings(lives: list[LifeResult]) -> None:
    assert [life.differences for life in lives if life.differences] == []


def test_no_record__lies_outside_the_days_of_the_scheme(lives: list[LifeResult]) -> None:
    days = [day_of(line) for line in lines_of(lives) if line["phase"] in ("record", "repeat")]
    assert len(days) > 300
    assert min(days) >= BEGINS
    assert max(days) < IS_OVER
    assert any(day.year == 2020 and day.month == 1 for day in days)
    assert any(day.year == 2021 and day.month == 2 for day in days)


def test_status__is_recorded_on_the_first_day_of_the_scheme(lives: list[LifeResult]) -> None:
    assert min(day_of(line) for line in lines_of(lives)) == BEGINS


def test_what_was_made_under_the_scheme__runs_out(lives: list[LifeResult]) -> None:
    later = {line["phase"] for line in lines_of(lives) if day_of(line) >= IS_OVER}
    assert later <= RUNS_OUT, later
    assert {"correction", "consent"} <= later
    assert not any(line["measures"] for line in lines_of(lives) if day_of(line) >= IS_OVER)


def test_accounts__have_no_records_and_no_measures_of_later_months(finished: Path) -> None:
    rows = RunFolder.open(finished).read("months").to_pylist()
    later = {row["account"] for row in rows if row["date"] > IS_OVER and row["value"] != 0}
    assert later & {"truth", "records", "points", "measures", "fines", "dropped"} == set()
    assert {"people", "acts", "detections", "score_sum"} <= later
    assert {"records", "measures"} <= {row["account"] for row in rows if row["date"] < IS_OVER}


def test_list_that_is_entered_once__is_left_while_its_condition_holds(lives: list[LifeResult]) -> None:
    ends = [line for line in lines_of(lives) if line["phase"] == "list-end" and "pause" in line["why"]]
    assert any(float(line["after"]) <= 98 and "pause" not in line["lists"] for line in ends)


def found_out(run: Path, n_months: int) -> list[int]:
    """Return, by month, what became of acts that were found out and that a clause answers; second records are no acts."""
    sums = [0] * n_months
    for row in RunFolder.open(run).read("months").to_pylist():
        is_one = (row["account"], row["item"]) in (("too_late", "not made"), ("redress", "averted"))
        if row["month"] < n_months and (is_one or (row["account"] == "truth" and row["item"] != "duplicate")):
            sums[row["month"]] += row["value"]
    return sums


def test_what_became_of_acts_found_out__adds_up_though_the_scheme_ends_before_their_records(finished: Path) -> None:
    endless = finished.parent / "endless"
    run_town(
        RunRequest(
            rulebook=str(finished.parent / "lighthouse"), people=450, months=MONTHS, seed=5, threads=1,
            settings={**SETTINGS, "lighthouse/in_force/until": "unknown"}, out=endless, command="test",
        )
    )  # fmt: skip
    before = (IS_OVER.year - BEGINS.year) * 12 + IS_OVER.month - BEGINS.month
    accounts = [
        {row["account"] for row in RunFolder.open(run).read("months").to_pylist()} for run in (finished, endless)
    ]
    assert ["too_late" in each for each in accounts] == [True, False]
    assert found_out(finished, before) == found_out(endless, before)
    assert min(found_out(finished, before)) > 0
