"""Places that stay: from a cube evenly filled, level by level, to those that nothing rules out; and a sample by how well they fit.

Where few are left, drawing evenly finds none.  So the level falls step by step, a fifth of the points stays each time and the others
are moved among them (differential evolution); the product of the shares that stayed is the part of the cube that is left.
Source   Au and Beck 2001 (levels); ter Braak 2006 (moves); Williamson and Vernon 2013 (both for history matching).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from glasstown.calibration.ridge import Floats

Score = Callable[[Floats], Floats]
"""(points, unknowns) to (points,); a point stays where it is at most 1"""
STAYING: Final = 0.2
MOST_LEVELS: Final = 40
SWEEPS: Final = 8
SMALL: Final = 0.01
"""size of the jitter that keeps moves from a lattice"""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a cube: places in it, and which part of it they stand for; none where nothing is."""

    places: Floats
    part: float


def what_is_left(score: Score, n_unknowns: int, n: int, chance: np.random.Generator) -> Left:
    """Return n places that stay, and the part of the cube that does; no places where the level falls no further."""
    places = chance.random((n, n_unknowns))
    scores, part, level = score(places), 1.0, np.inf
    for _ in range(MOST_LEVELS):
        lower = max(1.0, float(np.quantile(scores, STAYING)))
        if lower >= level:
            break
        level = lower
        stays = scores <= level
        part *= float(stays.mean())
        places, scores = _moved_among(score, places[stays], scores[stays], level, n, chance)
        if level <= 1.0:
            return Left(places, part)
    return Left(np.zeros((0, n_unknowns)), 0.0)


def _moved_among(
    score: Score, places: Floats, scores: Floats, level: float, n: int, chance: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return n places below a level: the given ones drawn again, and moved so that they spread over all that lies below."""
    again = chance.integers(len(places), size=n)
    places, scores = places[again].copy(), scores[again].copy()
    for _ in range(SWEEPS):
        asked = _proposed(places, chance)
        found = score(asked)
        takes = found <= level
        places[takes], scores[takes] = asked[takes], found[takes]
    return places, scores


def _proposed(places: Floats, chance: np.random.Generator) -> Floats:
    """Return a move for each place, along the difference of two others, in some of the unknowns, mirrored at the walls."""
    n, n_unknowns = places.shape
    one, other = chance.integers(n, size=n), chance.integers(n, size=n)
    is_moved = chance.random((n, n_unknowns)) < np.maximum(chance.random((n, 1)), 1.5 / n_unknowns)
    dims = np.maximum(is_moved.sum(axis=1, keepdims=True), 1)
    step = np.where(chance.random((n, 1)) < 0.1, 1.0, 2.38 / np.sqrt(2 * dims))
    moved = step * (places[one] - places[other]) + SMALL * chance.standard_normal((n, n_unknowns))
    asked = np.abs(places + np.where(is_moved, moved, 0.0)) % 2
    mirrored: Floats = np.where(asked > 1, 2 - asked, asked)
    return mirrored


def sampled(
    density: Callable[[Floats], Floats], start: Floats, sweeps: int, chance: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return places drawn by a density and its logarithm there, beginning from places where it is not nought.

    density   logarithm of the density, up to a number; -inf where there is nothing
    """
    places, at = start.copy(), density(start)
    for _ in range(sweeps):
        asked = _proposed(places, chance)
        found = density(asked)
        takes = np.log(chance.random(len(places))) < found - at
        places[takes], at[takes] = asked[takes], found[takes]
    return places, at
