"""The small model in Starsim: states over all agents, distributions with its common random numbers."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import starsim as ss
from model import Model, measure


class Points(ss.Module):
    """Acts, detection, points and grades."""

    def __init__(self, model: Model) -> None:
        """Make a distribution for each act and each detection."""
        super().__init__()
        self.small = model
        self.define_states(ss.FloatArr("score", default=float(model.base)), ss.FloatArr("grade", default=0.0))
        self.done = [ss.poisson(lam=act.rate, name=f"act{n}") for n, act in enumerate(model.acts)]
        self.seen = [ss.random(name=f"seen{n}") for n in range(len(model.acts))]
        self.borders = np.array(model.from_[::-1], dtype=float)

    def step(self) -> None:
        """Live one month; how many of a month's acts are found out is the binomial quantile of one draw."""
        uids = self.sim.people.auids
        for act, done, seen in zip(self.small.acts, self.done, self.seen, strict=True):
            n, u = done.rvs(uids), seen.rvs(uids)
            found = np.zeros(len(uids))
            busy = n > 0
            if busy.any():
                found[busy] = _binomial(u[busy], n[busy].astype(int), act.chance)
            self.score[uids] = self.score[uids] + act.points * found
        self.grade[uids] = 3 - np.searchsorted(self.borders, self.score[uids], side="right")


def _binomial(u: Any, n: Any, chance: float) -> Any:
    """Return binomial quantiles by inversion, for the few who acted."""
    found = np.zeros(len(u))
    mass = (1 - chance) ** n
    below = mass.copy()
    k = 0
    while True:
        more = (u > below) & (k < n)
        if not more.any():
            return found
        found[more] += 1
        mass = np.where(k < n, mass * (n - k) / (k + 1) * chance / (1 - chance), 0.0)
        below += mass
        k += 1


def run(model: Model, people: int, months: int) -> tuple[float, dict[str, Any]]:
    """Live the months and return their seconds with what was found."""
    points = Points(model)
    sim = ss.Sim(
        n_agents=people, modules=[points], start="2010-01-01", dur=months - 1, dt="month", verbose=0, rand_seed=1,
    )  # fmt: skip
    sim.init()
    began = time.perf_counter()
    sim.run()
    seconds = time.perf_counter() - began
    module = next(each for each in sim.modules if isinstance(each, Points))
    grades = np.bincount(np.asarray(module.grade.values, dtype=int), minlength=4)
    return seconds, {"mean": float(np.mean(module.score.values)), "grades": grades.tolist(), "steps": int(sim.t.npts)}


if __name__ == "__main__":
    measure(run, repeats=2)
