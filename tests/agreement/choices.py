"""Choices read from one string of bytes that Hypothesis draws.

One string instead of hundreds of draws keeps random examples apart from each other: Hypothesis varies what it has drawn
piece by piece, and most of those variants would be the same rulebook again.  Smaller bytes stand for simpler choices,
so a counterexample still shrinks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import strategies as st

N_BYTES = 1024
T = TypeVar("T")


class Choices:
    """Reads choices from bytes, one after another; when the bytes run out, every choice is the first."""

    def __init__(self, drawn: bytes) -> None:
        self._bytes = iter(drawn)

    def integer(self, least: int, most: int) -> int:
        """Return a number from `least` to `most`, both included; ranges of up to 256 numbers take one byte."""
        size = most - least + 1
        assert 0 < size <= 256
        return least + next(self._bytes, 0) * size // 256

    def coin(self) -> bool:
        """Return yes or no."""
        return self.integer(0, 1) == 1

    def one_of(self, values: Sequence[T]) -> T:
        """Return one of the values; of more than 256 only the first."""
        return values[self.integer(0, min(len(values), 256) - 1)]

    def some(self, values: Sequence[T], least: int, most: int) -> list[T]:
        """Return `least` to `most` different values, in any order."""
        left = list(dict.fromkeys(values))
        number = self.integer(min(least, len(left)), min(most, len(left)))
        return [left.pop(self.integer(0, len(left) - 1)) for _ in range(number)]


def choices() -> st.SearchStrategy[Choices]:
    """Return the strategy behind every rulebook and life."""
    return st.binary(min_size=N_BYTES, max_size=N_BYTES).map(Choices)
