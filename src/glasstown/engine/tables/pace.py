"""How a dated drive moves a list, month by month: how much of what courts find is recorded, and how fast people leave.

A month beyond the last row is as the last row; before month 0 nothing is driven.
"""

from __future__ import annotations

from typing import Final

from glasstown.engine.kernel.cache import kernel
from glasstown.engine.tables.pace_rows import Pace
from glasstown.rows import Rows, make_rows

UNMOVED: Final = 1 << 16
"""what leaves a number as it is"""


def no_pace() -> Rows[Pace]:
    """Return the pace of a list that nothing drives."""
    rows = make_rows(Pace, 1)
    rows[0].recording = rows[0].performing = UNMOVED
    return rows


@kernel
def row_of(pace: Rows[Pace], month: int) -> int:
    """Return the row of a month from month 0 on."""
    return min(month, len(pace) - 1)


@kernel
def quickened(pace: Rows[Pace], month: int, chance: int) -> int:
    """Return a chance of performing, of 2**32, as fast as the month's pace has it."""
    return (chance * pace[row_of(pace, month)].performing) >> 16 if month >= 0 else chance
