"""Weights of points that were lived, and the members drawn by them."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from glasstown.calibration.ridge import Floats

HALVINGS: Final = 40


def weights_of(fits: Floats, drawn_by: Floats, power: float = 1.0) -> Floats:
    """Return weights that sum to 1: exp(-fit) of each lived point, over the density that it was drawn by, to a power.

    fits       (points,) half the sum of squared misses, of lived values; infinite where a point is to have no weight
    drawn_by   (points,) logarithm of the density that the points were drawn by
    power      1 weighs by what was lived alone; 0 leaves the draw as it was foretold
    """
    logs = np.where(np.isfinite(fits), power * (-np.where(np.isfinite(fits), fits, 0.0) - drawn_by), -np.inf)
    found: Floats = np.exp(logs - logs.max())
    found /= found.sum()
    return found


def tempered(fits: Floats, drawn_by: Floats, least: float) -> float:
    """Return the largest power, at most 1, at which weights stand for so many points; 0 where none does.

    Few emulators foretell so well that a draw by them needs no correction; with a power below 1 the members lie between what was
    foretold to fit and what fits as it was lived, as in the steps of annealed importance sampling (Neal 2001).
    """
    if effective(weights_of(fits, drawn_by)) >= least:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if effective(weights_of(fits, drawn_by, middle)) >= least:
            low = middle
        else:
            high = middle
    return low


def effective(weights: Floats) -> float:
    """Return how many equal points weights stand for: (sum w)^2 / sum w^2."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def drawn_members(weights: Floats, n: int, chance: np.random.Generator) -> NDArray[np.int64]:
    """Return n points drawn evenly along the weights, in an order by chance, so that the first few are a sample too."""
    edges = np.cumsum(weights / weights.sum())
    places = (np.arange(n) + chance.random()) / n
    chosen = np.minimum(np.searchsorted(edges, places), len(weights) - 1)
    shuffled: NDArray[np.int64] = chance.permutation(chosen)
    return shuffled
