"""A town in memory comes to what the same town comes to on disk, whatever was lived in it before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from glasstown.outcomes.counted import counted, why_not
from glasstown.outcomes.opened import open_all
from glasstown.runs.memory import plan_in_memory
from glasstown.runs.request import RunRequest
from glasstown.runs.session import run_town
from glasstown.studies.summed import counts_of, why_not_of

SETTINGS = {"filing.wrong_person": "0.02", "hazard.c0": "0.3"}
HIGH = {"detection.certainty": "4", "eps_p": "0.1"}


def asked(rulebook: str, **changes: object) -> RunRequest:
    return replace(RunRequest(rulebook, people=900, months=18, seed=3, threads=1, command="test"), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("rulebook", ["rongcheng-2019,cn-court-list-2017", "suining-2010", "dongdao-village-2018"])
def test_counts__are_those_of_the_run_on_disk(rulebook: str, tmp_path: Path) -> None:
    plan = plan_in_memory(asked(rulebook))
    for number, settings in enumerate(({}, SETTINGS)):
        folder = tmp_path / str(number)
        run_town(asked(rulebook, settings=settings, out=folder))
        runs = open_all(folder)
        on_disk = counted(runs, runs[0].acts)
        assert counts_of(plan, settings) == on_disk
        assert why_not_of(plan) == why_not(runs)
        assert on_disk["offences"] > 0
        assert on_disk["under a burden"] + on_disk["records"] > 0


def test_setting__leaves_no_trace_in_the_next() -> None:
    first = plan_in_memory(asked("rongcheng-2019,cn-court-list-2017"))
    alone = counts_of(first, SETTINGS)
    assert counts_of(first, HIGH) != alone
    assert counts_of(first, SETTINGS) == alone


def test_people__are_made_once() -> None:
    plan = plan_in_memory(asked("suining-2010"))
    assert plan.population.people(0, 2) is plan.population.people(0, 2)
