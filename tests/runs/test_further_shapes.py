"""Towns under locks, parts, cycles, quotas, bands of amounts, consent, a balance, status and household records."""

from __future__ import annotations

import pickle
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from glasstown.engine.tables.log_rows import FILED
from glasstown.runs import plan as build
from glasstown.runs.one_life import hash_differences, live_again, told
from glasstown.runs.outside import CUT_OFF, NOTHING, outside_of
from glasstown.runs.request import inputs_of
from glasstown.runs.session import RunRequest, resume_town, run_town
from glasstown.storage.folder import RunFolder

LIGHTHOUSE = Path(__file__).parents[1] / "rulebooks" / "good" / "lighthouse" / "rules.yaml"
SETTINGS = {
    "people.deaths": "0",
    "people.moves": "0",
    "consent.give_per_month": "0.3",
    "consent.take_back_per_month": "0.02",
    "balance.spend_per_month": "0.3",
    "objection.share": "0.2",
    "filing.wrong_person": "0.02",
    "recording.dishonesty.default": "0.9",
    "recording.rewards.default": "0.9",
}
ASKED = RunRequest(
    rulebook=str(LIGHTHOUSE),
    people=750,
    months=26,
    seed=5,
    start="2020-01",
    threads=1,
    settings=SETTINGS,
    command="test",
)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("further") / "run"
    run_town(replace(ASKED, out=path))
    return path


@pytest.fixture(scope="module")
def plan(finished: Path) -> build.Plan:
    folder = RunFolder.open(finished)
    return build.make_plan(folder.manifest, inputs_of(folder))


def digest(path: Path) -> str:
    return str(RunFolder.open(path).manifest.digest)


def rows(path: Path, table: str) -> list[dict[str, Any]]:
    return list(RunFolder.open(path).read(table).to_pylist())


def test_every_life__is_told_alike_and_meets_every_shape(finished: Path, plan: build.Plan) -> None:
    folder = RunFolder.open(finished)
    outside = outside_of(folder, plan)
    phases: Counter[str] = Counter()
    clauses: Counter[str] = Counter()
    for block in range(plan.n_blocks("person")):
        lived = live_again(plan, "person", block, outside)
        assert hash_differences(folder, lived, "person", block) == []
        for number in range(block * 150, (block + 1) * 150):
            life = told(plan, "person", number, lived, [], outside)
            assert life.differences == (), (number, life.differences)
            phases.update(line["phase"] for line in life.lines)
            clauses.update(line["clause"] for line in life.lines if line["phase"] == "record")
    wanted = "cycle cut-off lock-end override-end repeat consent spend procedure correction record list-end"
    assert set(wanted.split()) <= set(phases), phases
    assert {"hours-few", "hours-many", "kin", "office", "villager", "owes-power", "speeds"} <= set(clauses), clauses


def test_life__without_the_cut_offs_would_be_told_otherwise(finished: Path, plan: build.Plan) -> None:
    folder = RunFolder.open(finished)
    assert hash_differences(folder, live_again(plan, "person", 0, NOTHING), "person", 0) != []


@pytest.mark.parametrize("threads", [2, 3])
def test_digest__is_the_same_for_any_threads(finished: Path, tmp_path: Path, threads: int) -> None:
    run_town(replace(ASKED, threads=threads, out=tmp_path / "run"))
    assert digest(tmp_path / "run") == digest(finished)


@pytest.mark.parametrize("month", [6, 7, 13, 19])
def test_resume__goes_on_with_cut_offs_and_all_that_is_kept(finished: Path, tmp_path: Path, month: int) -> None:
    def stop(done: int, _months: int) -> None:
        if done == month:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_town(replace(ASKED, out=tmp_path / "run"), stop, seconds_between=0.0)
    resume_town(tmp_path / "run", threads=2)
    assert digest(tmp_path / "run") == digest(finished)
    for table in ("months", "inbox", "final"):
        assert rows(tmp_path / "run", table) == rows(finished, table)


def test_quota_grade__has_no_more_than_its_share_on_the_day_that_it_is_outside(finished: Path, tmp_path: Path) -> None:
    run_town(replace(ASKED, months=6, out=tmp_path / "june"))
    scored = [row for row in rows(tmp_path / "june", "final") if row["rulebook"]]
    cutoff = next(
        row["value"]
        for row in rows(finished, "inbox")
        if (row["account"], row["item"], row["month"]) == (CUT_OFF, "person/A", 6)
    )
    pool = [row["score"] for row in scored if row["score"] >= 90]
    assert (
        sum(score >= cutoff for score in pool)
        <= len(pool) // 10
        < sum(score >= cutoff - Decimal("0.5") for score in pool)
    )


def test_cut_offs__change_where_grades_begin_and_nothing_in_the_rulebook(plan: build.Plan) -> None:
    town = build.make_town(plan, threads=1)
    layer = town.sides[0].layers[0]
    rules, begins = pickle.dumps(layer.rules), pickle.dumps(layer.begins)
    for _ in range(7):  # cut-offs of June are published in July
        town.advance()
    assert pickle.dumps(layer.begins) != begins
    assert pickle.dumps(layer.rules) == rules


def test_measure__is_in_force_only_on_its_own_days(finished: Path) -> None:
    found = rows(finished, "months")
    listed = {row["date"] for row in found if row["account"] == "lists" and row["item"] == "debtors" and row["value"]}
    under = {row["date"] for row in found if row["account"] == "measures" and row["item"] == "no-lamp"}
    assert under == {day for day in listed if date(2020, 6, 1) <= day < date(2021, 6, 1)}
    assert under < listed


def test_clause_for_a_band_of_amounts__is_not_recorded_outside_it(finished: Path, plan: build.Plan) -> None:
    lived = live_again(plan, "person", 0, outside_of(RunFolder.open(finished), plan))
    filed = [row for member in lived.under[0].rows.values() for row in member if row.kind == FILED and row.act >= 0]
    clause_ids = next(iter(plan.compiled.values())).clause_ids()
    amounts = {(clause_ids[row.clause], row.amount) for row in filed if clause_ids[row.clause].startswith("hours")}
    assert {amount for name, amount in amounts if name == "hours-few"} == {1, 2, 3}
    assert {amount for name, amount in amounts if name == "hours-many"} == {4, 5, 6, 7}


def test_record_that_follows__is_about_the_rest_of_the_household_from_the_next_month_on(
    finished: Path, plan: build.Plan
) -> None:
    lived = live_again(plan, "person", 0, outside_of(RunFolder.open(finished), plan))
    clause_ids = next(iter(plan.compiled.values())).clause_ids()
    household = (lived.shard.profile >> 8).tolist()
    filed = [(member, row) for (member, _), log in lived.under[0].rows.items() for row in log if row.kind == FILED]
    first = Counter((household[m], date_of(row.effect_day)) for m, row in filed if clause_ids[row.clause] == "speeds")
    follow = Counter((household[m], date_of(row.record_day)) for m, row in filed if clause_ids[row.clause] == "kin")
    sizes = Counter(household)
    expected = Counter(
        {(house, following(month)): n * (sizes[house] - 1) for (house, month), n in first.items() if sizes[house] > 1}
    )
    assert follow == expected
    assert follow


def date_of(day: int) -> date:
    return (date.fromordinal(date(2020, 1, 1).toordinal() + day)).replace(day=1)


def following(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def test_final_state__tells_balance_consent_and_parts(finished: Path) -> None:
    for row in rows(finished, "final"):
        assert row["consent"] in (True, False)
        assert row["balance"] >= 0
        parts = dict(part.split("=") for part in row["parts"].split())
        assert float(parts["street"]) + float(parts["service"]) == float(row["score"]) or row["grade"] == "D"


def test_exempt_role__is_scored_by_nobody_and_its_records_are_none(tmp_path: Path) -> None:
    folder = tmp_path / "lighthouse"
    shutil.copytree(LIGHTHOUSE.parent, folder)
    rules = folder / "rules.yaml"
    cite = "cite: {source: lighthouse-rules, at: article 1, evidence: invented}"
    line = f"exempt:\n  - {{label: officials, kind: person, role: official, {cite}}}\n"
    rules.write_text(rules.read_text(encoding="utf-8").replace("consent: {", f"{line}consent: {{", 1), encoding="utf-8")
    run_town(replace(ASKED, rulebook=str(rules), months=6, out=tmp_path / "run"))
    final = [row for row in rows(tmp_path / "run", "final") if row["kind"] == "person"]
    officials = [row for row in final if "official" in row["roles"].split()]
    others = [row for row in final if "official" not in row["roles"].split()]
    assert officials
    assert {row["rulebook"] for row in officials} == {None}
    assert {row["rulebook"] for row in others} == {"lighthouse"}
