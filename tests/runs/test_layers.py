"""Several rulebooks over one town: the same conduct, and each rulebook's own ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from glasstown.archive.library import expanded, load_presets
from glasstown.errors import UsageError
from glasstown.runs import plan as build
from glasstown.runs.one_life import hash_differences, live_again, told
from glasstown.runs.outside import NOTHING
from glasstown.runs.request import inputs_of
from glasstown.runs.session import RunRequest, resume_town, run_town
from glasstown.storage.folder import RunFolder

TOGETHER = ("suining-2010", "rongcheng-2013@one-point-b", "rongcheng-2013@a-to-960", "jinan-dogs-2017")
ANSWERS = (
    "points_shadow_price",
    "reward_response",
    "chilling",
    "launch_effect",
    "crowding_out",
    "shame.feared",
    "listing_price",
    "gate_price",
)
"""Parameters by which conduct answers to rules.  At zero another rulebook beside one changes nobody's acts."""
ASKED = RunRequest(
    rulebook=",".join(TOGETHER), people=900, months=30, seed=11, start="2017-01", threads=1, command="test"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("layers") / "run"
    run_town(replace(ASKED, months=20, out=path))
    return path


def result(path: Path) -> Mapping[str, Any]:
    found = RunFolder.open(path).manifest.result
    assert found is not None
    return found


def test_each_rulebook__does_beside_others_what_it_does_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = build.numbers_of
    monkeypatch.setattr(build, "numbers_of", lambda known: {**real(known), **dict.fromkeys(ANSWERS, Decimal(0))})
    asked = replace(ASKED, months=20)
    run_town(replace(asked, out=tmp_path / "all"))
    together = result(tmp_path / "all")
    for number, name in enumerate(TOGETHER):
        run_town(replace(asked, rulebook=name, out=tmp_path / str(number)))
        alone = result(tmp_path / str(number))
        assert together["acts"] == alone["acts"]
        assert together["by_rulebook"][name] == alone["by_rulebook"][name], name
    assert sum(together["by_rulebook"][TOGETHER[1]]["records"].values()) > 100


def test_conduct__answers_to_all_rulebooks_together(folder: Path, tmp_path: Path) -> None:
    run_town(replace(ASKED, months=20, rulebook=TOGETHER[0], out=tmp_path / "run"))
    assert result(folder)["acts"] != result(tmp_path / "run")["acts"]


@pytest.mark.parametrize("threads", [2, 3])
def test_digest__is_the_same_for_any_threads(folder: Path, tmp_path: Path, threads: int) -> None:
    run_town(replace(ASKED, months=20, threads=threads, out=tmp_path / "run"))
    assert result(tmp_path / "run")["digest"] == result(folder)["digest"]


def test_resume__goes_on_to_the_same_digest(folder: Path, tmp_path: Path) -> None:
    def stop(done: int, _months: int) -> None:
        if done == 13:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_town(replace(ASKED, months=20, out=tmp_path / "run"), stop, seconds_between=0.0)
    resume_town(tmp_path / "run", threads=2)
    assert result(tmp_path / "run")["digest"] == result(folder)["digest"]
    assert RunFolder.open(tmp_path / "run").read("months").equals(RunFolder.open(folder).read("months"))


def test_every_life__agrees_under_every_rulebook(folder: Path) -> None:
    opened = RunFolder.open(folder)
    plan = build.make_plan(opened.manifest, inputs_of(opened))
    n_lines = dict.fromkeys(TOGETHER, 0)
    for block in range(plan.n_blocks("person")):
        lived = live_again(plan, "person", block, NOTHING)
        assert hash_differences(opened, lived, "person", block) == []
        for number in range(block * 150, (block + 1) * 150):
            life = told(plan, "person", number, lived, [], NOTHING)
            assert life.differences == (), (number, life.differences)
            for under in life.under:
                n_lines[under.rulebook] += len(under.lines)
    assert n_lines["suining-2010"] > 0, n_lines
    assert all(n_lines[name] > 200 for name in TOGETHER[1:3]), n_lines


def test_final__has_a_row_for_each_rulebook_that_scores_a_person(folder: Path) -> None:
    rows = RunFolder.open(folder).read("final").to_pylist()
    assert {row["rulebook"] for row in rows} == {*TOGETHER, None}
    per_person: dict[int, list[str | None]] = {}
    for row in rows:
        per_person.setdefault(row["id"], []).append(row["rulebook"])
    assert sorted(per_person) == list(range(900))
    assert all(names == [None] or None not in names for names in per_person.values())


def test_presets__stand_for_their_rulebooks(tmp_path: Path) -> None:
    for preset in load_presets():
        assert expanded(preset.id) == preset.rulebooks
        run_town(replace(ASKED, rulebook=preset.id, people=300, months=3, start=None, out=tmp_path / preset.id))
        assert len(result(tmp_path / preset.id)["by_rulebook"]) == len(preset.rulebooks)
    assert expanded("suining-2010") == ("suining-2010",)


def test_the_same_reading_twice__is_refused() -> None:
    with pytest.raises(UsageError, match="each reading once"):
        run_town(replace(ASKED, rulebook="suining-2010,suining-2010", out=Path("never")))
