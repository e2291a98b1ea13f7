"""How surely some paired differences have a mean that is not nothing: a 95 % interval by Student's t, and what would narrow it.

Each difference is of one seed: two towns of the same people with the same luck.  Seeds are drawn apart from each other, so that their
differences are too.  Where counts are small and most differences are 0, the interval is wider than it need be rather than narrower,
which `make verify` holds; a resampling of six numbers is not (it covers in fewer than nine of ten cases).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import Final

T_975: Final = (
    12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788, 2.1604, 2.1448, 2.1314,
    2.1199, 2.1098, 2.1009, 2.0930, 2.0860, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
)  # fmt: skip
"""the 97.5 % point of Student's t, by degrees of freedom from 1"""
Z_975: Final = 1.959964
MOST_SEEDS: Final = 1000
"""seeds that a comparison takes at the most"""


def t_975(degrees: int) -> float:
    """Return the 97.5 % point of Student's t: from the table, and beyond it by the first terms of its expansion in 1/n.

    >>> round(t_975(5), 3), round(t_975(40), 3), round(t_975(400), 3)
    (2.571, 2.021, 1.966)
    """
    if degrees <= len(T_975):
        return T_975[degrees - 1]
    z, n = Z_975, float(degrees)
    return z + (z**3 + z) / (4 * n) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n * n)


@dataclass(frozen=True, slots=True)
class Interval:
    """The mean of some differences with its 95 % interval."""

    mean: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Return whether nothing lies outside: the mean is firmly more, or firmly less."""
        return self.low > 0 or self.high < 0


def interval_of(differences: Sequence[float]) -> Interval | None:
    """Return the mean of these differences with its interval; None of fewer than two, which show no luck.

    >>> interval_of([1, 2, 3, 4, 5, 6])
    Interval(mean=3.5, low=1.5366..., high=5.4633...)
    """
    n = len(differences)
    if n < 2:
        return None
    mean = sum(differences) / n
    half = t_975(n - 1) * sqrt(sum((each - mean) ** 2 for each in differences) / (n - 1) / n)
    return Interval(mean, mean - half, mean + half)


def seeds_needed(differences: Sequence[float]) -> int | None:
    """Return how many seeds would settle a mean of this size and spread; None where no number that can be asked for would."""
    n = len(differences)
    mean = sum(differences) / n if n else 0.0
    if n < 2 or not mean:
        return None
    spread = sqrt(sum((each - mean) ** 2 for each in differences) / (n - 1))
    needed = max(ceil((t_975(n - 1) * spread / abs(mean)) ** 2), n + 1)
    return needed if needed <= MOST_SEEDS else None


def middle(values: Sequence[float]) -> tuple[float, float]:
    """Return the 5th and the 95th of a hundred, drawn straight between neighbours."""
    ordered = sorted(values)

    def at(share: float) -> float:
        place = share * (len(ordered) - 1)
        below = floor(place)
        above = min(below + 1, len(ordered) - 1)
        return float(ordered[below] + (place - below) * (ordered[above] - ordered[below]))

    return at(0.05), at(0.95)
