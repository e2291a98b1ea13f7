"""What the waves left, made members: points drawn by how well they are foretold, lived, weighed, drawn again and lived once more.

The last time every target is counted, hold-outs too: no weight depends on it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from glasstown.calibration.design import settings_at
from glasstown.calibration.implausible import fit_of, simulated
from glasstown.calibration.lived import COUNT, PER, Ground, Point, live_points, lived_of, points_of, seed_of
from glasstown.calibration.ridge import Floats
from glasstown.calibration.search import sampled
from glasstown.calibration.targets import TARGETS
from glasstown.calibration.towns import Bench, bench_of, refuse_unread
from glasstown.calibration.unknowns import UNKNOWNS
from glasstown.calibration.waves import Course, plan_of, run_waves
from glasstown.calibration.weights import drawn_members, effective, weights_of
from glasstown.errors import Fault, UsageError
from glasstown.language.load import load_acts
from glasstown.paths import data_folder
from glasstown.storage.ensemble_file import FEWEST, SET, write_ensemble
from glasstown.storage.identity import code_hash
from glasstown.storage.sweep_folder import SweepFolder
from glasstown.studies.members import hashes_of
from glasstown.studies.probes import PROBES, probes_of
from glasstown.studies.probes import told as told_probes

SEEDS: Final = 2
"""times that a point is lived before it is weighed"""
FINAL, TOLD = 50, 60
"""stages behind those of the waves"""
LEAST_EFFECTIVE: Final = 100


def made_from(bench: Bench) -> dict[str, Any]:
    """Return hashes of all that an ensemble is made from: the two files, every text of its towns, code, and versions."""
    from importlib.metadata import PackageNotFoundError, version

    from glasstown.version import __version__

    libraries, texts = {}, {}
    for name in ("numpy", "SALib", "scikit-learn"):
        try:
            libraries[name] = version(name)
        except PackageNotFoundError:
            libraries[name] = "not installed"
    for plan in bench.plans.values():
        texts.update(hashes_of(plan.manifest))
    return {
        "version": __version__, "code": code_hash(), "targets": file_hash(TARGETS), "unknowns": file_hash(UNKNOWNS), "texts": texts,
        "libraries": libraries,
    }  # fmt: skip


SAID_LATER: Final = re.compile(rb"^    miss:.*\n(?:      .*\n)*", re.MULTILINE)
"""why a target is missed, which is said once members are there: it makes no ensemble another one"""


def file_hash(name: str) -> str:
    """Return the hash of a shipped file of data/, without what is said after a calibration."""
    return hashlib.sha256(SAID_LATER.sub(b"", (data_folder() / name).read_bytes())).hexdigest()


@dataclass(frozen=True, slots=True)
class Weighed:
    """Points that were drawn, lived and weighed."""

    folder: SweepFolder
    missed: Floats
    weights: Floats
    lucks: Mapping[str, float]


def calibrated(course: Course, out: Path) -> Path:
    """Run a whole calibration, or go on with it, and write its ensemble; return where it lies.

    Errors   UsageError where an unknown is read by nothing, nothing is left, or weights rest on too few points.
    """
    train = course.ground.held(course.train)
    refuse_unread(bench_of(course.ground.targets, train, share=0.02), course.ground.unknowns.free)
    run_waves(course)
    weighed = _weighed(course)
    ess = effective(weighed.weights)
    course.say(f"{len(weighed.weights)} points weighed; they stand for {ess:.0f} that would fit alike.")
    if ess < min(LEAST_EFFECTIVE, course.sizes.members / 2):
        found = f"weights that stand for {ess:.0f} points"
        fault = Fault(
            "the ensemble", None, found, f"at least {LEAST_EFFECTIVE}", "Draw more points, or live another wave."
        )
        raise UsageError("The calibration", [fault])
    chance = np.random.default_rng([course.ground.seed, FINAL])
    members = drawn_members(weighed.weights, course.sizes.members, chance).tolist()
    told = _told(course, weighed.folder, members)
    _write(course, out, weighed, members, told, ess)
    return out


def _weighed(course: Course) -> Weighed:
    """Draw points by how well they are foretold, live each with two seeds, and weigh them by what they came to."""
    path = course.folder / "final"
    held = tuple(each for each in course.ground.held(course.train) if each.id not in course.aside)
    ids = [each.id for each in held]
    if (path / "plan.json").is_file():
        design, drawn_by = SweepFolder.open(path).plan["design"], SweepFolder.open(path).plan["drawn_by"]
    else:
        places, logs = _drawn(course)
        design, drawn_by = places.tolist(), logs.tolist()
    folder = SweepFolder.start(path, {**plan_of(course, "final points", ids), "drawn_by": drawn_by, "design": design})
    points = points_of(course.ground, design, FINAL, [SEEDS] * len(design), one_nuisance=True)
    live_points(folder, course.ground, tuple(ids), points, course.sizes.workers, course.progress)
    lived, last = lived_of(folder, held), course.waves[-1]
    missed = simulated(last.held, lived.logs, lived.lucks, SEEDS)
    weights = weights_of(fit_of(missed, last.held), np.array(drawn_by, dtype=np.float64))
    return Weighed(folder, missed, weights, lived.lucks)


def _drawn(course: Course) -> tuple[Floats, Floats]:
    """Return places drawn by exp(-fit) as the last wave foretells it, inside what is left, and the logarithm of that."""
    last, left = course.waves[-1], course.left
    assert left is not None
    chance = np.random.default_rng([course.ground.seed, FINAL, 1])
    start = left.places[chance.permutation(len(left.places))[: course.sizes.final]]
    return sampled(lambda places: course.log_density(places, last.held), start, course.sizes.sweeps, chance)


def _told(course: Course, final: SweepFolder, members: Sequence[int]) -> SweepFolder:
    """Live every member once more with a seed of its own, and count all targets, hold-outs too."""
    measured = [each.id for each in course.ground.targets.measured]
    design = [final.plan["design"][point] for point in members]
    plan = {**plan_of(course, "members", measured), "points": list(members), "design": design}
    folder = SweepFolder.start(course.folder / "members", plan)
    acts = load_acts()
    points = [
        Point(n, (settings_of(course.ground, design[n], point, acts),), (seed_of(course.ground.seed, TOLD, n, 0),))
        for n, point in enumerate(members)
    ]
    live_points(folder, course.ground, tuple(measured), points, course.sizes.workers, course.progress)
    return folder


def settings_of(ground: Ground, places: Sequence[float], point: int, acts: Any) -> dict[str, str]:
    """Return the settings of a final point, nuisance included, as it was lived."""
    return settings_at(ground.unknowns, places, acts, (seed_of(ground.seed, FINAL, point, 0),))


def _write(course: Course, out: Path, weighed: Weighed, members: Sequence[int], told: SweepFolder, ess: float) -> None:
    """Write members and manifest."""
    acts = load_acts()
    settings = [settings_of(course.ground, told.plan["design"][n], point, acts) for n, point in enumerate(members)]
    columns: dict[str, list[Any]] = {
        "member": list(range(len(members))),
        "seed": [seed_of(course.ground.seed, TOLD, n, 0) for n in range(len(members))],
        "weight": [float(weighed.weights[point]) for point in members],
        "point": list(members),
    }
    columns.update({f"{SET}{path}": [each[path] for each in settings] for path in settings[0]})
    for k, held in enumerate(course.waves[-1].held):
        columns[f"missed.{held.id}"] = [float(weighed.missed[point, k]) for point in members]
    results = [told.read(n) for n in range(told.n_settings)]
    for name in results[0][f"{COUNT} 1"]:
        for what in (COUNT, PER):
            columns[f"{what}.{name}"] = [int(each[f"{what} 1"][name] or 0) for each in results]
    probes = told_probes(probes_of(course.ground.targets.towns), settings, columns["seed"])
    write_ensemble(out, columns, {**_manifest(course, weighed, ess, len(set(members))), PROBES: probes})


def _manifest(course: Course, weighed: Weighed, ess: float, n_distinct: int) -> dict[str, Any]:
    """Return what the ensemble was made from and how its waves went."""
    ground, sizes = course.ground, course.sizes
    return {
        **course.made_from,
        "train": list(course.train), "hold_out": [each.id for each in ground.targets.of("hold-out")],
        "out_of_reach": list(course.aside),
        "free": [[each.path, str(each.low), str(each.high), each.scale] for each in ground.unknowns.free],
        "seed": ground.seed, "share": ground.share, "final": sizes.final, "effective": round(ess, 1), "distinct": n_distinct,
        "lucks": {name: round(value, 6) for name, value in weighed.lucks.items()},
        "waves": [
            {"points": len(each.lived.places), "left": each.part, "foretold": {n: round(e.q2, 3) for n, e in each.emulators.items()}}
            for each in course.waves
        ],
    }  # fmt: skip


def enough(members: int) -> None:
    """Refuse a calibration that would ship too few members."""
    if members < FEWEST:
        fault = Fault("--members", None, str(members), f"at least {FEWEST}", "Fewer show no widths.")
        raise UsageError("The calibration", [fault])
