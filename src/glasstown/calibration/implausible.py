"""How implausible a setting is: by target, how far it misses what is published, in standard deviations of all that may excuse it.

I^2 = (z - E f)^2 / (Var emulator + Var luck + Var observed + Var discrepancy), on the logarithm.
Source   Craig and others 1997; McCulloch and others, JASSS 25(2)1, 2022.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from glasstown.calibration.emulator import Emulator
from glasstown.calibration.ridge import Floats
from glasstown.language.target_file import Target

CUT: Final = 3.0
CUTS: Final = (CUT, 2.5)
"""of the largest, and from the second wave on of the two largest"""


@dataclass(frozen=True, slots=True)
class Held:
    """One target as a wave holds a setting to it: a value on the logarithm, its variance, and how much it counts in weights."""

    id: str
    output: str
    log: float
    variance: float
    part: float


def held_to(targets: Sequence[Target]) -> tuple[Held, ...]:
    """Return the targets as they are held; several years of one measure count as one together."""
    outputs = outputs_of(targets)
    times = {output: list(outputs.values()).count(output) for output in outputs.values()}
    return tuple(
        Held(each.id, outputs[each.id], each.log, each.variance, 1 / times[outputs[each.id]]) for each in targets
    )


def outputs_of(targets: Sequence[Target]) -> dict[str, str]:
    """Return for each target the first one that counts the very same: both are one output of a town."""
    first: dict[str, str] = {}
    found = {}
    for each in targets:
        written = each.measure.model_dump_json() if each.measure else each.id
        found[each.id] = first.setdefault(written, each.id)
    return found


Foretold = Mapping[str, tuple[Floats, Floats]]
"""by output: mean and variance at some places"""


def foretold(emulators: Mapping[str, Emulator], places: Floats) -> Foretold:
    """Return what emulators say at (points, unknowns)."""
    return {output: emulator.at(places) for output, emulator in emulators.items()}


def implausibility(held: Sequence[Held], emulators: Mapping[str, Emulator], told: Foretold) -> Floats:
    """Return (points, targets): how far each point's foretold values miss."""
    columns = []
    for each in held:
        mean, variance = told[each.output]
        whole = variance + emulators[each.output].luck + each.variance
        columns.append(np.abs(each.log - mean) / np.sqrt(whole))
    return np.stack(columns, axis=1)


def simulated(held: Sequence[Held], logs: Mapping[str, Floats], lucks: Mapping[str, float], n_seeds: int) -> Floats:
    """Return (points, targets): how far lived values miss, each the mean of so many seeds; what is not there misses by far."""
    columns = []
    for each in held:
        whole = lucks[each.output] / n_seeds + each.variance
        columns.append(np.abs(each.log - logs[each.output]) / np.sqrt(whole))
    found: Floats = np.nan_to_num(np.stack(columns, axis=1), nan=FAR)
    return found


FAR: Final = 99.0
"""implausibility of a target that a town cannot count"""


def score(missed: Floats, cuts: Sequence[float]) -> Floats:
    """Return (points,) the largest misses, each over its cut; a point stays where this is at most 1."""
    n = min(len(cuts), missed.shape[1])
    largest = -np.sort(-missed, axis=1)[:, :n]
    found: Floats = (largest / np.asarray(cuts[:n])).max(axis=1)
    return found


def fit_of(missed: Floats, held: Sequence[Held]) -> Floats:
    """Return (points,) half the sum of squared misses, several years of one measure counting as one."""
    found: Floats = 0.5 * (missed**2) @ np.array([each.part for each in held])
    return found
