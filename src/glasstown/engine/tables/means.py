"""What people owe, could sell and are sued for, as tables of equally likely steps: each drawn once a life, or once a case."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from functools import lru_cache

import numpy as np

from glasstown.engine.tables.shapes import I64
from glasstown.population.normal import normal_table

UNIT = 256
"""parts of a usual month's income"""
MOST_OWED = 2_000_000_000
"""Yuan that one person can owe by judgment; further claims add nothing."""
JOINT_ROOM = 32
"""Claims that two people owe for which a neighbourhood has room; further cases are opened against the debtor alone."""
MOST_DUE = 255
MOST_ASSETS = 65535


def incomes(numbers: Mapping[str, Decimal], by_fifth: list[int]) -> I64:
    """Return (5, 256) equally likely usual months' incomes by fifth, in yuan: a lognormal inside each, whose mean is the fifth's."""
    spread = factors(numbers["income.spread"], 256, 1 << 20)
    return np.array([[max((mean * int(each)) >> 20, 1) for each in spread] for mean in by_fifth], dtype=np.int64)


def dues(numbers: Mapping[str, Decimal], incomes: list[int]) -> I64:
    """Return (5, 256) equally likely services of those who owe, in parts, by fifth: together they are `debt.service` of income.

    Nobody's goes beyond `debt.bearable` of what usual income leaves above the least; so the others are scaled up, in a few rounds.
    """
    service, bearable, least = numbers["debt.service"], numbers["debt.bearable"], numbers["living.least"]
    most = [max(bearable * (1 - least / income), Decimal(0)) for income in incomes]
    spread, scale = [Decimal(int(each)) / 4096 for each in factors(numbers["debt.spread"], 256, 4096)], Decimal(1)
    found: list[list[Decimal]] = []
    for _ in range(6):
        found = [[min(service * scale * each, limit) for each in spread] for limit in most]
        together = sum((sum(row) * income for row, income in zip(found, incomes, strict=True)), Decimal(0))
        scale = min(scale * service * 256 * sum(incomes) / together, Decimal(16)) if together > 0 else scale
    return np.array([[min(whole_of(each * UNIT), MOST_DUE) for each in row] for row in found], dtype=np.int64)


def assets(numbers: Mapping[str, Decimal]) -> I64:
    """Return (256,) equally likely amounts of what somebody could sell, 1/16 of a usual month's income, of mean `property.months`."""
    n_none = min(whole_of(numbers["property.none"] * 256), 255)
    mean = numbers["property.months"] * 16 * 256 / (256 - n_none)
    spread = factors(numbers["property.spread"], 256 - n_none, 4096)
    owned = [min(whole_of(mean * int(each) / 4096), MOST_ASSETS) for each in spread]
    return np.array([0] * n_none + owned, dtype=np.int64)


def claims(numbers: Mapping[str, Decimal]) -> I64:
    """Return (1024,) equally likely claims against somebody of mean income, in yuan."""
    quantiles = np.sort(normal_table())
    step = len(quantiles) // 1024
    with localcontext() as context:
        context.prec = 20
        spread = numbers["judgment.spread"] * Decimal(2).ln() / 256
        values = [(spread * int(each)).exp() for each in quantiles[step // 2 :: step][:1024]]
        return np.array([whole_of(numbers["judgment.median"] * each) for each in values], dtype=np.int64)


@lru_cache(maxsize=64)
def factors(spread: Decimal, n: int, unit: int) -> I64:
    """Return (n,) equally likely steps of a lognormal of this spread in lg units, in whole parts of `unit`; their mean is 1.

    A step is the normal's quantile at its middle; what the tail beyond the last step lacks is shared out over all.
    """
    quantiles = np.sort(normal_table())
    middle = [quantiles[(2 * place + 1) * len(quantiles) // (2 * n)] for place in range(n)]
    with localcontext() as context:
        context.prec = 20
        lg_2 = Decimal(2).ln()
        values = [(spread * int(each) / 256 * lg_2).exp() for each in middle]
        mean = sum(values, Decimal(0)) / n
        return np.array([whole_of(each / mean * unit) for each in values], dtype=np.int64)


def whole_of(value: Decimal) -> int:
    """Return the nearest whole number."""
    return int(value.to_integral_value())
