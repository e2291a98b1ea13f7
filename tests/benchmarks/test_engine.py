"""The benchmark of the engine measures every step, on a town small enough for every test run."""

from __future__ import annotations

from benchmarks import engine
from benchmarks.steps import BUDGET


def test_measure__gives_every_step_and_every_kind_of_byte() -> None:
    result = engine.measure(people=1_500, months=1, repeats=1, threads=(1,))
    assert [step["step"] for step in result["steps"]] == list(BUDGET)
    assert set(result["bytes_per_person"]) == {"dense", "ledger", "scratch"}
    assert result["threads"]["1"]["person_months_per_second"] > 0
    assert result["plain_pass"]["bytes"] > 0
