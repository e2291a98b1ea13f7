"""The small model that every peer writes: who does what, what of it is found out, points, grade.  No more than that.

S4 acts, S5 detection, S8 points and S9 grades under the clauses of Suining 2010 whose points are known.
Each month, for each person and each act: n ~ Poisson(rate), found ~ Binomial(n, chance), score += points · found; then a grade.
Nothing here imports Glasstown, so that each peer runs in an environment of its own; `write.py` makes `model.json`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

MODEL = Path(__file__).with_name("model.json")


class Act(NamedTuple):
    """One act with the clause that answers to it."""

    clause: str
    rate: float
    chance: float
    points: int


class Model(NamedTuple):
    """Acts, base, and the lower ends of the grades A, B and C; D is below."""

    acts: tuple[Act, ...]
    base: int
    from_: tuple[int, int, int]


def load() -> Model:
    """Return the model from model.json."""
    read = json.loads(MODEL.read_text(encoding="utf-8"))
    return Model(tuple(Act(**act) for act in read["acts"]), read["base"], tuple(read["from"]))


def measure(run: Callable[[Model, int, int], tuple[float, dict[str, Any]]], repeats: int = 3) -> None:
    """Run a peer's model for the people and months of the command line, and print the fastest as JSON.

    `run` returns seconds of the months alone and what it found: mean score and people in each grade.
    """
    people, months = int(sys.argv[1]), int(sys.argv[2])
    model = load()
    timed = [run(model, people, months) for _ in range(repeats)]
    seconds, found = min(timed, key=lambda each: each[0])
    print(json.dumps({"people": people, "months": months, "seconds": seconds, "found": found}))


def timed(step: Callable[[], None], months: int) -> float:
    """Return the seconds that so many steps take."""
    began = time.perf_counter()
    for _ in range(months):
        step()
    return time.perf_counter() - began
