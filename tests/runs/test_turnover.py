"""People are born, grow old, die, move in and out in a run: every life is told, and all that is told of it adds up."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import glasstown
from glasstown.engine import leaving, turnover
from glasstown.errors import RunError, UsageError
from glasstown.population.names import person_name
from glasstown.runs import plan as build
from glasstown.runs.live_again import live_again
from glasstown.runs.one_life import LifeResult, hash_differences, replay_life, told
from glasstown.runs.outside import outside_of
from glasstown.runs.request import inputs_of
from glasstown.runs.session import RunRequest, resume_town, run_town
from glasstown.storage.folder import RunFolder

OFF = {"people.deaths": "0", "people.moves": "0"}
OFTEN = {"people.deaths": "0.8", "people.moves": "2", "recording.dishonesty.default": "0.9", "filing.wrong_person": "0.02",
         "hazard.c1": "4", "hazard.c2": "2", "hazard.c11": "0.002", "start.lived_months": "12"}  # fmt: skip
TOGETHER = "rongcheng-2013@one-point-b,suining-2010,cn-court-list-2017"
ASKED = RunRequest(TOGETHER, people=600, months=30, seed=11, start="2017-05", threads=1, settings=OFTEN, command="test")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("turnover") / "run"
    run_town(replace(ASKED, out=path))
    return path


@pytest.fixture(scope="module")
def lives(run: Path) -> dict[tuple[int, int], LifeResult]:
    """Return every life of every tenant, by place and number of the tenant."""
    folder = RunFolder.open(run)
    plan = build.make_plan(folder.manifest, inputs_of(folder))
    outside = outside_of(folder, plan)
    found: dict[tuple[int, int], LifeResult] = {}
    for block in range(plan.n_blocks("person")):
        lived = live_again(plan, "person", block, outside)
        assert hash_differences(folder, lived, "person", block) == []
        for place in range(block * 150, (block + 1) * 150):
            n = told(plan, "person", place, lived, None, outside).tenants
            found |= {(place, each): told(plan, "person", place, lived, [], outside, each) for each in range(n)}
    return found


def digest(path: Path) -> str:
    return str(RunFolder.open(path).manifest.digest)


def booked(path: Path) -> dict[tuple[str, str], int]:
    sql = "select account, item, cast(sum(value) as bigint) from months where kind = 'person' group by all"
    return {(account, item): n for account, item, n in glasstown.query(path, sql).as_json()["rows"]}


def what(lives: dict[tuple[int, int], LifeResult]) -> Counter[str]:
    return Counter(turn["what"] for life in lives.values() for turn in life.turns)


def test_every_life__of_every_tenant_is_told_alike_by_both_readings(lives: dict[tuple[int, int], LifeResult]) -> None:
    assert [key for key, life in lives.items() if life.differences] == []
    turns = what(lives)
    assert min(turns[each] for each in ("born", "moved in", "died", "moved out", "came of age")) >= 5, turns
    left = [life for life in lives.values() if life.tenant < life.tenants - 1]
    assert sum(len(under.lines) for life in left for under in life.under) > 10


def test_accounts__are_the_sum_of_the_lives(run: Path, lives: dict[tuple[int, int], LifeResult]) -> None:
    turns, accounts = what(lives), booked(run)
    assert accounts["left", "died"] == turns["died"]
    assert accounts["left", "moved out"] == turns["moved out"]
    assert accounts["came", "born"] == turns["born"]
    assert accounts["came", "moved in"] == turns["moved in"]
    assert accounts["of_age", "18"] == turns["came of age"]


def test_a_life__begins_under_a_rulebook_when_somebody_comes_or_comes_of_age(
    lives: dict[tuple[int, int], LifeResult],
) -> None:
    grown = [life for life in lives.values() if any(turn["what"] == "came of age" for turn in life.turns)]
    for life in grown:
        court = next(under for under in life.under if under.rulebook == "cn-court-list-2017")
        month = next(turn["month"] for turn in life.turns if turn["what"] == "came of age")
        assert str(court.life.start) == month
    for life in lives.values():
        for turn in life.turns:
            days = [line["date"] for line in life.lines]
            if turn["what"] in ("born", "moved in"):
                assert all(day >= turn["month"] for day in days)
            if turn["what"] in ("died", "moved out"):
                assert all(day < turn["month"] for day in days)


def test_names_and_luck__of_those_who_stay_do_not_move(run: Path, tmp_path: Path) -> None:
    run_town(replace(ASKED, out=tmp_path / "off", settings={**OFTEN, **OFF}))
    now, still = (RunFolder.open(path).read("final").to_pylist() for path in (run, tmp_path / "off"))
    assert {row["since"] for row in still if row["kind"] == "person"} == {0}
    first = {row["id"]: row for row in still if row["kind"] == "person"}
    stayed = [row for row in now if row["since"] == 0 and row["kind"] == "person"]
    assert len({row["id"] for row in stayed}) > 450
    assert all(row["sex"] == first[row["id"]]["sex"] and row["group"] == first[row["id"]]["group"] for row in stayed)
    assert all(row["age"] in range(first[row["id"]]["age"] + 2, first[row["id"]]["age"] + 4) for row in stayed)
    assert person_name(11, 7) == person_name(11, 7, 0) != person_name(11, 7, 5)


def test_rates_of_0__leave_everything_as_in_a_place_without_rates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = replace(ASKED, months=14, people=300)
    run_town(replace(short, out=tmp_path / "off", settings={**OFTEN, **OFF}))
    monkeypatch.setattr(build, "turning_of", lambda plan: None)
    run_town(replace(short, out=tmp_path / "without"))
    assert digest(tmp_path / "off") == digest(tmp_path / "without")
    off, without = (RunFolder.open(tmp_path / name).read("months") for name in ("off", "without"))
    assert off.equals(without)
    assert not {"left", "came", "of_age", "list_died"} & set(off["account"].to_pylist())


def test_digest__is_the_same_for_any_threads_and_after_a_stop(run: Path, tmp_path: Path) -> None:
    run_town(replace(ASKED, threads=3, out=tmp_path / "three"))
    assert digest(tmp_path / "three") == digest(run)

    def stop(done: int, _months: int) -> None:
        if done == 17:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_town(replace(ASKED, out=tmp_path / "stopped"), stop, seconds_between=0.0)
    resume_town(tmp_path / "stopped", threads=2)
    assert digest(tmp_path / "stopped") == digest(run)
    final, again = (RunFolder.open(path).read("final") for path in (run, tmp_path / "stopped"))
    assert final.equals(again)


def test_twins__have_the_same_tenants_under_any_rulebook(run: Path, tmp_path: Path) -> None:
    run_town(replace(ASKED, rulebook="no-scheme", out=tmp_path / "none"))
    ours, theirs = (
        {(row["id"], row["since"], row["age"], row["sex"], row["roles"]) for row in RunFolder.open(path).read("final").to_pylist()
         if row["kind"] == "person"}
        for path in (run, tmp_path / "none")
    )  # fmt: skip
    assert ours == theirs


def test_an_earlier_tenant__is_told_and_one_who_never_was_is_refused(
    run: Path, lives: dict[tuple[int, int], LifeResult]
) -> None:
    place = next(place for place, tenant in lives if tenant == 1)
    last = lives[place, lives[place, 0].tenants - 1]
    assert replay_life(run, place, verify=True).tenant == last.tenant
    assert replay_life(run, place, verify=True, tenant=0).turns[-1]["what"] in ("died", "moved out")
    names = {replay_life(run, place, tenant=each).person["name"] for each in range(last.tenants)}
    assert len(names) == last.tenants
    with pytest.raises(UsageError, match=f"tenant 9 of place {place}"):
        replay_life(run, place, tenant=9)


def with_levels_as_they_were(turn_under: Any) -> Any:
    """Return the step under a rulebook without its booking of what stands."""

    def fault(under: Any, *rest: Any) -> int:
        before = under.level.copy()
        written = turn_under(under, *rest)
        under.level[:] = before
        return int(written)

    return fault


def with_ledger_as_it_was(turn_under: Any) -> Any:
    """Return the step under a rulebook that leaves the entries of those who left where they are."""

    def fault(under: Any, *rest: Any) -> int:
        before = under.status.n_entries.copy()
        turn_under(under, *rest)
        under.status.n_entries[:] = before
        under.pool_out[: before.sum()] = under.pool_in[: before.sum()]
        return int(before.sum())

    return fault


def with_accounts(name: str, change: int) -> Any:
    """Return what makes of the step of lives one that enters something else into an account."""

    def faulty(turn_lives: Any) -> Any:
        def fault(turning: Any, model: Any, shard: Any, lived: Any, *rest: Any) -> int:
            n = turn_lives(turning, model, shard, lived, *rest)
            lived[name][0] += change
            return int(n)

        return fault

    return faulty


@pytest.mark.parametrize(
    ("step", "fault", "said"),
    [
        ("turn_under", with_levels_as_they_were, "grades add up to those scored"),
        ("turn_lives", with_accounts("moved_away", 7), "owed before"),
        ("turn_lives", with_accounts("left", 1), "left is came"),
        ("turn_lives", with_accounts("unemployed_left", 1), "unemployed"),
    ],
)
def test_a_planted_fault__stops_the_town(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, fault: Any, said: str
) -> None:
    monkeypatch.setattr(turnover, step, fault(getattr(turnover, step)))
    with pytest.raises(RunError, match=said):
        run_town(replace(ASKED, out=tmp_path / "run"))


def test_ledger_of_a_leaver__that_stays_behind_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turnover, "turn_under", with_ledger_as_it_was(leaving.turn_under))
    run_town(replace(ASKED, out=tmp_path / "run", months=26))
    folder = RunFolder.open(tmp_path / "run")
    plan = build.make_plan(folder.manifest, inputs_of(folder))
    outside = outside_of(folder, plan)
    differ = 0
    for block in range(plan.n_blocks("person")):
        lived = live_again(plan, "person", block, outside)
        for place in range(block * 150, (block + 1) * 150):
            differ += bool(told(plan, "person", place, lived, [], outside).differences)
    assert differ > 0


def test_a_list__is_left_by_the_dead_and_by_movers(run: Path) -> None:
    accounts = booked(run)
    ways = [accounts.get((way, "spc_dishonest"), 0) + accounts.get((way, "spc_spending"), 0)
            for way in ("list_in", "list_out", "list_died", "list_moved")]  # fmt: skip
    assert ways[0] > 0
    assert ways[2] + ways[3] > 0, ways


def test_firms__go_on_where_a_child_takes_their_representatives_place(tmp_path: Path) -> None:
    asked = replace(ASKED, rulebook="cn-2019", people=300, firms=300, months=26, out=tmp_path / "run", start=None)
    run_town(replace(asked, settings={"people.moves": "2", "people.deaths": "0.8", "start.lived_months": "12"}))
    rows = RunFolder.open(tmp_path / "run").read("final").to_pylist()
    children = {row["id"] for row in rows if row["kind"] == "person" and row["age"] < 16}
    assert children
    assert {row["rulebook"] for row in rows if row["id"] in children and row["kind"] == "person"} >= {None}
