"""The committed table of the standard normal, worked out again in decimal arithmetic."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, localcontext

import numpy as np

from glasstown.population.normal import HALF_COUNTS, TRAIT_UNIT, normal_table

PI = Decimal("3.14159265358979323846264338327950288")


def above_median(x: Decimal) -> Decimal:
    """Return the chance that a standard normal lies between 0 and x, by its series."""
    total = term = x
    n = 1
    while term > Decimal("1e-22"):
        n += 2
        term = term * x * x / n
        total += term
    return total * (-x * x / 2).exp() / (2 * PI).sqrt()


def test_half_counts__follow_from_decimal_arithmetic() -> None:
    counts = [int(count) for count in HALF_COUNTS.split()]
    with localcontext() as context:
        context.prec = 28
        bounds = [
            int((above_median(Decimal(2 * k + 1) / (2 * TRAIT_UNIT)) * 65_536).to_integral_value(ROUND_HALF_EVEN))
            for k in range(len(counts))
        ]
    assert counts == [after - before for before, after in zip([0, *bounds], bounds, strict=False)]


def test_normal_table__has_mean_zero_and_unit_deviation() -> None:
    table = normal_table().astype(np.int64)
    assert table.shape == (65_536,)
    assert table.sum() == 0
    assert abs((table**2).sum() - 65_536 * TRAIT_UNIT**2) < 65_536 * TRAIT_UNIT**2 // 1_000


def test_normal_table__is_read_only_and_fits_its_type() -> None:
    table = normal_table()
    assert not table.flags.writeable
    assert table.dtype == np.int16
    assert 4 * TRAIT_UNIT < table.max() < 5 * TRAIT_UNIT
