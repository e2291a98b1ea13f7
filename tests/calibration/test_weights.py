"""Weights make of points drawn by one density a sample of another; members are drawn evenly along them."""

from __future__ import annotations

import numpy as np
import pytest

from glasstown.calibration.weights import drawn_members, effective, weights_of


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
