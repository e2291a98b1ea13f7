"""The month loop of a town: person-months a second by threads, bytes a person, time by step."""

from __future__ import annotations

import statistics
import time
from datetime import date
from typing import Any

from benchmarks.steps import BUDGET, plain_pass, steps_of
from glasstown.engine.town import Town
from verification.towns import Plan, build

RULEBOOK = "rongcheng-2013"
WARM_MONTHS = 12


def measure(*, people: int, months: int, repeats: int, threads: tuple[int, ...]) -> dict[str, Any]:
    """Return everything about the engine: one town for each number of threads, people only, past its first year."""
    result: dict[str, Any] = {"rulebook": RULEBOOK, "people": people, "months": months, "threads": {}}
    for n_threads in threads:
        plan = Plan(RULEBOOK, people, WARM_MONTHS + months * repeats + 1, date(2014, 1, 1), {}, threads=n_threads,
                    shards=max(4 * n_threads, people // 125_000))  # fmt: skip
        town = build(plan)
        for _ in range(WARM_MONTHS):
            town.advance()
        each = [[_month(town) for _ in range(months)] for _ in range(repeats)]
        speeds = [people * months / sum(row) for row in each]
        result["threads"][str(n_threads)] = {
            "person_months_per_second": round(statistics.median(speeds)),
            "slowest": round(min(speeds)),
            "fastest": round(max(speeds)),
        }
        if n_threads == 1:
            result["bytes_per_person"] = {k: round(v, 1) for k, v in town.bytes_per_person().items()}
            result.update(_inside(town, repeats))
        town.close()
    return result


def _month(town: Town) -> float:
    """Live one month and return the seconds that it took."""
    began = time.perf_counter()
    town.advance()
    return time.perf_counter() - began


def _inside(town: Town, repeats: int) -> dict[str, Any]:
    """Return time and bytes by step, and how much of a month a plain pass over the state would take."""
    steps, month_ns = steps_of(town, repeats)
    pass_ns, pass_bytes = plain_pass(town.sides[0], repeats)
    return {
        "month_ns": round(month_ns, 1),
        "steps": [
            {"step": s.name, "ns": round(s.nanoseconds, 1), "budget_ns": BUDGET[s.name], "bytes": round(s.touched, 1)}
            for s in steps
        ],
        "plain_pass": {
            "ns": round(pass_ns, 1),
            "bytes": round(pass_bytes, 1),
            "share_of_month": round(pass_ns / month_ns, 3),
        },
    }
