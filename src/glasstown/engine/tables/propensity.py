"""How a propensity is written: the lg hazard of a class in Q8.8, 16 bits, all that stands folded in; and how it is moved.

A class that is open to nobody of somebody's roles stands at NEVER_SHIFT, and nothing moves it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel

I64 = NDArray[np.int64]

NEVER_SHIFT: Final = -32000
"""Propensity of those to whom no act of a class is open: no chance at all, whatever is added."""
LEAST_OPEN: Final = -29999
"""The lowest propensity of those to whom a class is open."""
MOST_OPEN: Final = 32000
"""The highest."""
LEAST_LEARNING: Final = -28999
"""The lowest propensity that is moved by what a neighbourhood learns together, several people at a time and without a bound."""


@kernel
def is_open(x: int) -> bool:
    """Return whether a class is open to somebody with this propensity."""
    return x >= LEAST_OPEN


@kernel
def move(mine: NDArray[np.int16], person: int, shift: int) -> None:
    """Add to somebody's propensity in a class, where it is open; it stays within what 16 bits hold."""
    x = whole(mine[person])
    if is_open(x):
        mine[person] = np.int16(min(max(x + shift, LEAST_OPEN), MOST_OPEN))


def move_all(mine: NDArray[np.int16], block: I64, person: I64, shift: I64) -> None:
    """Add to many propensities of a class, as `move` does: `mine` is (B, BLOCK), the rest one entry for each of them."""
    x = mine[block, person]
    moved = np.clip(x + shift, LEAST_OPEN, MOST_OPEN).astype(np.int16)
    mine[block, person] = np.where(are_open(x), moved, x)


def are_open(propensity: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Return to whom of many a class is open."""
    return propensity >= LEAST_OPEN
