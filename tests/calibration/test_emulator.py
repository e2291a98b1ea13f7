"""An emulator foretells a known function, knows how sure it is, and does without scikit-learn where it has to."""

from __future__ import annotations

import numpy as np
import pytest

from glasstown.calibration import emulator
from glasstown.calibration.emulator import emulated, pooled_luck
from glasstown.calibration.ridge import Floats, fitted_surface

N, LUCK = 200, 0.01


def _function(places: Floats) -> Floats:
    """Return something bent, of two of five unknowns."""
    found: Floats = 2 * places[:, 0] + np.sin(6 * places[:, 1]) + places[:, 0] * places[:, 1]
    return found


def _points(seed: int) -> tuple[Floats, Floats]:
    chance = np.random.default_rng(seed)
    places = chance.random((N, 5))
    return places, _function(places) + LUCK**0.5 * chance.standard_normal(N)


def test_process__foretells_what_a_surface_cannot() -> None:
    places, values = _points(1)
    found = emulated(places, values, LUCK)
    assert found.kind == "process"
    anywhere = np.random.default_rng(2).random((500, 5))
    mean, variance = found.at(anywhere)
    error = float(((mean - _function(anywhere)) ** 2).mean())
    by_surface = float(((fitted_surface(places, values).at(anywhere)[0] - _function(anywhere)) ** 2).mean())
    assert error < 0.3 * by_surface
    inside = np.abs(mean - _function(anywhere)) <= 3 * np.sqrt(variance)
    assert inside.mean() > 0.95


def test_surface__stands_alone_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emulator, "has_processes", lambda: False)
    places, values = _points(1)
    found = emulated(places, values, LUCK)
    assert found.kind == "surface"
    assert found.q2 == pytest.approx(1 - (found.surface.left**2).sum() / ((values - values.mean()) ** 2).sum())


def test_surface__is_exact_for_a_quadratic_and_honest_about_noise() -> None:
    chance = np.random.default_rng(3)
    places = chance.random((120, 4))
    exact = 1 + places[:, 0] - 3 * places[:, 1] ** 2 + 2 * places[:, 0] * places[:, 2]
    assert fitted_surface(places, exact).q2 > 0.999
    noise = chance.standard_normal(120)
    assert fitted_surface(places, noise).q2 < 0.2


def test_luck__is_pooled_within_points() -> None:
    assert pooled_luck({0: [1.0, 3.0], 1: [5.0, 5.0], 2: [9.0]}) == pytest.approx(1.0)
    assert pooled_luck({0: [1.0]}) == 0.0
