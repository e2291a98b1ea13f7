"""Towns in which records follow from others', by mail too, and in which some records lack their proof or are excluded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from glasstown.population import BLOCK
from glasstown.runs import plan as build
from glasstown.runs.one_life import LifeResult, hash_differences, live_again, told
from glasstown.runs.outside import NOTHING, Outside, outside_of
from glasstown.runs.request import inputs_of
from glasstown.runs.session import RunRequest, resume_town, run_town
from glasstown.storage.folder import RunFolder
from glasstown.types import EntityKind
from longer import few

JETTY = Path(__file__).parents[1] / "rulebooks" / "good" / "jetty" / "rules.yaml"
SETTINGS = {
    "people.deaths": "0",
    "people.moves": "0",
    "recording.dishonesty.default": "0.9",
    "objection.share": "0.3",
    "filing.wrong_person": "0.02",
    "filing.duplicate": "0.05",
    "filing.lacks_proof": "0.3",
    "filing.excluded": "0.3",
    "hazard.c0": "2",
    "hazard.c2": "2",
    "hazard.c1": "4",
    "hazard.k4": "0.03",
}
ASKED = RunRequest(
    rulebook=str(JETTY),
    people=1200,
    firms=300,
    months=26,
    seed=5,
    start="2020-01",
    threads=1,
    settings=SETTINGS,
    command="test",
)
REASONS = (
    "calls for proof (photo",
    "calls for proof (notice",
    "there was no bin",
    "a sick person",
    "the road was closed",
)
KINDS: tuple[EntityKind, ...] = ("person", "firm")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("others") / "run"
    run_town(replace(ASKED, out=path))
    return path


@pytest.fixture(scope="module")
def plan(finished: Path) -> build.Plan:
    folder = RunFolder.open(finished)
    return build.make_plan(folder.manifest, inputs_of(folder))


@pytest.fixture(scope="module")
def outside(finished: Path, plan: build.Plan) -> Outside:
    return outside_of(RunFolder.open(finished), plan)


@pytest.fixture(scope="module")
def lives(finished: Path, plan: build.Plan, outside: Outside) -> dict[tuple[EntityKind, int], LifeResult]:
    """Every life of the town, told by both readings and held against the run's hashes."""
    folder = RunFolder.open(finished)
    found = {}
    for kind in KINDS:
        n = plan.manifest.people if kind == "person" else plan.manifest.firms
        for block in range(plan.n_blocks(kind)):
            lived = live_again(plan, kind, block, outside)
            assert hash_differences(folder, lived, kind, block) == []
            for number in range(block * BLOCK, min((block + 1) * BLOCK, n)):
                found[kind, number] = told(plan, kind, number, lived, [], outside)
    return found


def rows(path: Path, table: str) -> list[dict[str, Any]]:
    return list(RunFolder.open(path).read(table).to_pylist())


def records(life: LifeResult, *clauses: str) -> Iterator[dict[str, Any]]:
    return (dict(line) for line in life.lines if line["phase"] == "record" and line["clause"] in clauses)


def withdrawn(life: LifeResult, clause: str) -> Iterator[dict[str, Any]]:
    """Yield what was to follow from a record that is corrected within its month, and so never takes effect."""
    for line in life.lines:
        if line["phase"] == "correction" and line["clause"] == clause and "before it takes effect" in line["why"]:
            yield dict(line)


def test_every_life__of_people_and_firms_is_told_alike(lives: dict[tuple[EntityKind, int], LifeResult]) -> None:
    assert {who: life.differences for who, life in lives.items() if life.differences} == {}
    met = Counter(line["clause"] for life in lives.values() for line in life.lines if line["phase"] == "record")
    for clause in ("walks", "litters-again", "neighbour", "head-owes", "firm-owes", "speeds"):
        assert met[clause] > 5, met


def test_records__that_lack_proof_or_are_excluded_change_nothing(
    lives: dict[tuple[EntityKind, int], LifeResult],
) -> None:
    reasons = Counter[str]()
    for life in lives.values():
        for line in life.lines:
            if line["phase"] == "record" and "so it does not apply" in line["why"]:
                assert line["before"] == line["after"]
                reasons.update(reason for reason in REASONS if reason in line["why"])
    assert min(reasons[reason] for reason in REASONS) > 0, reasons


def test_share_of_void_records__is_the_one_that_was_set(lives: dict[tuple[EntityKind, int], LifeResult]) -> None:
    lines = [line for life in lives.values() for line in records(life, "walks")]
    void = sum("so it does not apply" in line["why"] for line in lines)
    assert len(lines) > 200
    assert abs(void / len(lines) - 0.3) < 4 * (0.3 * 0.7 / len(lines)) ** 0.5


def test_firm__is_caught_with_its_representative_and_the_other_way_round(
    plan: build.Plan, lives: dict[tuple[EntityKind, int], LifeResult]
) -> None:
    representative = plan.population.firms(0, plan.population.n_firm_blocks).representative.tolist()
    for first_kind, first, other in (("person", "debt", "head-owes"), ("firm", "wages", "firm-owes")):
        expected: Counter[tuple[int, date]] = Counter()
        for (kind, number), life in lives.items():
            if kind != first_kind:
                continue
            tied = [f for f, who in enumerate(representative) if who == number]
            for target in tied if kind == "person" else [representative[number]]:
                for line in records(life, first):
                    expected[target, following(date.fromisoformat(line["date"]))] += 1
        met = Counter(
            (number, date.fromisoformat(line["date"]))
            for (kind, number), life in lives.items()
            if kind != first_kind
            for line in records(life, other)
        )
        last = date(2022, 2, 1)
        assert met == Counter({key: n for key, n in expected.items() if key[1] <= last}), first
        assert met


def test_neighbour__is_every_driver_but_the_one_who_speeds(
    lives: dict[tuple[EntityKind, int], LifeResult],
) -> None:
    people = {number: life for (kind, number), life in lives.items() if kind == "person"}
    speeds = Counter[int]()
    for number, life in people.items():
        speeds[number // BLOCK] += sum(1 for line in records(life, "speeds") if line["date"] < "2022-02-01")
    for number, life in people.items():
        own = sum(1 for line in records(life, "speeds") if line["date"] < "2022-02-01")
        expected = speeds[number // BLOCK] - own if "driver" in life.person["roles"] else 0
        met = sum(1 for _ in records(life, "neighbour")) + sum(1 for _ in withdrawn(life, "neighbour"))
        assert met == expected, number


def following(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def test_life__without_its_mail_would_be_told_otherwise(finished: Path, plan: build.Plan) -> None:
    folder = RunFolder.open(finished)
    for kind in KINDS:
        assert hash_differences(folder, live_again(plan, kind, 0, NOTHING), kind, 0) != []


@pytest.mark.parametrize("threads", few([2, 3], [3]))
def test_digest__is_the_same_for_any_threads(finished: Path, tmp_path: Path, threads: int) -> None:
    run_town(replace(ASKED, threads=threads, out=tmp_path / "run"))
    assert RunFolder.open(tmp_path / "run").manifest.digest == RunFolder.open(finished).manifest.digest
    assert rows(tmp_path / "run", "mail") == rows(finished, "mail")


@pytest.mark.parametrize("month", few([5, 12, 17], [17]))
def test_resume__goes_on_with_the_mail_that_waits(finished: Path, tmp_path: Path, month: int) -> None:
    def stop(done: int, _months: int) -> None:
        if done == month:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_town(replace(ASKED, out=tmp_path / "run"), stop, seconds_between=0.0)
    resume_town(tmp_path / "run", threads=2)
    assert RunFolder.open(tmp_path / "run").manifest.digest == RunFolder.open(finished).manifest.digest
    for table in ("months", "mail", "final"):
        assert rows(tmp_path / "run", table) == rows(finished, table)


def test_mail__stands_in_the_order_in_which_it_is_delivered(finished: Path) -> None:
    found = rows(finished, "mail")
    for kind in KINDS:
        mine = [(r["month"], r["target"], r["source"], r["event"]) for r in found if r["kind"] == kind]
        assert mine == sorted(mine)
        assert mine
    assert any(row["corrected"] is not None for row in found)
    assert all(row["recorded"].day == 1 for row in found)


def test_town__in_which_nobody_sends_mail_has_none(tmp_path: Path) -> None:
    run_town(replace(ASKED, rulebook="suining-2010", settings={}, people=150, firms=0, months=2, out=tmp_path / "run"))
    assert rows(tmp_path / "run", "mail") == []
    assert np.all([path.is_file() for path in RunFolder.open(tmp_path / "run").files("mail")])
