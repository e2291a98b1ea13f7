"""Tables of what is remembered of own acts found out: how fast it is forgotten, and how much stands when nothing changes.

n detections of a class are remembered.  They grow by one with the rate g 2^A(n), g being how often somebody without any is found out,
and go to none with the rate r of forgetting, so that in the long run

    pi(n) = pi(n - 1) g(n - 1) / (g(n) + r),        pi(0) = r / (g(0) + r).
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from glasstown.chance import CERTAIN, threshold
from glasstown.engine.conduct.memory import LEAST_REMEMBERED, MOST_FELT, N_REMEMBERED, REMEMBERED_STEPS
from glasstown.engine.tables.hazards import lg_q8
from glasstown.engine.tables.lives import hazards_of
from glasstown.engine.tables.made_once import made_once
from glasstown.engine.tables.propensity import NEVER_SHIFT
from glasstown.engine.tables.shapes import I64
from glasstown.population.normal import normal_table

MOST_LIFT = 3 * 256
"""The most, in 1/256 lg units, that what is remembered can take from a mean: as deep as the floor of adaptation goes."""
N_TRAITS = 64
Chances = NDArray[np.uint32]


def forgetting(half_life: Decimal, n_classes: int) -> int:
    """Return the month's chance of forgetting a class, of 2**32: half is left after a half-life; 0 where nothing is forgotten.

    Nobody forgets in two classes at once, which bounds it: with twelve classes a half-life below 8 months acts as one of 8.
    """
    if half_life <= 0:
        return 0
    with localcontext() as context:
        context.prec = 20
        return min(threshold(1 - (-Decimal(2).ln() / half_life).exp()), (CERTAIN - 1) // max(n_classes, 1))


def keenness(find: Chances, forget: int) -> I64:
    """Return (K, masks, 2) Q8.8: lg of the chance that an act is found out, over that of forgetting."""
    keen = np.full(find.shape, NEVER_SHIFT, dtype=np.int64)
    if forget > 0:
        for place in zip(*np.nonzero(find), strict=True):
            keen[place] = lg_q8(Decimal(int(find[place])) / forget)
    return keen


@lru_cache(maxsize=32)
def standing(delta: Decimal, floor: Decimal) -> tuple[Chances, I64]:
    """Return (R, 16) the chance that at least n are remembered, of 2**32, and (R,) the mean of 2^A, of 2**16.

    Row r stands for g / r = 2**((32 r + LEAST_REMEMBERED) / 256).
    """
    at_least = np.zeros((N_REMEMBERED, MOST_FELT), dtype=np.uint32)
    mean = np.zeros(N_REMEMBERED, dtype=np.int64)
    with localcontext() as context:
        context.prec = 20
        lg_2 = Decimal(2).ln()
        factors = [(lg_2 * max(-delta * n, floor)).exp() for n in range(MOST_FELT + 1)]
        for row in range(N_REMEMBERED):
            often = (lg_2 * (LEAST_REMEMBERED + (row << REMEMBERED_STEPS)) / 256).exp()
            left, felt = Decimal(1), Decimal(0)
            for n, factor in enumerate(factors):
                share = left / (1 + often * factor) if n < MOST_FELT else left
                felt += share * factor
                left -= share
                if n < MOST_FELT:
                    at_least[row, n] = min(threshold(left), CERTAIN - 1)
            mean[row] = int((felt * 65536).to_integral_value())
    return at_least, mean


@made_once(most=16)
def lifts(base: I64, loading: I64, keen: I64, mean: I64, is_felt: NDArray[np.bool_]) -> I64:
    """Return (K, masks, 2) Q8.8: by how much propensities stand higher, so that the mean of acts stays h_c with what is remembered.

    base      (K, masks) lg hazard before traits
    loading   (K,) how the trait enters
    keen      as found out at the usual certainty
    mean      of `standing`
    is_felt   (K,) whether detections keep people from acting in the class
    """
    quantiles = np.sort(normal_table()).astype(np.int64)
    theta = quantiles.take((2 * np.arange(N_TRAITS) + 1) * len(quantiles) // (2 * N_TRAITS))
    traits = (loading[:, None] * theta[None, :]) >> 8
    powers = hazards_of(traits.astype(np.int16))
    x = base[:, :, None, None] + keen[:, :, :, None] + traits[:, None, None, :]
    low, high = np.zeros(keen.shape, dtype=np.int64), np.full(keen.shape, MOST_LIFT, dtype=np.int64)
    while (high - low).max() > 1:
        middle = (low + high) >> 1
        rows = ((x + middle[..., None] - LEAST_REMEMBERED) >> REMEMBERED_STEPS).clip(0, len(mean) - 1)
        found = (powers[:, None, None, :] * mean[rows]).sum(axis=-1) >> 16
        is_low = found * hazards_of(middle.astype(np.int16)) <= powers.sum(axis=-1)[:, None, None] << 16
        low, high = np.where(is_low, middle, low), np.where(is_low, high, middle)
    is_open = (base[:, :, None] > NEVER_SHIFT) & (keen > NEVER_SHIFT) & is_felt[:, None, None]
    return np.where(is_open, low, 0)
