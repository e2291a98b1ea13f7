"""Waves of history matching, each in a folder of its own: what a stop left is gone on with, to the same result.

A wave lives a design spread over what earlier waves left, foretells every target over it, and rules out what misses.  It ends where
nothing is gained any more: the emulators are surer than luck, or hardly any room goes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from glasstown.calibration.design import hypercube
from glasstown.calibration.emulator import Emulator, emulated
from glasstown.calibration.implausible import (
    CUT,
    CUTS,
    Foretold,
    Held,
    fit_of,
    foretold,
    held_to,
    implausibility,
    score,
    simulated,
)
from glasstown.calibration.lived import Ground, Lived, live_points, lived_of, points_of
from glasstown.calibration.ridge import Floats
from glasstown.calibration.search import Left, what_is_left
from glasstown.errors import Fault, Place, UsageError
from glasstown.storage.sweep_folder import SweepFolder
from glasstown.types import Progress

REPLICAS: Final = 24
"""points of a wave that are lived with several seeds, from which luck is known"""
SEEDS_OF_A_REPLICA: Final = 3
HARDLY_ANY: Final = 0.95
"""part of the room left before that may be left after a wave that gains nothing"""
FEWEST: Final = 20
"""lived points without which an output cannot be foretold"""
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large a calibration is."""

    points: int = 600
    waves: int = 4
    final: int = 600
    rounds: int = 4
    members: int = 200
    search: int = 4000
    sweeps: int = 60
    workers: int = 1


@dataclass(frozen=True, slots=True)
class Wave:
    """A wave that was lived: what it foretells with, and what of the whole cube is left after it."""

    number: int
    held: tuple[Held, ...]
    emulators: Mapping[str, Emulator]
    lived: Lived
    part: float = 1.0

    def scores(self, places: Floats) -> Floats:
        """Return how far each place is over what this wave lets pass; at most 1 stays."""
        return self.judged(foretold(self.emulators, places))

    def judged(self, told: Foretold) -> Floats:
        """Return the same of what is foretold already."""
        cuts = CUTS[:1] if self.number == 1 else CUTS
        return score(implausibility(self.held, self.emulators, told), cuts)


@dataclass(slots=True)
class Course:
    """A calibration under way: its folder, its waves so far, the targets that no setting reaches, and what is left."""

    folder: Path
    ground: Ground
    sizes: Sizes
    made_from: Mapping[str, Any]
    say: Say
    progress: Progress | None = None
    waves: list[Wave] = field(default_factory=list)
    aside: tuple[str, ...] = ()
    left: Left | None = None

    @property
    def train(self) -> tuple[str, ...]:
        """Return the targets that waves are held to."""
        return tuple(each.id for each in self.ground.targets.of("train"))

    def scores(self, places: Floats) -> Floats:
        """Return the largest score of all waves."""
        found: Floats = np.max([wave.scores(places) for wave in self.waves], axis=0)
        return found

    def log_density(self, places: Floats, held: Sequence[Held]) -> Floats:
        """Return the logarithm of how well the last wave foretells some targets; -inf where it or an earlier one rules out."""
        last = self.waves[-1]
        told = foretold(last.emulators, places)
        found: Floats = -fit_of(implausibility(held, last.emulators, told), held)
        found[last.judged(told) > 1] = -np.inf
        for wave in self.waves[:-1]:
            open_ones = np.isfinite(found)
            if open_ones.any():
                found[open_ones] = np.where(wave.scores(places[open_ones]) <= 1, found[open_ones], -np.inf)
        return found


def train_only(ground: Ground, ids: Sequence[str], place: Path | None = None) -> None:
    """Refuse a wave that was, or is to be, held to anything but targets that train today.

    Errors   UsageError with each hold-out
    """
    trains = {each.id for each in ground.targets.of("train")}
    where = Place(str(place)) if place else None
    faults = [
        Fault(f"target '{each}'", where, "a hold-out, or none, in a wave", "targets whose `use` is train",
              "A hold-out that was seen is none any more: begin in a new folder, or make it train.")
        for each in ids
        if each not in trains
    ]  # fmt: skip
    if faults:
        raise UsageError("The calibration", faults)


def run_waves(course: Course) -> None:
    """Live the waves of a course, or go on with them, until nothing is gained or nothing is left."""
    for number in range(1, course.sizes.waves + 1):
        folder = _wave_folder(course, number)
        _live(course, folder, number)
        course.waves.append(_thought(course, folder, number))
        if number == 1:
            _set_aside(course)
        before = course.left.part if course.left else 1.0
        course.left = _what_is_left(course, number)
        course.waves[-1] = _with_part(course.waves[-1], course.left.part)
        course.say(_told(course.waves[-1], before))
        if course.left.part == 0:
            raise UsageError("The calibration", [_nothing_left(course)])
        if number < course.sizes.waves and (why := _ended(course, before)):
            course.say(f"No further wave: {why}.")
            return


def _wave_folder(course: Course, number: int) -> SweepFolder:
    """Return a wave's folder, made with its design, or as it was left."""
    path = course.folder / f"wave-{number}"
    if not (path / "plan.json").is_file():
        train_only(course.ground, course.train)
        design = _design(course, number)
        return SweepFolder.start(path, {**plan_of(course, f"wave {number}", course.train), "design": design.tolist()})
    folder = SweepFolder.open(path)
    train_only(course.ground, folder.plan["targets"], path)
    return SweepFolder.start(path, {**plan_of(course, f"wave {number}", course.train), "design": folder.plan["design"]})


def plan_of(course: Course, of: str, ids: Sequence[str]) -> dict[str, Any]:
    """Return what a stage's points depend on; a folder made with another plan is refused."""
    free = course.ground.unknowns.free
    return {
        "of": of, "made_from": dict(course.made_from), "targets": list(ids), "seed": course.ground.seed, "share": course.ground.share,
        "unknowns": [[each.path, str(each.low), str(each.high), each.scale] for each in free],
    }  # fmt: skip


def _design(course: Course, number: int) -> Floats:
    """Return the design of a wave: the first even over the whole cube, later ones over what is left."""
    n, n_unknowns = course.sizes.points, len(course.ground.unknowns.free)
    if course.left is None:
        return hypercube(n, n_unknowns, course.ground.seed)
    chance = np.random.default_rng([course.ground.seed, number])
    return course.left.places[chance.permutation(len(course.left.places))[:n]]


def _live(course: Course, folder: SweepFolder, number: int) -> None:
    """Live a wave's points."""
    n = folder.n_settings
    seeds = [SEEDS_OF_A_REPLICA if k < min(REPLICAS, n // 4) else 1 for k in range(n)]
    points = points_of(course.ground, folder.plan["design"], number, seeds)
    live_points(folder, course.ground, tuple(folder.plan["targets"]), points, course.sizes.workers, course.progress)


def _thought(course: Course, folder: SweepFolder, number: int) -> Wave:
    """Return a wave with its emulators, over its own points and those of earlier waves that stayed."""
    held = tuple(each for each in course.ground.held(folder.plan["targets"]) if each.id not in course.aside)
    lived = lived_of(folder, held)
    places, logs = lived.places, dict(lived.logs)
    for wave in course.waves:
        stays = course.scores(wave.lived.places) <= 1
        places = np.concatenate([places, wave.lived.places[stays]])
        logs = {name: np.concatenate([values, wave.lived.logs[name][stays]]) for name, values in logs.items()}
    emulators = {name: _emulator(name, places, values, lived.lucks[name]) for name, values in logs.items()}
    return Wave(number, held_to(held), emulators, lived)


def _emulator(name: str, places: Floats, values: Floats, luck: float) -> Emulator:
    is_there = np.isfinite(values)
    if int(is_there.sum()) < FEWEST:
        found = f"{int(is_there.sum())} points that count anything for it"
        fault = Fault(f"target '{name}'", None, found, f"at least {FEWEST}", "Live more points, or larger towns.")
        raise UsageError("The calibration", [fault])
    return emulated(places[is_there], values[is_there], luck)


def _set_aside(course: Course) -> None:
    """Set targets aside that no setting of the first wave comes near, neither lived nor foretold; each is told."""
    wave = course.waves[0]
    chance = np.random.default_rng([course.ground.seed, 0])
    anywhere = chance.random((5 * course.sizes.search, len(course.ground.unknowns.free)))
    nearest = np.minimum(
        implausibility(wave.held, wave.emulators, foretold(wave.emulators, anywhere)).min(axis=0),
        simulated(wave.held, wave.lived.logs, wave.lived.lucks, 1).min(axis=0),
    )
    aside = {each.id: float(near) for each, near in zip(wave.held, nearest, strict=True) if near > CUT}
    course.aside = tuple(aside)
    for name, near in aside.items():
        course.say(f"Out of reach: {name}; the nearest of all settings misses it by {near:.1f} standard deviations.")
    held = tuple(each for each in wave.held if each.id not in aside)
    kept = {each.output for each in held}
    if not held:
        raise UsageError("The calibration", [_nothing_left(course)])
    course.waves[0] = Wave(1, held, {name: each for name, each in wave.emulators.items() if name in kept}, wave.lived)


def learn(course: Course, lived: Lived) -> None:
    """Let a course learn from points that were lived near what fits, as from one wave more; what is left becomes less.

    Errors   UsageError where nothing is left
    """
    last, before = course.waves[-1], course.left.part if course.left else 1.0
    places = np.concatenate([last.lived.places, lived.places])
    logs = {name: np.concatenate([last.lived.logs[name], lived.logs[name]]) for name in last.emulators}
    emulators = {name: _emulator(name, places, values, lived.lucks[name]) for name, values in logs.items()}
    wave = Wave(last.number + 1, last.held, emulators, Lived(places, logs, lived.lucks))
    course.waves.append(wave)
    course.left = _what_is_left(course, wave.number)
    course.waves[-1] = _with_part(wave, course.left.part)
    course.say(_told(course.waves[-1], before))
    if course.left.part == 0:
        raise UsageError("The calibration", [_nothing_left(course)])


def _what_is_left(course: Course, number: int) -> Left:
    chance = np.random.default_rng([course.ground.seed, 100 + number])
    return what_is_left(course.scores, len(course.ground.unknowns.free), course.sizes.search, chance)


def _with_part(wave: Wave, part: float) -> Wave:
    return Wave(wave.number, wave.held, wave.emulators, wave.lived, part)


def _told(wave: Wave, before: float) -> str:
    """Return what a wave came to, in a sentence."""
    q2 = [each.q2 for each in wave.emulators.values()]
    kinds = [each.kind for each in wave.emulators.values()]
    share = f", {100 * wave.part / before:.2g} % of what was left before" if wave.number > 1 and before else ""
    return (
        f"Wave {wave.number}: {len(wave.lived.places)} points, {len(wave.held)} targets by {len(q2)} outputs; of left-out points "
        f"{np.median(q2):.2f} foretold (least {min(q2):.2f}; {kinds.count('process')} processes, {kinds.count('surface')} surfaces); "
        f"{100 * wave.part:.2g} % of the room is left{share}."
    )


def _ended(course: Course, before: float) -> str | None:
    """Return why another wave would gain nothing; None where it would."""
    wave, left = course.waves[-1], course.left
    assert left is not None
    if wave.number > 1 and left.part > HARDLY_ANY * before:
        return "hardly any room went"
    sure = [float(np.median(each.at(left.places)[1])) < each.luck for each in wave.emulators.values()]
    return "every emulator is surer than a town's luck" if all(sure) else None


def _nothing_left(course: Course) -> Fault:
    wave = course.waves[-1]
    told = foretold(wave.emulators, wave.lived.places)
    nearest = implausibility(wave.held, wave.emulators, told).min(axis=0) if wave.held else np.zeros(0)
    worst = [wave.held[k].id for k in np.argsort(-nearest)[:3]]
    return Fault(
        "what is left", None, f"no setting that comes near every target; furthest off: {', '.join(worst) or 'all of them'}",
        "some settings", "Look at these targets: their discrepancy, or the model's structure.",
    )  # fmt: skip
