"""Chances as integers: Poisson thresholds by hazard, logarithms to base 2 in Q8.8, quantiles of delays.

Everything is made with `decimal` at a fixed precision, so the tables are the same on every processor.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from glasstown.chance import CERTAIN
from glasstown.engine.conduct.acts import MOST_ACTS, N_ROWS, ROW_ZERO
from glasstown.engine.tables.kept_tables import kept_table
from glasstown.engine.tables.shapes import I64

N_QUANTILES = 1024
DAYS_A_MONTH = Decimal("30.4375")
_PRECISION = 28


@lru_cache(maxsize=4096)  # every rulebook of a run and every setting of a town asks for the same few hundred
def lg_q8(value: Decimal) -> int:
    """Return lg (base 2) of a positive number in Q8.8, rounded to the nearest step."""
    with localcontext() as context:
        context.prec = _PRECISION
        return int((value.ln() / Decimal(2).ln() * 256).to_integral_value())


@cache
def poisson_thresholds() -> NDArray[np.uint32]:
    """Return the thresholds, of 2**32, for at least n acts, by hazard row (R, 16); from the cache folder after the first time.

    Row r stands for a mean of 2**((4 r - ROW_ZERO) / 256) acts a month; row 0 for never.  Column n - 1 is P(N >= n).
    Fixed-point integers with 64 fractional bits: e**-h from one Decimal each, the terms by exact integer steps.
    """
    made_from = Path(__file__).read_bytes() + f"{N_ROWS} {MOST_ACTS} {ROW_ZERO}".encode()
    return kept_table("poisson", made_from, make_poisson_thresholds, dtype="<u4", shape=(N_ROWS, MOST_ACTS + 1))


def make_poisson_thresholds() -> NDArray[np.uint32]:
    """Return the table of `poisson_thresholds`, worked out."""
    hit = np.zeros((N_ROWS, MOST_ACTS + 1), dtype=np.uint32)
    with localcontext() as context:
        context.prec = _PRECISION
        step = (Decimal(2).ln() / 64).exp()
        hazard = (Decimal(2).ln() * (4 - ROW_ZERO) / 256).exp()
        for row in range(1, N_ROWS):
            hit[row] = _tail(hazard)
            hazard *= step
    return hit


def _tail(hazard: Decimal) -> list[int]:
    """Return P(N >= n) for n = 1 to 16 of a Poisson count, of 2**32."""
    scale = 1 << 64
    mean = int(hazard * scale)
    term = int((-hazard).exp() * scale)
    below = 0
    tail = []
    for n in range(1, MOST_ACTS + 2):
        below += term
        tail.append(min(max((scale - below) >> 32, 0), CERTAIN - 1))
        term = term * mean // (n * scale)
    return tail


@cache
def unit_quantiles() -> tuple[Decimal, ...]:
    """Return the quantiles of an exponential with mean 1 at (j + 1/2) / 1024, j = 0 to 1023."""
    with localcontext() as context:
        context.prec = 12
        return tuple(-((1 - (2 * j + 1) / Decimal(2 * N_QUANTILES)).ln()) for j in range(N_QUANTILES))


@lru_cache(maxsize=256)
def delay_quantiles(mean_months: Decimal) -> tuple[int, ...]:
    """Return 1024 equally likely delays in whole days; a mean of 0 gives no delay."""
    with localcontext() as context:
        context.prec = 12
        days = mean_months * DAYS_A_MONTH
        return tuple(int(quantile * days) for quantile in unit_quantiles())


def launch_shift(initial: Decimal, half_life: Decimal, months: int) -> list[int]:
    """Return the launch effect by month in Q8.8: -G0 2**(-t / H)."""
    with localcontext() as context:
        context.prec = 12
        ratio = (-(Decimal(2).ln()) / half_life).exp()
        shifts, effect = [], initial
        for _ in range(months):
            shifts.append(-int((effect * 256).to_integral_value()))
            effect *= ratio
        return shifts


def table(values: Sequence[Sequence[int]]) -> I64:
    """Return rows as a table of 64-bit integers."""
    return np.array(values, dtype=np.int64)
