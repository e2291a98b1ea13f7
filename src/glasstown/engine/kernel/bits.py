"""Numbers as words of the processor, in kernels and in plain Python alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import SupportsInt, cast

import numpy as np

from glasstown.engine.kernel.cache import is_plain

Lowest = Callable[[np.uint32], int]


def lowest_bit(word: np.uint32) -> int:
    """Return the place of the lowest bit of a word that is not 0."""
    return (int(word) & -int(word)).bit_length() - 1


def _as_compiled() -> Lowest:
    """Return the same as one instruction of the processor, for kernels alone."""
    from numba.cpython.unsafe.numbers import trailing_zeros as instruction

    return instruction  # type: ignore[no-any-return]


trailing_zeros: Lowest = lowest_bit if is_plain() else _as_compiled()
"""The place of the lowest bit of a word that is not 0."""

whole = cast(Callable[[SupportsInt], int], np.int64)
"""A number of a narrow array as 64 bits, in which sums and products have room: to mypy an int, like every number of a kernel."""
