"""What the rules got and what they cost, in sentences: told of people with lives, with reasons where lives are left out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from glasstown.outcomes.opened import open_all
from glasstown.render.got_and_cost import cost, done, got
from glasstown.render.own import listed
from glasstown.render.summary import summarise
from glasstown.runs.request import RunRequest
from glasstown.runs.session import run_town

pytestmark = pytest.mark.usefixtures("short_past")
ASKED = RunRequest("cn-court-list-2017", people=3000, firms=150, months=24, threads=1, command="t")
BUSY = {"hazard.c11": "0.002", "judgment.arrears": "10", "recording.dishonesty.default": "1"}


def test_town__is_told_by_what_the_rules_got_and_cost(tmp_path: Path) -> None:
    run_town(replace(ASKED, settings=BUSY, out=tmp_path / "run"))
    runs = open_all(tmp_path / "run")
    gained, lost = got(runs), " ".join(cost(runs))
    assert "People committed" in done(runs)[0]
    assert any("to enforce judgments" in each for each in gained)
    assert "in private" in gained[-1]
    for said in (
        "wrong:",
        "had notice",
        "requests were refused",
        "as an office had not yet updated its copy",
        "Of firms",
    ):
        assert said in lost
    lists = " ".join(listed(runs[0], runs[0].accounts["person"]))
    hang = next(each for each in lost.split("hangs on ") if "unable_spared" in each)
    assert f"through nothing but wrong records (hangs on {hang[: hang.index(')')]})" in lists
    assert "measures; " in lists
    assert "judgment.arrears = 10, set for this run" in " ".join(gained)


def test_lives_left_out__are_not_told(tmp_path: Path) -> None:
    run_town(replace(ASKED, settings={**BUSY, "living.lived": "0"}, out=tmp_path / "run"))
    text = " ".join(summarise(tmp_path / "run").text().split())
    assert (
        "How people lived is not told, since work, income and debts are not lived in this run (living.lived is 0)."
        in text
    )
    assert "Courts opened" not in text
