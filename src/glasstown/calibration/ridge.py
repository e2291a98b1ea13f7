"""A quadratic surface through points, by ridge regression: the mean of every emulator, and all of it where there are few points.

All unknowns enter linearly; those that matter most also with their squares and products.  How strongly it is held back is chosen by
what each point says when it is left out, which ridge regression gives in closed form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_BENT: Final = 12
"""unknowns that enter with squares and products"""
STRENGTHS: Final = tuple(float(each) for each in np.logspace(-3, 4, 22))


@dataclass(frozen=True, slots=True)
class Surface:
    """A fitted surface.

    bent      unknowns with squares and products, strongest first
    spread    standard deviation of what it leaves, each point left out in turn
    q2        share of the variance that it foretells of points left out
    left      (points,) what it leaves of each point when that is left out
    """

    bent: tuple[int, ...]
    mean: float
    weights: Floats
    inverse: Floats
    spread: float
    q2: float
    left: Floats

    def at(self, places: Floats) -> tuple[Floats, Floats]:
        """Return mean and variance at places, the variance being that of the surface and not of a point's luck."""
        features = _features(places, self.bent)
        found = self.mean + features @ self.weights
        lever = np.einsum("ij,jk,ik->i", features, self.inverse, features)
        return found, self.spread**2 * lever


def fitted_surface(places: Floats, values: Floats) -> Surface:
    """Return the surface through (points, unknowns) and their values."""
    strengths = np.abs(_ridge(_features(places, ()), values)[1])
    bent = tuple(int(each) for each in np.argsort(-strengths, kind="stable")[: _n_bent(places)])
    mean, weights, inverse, left = _ridge(_features(places, bent), values)
    total = float(((values - values.mean()) ** 2).sum())
    q2 = 1 - float((left**2).sum()) / total if total > 0 else 0.0
    return Surface(bent, mean, weights, inverse, float(np.sqrt((left**2).mean())), q2, left)


def _n_bent(places: Floats) -> int:
    """Return how many unknowns may have products: no more features than half of the points."""
    n, n_unknowns = places.shape
    fitting = next((m for m in range(MOST_BENT, 0, -1) if n_unknowns + m * (m + 1) // 2 <= n // 2), 0)
    return int(min(fitting, n_unknowns))


def _features(places: Floats, bent: tuple[int, ...]) -> Floats:
    """Return centred places, then squares and products of the bent ones."""
    centred = 2 * places - 1
    columns = [centred]
    for n, one in enumerate(bent):
        for other in bent[n:]:
            product = centred[:, one] * centred[:, other]
            columns.append((product - (1 / 3 if one == other else 0))[:, np.newaxis])
    return np.concatenate(columns, axis=1)


def _ridge(features: Floats, values: Floats) -> tuple[float, Floats, Floats, Floats]:
    """Return mean, weights, the inverse that variances need, and what each left-out point leaves, at the best strength."""
    centre = features.mean(axis=0)
    mean = float(values.mean())
    u, s, vt = np.linalg.svd(features - centre, full_matrices=False)
    turned = u.T @ (values - mean)
    best: tuple[float, float, Floats] | None = None
    for strength in STRENGTHS:
        shrunk = s**2 / (s**2 + strength)
        hat = (u**2 * shrunk).sum(axis=1) + 1 / len(values)
        left = (values - mean - u @ (shrunk * turned)) / np.maximum(1 - hat, 1e-6)
        error = float((left**2).mean())
        if best is None or error < best[0]:
            best = (error, strength, left)
    assert best is not None
    _, strength, left = best
    weights = vt.T @ (s / (s**2 + strength) * turned)
    inverse = (vt.T / (s**2 + strength)) @ vt
    return mean - float(centre @ weights), weights, inverse, left
