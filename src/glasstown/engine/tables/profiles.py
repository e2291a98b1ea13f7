"""What never changes of a person or firm, in 16 bits: group 4, urban 1, household 8; packer and readers, of one and of all."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.ledger_words import Bits

Profiles = NDArray[np.uint16]

GROUP: Final = Bits(0, 15)
URBAN: Final = Bits(4, 1)
HOUSEHOLD: Final = Bits(8, 255)


@kernel
def group_of(profile: int) -> int:
    """Return the income fifth, or the size of a firm."""
    return whole(profile) & GROUP.mask


@kernel
def urban_of(profile: int) -> int:
    """Return 1 for somebody in town, 0 in the country."""
    return (whole(profile) >> URBAN.at) & URBAN.mask


@kernel
def household_of(profile: int) -> int:
    """Return the number of the household inside the neighbourhood."""
    return (whole(profile) >> HOUSEHOLD.at) & HOUSEHOLD.mask


def pack_profiles(group: NDArray[np.uint8], is_urban: NDArray[np.bool_], household: NDArray[np.uint8]) -> Profiles:
    """Return everybody's profile."""
    words = group.astype(np.uint16) << np.uint16(GROUP.at)
    words |= is_urban.astype(np.uint16) << np.uint16(URBAN.at)
    return in_households(words, household)


def in_households(profiles: Profiles, household: NDArray[np.uint8]) -> Profiles:
    """Return profiles with everybody in these households."""
    others = profiles & np.uint16(~(HOUSEHOLD.mask << HOUSEHOLD.at) & 0xFFFF)
    found: Profiles = others | (household.astype(np.uint16) << np.uint16(HOUSEHOLD.at))
    return found


def groups_of(profiles: Profiles) -> NDArray[np.int64]:
    """Return everybody's group."""
    return (profiles.astype(np.int64) >> GROUP.at) & GROUP.mask


def households_of(profiles: Profiles) -> NDArray[np.int64]:
    """Return everybody's household."""
    return (profiles.astype(np.int64) >> HOUSEHOLD.at) & HOUSEHOLD.mask
