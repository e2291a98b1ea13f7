"""Which of all unknowns move a target: Morris over free and other numbers alike, to hold the choice of the free ones to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from glasstown.calibration.lived import Ground, Point, live_points, lived_of, points_of, seed_of
from glasstown.calibration.unknowns import Lever, Unknowns
from glasstown.calibration.waves import Course, plan_of
from glasstown.storage.sweep_folder import SweepFolder
from glasstown.studies.sensitivity import design_of, effects_of

LEVELS: Final = 4
STAGE: Final = 90
TELLING: Final = 2.0
"""an effect is told where it is so many times the standard deviation that luck has"""


@dataclass(frozen=True, slots=True)
class Moved:
    """One unknown, and the output that it moves most: mu* over what excuses a miss of its target."""

    path: str
    is_free: bool
    output: str
    strength: float


def screened(course: Course, trajectories: int) -> tuple[Moved, ...]:
    """Return every unknown, strongest first, by the target that it moves most.

    A trajectory is a point for each unknown and one more; all are drawn over their whole ranges.
    """
    unknowns = course.ground.unknowns
    every = (*unknowns.free, *unknowns.nuisance)
    ground = replace(course.ground, unknowns=Unknowns(every, (), unknowns.width))
    folder = _lived(course, ground, every, trajectories)
    held = course.ground.held(course.train)
    lived = lived_of(folder, held)
    names = [each.path for each in every]
    excuses = {each.id: (each.variance + lived.lucks.get(each.id, 0.0)) ** 0.5 for each in held}
    best: dict[str, Moved] = {}
    free = set(unknowns.names)
    for output, logs in lived.logs.items():
        values = np.nan_to_num(logs, nan=float(np.nanmean(logs)) if np.isfinite(logs).any() else 0.0).tolist()
        effects = effects_of("morris", names, folder.plan["design"], values, levels=LEVELS, seed=course.ground.seed)
        for each in effects:
            strength = each.strength / excuses[output]
            if each.parameter not in best or strength > best[each.parameter].strength:
                best[each.parameter] = Moved(each.parameter, each.parameter in free, output, strength)
    return tuple(sorted(best.values(), key=lambda each: -each.strength))


def _lived(course: Course, ground: Ground, every: Sequence[Lever], trajectories: int) -> SweepFolder:
    path: Path = course.folder / "screening"
    plan = {
        **plan_of(course, f"screening, {trajectories} trajectories", course.train),
        "free": [each.path for each in every],
    }
    if (path / "plan.json").is_file():
        design = SweepFolder.open(path).plan["design"]
    else:
        names = [each.path for each in every]
        design = design_of("morris", names, n=trajectories, levels=LEVELS, seed=ground.seed)
    folder = SweepFolder.start(path, {**plan, "design": design})
    points = with_one_luck(ground, points_of(ground, folder.plan["design"], STAGE, [1] * folder.n_settings), len(every))
    live_points(folder, ground, course.train, points, course.sizes.workers, course.progress)
    return folder


def with_one_luck(ground: Ground, points: Sequence[Point], n_unknowns: int) -> list[Point]:
    """Return points of trajectories, all of a trajectory with the same people and the same luck.

    An effect is the difference of two neighbours: with a luck of its own for each, luck is what would be told.
    """
    return [replace(each, seeds=(seed_of(ground.seed, STAGE, each.number // (n_unknowns + 1), 0),)) for each in points]


def worth_freeing(rows: Sequence[Moved]) -> tuple[Moved, ...]:
    """Return the unknowns that are not free and move a target more than half of the free ones do."""
    free = sorted(each.strength for each in rows if each.is_free)
    typical = free[len(free) // 2] if free else 0.0
    return tuple(each for each in rows if not each.is_free and each.strength > typical)
