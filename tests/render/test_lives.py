"""How people lived, in sentences: told of people with lives, silent for firms and where lives are left out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from glasstown.outcomes.opened import open_run
from glasstown.render.findings import list_findings
from glasstown.render.lives import TITLES, lived_findings
from glasstown.render.summary import Summary
from glasstown.runs.request import RunRequest
from glasstown.runs.session import run_town

ASKED = RunRequest("cn-court-list-2017", people=3000, firms=150, months=24, threads=1, command="t")
BUSY = {"hazard.c11": "0.002", "judgment.arrears": "10", "recording.dishonesty.default": "1"}


def test_lives__are_told_of_people_alone(tmp_path: Path) -> None:
    run_town(replace(ASKED, settings=BUSY, out=tmp_path / "run"))
    run = open_run(tmp_path / "run")
    told = [each.text for each in lived_findings(run.accounts["person"])]
    assert len(told) == 7
    assert "to enforce judgments" in told[1]
    assert "out of work" in told[0]
    assert "were refused" in told[2]
    assert "by an old copy" in told[3]
    assert "were told before they were to be listed" in told[4]
    assert "think so" in told[6]
    fared = [each.text for each in lived_findings(run.accounts["firm"])]
    assert "of all firms are in distress" in fared[0]
    assert "to partners on a black list" in fared[1]
    assert TITLES["firm"] in Summary(run).text()
    assert TITLES["person"] in Summary(run).text()
    lists = " ".join(each.text for each in list_findings(run, run.accounts["person"]))
    assert "through nothing but wrong records" in lists


def test_lives_left_out__are_not_told(tmp_path: Path) -> None:
    run_town(replace(ASKED, settings={**BUSY, "living.lived": "0"}, out=tmp_path / "run"))
    run = open_run(tmp_path / "run")
    assert [each.text for each in lived_findings(run.accounts["person"])] == [
        "Not told, since work, income and debts are not lived in this run (living.lived is 0)."
    ]
    assert TITLES["person"] in Summary(run).text()
