"""What makes performing likelier, as tables made once for a setting: what a listing takes, and being shown to others."""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import lru_cache

import numpy as np

from glasstown.engine.tables.means import whole_of
from glasstown.engine.tables.shapes import I64

BITE_UNIT = 64
"""parts of a usual month's income that `bite` counts in"""
OF_ONE = 256
"""what a chance that is multiplied by one is multiplied by, in these tables"""


@lru_cache(maxsize=32)
def bites(response: Decimal) -> I64:
    """Return (256,) what bite multiplies the chance of performing by, of 256: 2^(gamma b)."""
    with localcontext() as context:
        context.prec = 20
        lg_2 = Decimal(2).ln()
        most = 16 * OF_ONE
        values = [min(whole_of((response * row / BITE_UNIT * lg_2).exp() * OF_ONE), most) for row in range(256)]
        return np.array(values, dtype=np.int64)


@lru_cache(maxsize=32)
def shames(response: Decimal, dilution: Decimal) -> I64:
    """Return (33, 16) what being shown to others multiplies the chance of performing by, of 256: 2^(gamma s (1 - l)^nu).

    l is the share of the neighbourhood listed, in 32nds; s how easily somebody is shamed, sixteen steps of mean 1.
    """
    with localcontext() as context:
        context.prec = 20
        lg_2 = Decimal(2).ln()
        left = [(1 - Decimal(row) / 32) ** dilution if dilution > 0 else Decimal(1) for row in range(33)]
        return np.array(
            [
                [whole_of((response * Decimal(2 * step + 1) / 16 * each * lg_2).exp() * OF_ONE) for step in range(16)]
                for each in left
            ],
            dtype=np.int64,
        )
