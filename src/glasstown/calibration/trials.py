"""Whether a calibration finds what is there, and nothing where nothing is: hidden settings, and targets that no town can meet."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from glasstown.calibration.emulator import Emulator
from glasstown.calibration.implausible import CUTS, Held, fit_of, foretold, implausibility, score
from glasstown.calibration.lived import live_points, lived_of, points_of
from glasstown.calibration.ridge import Floats
from glasstown.calibration.search import Left, sampled, what_is_left
from glasstown.calibration.waves import Course, plan_of
from glasstown.storage.sweep_folder import SweepFolder

HIDDEN: Final = 20
INTERVAL: Final = 0.9
COVERED: Final = (0.80, 1.00)
TOLD_APART: Final = 0.7
"""an unknown is told apart where its interval is narrower than so much of one that knows nothing"""
RECOVERED: Final = 70
"""stage of the hidden settings"""
PLACEBO: Final = 5.0
SAMPLES: Final = 1000


@dataclass(frozen=True, slots=True)
class Recovered:
    """One unknown over all hidden settings: how many intervals cover it, and how wide they are beside those that know nothing."""

    path: str
    covered: int
    hidden: int
    width: float

    @property
    def is_told_apart(self) -> bool:
        """Return whether the targets say anything about it."""
        return self.width < TOLD_APART


def recovered(course: Course, n: int = HIDDEN) -> tuple[Recovered, ...]:
    """Hide settings anywhere in the room, live each, and look whether the first wave's emulators find it by what it came to.

    Anywhere, and by the first wave: among what later waves left, an interval as wide as all of it covers what is hidden there
    whether or not anything was found.  What a hidden town comes to is moved by chance as figures and discrepancy may move it, as
    the record is taken to be.
    """
    first, n_unknowns = course.waves[0], len(course.ground.unknowns.free)
    chance = np.random.default_rng([course.ground.seed, RECOVERED])
    hidden = chance.random((n, n_unknowns))
    ids = [each.id for each in first.held]
    plan = {**plan_of(course, "hidden settings", ids), "design": hidden.tolist()}
    folder = SweepFolder.start(course.folder / "recover", plan)
    design = np.array(folder.plan["design"], dtype=np.float64)
    points = points_of(course.ground, folder.plan["design"], RECOVERED, [1] * len(design))
    live_points(folder, course.ground, tuple(ids), points, course.sizes.workers, course.progress)
    lived = lived_of(folder, course.ground.held(ids))
    ends = [_interval(course, first.emulators, _pretended(first.held, lived.logs, k, chance), chance) for k in range(n)]
    low, high = np.array([each[0] for each in ends]), np.array([each[1] for each in ends])
    return tuple(
        Recovered(name, int(((low[:, k] <= design[:, k]) & (design[:, k] <= high[:, k])).sum()), n,
                  float(np.median(high[:, k] - low[:, k]) / INTERVAL))
        for k, name in enumerate(course.ground.unknowns.names)
    )  # fmt: skip


def _pretended(
    held: tuple[Held, ...], logs: Mapping[str, Floats], k: int, chance: np.random.Generator
) -> tuple[Held, ...]:
    """Return the targets as if a hidden town were the record, each moved by its width; what it could not count stays away."""
    found = []
    for each in held:
        value = float(logs[each.output][k])
        if math.isfinite(value):
            found.append(
                replace(each, log=value + math.sqrt(each.variance) * float(chance.standard_normal()), part=1.0)
            )
    return tuple(found)


def _interval(
    course: Course, emulators: Mapping[str, Emulator], held: tuple[Held, ...], chance: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return the ends of every unknown's interval, given what a hidden town came to and that it may lie anywhere."""

    def log_density(places: Floats) -> Floats:
        return -fit_of(implausibility(held, emulators, foretold(emulators, places)), held)

    start = chance.random((SAMPLES, len(course.ground.unknowns.free)))
    places, _ = sampled(log_density, start, course.sizes.sweeps, chance)
    out = (1 - INTERVAL) / 2
    return np.quantile(places, out, axis=0), np.quantile(places, 1 - out, axis=0)


def coverage(rows: tuple[Recovered, ...]) -> float:
    """Return the share of all intervals that cover what was hidden."""
    return sum(each.covered for each in rows) / max(sum(each.hidden for each in rows), 1)


def placebo(course: Course, times: float) -> Left:
    """Return what the first wave would leave if everything published were so many times as much; nothing is to be left."""
    wave = course.waves[0]
    held = tuple(replace(each, log=each.log + math.log(times)) for each in wave.held)
    return _left_of(held, wave.emulators, course)


def _left_of(held: tuple[Held, ...], emulators: Mapping[str, Emulator], course: Course) -> Left:
    def scores(places: Floats) -> Floats:
        return score(implausibility(held, emulators, foretold(emulators, places)), CUTS[:1])

    chance = np.random.default_rng([course.ground.seed, RECOVERED, 1])
    return what_is_left(scores, len(course.ground.unknowns.free), course.sizes.search, chance)
