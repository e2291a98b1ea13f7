"""S11: people ask at gates that are closed to them, again and again, take the slower way or stay at home."""

from __future__ import annotations

import numpy as np

from glasstown.engine.cache import kernel
from glasstown.engine.conduct import PROFILE_GROUP
from glasstown.engine.lives import (
    AIR,
    L_FORGONE,
    L_REFUSED_AIR,
    L_REFUSED_RAIL,
    L_SUBSTITUTED,
    RAIL,
    S_ATTEMPTS_AIR,
    S_ATTEMPTS_RAIL,
    S_SUBSTITUTE,
    S_WORK_LOSS,
)
from glasstown.engine.philox import words
from glasstown.engine.shapes import I64, Shard, Society


@kernel
def ask_a_month(society: Society, shard: Shard, lived: I64, chance: I64, first: int, n: int, month: int) -> None:
    """S11. Refuse the trips of those to whom air or rail is closed; what that is worth fades by a third a month.

    Whoever wants a trip asks `attempts` times.  A share then takes a slower way; the others stay at home, which costs income.
    """
    lives, numbers = shard.lives, society.numbers
    for position in range(first, first + n):
        closed, bite = np.int64(lives.closed[position]) & (AIR | RAIL), np.int64(lives.bite[position])
        if closed == 0 and bite == 0:
            continue
        group = shard.profile[position] & PROFILE_GROUP
        bite = (bite * 2) // 3
        u_air, u_rail, u_more, u_way = words(chance, shard.ident[9], shard.ident[0] + position, month, 2)
        for kind in range(2):
            wants = u_air if kind == 0 else u_rail
            if (closed >> kind) & 1 == 0 or wants >= society.wanted[kind, group]:
                continue
            attempts = numbers[S_ATTEMPTS_AIR if kind == 0 else S_ATTEMPTS_RAIL]
            asked = (attempts >> 8) + (((u_more >> (8 * kind)) & 255) < (attempts & 255))
            lived[group, L_REFUSED_AIR if kind == 0 else L_REFUSED_RAIL] += asked
            bite += society.price[kind, group]
            if ((u_way >> (8 * kind)) & 255) < numbers[S_SUBSTITUTE]:
                lived[group, L_SUBSTITUTED] += 1
            else:
                lived[group, L_FORGONE] += 1
                lives.savings[position] = np.int16(max(np.int64(lives.savings[position]) - numbers[S_WORK_LOSS], 0))
        lives.bite[position] = np.uint8(min(int(bite), 255))
