"""Towns of firms under a rating that is published once a year, and under classes by published shares with ties broken by lot."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from glasstown.engine.kernel.cache import as_python
from glasstown.engine.kernel.lots import lot_of
from glasstown.engine.quotas import ranks
from glasstown.engine.tables.state import chance_of
from glasstown.runs import plan as build
from glasstown.runs.one_life import hash_differences, live_again, told
from glasstown.runs.outside import RANK, outside_of
from glasstown.runs.request import inputs_of
from glasstown.runs.session import RunRequest, resume_town, run_town
from glasstown.storage.folder import RunFolder

pytestmark = pytest.mark.usefixtures("short_past")
RATED = RunRequest(
    rulebook="cn-tax-credit-2014-2020", people=300, firms=150, months=30, seed=3, start="2020-10", threads=1, command="test",
)  # fmt: skip
SORTED = RunRequest(
    rulebook="cn-risk-classes-by-share@dandong", people=300, firms=450, months=6, seed=3, start="2022-10", threads=1,
    command="test",
)  # fmt: skip
SHARES = {"A": "0.654141", "B": "0.253270", "C": "0.077428", "D": "0.015161"}


def grades_of(path: Path) -> dict[int, Counter[str]]:
    """Return how many firms there are in each grade at the end of each month."""
    found: dict[int, Counter[str]] = {}
    for row in RunFolder.open(path).read("months").to_pylist():
        if row["account"] == "grades" and row["kind"] == "firm":
            found.setdefault(row["month"], Counter())[row["item"]] += int(row["value"])
    return found


def lives_of(path: Path) -> list[Any]:
    """Return every firm's life of a run, each told alike by both readings and from the run's own neighbourhood."""
    folder = RunFolder.open(path)
    plan = build.make_plan(folder.manifest, inputs_of(folder))
    outside, lives = outside_of(folder, plan), []
    for block in range(plan.n_blocks("firm")):
        lived = live_again(plan, "firm", block, outside)
        assert hash_differences(folder, lived, "firm", block) == []
        lives += [told(plan, "firm", number, lived, [], outside) for number in range(block * 150, (block + 1) * 150)]
    assert [life.differences for life in lives] == [()] * len(lives)
    return lives


def test_published_grade__is_nobodys_before_the_first_april_and_everybodys_after_it(tmp_path: Path) -> None:
    run_town(replace(RATED, out=tmp_path / "run"))
    by_month = grades_of(tmp_path / "run")
    april = 6  # October 2020 is month 0
    assert by_month[april - 1]["none"] == 150
    assert by_month[april]["none"] == 0
    assert by_month[april] == by_month[april + 11]  # of one publication to the next nothing moves it
    assert by_month[april + 12] != by_month[april]
    phases = Counter(line["phase"] for life in lives_of(tmp_path / "run") for line in life.lines)
    assert phases["publication"] >= 150


def test_published_grade__outlives_a_stop(tmp_path: Path) -> None:
    def stop(done: int, _months: int) -> None:
        if done == 4:  # found in December, published in April
            raise KeyboardInterrupt

    run_town(replace(RATED, months=9, out=tmp_path / "whole"))
    with pytest.raises(KeyboardInterrupt):
        run_town(replace(RATED, months=9, out=tmp_path / "run"), stop, seconds_between=0.0)
    resume_town(tmp_path / "run")
    assert RunFolder.open(tmp_path / "run").manifest.digest == RunFolder.open(tmp_path / "whole").manifest.digest


def test_classes_by_lot__are_the_shares_to_the_firm_on_the_day_they_are_found(tmp_path: Path) -> None:
    run_town(replace(SORTED, months=5, out=tmp_path / "before"))
    run_town(replace(SORTED, out=tmp_path / "run"))
    assert grades_of(tmp_path / "run")[0] == Counter({"none": 450, "A": 0, "B": 0, "C": 0, "D": 0})
    edges = {
        row["item"].removeprefix("firm/"): int(row["value"])
        for row in RunFolder.open(tmp_path / "run").read("inbox").to_pylist()
        if (row["account"], row["month"]) == (RANK, 5)
    }
    final = [row for row in RunFolder.open(tmp_path / "before").read("final").to_pylist() if row["kind"] == "firm"]
    scores = np.array([int(row["score"]) for row in sorted(final, key=lambda row: row["id"])])
    lots = as_python(lot_of)(chance_of(SORTED.seed, "firm"), np.arange(450))  # type: ignore[arg-type]
    placed = ranks(scores, np.asarray(lots))
    for n, grade in enumerate(SHARES, start=1):
        share = sum(map(Decimal, [*SHARES.values()][:n]), Decimal(0))
        assert int((placed >= edges[grade]).sum()) == int(share * 450)


def test_classes_by_lot__are_told_alike_and_put_the_worse_records_below(tmp_path: Path) -> None:
    run_town(replace(SORTED, out=tmp_path / "run"))
    assert any(row["account"] == RANK for row in RunFolder.open(tmp_path / "run").read("inbox").to_pylist())
    ends = {life.id: (int(life.under[0].score), life.under[0].grade) for life in lives_of(tmp_path / "run")}
    worst = {grade: min(score for score, found in ends.values() if found == grade) for grade in SHARES}
    best = {grade: max(score for score, found in ends.values() if found == grade) for grade in SHARES}
    assert worst["A"] >= best["B"] >= worst["B"] >= best["C"] >= worst["C"] >= best["D"]
