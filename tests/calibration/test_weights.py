"""Weights make of points drawn by one density a sample of another; members are drawn evenly along them."""

from __future__ import annotations

import numpy as np
import pytest

from glasstown.calibration.weights import drawn_members, effective, tempered, weights_of


def test_weights__undo_the_density_that_points_were_drawn_by() -> None:
    chance = np.random.default_rng(1)
    points = chance.normal(0.0, 1.0, 20_000)
    weights = weights_of(0.5 * ((points - 0.5) / 0.5) ** 2, -0.5 * points**2)
    assert weights.sum() == pytest.approx(1.0)
    assert float(weights @ points) == pytest.approx(0.5, abs=0.02)
    assert float(weights @ (points - 0.5) ** 2) ** 0.5 == pytest.approx(0.5, abs=0.02)


def test_effective__is_all_of_equal_weights_and_one_of_one() -> None:
    assert effective(np.full(50, 0.02)) == pytest.approx(50)
    assert effective(np.array([1.0, 0.0, 0.0])) == pytest.approx(1)


def test_members__stand_for_their_weights_and_the_first_few_are_a_sample() -> None:
    weights = np.array([0.5, 0.25, 0.125, 0.125])
    members = drawn_members(weights, 200, np.random.default_rng(4))
    assert np.bincount(members, minlength=4).tolist() == pytest.approx([100, 50, 25, 25], abs=1)
    assert len(set(members[:20].tolist())) >= 3


def test_tempered__takes_the_largest_power_at_which_enough_points_count() -> None:
    """Drawn by a wide density and weighed by a narrow one in forty dimensions, hardly any point counts."""
    chance = np.random.default_rng(5)
    points = chance.normal(0.0, 1.0, (300, 40))
    fits, drawn_by = 0.5 * ((points / 0.5) ** 2).sum(axis=1), -0.5 * (points**2).sum(axis=1)
    assert effective(weights_of(fits, drawn_by)) < 20
    power = tempered(fits, drawn_by, 100)
    assert 0 < power < 1
    assert effective(weights_of(fits, drawn_by, power)) == pytest.approx(100, abs=0.01)
    assert effective(weights_of(fits, drawn_by, 1.05 * power)) < 100


def test_tempered__leaves_weights_that_rest_on_enough_points() -> None:
    fits = np.linspace(0.0, 0.1, 200)
    assert tempered(fits, np.zeros(200), 100) == 1


def test_point_that_fits_nothing__has_no_weight_at_any_power() -> None:
    fits = np.array([1.0, 2.0, np.inf])
    for power in (0.0, 0.5, 1.0):
        weights = weights_of(fits, np.array([-3.0, 0.0, 5.0]), power)
        assert weights[2] == 0
        assert weights.sum() == pytest.approx(1)
