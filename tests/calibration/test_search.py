"""Levels find a small room and how large it is; a sampler draws by the density that it is given."""

from __future__ import annotations

import math

import numpy as np

from glasstown.calibration.ridge import Floats
from glasstown.calibration.search import sampled, what_is_left


def _ball(radius: float, middle: float) -> object:
    def scores(places: Floats) -> Floats:
        found: Floats = np.sqrt(((places - middle) ** 2).sum(axis=1)) / radius
        return found

    return scores


def test_what_is_left__is_the_ball_and_its_volume() -> None:
    left = what_is_left(_ball(0.1, 0.4), 4, 2000, np.random.default_rng(1))  # type: ignore[arg-type]
    volume = math.pi**2 / 2 * 0.1**4
    assert 0.6 * volume < left.part < 1.6 * volume
    assert (np.sqrt(((left.places - 0.4) ** 2).sum(axis=1)) <= 0.1).all()
    assert np.abs(left.places.mean(axis=0) - 0.4).max() < 0.01
    assert len(np.unique(left.places.round(6), axis=0)) > 1500


def test_what_is_left__is_nothing_where_nothing_passes() -> None:
    left = what_is_left(lambda places: np.full(len(places), 7.0), 3, 500, np.random.default_rng(1))
    assert (left.part, len(left.places)) == (0.0, 0)


def test_what_is_left__is_all_where_all_passes() -> None:
    left = what_is_left(lambda places: np.zeros(len(places)), 3, 500, np.random.default_rng(1))
    assert left.part == 1.0


def test_sampled__draws_by_the_density() -> None:
    def density(places: Floats) -> Floats:
        found: Floats = -0.5 * (((places - [0.3, 0.6]) / [0.05, 0.1]) ** 2).sum(axis=1)
        return found

    places, at = sampled(density, np.random.default_rng(2).random((3000, 2)), 80, np.random.default_rng(3))
    assert np.allclose(places.mean(axis=0), [0.3, 0.6], atol=0.01)
    assert np.allclose(places.std(axis=0), [0.05, 0.1], rtol=0.1)
    assert np.allclose(at, density(places))
