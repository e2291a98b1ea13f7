"""A lot for life: what breaks ties in a rank, the same at every assessment, and nobody's the same as another's."""

from __future__ import annotations

from typing import Final

from glasstown.compiler.columns import LOT_BITS
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.tables.person_rows import Chance

MASK: Final = (1 << LOT_BITS) - 1
SPREAD: Final = 0x2C1B3D
"""an odd number: its products with all numbers of `LOT_BITS` bits are all of them"""
HALF: Final = LOT_BITS // 2


@kernel
def lot_of(chance: Chance, entity: int) -> int:
    """Return the lot of somebody: each step can be undone, so that no two of `2**LOT_BITS` have the same."""
    x = (entity ^ chance.key_0) & MASK
    x = (x * SPREAD + chance.key_1) & MASK
    x = x ^ (x >> HALF)
    x = (x * SPREAD + (chance.key_0 >> HALF)) & MASK
    x = x ^ (x >> HALF)
    return (x * SPREAD) & MASK
