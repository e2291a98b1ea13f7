"""Another library's hand at the same problem: our waves, weights and search against ESMDA, where the answer is known by hand."""

from __future__ import annotations

import numpy as np
import pytest
from iterative_ensemble_smoother import ESMDA

from glasstown.calibration.design import hypercube
from glasstown.calibration.emulator import emulated
from glasstown.calibration.implausible import CUTS, Held, fit_of, foretold, implausibility, score
from glasstown.calibration.ridge import Floats
from glasstown.calibration.search import sampled, what_is_left
from glasstown.calibration.weights import effective, weights_of

SLOPES = np.array([[1.0, 0.5, 0.0], [0.0, 1.0, -0.8], [0.7, 0.0, 1.0]])
"""three outputs that are even in three unknowns, so that the answer is a normal density"""
HIDDEN, WIDTH, LUCK = np.array([0.45, 0.55, 0.5]), 0.06, 0.0004


def _lived(places: Floats, chance: np.random.Generator) -> Floats:
    """Return outputs of points, with a town's luck."""
    found: Floats = places @ SLOPES.T + LUCK**0.5 * chance.standard_normal((len(places), 3))
    return found


def _ours(target: Floats) -> tuple[Floats, Floats]:
    """Return mean and spread of the unknowns by one wave, a sample of what it foretells, and weights of what is lived."""
    chance = np.random.default_rng(5)
    places = hypercube(150, 3, seed=5)
    outputs = _lived(places, chance)
    held = tuple(Held(str(k), str(k), float(target[k]), WIDTH**2, 1.0) for k in range(3))
    emulators = {str(k): emulated(places, outputs[:, k], LUCK) for k in range(3)}

    def missed(at: Floats) -> Floats:
        return implausibility(held, emulators, foretold(emulators, at))

    left = what_is_left(lambda at: score(missed(at), CUTS[:1]), 3, 1500, chance)
    drawn, logs = sampled(
        lambda at: np.where(score(missed(at), CUTS[:1]) <= 1, -fit_of(missed(at), held), -np.inf),
        left.places,
        60,
        chance,
    )
    outputs = _lived(drawn, chance)
    again = np.abs(target - outputs) / np.sqrt(WIDTH**2 + LUCK)
    weights = weights_of(fit_of(again, held), logs)
    assert effective(weights) > 500
    mean = weights @ drawn
    return mean, np.sqrt(weights @ (drawn - mean) ** 2)


def _theirs(target: Floats) -> tuple[Floats, Floats]:
    """Return the same by ESMDA, from a wide normal ensemble."""
    chance = np.random.default_rng(6)
    ensemble = chance.normal(0.5, 0.5, (3, 2000))
    smoother = ESMDA(covariance=np.full(3, WIDTH**2 + LUCK), observations=target, alpha=6, seed=7)
    for _ in range(smoother.num_assimilations()):
        smoother.prepare_assimilation(Y=_lived(ensemble.T, chance).T, truncation=1.0)
        ensemble = smoother.assimilate_batch(X=ensemble)
    return ensemble.mean(axis=1), ensemble.std(axis=1)


def test_our_posterior__is_that_of_another_library_and_the_one_by_hand() -> None:
    target = SLOPES @ HIDDEN
    mean, spread = _ours(target)
    other_mean, other_spread = _theirs(target)
    by_hand = np.sqrt(np.diag(np.linalg.inv(SLOPES.T @ SLOPES) * (WIDTH**2 + LUCK)))
    assert mean == pytest.approx(HIDDEN, abs=0.25 * by_hand.min())
    assert mean == pytest.approx(other_mean, abs=0.3 * by_hand.min())
    assert spread == pytest.approx(by_hand, rel=0.15)
    assert spread == pytest.approx(other_spread, rel=0.2)
