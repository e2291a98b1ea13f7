"""Weights of points that were lived, and the members drawn by them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasstown.calibration.ridge import Floats


def weights_of(fits: Floats, drawn_by: Floats) -> Floats:
    """Return weights that sum to 1: exp(-fit) of each lived point, over the density that it was drawn by.

    fits       (points,) half the sum of squared misses, of lived values
    drawn_by   (points,) logarithm of the density that the points were drawn by
    """
    logs = -fits - drawn_by
    found: Floats = np.exp(logs - logs.max())
    found /= found.sum()
    return found


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
