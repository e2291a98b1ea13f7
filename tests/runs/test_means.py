"""S10 and S13 in runs: the test of means before listing, and performance by those who could and could not pay."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import glasstown
from glasstown.runs.request import RunRequest
from glasstown.runs.session import run_town
from glasstown.storage.folder import RunFolder
from longer import few

ASKED = RunRequest(
    "cn-court-list-2017",
    people=6000,
    months=36,
    threads=1,
    command="test",
    settings={"hazard.c11": "0.001", "judgment.arrears": "10", "trait_loading": "1.5", "objection.share": "0"},
)
OFF = dict.fromkeys(("filing.wrong_person", "filing.wrong_content", "filing.duplicate"), "0")


def lived(path: Path, **settings: str) -> dict[tuple[str, str], int]:
    """Return the sums of the accounts of people over a whole run, by account and item."""
    names = {name.replace("__", "."): value for name, value in settings.items()}
    run_town(replace(ASKED, out=path, settings={**dict(ASKED.settings), **names}))
    sql = "select account, item, cast(sum(value) as bigint) from months where kind = 'person' group by all"
    return {(account, item): n for account, item, n in glasstown.query(path, sql).as_json()["rows"]}


def test_debtors_who_could_not_pay__are_spared_or_misjudged_and_nobody_else_is(tmp_path: Path) -> None:
    all_spared = lived(tmp_path / "all", **{**OFF, "ability__unable_spared": "1"})
    none_spared = lived(tmp_path / "none", **{**OFF, "ability__unable_spared": "0"})
    nobody_unable = lived(tmp_path / "able", **{**OFF, "living__lived": "0", "ability__share_unable": "0"})
    misjudged, spared = ("truth", "misjudged"), ("spared", "found unable")
    assert misjudged not in all_spared
    assert spared not in none_spared
    assert {misjudged, spared} & set(nobody_unable) == set()
    assert all_spared[spared] > 10
    assert none_spared[misjudged] > 10
    wrongful = ("list_in_wrong", "spc_dishonest")
    assert wrongful not in all_spared
    assert none_spared[wrongful] > 5
    # those who are spared owe all the same: the order against high spending takes the list's place
    assert all_spared["list_in", "spc_spending"] > none_spared["list_in", "spc_spending"]
    assert all_spared["list_in", "spc_dishonest"] < none_spared["list_in", "spc_dishonest"]


def test_performance_switched_off__lets_nobody_leave_before_the_term(tmp_path: Path) -> None:
    rates = ("procedure.perform_per_month", "procedure.perform_unable_per_month", "procedure.repair_per_month")
    never = lived(tmp_path / "never", **{name.replace(".", "__"): "0" for name in rates})
    usual = lived(tmp_path / "usual")
    left = ("list_out", "spc_dishonest")
    assert usual[left] > 2 * never.get(left, 0)


@pytest.mark.parametrize(
    "name", few(["ability.unable_spared", "procedure.perform_unable_per_month"], ["ability.unable_spared"])
)
def test_life_of_a_misjudged_debtor__is_told_and_verified(tmp_path: Path, name: str) -> None:
    setting = {"ability.unable_spared": "0", "procedure.perform_unable_per_month": "0.015"}[name]
    lived(tmp_path / "run", **{name.replace(".", "__"): setting})
    sql = "select id from final where kind = 'person' and lists like '%spc_dishonest%' order by id limit 24"
    told = [
        str(glasstown.life(tmp_path / "run", row[0], verify=True).blocks())
        for row in glasstown.query(tmp_path / "run", sql).as_json()["rows"]
    ]
    assert len(told) >= 8
    assert all("Verified" in each for each in told)
    assert any("who in truth could not" in each for each in told) or name != "ability.unable_spared"


def test_run_cut_in_two__keeps_who_owes_nothing(tmp_path: Path) -> None:
    """What is kept of a person between two parts of a run includes whether there is anything to perform."""
    settings = {"filing__wrong_person": "0.02", "procedure__perform_per_month": "0.1"}
    lived(tmp_path / "one", **settings)
    names = {name.replace("__", "."): value for name, value in settings.items()}
    for shards, threads in ((1, 1), (5, 2)):
        out = tmp_path / f"shards-{shards}"
        run_town(replace(ASKED, out=out, threads=threads, settings={**dict(ASKED.settings), **names}))
        assert RunFolder.open(out).manifest.digest == RunFolder.open(tmp_path / "one").manifest.digest
