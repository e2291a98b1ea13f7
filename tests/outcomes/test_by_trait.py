"""Counts by age, sex, place, registration and work are those of the run: lived again they add up to its accounts, by income too."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import glasstown
from glasstown.errors import RecordError, RunError, UsageError
from glasstown.outcomes import by_trait
from glasstown.outcomes.by_group import counted_by_group, months_lived
from glasstown.outcomes.by_trait import NO_LINE, TRAITS, VALUES, ByTrait, counted_by_trait, group_name
from glasstown.outcomes.counted import MEASURED, counted
from glasstown.outcomes.opened import open_all
from glasstown.outcomes.twins import pair_of
from glasstown.runs import person_accounts
from glasstown.runs.live_again import live_again
from glasstown.runs.outside import outside_of
from glasstown.runs.plan import plan_of
from glasstown.runs.request import RunRequest
from glasstown.runs.session import run_town
from glasstown.storage.folder import RunFolder

PEOPLE, MONTHS = 450, 16
OF_PEOPLE = [name for name, measure in MEASURED.items() if measure.kind == "person"]
BUSY = {
    "hazard.c11": "0.002", "judgment.arrears": "10", "recording.dishonesty.default": "1", "filing.wrong_person": "0.02",
    "filing.wrong_content": "0.25", "filing.duplicate": "0.05", "objection.share": "0.4", "bankruptcy.per_month": "0.05",
    "judgment.guarantor": "1",
}  # fmt: skip
"""many cases and payments, guarantors and bankrupts, and many wrong records, so that few measures are 0"""
STAYS = {"people.deaths": "0", "people.births": "0", "people.moves": "0"}
LIFTED = {"suining-2010/in_force/until": "unknown"}
RUNS = {
    "the courts' list": RunRequest("cn-court-list-2017", settings=BUSY),
    "a score with grades": RunRequest("rongcheng-2013", settings={"filing.wrong_person": "0.02"}),
    "several rulebooks and firms": RunRequest("cn-court-list-2017,suining-2010", firms=60, settings={**BUSY, **LIFTED}),
    "places that keep their tenants": RunRequest("cn-court-list-2017", settings={**BUSY, **STAYS}),
    "lives that are not lived": RunRequest("cn-court-list-2017", settings={"living.lived": "0"}),
    "nothing that is recorded": RunRequest("no-scheme"),
}
"""between them: lists and grades, several rulebooks, tenants who come and go or not, and what is not kept"""
pytestmark = pytest.mark.usefixtures("short_past")


@pytest.fixture(scope="module", params=list(RUNS))
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    asked: RunRequest = RUNS[request.param]
    out = tmp_path_factory.mktemp("by") / "run"
    run_town(replace(asked, people=PEOPLE, months=MONTHS, threads=1, command="test", out=out))
    return out


@pytest.fixture(scope="module")
def counts(run: Path) -> ByTrait:
    return counted_by_trait(run, TRAITS)


def groups_of(trait: str) -> list[str]:
    return [group_name(trait, value) for value in VALUES[trait]]


def check_adds_up(run: Path, found: ByTrait) -> None:
    """Hold each measure that is told, over each trait, to what the run's own accounts have; all that has a line is told."""
    runs = open_all(run)
    whole = counted(runs, runs[0].acts)
    assert set(found.why) == NO_LINE
    for trait in TRAITS:
        mine = [found.counts[group] for group in groups_of(trait) if group in found.counts]
        for name in OF_PEOPLE:
            numbers = [each[name] for each in mine]
            if name in NO_LINE or whole[name] is None:
                assert set(numbers) == {None}
            else:
                assert sum(number or 0 for number in numbers) == whole[name], (trait, name)


def test_counts__add_up_to_the_run_by_every_trait(run: Path, counts: ByTrait) -> None:
    check_adds_up(run, counts)


def test_months_lived__are_those_of_everybody(run: Path, counts: ByTrait) -> None:
    whole = months_lived(open_all(run)[0].months)
    for trait in TRAITS:
        assert sum(counts.lived.get(group, 0) for group in groups_of(trait)) == whole["all"] == PEOPLE * MONTHS
    assert {group: counts.lived[group] for group in groups_of("group")} == {
        group: whole[group] for group in groups_of("group")
    }


def test_counts_by_income__are_the_accounts_that_the_run_kept(run: Path, counts: ByTrait) -> None:
    """The engine books by income itself: two ways to one number.  Wrong records it books with who did the act."""
    runs = open_all(run)
    kept = counted_by_group(runs, runs[0].acts)
    for group in groups_of("group"):
        for name in OF_PEOPLE:
            if name not in NO_LINE and name != "wrong records":
                assert counts.counts[group][name] == kept[group][name], (group, name)


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("by") / "run"
    run_town(replace(RUNS["the courts' list"], people=PEOPLE, months=MONTHS, threads=1, command="test", out=out))
    return out


def test_busy_run__has_some_of_nearly_every_measure_that_is_told(busy: Path) -> None:
    runs = open_all(busy)
    whole = counted(runs, runs[0].acts)
    empty = {name for name in OF_PEOPLE if name not in NO_LINE and not whole[name]}
    assert empty <= {"with an advantage", "fines", "unknown", "corrections"}, empty  # which scores have


FAULTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "where people stand is not read": lambda patch: patch.setattr(person_accounts, "STOOD", 99),
    "payments are not read": lambda patch: patch.setattr(person_accounts, "PAID", 99),
    "claims of guarantors count again": lambda patch: patch.setattr(
        person_accounts, "_own_claims", lambda rows: rows["kind"] == person_accounts.JUDGED
    ),
    "what a bank claims of bankrupts is a case": lambda patch: patch.setattr(
        person_accounts, "_without_case", lambda rows: np.zeros(len(rows), dtype=np.bool_)
    ),
    "void records count": lambda patch: patch.setattr(person_accounts, "RECORD", 99),
    "changes of tenants are not looked at": lambda patch: patch.setattr(
        person_accounts.PersonAccounts, "turn", lambda *_: None
    ),
}


@pytest.mark.planted
@pytest.mark.parametrize("fault", FAULTS)
def test_planted_fault__is_found_by_adding_up(fault: str, busy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    FAULTS[fault](monkeypatch)
    with pytest.raises(AssertionError):
        check_adds_up(busy, counted_by_trait(busy, TRAITS))


def test_measure_that_does_not_add_up__is_not_told_and_says_so(busy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(person_accounts, "REFUSED", 99)
    found = counted_by_trait(busy, ["sex"])
    assert found.why["refusals"].startswith("by sex they come to 0, and the run has ")
    assert {counts["refusals"] for counts in found.counts.values()} == {None}
    assert all(counts["listings"] is not None for counts in found.counts.values())


def test_pair__has_the_traits_that_are_asked_and_no_other(busy: Path) -> None:
    told: list[tuple[int, int]] = []
    pair = pair_of(busy, busy, by=["sex"], progress=lambda done, of: told.append((done, of)))
    assert {group for group in pair.groups if ":" in group} == {"sex: male", "sex: female"}
    assert (
        sum(pair.groups[group]["listings"][0] or 0 for group in ("sex: male", "sex: female"))
        == pair.counts["listings"][0]
    )
    assert told == [(n, 6) for n in range(1, 7)]
    assert set(pair.not_told) == NO_LINE
    assert pair_of(busy, busy).not_told == {}


def check_who(path: Path) -> None:
    """Hold who lives in each place of a neighbourhood in the last month to the final table, whoever came when."""
    folder = RunFolder.open(path)
    plan = plan_of(folder)
    accounts = person_accounts.PersonAccounts(plan, plan.population.people(1, 2))
    live_again(plan, "person", 1, outside_of(folder, plan), accounts)
    final = {row["id"]: row for row in folder.final_rows().to_pylist() if row["kind"] == "person"}
    rows = [final[int(person)] for person in accounts.people.person_id]
    assert accounts.age[-1].tolist() == [row["age"] for row in rows]
    assert accounts.since[-1].tolist() == [row["since"] for row in rows]
    assert any(row["since"] for row in rows)
    for trait, codes in by_trait._codes_of(plan, accounts).items():
        if trait != "age":
            mine = [VALUES[trait][code] for code in codes.reshape(accounts.age.shape)[-1]]
            assert mine == [row[trait] for row in rows], trait


def test_traits__are_those_of_who_lives_there_then(busy: Path) -> None:
    check_who(busy)


@pytest.mark.planted
def test_planted_tenants_that_are_not_looked_at__are_found(busy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(person_accounts.PersonAccounts, "turn", lambda *_: None)
    with pytest.raises(AssertionError):
        check_who(busy)


def test_run_that_other_code_lived__is_refused(busy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_trait, "hash_differences", lambda *_: ["after 12 months another hash"])
    with pytest.raises(RunError, match="The counts by trait"):
        counted_by_trait(busy, ["sex"])


def test_compare__tells_by_what_is_asked_in_screen_json_and_table(tmp_path: Path) -> None:
    answer = glasstown.compare(
        "rights-none",
        "rights-stay",
        people=450,
        months=12,
        seeds=2,
        draws=0,
        threads=1,
        by=["place", "work"],
        out=tmp_path / "both",
    )
    told = answer.as_json()
    assert told["by"] == ["place", "work"]
    names = {row["group"] for row in told["groups"]}
    assert {"town: rural", "town: urban", "work: employed", "fifth-1"} <= names
    assert not any(name.startswith("age") for name in names)
    words = str(answer.blocks())
    assert "By work" in words
    assert "By income" not in words
    assert "Not told by place or work" in words
    assert "--by income --by age --by sex --by registration" in words
    rows = answer.table().to_pylist()
    for measure in ("records", "listings", "person-months lived"):
        whole, parts = (
            sum(row["value"] for row in rows if row["measure"] == measure and of(str(row["group"])))
            for of in (lambda group: group == "all", lambda group: group.startswith("town: "))
        )
        assert parts == whole > 0, measure
    heads = {row["group"]: row["value"] for row in rows if row["measure"] == "people at the end" and row["seed"] == 1}
    assert heads["all"] == 450 == heads["town: rural"] + heads["town: urban"]
    assert {row["value"] for row in rows if row["group"] == "town: rural" and row["measure"] == "income"} == {None}
    again = glasstown.compare(tmp_path / "both" / "first-1", tmp_path / "both" / "second-1", by=["sex"])
    assert "By sex" in str(again.blocks())


def test_trait_that_is_none__is_refused_before_anything_is_lived(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="income, age, sex, place, registration, work") as told:
        glasstown.compare("rights-none", "rights-stay", by=["incme"], out=tmp_path / "both")
    assert "Did you mean 'income'?" in str(told.value)
    assert not (tmp_path / "both").exists()


def test_run_that_is_not_finished__is_refused(tmp_path: Path, busy: Path) -> None:
    copy = tmp_path / "run"
    shutil.copytree(busy, copy)
    (copy / "final.parquet").unlink()
    with pytest.raises(RecordError):
        counted_by_trait(copy, ["sex"])
