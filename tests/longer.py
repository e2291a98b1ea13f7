"""A few of a test's parameters for `make test`, all of them for `make verify`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest


def few(values: Iterable[Any], short: Sequence[Any], *, is_spread: bool = False) -> list[Any]:
    """Return all parameters of a test, those that are not among `short` marked as `long`; each of `short` has to be there.

    is_spread   whether each is a tuple of several parameters
    """
    whole = list(values)
    assert [each for each in short if each not in whole] == []
    return [
        each if each in short else pytest.param(*(each if is_spread else (each,)), marks=pytest.mark.long)
        for each in whole
    ]
