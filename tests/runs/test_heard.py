"""Notice and objections that a life tells are those that the run counted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from glasstown.runs import heard
from glasstown.runs.live_again import live_again
from glasstown.runs.outside import outside_of
from glasstown.runs.plan import make_plan
from glasstown.runs.request import RunRequest, inputs_of
from glasstown.runs.session import run_town
from glasstown.storage.folder import RunFolder
from glasstown.storage.store import query

SUM = "select item, sum(value)::bigint as n from months where account = 'redress' group by item"
BUSY = {
    "hazard.c11": "0.002",
    "judgment.arrears": "10",
    "recording.court.default": "1",
    "filing.duplicate": "0",
    "notice.skipped": "0.4",
    "objection.share": "0.4",
    "objection.granted_if_wrong": "0.4",
    "objection.granted_if_right": "0",
}


def told(folder: RunFolder) -> list[heard.Heard]:
    plan = make_plan(folder.manifest, inputs_of(folder))
    outside = outside_of(folder, plan)
    blocks = (live_again(plan, "person", block, outside) for block in range(plan.n_blocks("person")))
    return [each for lived in blocks for each in lived.under[0].heard.values()]


def test_notice_and_objections__are_those_of_the_accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = RunRequest(
        "cn-court-list-2017", people=900, firms=0, months=12, threads=1, settings=BUSY, out=tmp_path / "run"
    )
    run_town(asked)
    folder = RunFolder.open(tmp_path / "run")
    sums = {row["item"]: row["n"] for row in query(folder, SUM).to_pylist()}
    found = told(folder)
    averted = sums.get("averted", 0)
    assert sums["notice given"] > 0
    assert sums["notice left out"] > 0
    assert averted == 0
    assert Counter(each.noticed for each in found if each.noticed is not None) == {
        True: sums["notice given"],
        False: sums["notice left out"],
    }
    assert sums["objected"] == sum(each.objected for each in found)
    monkeypatch.setattr(heard, "OBJECTION", 2)  # words of another block
    assert sums["objected"] != sum(each.objected for each in told(folder))
