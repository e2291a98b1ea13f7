"""A town in Python: it steps to the digest of a run, is saved as a scenario that asks for the same, and written as a run."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import glasstown
from glasstown.answers.living import LivingTown
from glasstown.engine.kernel.cache import is_plain
from glasstown.errors import RunError, UsageError
from glasstown.paths import data_folder, rulebook_folder
from glasstown.runs.scenario import request_of
from glasstown.storage.folder import RunFolder
from glasstown.types import SYNTHETIC_WORDS

pytestmark = [pytest.mark.usefixtures("short_past"), pytest.mark.skipif(is_plain(), reason="lives towns")]


@pytest.fixture(scope="module")
def town() -> LivingTown:
    return glasstown.town("cn-court-list-2017", people=300, months=6, seed=7, threads=1, set={"filing.lost": 0})


def test_town__says_where_it_stands() -> None:
    town = glasstown.town("suining-2010", people=300, months=3, threads=1)
    assert "300 people, seed 1; before its first month; next is 2010-01" in str(town)
    assert town.step(3).as_json()["next"] is None
    assert "3 months of 3 lived." in str(town)
    assert SYNTHETIC_WORDS in str(town).lower()


def test_town__has_twenty_thousand_people_where_nothing_says_so() -> None:
    assert glasstown.town("suining-2010", months=1)._living.plan.manifest.people == 20_000


def test_table__is_the_last_month_of_the_run(town: LivingTown, tmp_path: Path) -> None:
    assert len(glasstown.town("suining-2010", people=300, months=3).table()) == 0
    town.step(3 - town.month)
    run = glasstown.run(
        "cn-court-list-2017", people=300, months=3, seed=7, set={"filing.lost": 0}, out=tmp_path / "run"
    )
    months = run.table()
    assert town.table().to_pylist() == [row for row in months.to_pylist() if row["month"] == 2]


def test_write__is_a_run_of_the_months_lived(town: LivingTown, tmp_path: Path) -> None:
    town.step(4 - town.month)
    written = town.write(tmp_path / "run")
    assert (written.result.values["digest"], written.result.values["months"]) == (town.digest, 4)
    assert RunFolder.open(tmp_path / "run").manifest.command.startswith("glasstown run cn-court-list-2017 --people 300")
    with pytest.raises(RunError):
        town.write(tmp_path / "run")


def test_write__before_the_first_month_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"Let it live with .step\(\) first"):
        glasstown.town("suining-2010", people=300, months=3).write(tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


def test_save__asks_for_the_same_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(rulebook_folder() / "suining-2010", tmp_path / "there" / "suining-2010")
    shutil.copy(data_folder() / "places" / "china-2020.yaml", tmp_path / "there" / "own.yaml")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "there")
    town = glasstown.town(
        "./suining-2010@ceiling-1000,no-scheme", people=300, firms=0, months=2, seed=2**64 - 1, place="own.yaml",
        start="2010-03", unknown="low", set={"filing.lost": "0.05", "living.lived": 0}, threads=1,
    )  # fmt: skip
    town.step(2)
    saved = town.save(tmp_path / "here" / "mine.yaml")
    town.save(saved)  # an earlier one of ours may be replaced
    monkeypatch.chdir(tmp_path)
    run = glasstown.run(saved, out="run")
    assert run.result.values["digest"] == town.digest


def test_save__replaces_no_file_of_somebody_else(town: LivingTown, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("glasstown_scenario: 1\nrulebooks: [suining-2010]\n", "utf-8")
    with pytest.raises(UsageError, match="free"):
        town.save(mine)
    with pytest.raises(UsageError, match=r"ends in \.yaml"):
        town.save(tmp_path / "mine.txt")
    assert os.listdir(tmp_path) == ["mine.yaml"]


def test_a_town_of_an_earlier_run__is_the_same_town_and_cannot_be_said_in_a_file(
    town: LivingTown, tmp_path: Path
) -> None:
    town.back(town.month) if town.month else None
    town.step(2).write(tmp_path / "run")
    again = glasstown.town(tmp_path / "run")
    assert again.step(2).digest == town.digest
    with pytest.raises(UsageError, match="earlier run"):
        again.save(tmp_path / "mine.yaml")


def test_saved_text__is_read_back_as_it_was(town: LivingTown, tmp_path: Path) -> None:
    request = request_of(str(town.save(tmp_path / "mine.yaml")), {})
    assert (request.people, request.months, request.seed, request.settings) == (300, 6, 7, {"filing.lost": "0"})


def test_a_broken_month__is_told_and_the_town_goes_on(town: LivingTown, monkeypatch: pytest.MonkeyPatch) -> None:
    town.back(town.month) if town.month else None
    town.step(1)
    before = town.digest
    with pytest.raises(UsageError, match="months"):
        town.step(99)
    assert (town.month, town.digest) == (1, before)


def test_save__keeps_numbers_that_are_nothing(tmp_path: Path) -> None:
    town = glasstown.town("suining-2010", people=300, firms=0, months=3, seed=0)
    asked = request_of(str(town.save(tmp_path / "mine.yaml")), {})
    assert (asked.seed, asked.firms, asked.track) == (0, 0, 0)
