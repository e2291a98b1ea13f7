"""How a dated drive moves a list, month by month: how much of what courts find is recorded, and how fast people leave.

A row a month; a month beyond the last row is as the last row.  Without a drive there is one row that moves nothing.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from glasstown.engine.kernel.cache import kernel
from glasstown.engine.tables.shapes import I64
from glasstown.rows import Grid, Ints

RECORDING: Final = 0
"""column: what the share that courts record is multiplied by, of 2**16"""
PERFORMING: Final = 1
"""column: the same of the chance of performing in a month"""
DELETION: Final = 2
"""column: chance that a court takes somebody off a list that performing ends, in a month, of 2**32"""
UNMOVED: Final = 1 << 16
"""what leaves a number as it is"""


def no_pace() -> I64:
    """Return the pace of a list that nothing drives."""
    return np.array([[UNMOVED, UNMOVED, 0]], dtype=np.int64)


@kernel
def row_of(month: int, n_rows: int) -> int:
    """Return the row of a month: before the first month, that of the first."""
    return min(max(month, 0), n_rows - 1)


@kernel
def paced(pace: Grid, month: int, column: int) -> int:
    """Return how a list is moved in a month."""
    found: int = pace[row_of(month, len(pace)), column]
    return found


@kernel
def quickened(pace: Ints, month: int, chance: int) -> int:
    """Return a chance of 2**32 as fast as the month's pace has it; before the first month as it is."""
    if month < 0:
        return chance
    found: int = (chance * pace[row_of(month, len(pace))]) >> 16
    return found
