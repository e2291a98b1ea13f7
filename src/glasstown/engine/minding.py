"""S14 and S15: ties that break when somebody is listed, and how many support the scheme, in words and in private."""

from __future__ import annotations

import numpy as np

from glasstown.engine.conduct import PROFILE_GROUP
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.philox import words
from glasstown.engine.tables.lives import (
    BLACK,
    CHILD,
    L_PRIVATE,
    L_STATED,
    L_TIES,
    RED,
    S_CUT,
    S_FALSIFIED,
    S_SUPPORT,
    S_SUPPORT_LISTED,
    S_SUPPORT_NEIGHBOURS,
    S_SUPPORT_RED,
)
from glasstown.engine.tables.shapes import I64, Shard, Society


@kernel
def is_touched(shard: Shard, first: int, n: int) -> bool:
    """Return whether anybody of a neighbourhood meets a closed gate, is on a list, or was refused something of late."""
    bits = np.uint16(0)
    for position in range(first, first + n):
        bits |= shard.lives.closed[position] | np.uint16(shard.lives.bite[position])
    return bool(bits != 0)


@kernel
def take_stance(shard: Shard, chance: I64, first: int, n: int) -> None:
    """S15. Draw once a life where everybody stands among all: the highest byte of a word of month 0."""
    for position in range(first, first + n):
        lot = words(chance, shard.ident[9], shard.ident[0] + position, 0, 3)
        shard.lives.stance[position] = np.uint8(lot[0] >> 24)


@kernel
def lose_ties(society: Society, shard: Shard, lived: I64, chance: I64, first: int, n: int, month: int) -> None:
    """S14. Cut a share of the ties of everybody on a black list, `ties.cut` a month."""
    lives = shard.lives
    for position in range(first, first + n):
        if lives.closed[position] & BLACK == 0 or lives.ties[position] == 0:
            continue
        lot = words(chance, shard.ident[9], shard.ident[0] + position, month, 4)
        share = np.int64(lives.ties[position]) * society.numbers[S_CUT]
        cut = (share >> 16) + ((lot[0] >> 16) < (share & 65535))
        cut = min(cut, np.int64(lives.ties[position]))
        lives.ties[position] = np.uint8(np.int64(lives.ties[position]) - cut)
        lived[shard.profile[position] & PROFILE_GROUP, L_TIES] += cut


@kernel
def support(society: Society, shard: Shard, lived: I64, first: int, n: int, is_any_touched: bool) -> None:
    """S15. Count who says that the scheme is right, and who thinks so: those whose stance lies below what their life makes of it.

    u = u0 + b_red [red] - b_listed [listed] - b_nb (share of the neighbourhood listed); in private less what is falsified.
    """
    lives, numbers, listed = shard.lives, society.numbers, 0
    for position in range(first, first + n if is_any_touched else first):
        listed += lives.closed[position] & BLACK != 0
    around = numbers[S_SUPPORT] - (numbers[S_SUPPORT_NEIGHBOURS] * listed) // n
    for position in range(first, first + n):
        if lives.work[position] == CHILD:
            continue
        level = around
        if is_any_touched:
            if lives.closed[position] & BLACK != 0:
                level -= numbers[S_SUPPORT_LISTED]
            if lives.closed[position] & RED != 0:
                level += numbers[S_SUPPORT_RED]
        group = shard.profile[position] & PROFILE_GROUP
        stance = np.int64(lives.stance[position])
        lived[group, L_STATED] += stance < level
        lived[group, L_PRIVATE] += stance < level - numbers[S_FALSIFIED]
