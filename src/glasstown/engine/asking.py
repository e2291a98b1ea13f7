"""S11: people ask at gates that are closed to them, again and again, take the slower way or do without."""

from __future__ import annotations

import numpy as np

from glasstown.engine.bits import whole
from glasstown.engine.conduct import PROFILE_GROUP
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.philox import words
from glasstown.engine.tables.lives import (
    ALL_GATES,
    JOB,
    L_FORGONE,
    L_REFUSED_AIR,
    L_REFUSED_MORE,
    L_REFUSED_RAIL,
    L_SUBSTITUTED,
    LICENCE,
    LOAN,
    N_GATES,
    S_ATTEMPTS_AIR,
    S_ATTEMPTS_RAIL,
    S_LICENCE_LOSS,
    S_SUBSTITUTE,
    S_WORK_LOSS,
)
from glasstown.engine.tables.shapes import I64, Shard, Society

FIRST_OTHER = 4
"""first gate after trips, loans and jobs"""
OTHERS_BLOCK = 6
"""first block of the words that say who wants what the other gates give"""


@kernel
def ask_a_month(society: Society, shard: Shard, lived: I64, chance: I64, first: int, n: int, month: int) -> None:
    """S11. Refuse those to whom a gate is closed what they want there; what that is worth fades by a third a month."""
    lives = shard.lives
    for position in range(first, first + n):
        closed: int = whole(lives.closed[position]) & (ALL_GATES & ~(LOAN | JOB))
        bite: int = whole(lives.bite[position])
        if closed == 0 and bite == 0:
            continue
        bite = (bite * 2) // 3
        if closed != 0:
            bite += ask_for_trips(society, shard, lived, chance, position, closed, month)
            bite += ask_for_others(society, shard, lived, chance, position, closed, month)
        lives.bite[position] = np.uint8(min(int(bite), 255))


@kernel
def ask_for_trips(
    society: Society, shard: Shard, lived: I64, chance: I64, position: int, closed: int, month: int
) -> int:
    """S11. Refuse air and rail trips; return what they are worth.

    Whoever wants a trip asks `attempts` times.  A share then takes a slower way; the others stay at home, which costs income.
    """
    numbers, group, worth = society.numbers, shard.profile[position] & PROFILE_GROUP, 0
    u_air, u_rail, u_more, u_way = words(chance, shard.ident[9], shard.ident[0] + position, month, 2)
    for kind in range(2):
        wants = u_air if kind == 0 else u_rail
        if (closed >> kind) & 1 == 0 or wants >= society.wanted[kind, group]:
            continue
        attempts = numbers[S_ATTEMPTS_AIR if kind == 0 else S_ATTEMPTS_RAIL]
        asked = (attempts >> 8) + (((u_more >> (8 * kind)) & 255) < (attempts & 255))
        lived[group, L_REFUSED_AIR if kind == 0 else L_REFUSED_RAIL] += asked
        worth += society.price[kind, group]
        if ((u_way >> (8 * kind)) & 255) < numbers[S_SUBSTITUTE]:
            lived[group, L_SUBSTITUTED] += 1
        else:
            lived[group, L_FORGONE] += 1
            cost(shard, position, numbers[S_WORK_LOSS])
    return worth


@kernel
def ask_for_others(
    society: Society, shard: Shard, lived: I64, chance: I64, position: int, closed: int, month: int
) -> int:
    """S11. Refuse what the other gates give, each wish once; return what it is worth.  A licence refused costs income."""
    if closed >> FIRST_OTHER == 0:
        return 0
    group, worth = shard.profile[position] & PROFILE_GROUP, 0
    entity = shard.ident[0] + position
    one = words(chance, shard.ident[9], entity, month, OTHERS_BLOCK)
    two = words(chance, shard.ident[9], entity, month, OTHERS_BLOCK + 1)
    for kind in range(FIRST_OTHER, N_GATES):
        place = kind - FIRST_OTHER
        lot = one if place < 4 else two
        wants = lot[0] if place & 3 == 0 else lot[1] if place & 3 == 1 else lot[2] if place & 3 == 2 else lot[3]
        if (closed >> kind) & 1 == 0 or wants >= society.wanted[kind, group]:
            continue
        lived[group, L_REFUSED_MORE + place] += 1
        worth += society.price[kind, group]
        if 1 << kind == LICENCE:
            cost(shard, position, society.numbers[S_LICENCE_LOSS])
    return worth


@kernel
def cost(shard: Shard, position: int, parts: int) -> None:
    """Take what a refusal costs from what somebody has saved, as far as it goes."""
    savings: int = whole(shard.lives.savings[position])
    shard.lives.savings[position] = np.int16(max(savings - parts, 0))
