"""Points of a design lived into a folder, on several processes: each has towns of its own, and a point that was lived is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Final, TypeAlias

import numpy as np

from glasstown.calibration.design import settings_at
from glasstown.calibration.emulator import LEAST_LUCK, pooled_luck
from glasstown.calibration.implausible import outputs_of
from glasstown.calibration.ridge import Floats
from glasstown.calibration.targets import Targets
from glasstown.calibration.towns import Bench, Counts, bench_of, logarithm
from glasstown.calibration.unknowns import Unknowns
from glasstown.language.load import load_acts
from glasstown.language.target_file import Target
from glasstown.storage.sweep_folder import Result, SweepFolder
from glasstown.types import Progress

TOGETHER: Final = 2
"""points that wait for each process"""
COUNT, PER = "count", "per"


@dataclass(frozen=True, slots=True)
class Ground:
    """What every point is lived on: the targets that are counted, the unknowns, and the part of each town that lives."""

    targets: Targets
    unknowns: Unknowns
    share: float
    seed: int

    def held(self, ids: Sequence[str]) -> tuple[Target, ...]:
        """Return targets by their ids, in the order of the file."""
        return tuple(each for each in self.targets.measured if each.id in set(ids))


@dataclass(frozen=True, slots=True)
class Point:
    """One point to live: its number in the design, and the settings and seed of each time that it is lived."""

    number: int
    settings: tuple[Mapping[str, str], ...]
    seeds: tuple[int, ...]


Ids: TypeAlias = tuple[str, ...]
_own: dict[str, Bench] = {}
"""the towns of this process"""


def points_of(
    ground: Ground, design: Sequence[Sequence[float]], stage: int, times: Sequence[int], *, one_nuisance: bool = False
) -> list[Point]:
    """Return the points of a design, each to be lived so many times, with other luck and, but for `one_nuisance`, other nuisance."""
    acts = load_acts()
    found = []
    for number, (places, n) in enumerate(zip(design, times, strict=True)):
        seeds = tuple(seed_of(ground.seed, stage, number, k) for k in range(n))
        drawn = [settings_at(ground.unknowns, places, acts, (seed,)) for seed in (seeds[:1] if one_nuisance else seeds)]
        found.append(Point(number, tuple(drawn * n if one_nuisance else drawn), seeds))
    return found


def seed_of(seed: int, stage: int, number: int, k: int) -> int:
    """Return the seed of a point's people and luck; no two points of a calibration share one."""
    return ((seed * 100 + stage) * 1_000_000 + number) * 10 + k + 1


def live_points(
    folder: SweepFolder, ground: Ground, ids: Ids, points: Sequence[Point], workers: int, progress: Progress | None
) -> None:
    """Live the points that have no result yet, and write each as it ends."""
    missing = set(folder.missing())
    left = [each for each in points if each.number in missing]
    done, whole = folder.n_settings - len(left), folder.n_settings
    if progress and left:
        progress(done, whole)
    if not left:
        return
    if workers == 1:
        _begin(ground, ids)
        for n, point in enumerate(left, start=1):
            folder.write(*_live(point))
            if progress:
                progress(done + n, whole)
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (ground, ids)) as pool:
        _side_by_side(pool, folder, left, workers, done, progress)


def _side_by_side(
    pool: ProcessPoolExecutor,
    folder: SweepFolder,
    left: list[Point],
    workers: int,
    done: int,
    progress: Progress | None,
) -> None:
    """Keep every process busy until no point is left; a stop lets those under way go."""
    waiting: set[Future[tuple[int, Result]]] = set()
    try:
        while left or waiting:
            while left and len(waiting) < TOGETHER * workers:
                waiting.add(pool.submit(_live, left.pop(0)))
            ended, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for each in ended:
                folder.write(*each.result())
                done += 1
            if progress:
                progress(done, folder.n_settings)
    except BaseException:
        pool.shutdown(cancel_futures=True)
        raise


def _begin(ground: Ground, ids: Ids) -> None:
    """Make the towns of this process."""
    _own["bench"] = bench_of(ground.targets, ground.held(ids), share=ground.share)


def _live(point: Point) -> tuple[int, Result]:
    """Live one point with each of its seeds."""
    result: Result = {}
    for k, (settings, seed) in enumerate(zip(point.settings, point.seeds, strict=True), start=1):
        counts = _own["bench"].live(settings, seed)
        result[f"{COUNT} {k}"] = {name: count for name, (count, _) in counts.items()}
        result[f"{PER} {k}"] = {name: per for name, (_, per) in counts.items()}
    return point.number, result


def counts_of(result: Result) -> list[Counts]:
    """Return what a point counted with each of its seeds."""
    n = sum(name.startswith(COUNT) for name in result)
    return [
        {
            name: (int(count or 0), int(result[f"{PER} {k}"][name] or 0))
            for name, count in result[f"{COUNT} {k}"].items()
        }
        for k in range(1, n + 1)
    ]


@dataclass(frozen=True, slots=True)
class Lived:
    """Points that were lived: their places, and by output the mean logarithm over their seeds and the variance between seeds."""

    places: Floats
    logs: Mapping[str, Floats]
    lucks: Mapping[str, float]


def lived_of(folder: SweepFolder, held: Sequence[Target]) -> Lived:
    """Return what the points of a finished folder came to, for each output of these targets; nothing to divide by is nan."""
    outputs = dict.fromkeys(outputs_of(held).values())
    targets = {each.id: each for each in held}
    results = [counts_of(folder.read(number)) for number in range(folder.n_settings)]
    logs, lucks = {}, {}
    for output in outputs:
        target = targets[output]
        told = {n: [x for x in (logarithm(target, each[output]) for each in seeds) if x is not None]
                for n, seeds in enumerate(results)}  # fmt: skip
        logs[output] = np.array([float(np.mean(each)) if each else np.nan for each in told.values()])
        bases = [each[output][1] for seeds in results for each in seeds]
        lucks[output] = max(pooled_luck(told), _least_luck(target, float(np.median(bases))))
    return Lived(np.array(folder.plan["design"], dtype=np.float64), logs, lucks)


def _least_luck(target: Target, base: float) -> float:
    """Return the variance that chance alone has, on the logarithm, in a town that counts what is published."""
    times = float(target.measure.times) if target.measure else 1.0
    return max(1 / (target.value.value / times * base + 1), LEAST_LUCK)
