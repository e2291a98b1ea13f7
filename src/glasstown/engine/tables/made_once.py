"""Tables that follow from other tables and take long: made once for the same ones, though settings of a town ask again and again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

from numpy.typing import NDArray

Made: TypeAlias = Callable[..., NDArray[Any]]


def made_once(most: int) -> Callable[[Made], Made]:
    """Return a decorator for a function of arrays alone, which then keeps its last answers: `most` of them, each given as a copy."""

    def decorated(make: Made) -> Made:
        kept: OrderedDict[tuple[object, ...], NDArray[Any]] = OrderedDict()

        @wraps(make)
        def asked(*arrays: NDArray[Any]) -> NDArray[Any]:
            key = tuple(part for each in arrays for part in (each.dtype.str, each.shape, each.tobytes()))
            if key not in kept:
                kept[key] = make(*arrays)
                while len(kept) > most:
                    kept.popitem(last=False)
            return kept[key].copy()

        return asked

    return decorated
