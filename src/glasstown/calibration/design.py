"""Places in the ranges of the unknowns to settings that a town lives under, and designs that spread them evenly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasstown.calibration.unknowns import Lever, Unknowns
from glasstown.language.act_numbers import fitted
from glasstown.language.acts import ActCatalogue

Places = NDArray[np.float64]
"""(points, unknowns) each between 0 and 1"""


def hypercube(n: int, n_unknowns: int, seed: int) -> Places:
    """Return a Latin hypercube of SALib: every unknown's range is cut into n slices, and each is used once."""
    from SALib.sample import latin

    problem = {"num_vars": n_unknowns, "bounds": [[0.0, 1.0]] * n_unknowns}
    rows: Any = latin.sample(problem, n, seed=seed + 1)
    return np.asarray(rows, dtype=np.float64)


def nuisance_places(unknowns: Unknowns, seed: Sequence[int]) -> list[float]:
    """Return a place for each number that is no free unknown: near its default, by chance.

    Random   NumPy's default generator, seeded by whole numbers that name the point.
    """
    chance = np.random.default_rng(list(seed))
    drawn = chance.random(len(unknowns.nuisance)).tolist()
    return [_near(lever.usual, unknowns.width, place) for lever, place in zip(unknowns.nuisance, drawn, strict=True)]


def _near(usual: float, width: float, place: float) -> float:
    """Return a place within a width around a usual one, all of it inside 0 to 1."""
    low = min(max(usual - width / 2, 0.0), 1.0 - width)
    return low + width * place


def settings_at(unknowns: Unknowns, places: Sequence[float], acts: ActCatalogue, seed: Sequence[int]) -> dict[str, str]:
    """Return the settings of one point: free unknowns at these places, nuisance drawn, shares of acts fitted into their classes."""
    drawn = dict(_texts(unknowns.nuisance, nuisance_places(unknowns, seed)))
    drawn.update(_texts(unknowns.free, places))
    return fitted(drawn, acts)


def _texts(levers: Sequence[Lever], places: Sequence[float]) -> list[tuple[str, str]]:
    return [(lever.path, lever.at(place)) for lever, place in zip(levers, places, strict=True)]
