"""A list that begins with a stock and is driven by date: who stands there, what moves it, and what no run can have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from glasstown.errors import GlasstownError
from glasstown.language.days import month_first
from glasstown.language.drive import load_drive
from glasstown.runs import one_life
from glasstown.runs.driven import pace_of
from glasstown.runs.memory import plan_in_memory
from glasstown.runs.one_life import replay_life
from glasstown.runs.plan import make_plan, make_town, with_parameters
from glasstown.runs.request import RunRequest, inputs_of
from glasstown.runs.scenario import request_of
from glasstown.runs.session import resume_town, run_town
from glasstown.storage.folder import RunFolder
from glasstown.studies.list_years import live_list

BASIS = "basis: {source: invented for a test, evidence: invented}"
HEAD = """
glasstown_drive: 1
id: trial
label: a list for a test
rulebook: cn-court-list-2017
list: spc_dishonest
"""
STOCK = f"""
stock:
  clause: E1
  per_1000: 40
  ages: [{{from: 1, to: 3, share: 0.5}}, {{from: 30, to: 60, share: 0.5}}]
  {BASIS}
"""
ASKED = RunRequest("cn-court-list-2017", people=900, months=8, threads=1, command="test")


@pytest.fixture(scope="module")
def driven(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a finished run with a stock."""
    folder = tmp_path_factory.mktemp("drive")
    run_town(replace(ASKED, drive=write(folder, STOCK), out=folder / "run"))
    return folder / "run"


def write(folder: Path, rest: str, head: str = HEAD) -> str:
    path = folder / "trial.yaml"
    path.write_text(head + rest, encoding="utf-8")
    return str(path)


def standing(path: Path) -> dict[int, int]:
    """Return the months since the listing of everybody in a run's stock, by number."""
    manifest = RunFolder.open(path).manifest
    side = make_town(make_plan(manifest, inputs_of(RunFolder.open(path))), threads=1).sides[0]
    found, first = {}, 0
    for shard, before in zip(side.shards, side.layers[0].before, strict=True):
        found |= {
            first + place: months for place, months in zip(before.places.tolist(), before.months.tolist(), strict=True)
        }
        first += len(shard.roles)
    return found


def test_stock__stands_on_the_list_and_nobody_comes_on_it_by_that(driven: Path) -> None:
    before, table = standing(driven), RunFolder.open(driven).read("months").to_pylist()
    in_month = [row for row in table if row["month"] == 0 and row["item"] == "spc_dishonest"]
    counts = {
        name: sum(row["value"] for row in in_month if row["account"] == name)
        for name in ("lists", "list_in", "list_out")
    }
    assert 20 <= len(before) <= 52
    assert set(before.values()) <= {1, 2, 3, *range(30, 61)}
    assert counts["lists"] == len(before) + counts["list_in"] - counts["list_out"]


def test_stock__are_adults_who_owe_what_they_stand_there_for(driven: Path) -> None:
    before = standing(driven)
    plan = make_plan(RunFolder.open(driven).manifest, inputs_of(RunFolder.open(driven)))
    town = make_town(plan, threads=1, shards_per_thread=1)
    people = plan.population.people(0, plan.population.n_blocks)
    owed = town.sides[0].shards[0].lives.owed
    assert people.age[list(before)].min() >= 18
    assert (owed[list(before)] > 0).all()


def test_life_of_the_stock__agrees_in_both_readings_and_tells_since_when(driven: Path) -> None:
    before = standing(driven)
    for number, months in before.items():
        life = replay_life(driven, number, verify=True)
        assert life.verified, life.differences
        since = month_first(date(2017, 5, 1), -months)
        assert any(f"since {since}, before" in flag for flag in life.under[0].flags)


def test_term__counts_from_the_listing_in_both_readings(tmp_path: Path) -> None:
    aged = STOCK.replace("E1", "E2").replace("{from: 30, to: 60, share: 0.5}", "{from: 15, to: 23, share: 0.5}")
    run_town(replace(ASKED, months=26, drive=write(tmp_path, aged), out=tmp_path / "run"))
    ended = 0
    for number, months in standing(tmp_path / "run").items():
        life = replay_life(tmp_path / "run", number, verify=True)
        assert life.verified, life.differences
        first = next((line for line in life.lines if line["event"] == "before"), None)
        if first is not None and "term" in str(first["why"]):
            ended += 1
            left = date.fromisoformat(str(first["date"])) - month_first(date(2017, 5, 1), 24 - months)
            assert 3 <= left.days <= 5  # three working days
    assert ended > 5


def test_stock__where_lives_are_not_lived(tmp_path: Path) -> None:
    run_town(replace(ASKED, settings={"living.lived": "0"}, drive=write(tmp_path, STOCK), out=tmp_path / "run"))
    assert all(replay_life(tmp_path / "run", number, verify=True).verified for number in standing(tmp_path / "run"))


def test_reading_that_knows_nothing_of_before__is_found_out(driven: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_life, "listed_before", lambda *_: ())
    lives = [replay_life(driven, number, verify=True) for number in standing(driven)]
    assert not any(life.verified for life in lives)


def test_life_of_the_stock__ends_its_entry_by_performing(driven: Path) -> None:
    told = [
        line for number in standing(driven) for line in replay_life(driven, number).lines if line["phase"] == "list-end"
    ]
    assert told
    assert all("before this account begins" in str(line["why"]) for line in told if line["event"] == "before")


def test_digest__is_the_same_for_any_shards_and_threads_and_another_without_stock(driven: Path) -> None:
    manifest = RunFolder.open(driven).manifest
    plan = make_plan(manifest, inputs_of(RunFolder.open(driven)))
    digests = []
    for threads, shards in ((1, 1), (2, 3)):
        town = make_town(plan, threads=threads, shards_per_thread=shards)
        for _ in range(manifest.months):
            town.advance()
        town.close()
        digests.append(town.digest())
    bare = with_parameters(replace(plan, inputs=replace(plan.inputs, drive=None)), plan.inputs.parameters)
    town = make_town(bare, threads=1)
    for _ in range(manifest.months):
        town.advance()
    assert set(digests) == {manifest.digest}
    assert town.digest() != manifest.digest


def test_interrupted_run__goes_on_to_the_same_digest(driven: Path, tmp_path: Path) -> None:
    class EnoughError(Exception):
        pass

    def stop(done: int, _all: int) -> None:
        if done == 5:
            raise EnoughError

    request = replace(ASKED, drive=write(tmp_path, STOCK), out=tmp_path / "again")
    with pytest.raises(EnoughError):
        run_town(request, stop, seconds_between=0)
    Path(write(tmp_path, "")).unlink()  # what the run kept counts
    assert resume_town(tmp_path / "again").values["digest"] == RunFolder.open(driven).manifest.digest


def test_scenario_and_earlier_run__carry_the_drive(driven: Path, tmp_path: Path) -> None:
    scenario = tmp_path / "mine.yaml"
    scenario.write_text("glasstown_scenario: 1\nrulebooks: [cn-court-list-2017]\ndrive: trial.yaml\n", encoding="utf-8")
    write(tmp_path, STOCK)
    plans = [plan_in_memory(request_of(str(name), {"people": 300, "months": 3})) for name in (scenario, driven)]
    assert all(plan.inputs.drive is not None and plan.inputs.drive.stock is not None for plan in plans)


def paced(times: str) -> str:
    return f'recording: [{{from: "2013-10", until: "2016-01", times: {times}, {BASIS}}}]\n'


def entries_of(folder: Path, times: str) -> tuple[int, int]:
    """Return the entries before and after 2016 under a drive that multiplies what courts record until then."""
    request = RunRequest("cn-court-list-2017@since-2013", people=6000, months=40, drive=write(folder, paced(times)))
    counts = live_list(request, "spc_dishonest").entries
    return int(counts[:27].sum()), int(counts[27:].sum())


def test_recording__is_driven_in_its_months_and_in_no_others(tmp_path: Path) -> None:
    nothing, usual, more = (entries_of(tmp_path, times) for times in ("0", "1", "1.6"))
    assert nothing[0] == 0 < usual[0] < more[0]
    assert nothing[1] > usual[1] // 2


def test_performing_and_deletion__are_driven(tmp_path: Path) -> None:
    left = {}
    for name, words in (
        ("usual", ""),
        ("none", f'performing: [{{from: "2017-01", until: "2030-01", times: 0, {BASIS}}}]\n'),
        ("deleted", f'deletion: [{{from: "2017-01", until: "2030-01", per_month: 0.3, {BASIS}}}]\n'),
    ):
        request = replace(ASKED, people=3000, months=10, drive=write(tmp_path, STOCK + words))
        left[name] = int(live_list(request, "spc_dishonest").exits.sum())
    assert left["none"] < left["usual"] < left["deleted"]


def test_pace__without_a_drive_moves_nothing_and_with_one_only_its_months() -> None:
    pace = pace_of(load_drive("courts-list"), date(2013, 9, 1), 3)
    assert (pace[0].recording, pace[0].performing, pace[0].deletion) == (65536, 65536, 0)
    assert pace[1].recording == pace[2].recording != 65536


BAD = {
    "another rulebook": (ASKED, HEAD.replace("cn-court-list-2017", "suining-2010"), STOCK, "a list of 'suining-2010'"),
    "no such list": (ASKED, HEAD.replace("spc_dishonest", "spc_dishonset"), STOCK, "Did you mean 'spc_dishonest'"),
    "no such clause": (ASKED, HEAD, STOCK.replace("E1", "C1"), "a clause that enters 'spc_dishonest'"),
    "larger than the town": (ASKED, HEAD, STOCK.replace("40", "900"), "no more of the town can stand there"),
    "without ages": (ASKED, HEAD, STOCK.replace("ages:", "# ages:"), "how long the entries have stood there"),
    "longer than the term": (ASKED, HEAD, STOCK.replace("E1", "E2"), "less than the term of 24 months"),
}


@pytest.mark.parametrize(("asked", "head", "rest", "words"), BAD.values(), ids=BAD)
def test_drive_that_no_run_can_have__is_refused_before_anything_is_written(
    asked: RunRequest, head: str, rest: str, words: str, tmp_path: Path
) -> None:
    with pytest.raises(GlasstownError) as told:
        run_town(replace(asked, drive=write(tmp_path, rest, head), out=tmp_path / "run"))
    assert words in str(told.value)
    assert len(told.value.faults) == 1
    assert not (tmp_path / "run").exists()
