"""Hashes of what happened, 64 bits: one of an order, and one of a sum that several people enter at a time; not for secrets."""

from __future__ import annotations

from typing import Final

import numpy as np

from glasstown.engine.kernel.cache import kernel

SPREAD: Final = 0x9E3779B97F4A7C15
"""2**64 divided by the golden ratio: an odd number whose products reach all bits."""
FOLD: Final = 0xD6E8FEB86659FD93


@kernel
def mix(h: np.uint64, value: np.uint64) -> np.uint64:
    """Return a hash of a hash and a value: multiply and fold."""
    x = spread(h ^ value)
    x ^= x >> np.uint64(32)
    x *= np.uint64(FOLD)
    return x ^ (x >> np.uint64(29))


@kernel
def spread(value: np.uint64) -> np.uint64:
    """Return a value's product with SPREAD."""
    return value * np.uint64(SPREAD)


@kernel
def at_place(value: np.uint64, place: int) -> np.uint64:
    """Return what a value adds to a sum at its place: the same at no other."""
    return value * spread(np.uint64(2 * place + 1))
