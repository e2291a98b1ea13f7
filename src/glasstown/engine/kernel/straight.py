"""A compiled function called without Numba's look at the types of all that it is given.

A month calls a few functions with bundles of a hundred arrays, and each has one signature: what is compiled for the first call
fits every other.  Numba looks at every array of every call; for a small shard that takes longer than the month.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

R = TypeVar("R")

_POINTS: dict[int, tuple[Any, Any]] = {}
"""By identity, a function with its compiled code; the function is held, so that no other takes its identity."""


def straight(function: Callable[..., R], *arguments: Any) -> R:
    """Return what a function that Python calls (`cache.entry`) says: by its compiled code, as soon as there is some.

    Arguments have the types that all calls of it have: C-contiguous arrays of the declared width, rows of the declared register.
    A function that is not compiled is called as it is.
    """
    known = _POINTS.get(id(function))
    if known is not None:
        result: R = known[1](*arguments)
        return result
    result = function(*arguments)
    compiled = list(getattr(function, "overloads", {}).values())
    if len(compiled) == 1:
        _POINTS[id(function)] = function, compiled[0].entry_point
    return result
