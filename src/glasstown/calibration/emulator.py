"""What a town would count, foretold from the points that were lived: a surface, and a Gaussian process on what it leaves.

The process is scikit-learn's.  Where it foretells left-out points no better than the surface, or points are few, or scikit-learn
is not installed, the surface stands alone with its own spread.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from glasstown.calibration.ridge import Floats, Surface, fitted_surface

ACTIVE: Final = 8
"""unknowns that the process takes: the surface's strongest"""
FEWEST: Final = 40
"""points below which there is no process"""
FOLDS: Final = 5
BETTER: Final = 0.97
"""a process is taken where its left-out error is less than so much of the surface's"""
LEAST_LUCK: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Emulator:
    """One output foretold.

    process   Gaussian process over the active unknowns, or None
    luck      variance of a town's luck, on the logarithm
    q2        share of the variance of left-out points that is foretold
    """

    surface: Surface
    process: Any
    active: tuple[int, ...]
    noise: float
    luck: float
    q2: float

    @property
    def kind(self) -> str:
        """Return what foretells: process or surface."""
        return "surface" if self.process is None else "process"

    def at(self, places: Floats) -> tuple[Floats, Floats]:
        """Return mean and variance of the emulator at (points, unknowns); luck is not in the variance."""
        mean, variance = self.surface.at(places)
        if self.process is None:
            return mean, variance
        more, spread = self.process.predict(places[:, self.active], return_std=True)
        return mean + more, np.maximum(spread**2 - self.noise, 0.0) + variance


def has_processes() -> bool:
    """Return whether scikit-learn is installed."""
    from importlib.util import find_spec

    return find_spec("sklearn") is not None


def emulated(places: Floats, values: Floats, luck: float) -> Emulator:
    """Return the emulator of one output over (points, unknowns); `luck` is the variance between seeds."""
    surface = fitted_surface(places, values)
    luck = max(luck, LEAST_LUCK)
    alone = Emulator(surface, None, (), 0.0, luck, surface.q2)
    if len(values) < FEWEST or not has_processes():
        return alone
    active = _active(surface, places.shape[1])
    left = values - surface.at(places)[0]
    process = _process(places[:, active], left, luck)
    error = _left_out_error(process, places[:, active], surface.left)
    before = float((surface.left**2).mean())
    if error >= BETTER * before:
        return alone
    total = max(float(((values - values.mean()) ** 2).mean()), 1e-12)
    return Emulator(surface, process, active, float(process.kernel_.k2.noise_level), luck, 1 - error / total)


def _active(surface: Surface, n_unknowns: int) -> tuple[int, ...]:
    """Return the unknowns that move the surface most."""
    strengths = np.abs(surface.weights[:n_unknowns]).copy()
    at = n_unknowns
    for n, one in enumerate(surface.bent):
        for other in surface.bent[n:]:
            strengths[one] += abs(surface.weights[at]) / 2
            strengths[other] += abs(surface.weights[at]) / 2
            at += 1
    return tuple(int(each) for each in np.argsort(-strengths, kind="stable")[:ACTIVE])


def _process(places: Floats, values: Floats, luck: float) -> Any:
    """Return a fitted process: a length for each unknown, and noise that is no less than half of a town's luck."""
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel

    variance = max(float(values.var()), 1e-9)
    smooth = ConstantKernel(variance / 2, (variance / 1e3, variance * 1e2)) * RBF(np.ones(places.shape[1]), (0.1, 20.0))
    noise = WhiteKernel(max(variance / 2, luck), (luck / 2, max(variance * 2, luck * 2)))
    process = GaussianProcessRegressor(smooth + noise, normalize_y=False, n_restarts_optimizer=0)
    with warnings.catch_warnings():  # a length at its bound: the unknown does not matter
        warnings.simplefilter("ignore")
        return process.fit(places, values)


def _left_out_error(process: Any, places: Floats, left: Floats) -> float:
    """Return the mean square of what the process leaves of the surface's left-out residuals, fold by fold, its lengths held."""
    from sklearn.gaussian_process import GaussianProcessRegressor

    errors = []
    for fold in range(FOLDS):
        out = np.arange(len(left)) % FOLDS == fold
        again = GaussianProcessRegressor(process.kernel_, optimizer=None).fit(places[~out], left[~out])
        errors.append((left[out] - again.predict(places[out])) ** 2)
    return float(np.concatenate(errors).mean())


def pooled_luck(logs: Mapping[int, Sequence[float]]) -> float:
    """Return the variance between seeds, pooled over points that were lived with several: logarithms by point."""
    squares, freedom = 0.0, 0
    for values in logs.values():
        if len(values) > 1:
            squares += float(np.var(values)) * len(values)
            freedom += len(values) - 1
    return squares / freedom if freedom else 0.0
