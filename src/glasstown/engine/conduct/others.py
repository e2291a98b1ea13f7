"""S6: people report others who have done nothing; what is believed is found out like an act.

True reports need no step of their own: they raise the chance that an act which others see is found out (engine/tables/model.py).

S14 and S15: ties that break when somebody is listed, and how many support the scheme, in words and in private.

S11: people ask at gates that are closed to them, again and again, take the slower way or do without.
"""

from __future__ import annotations

import numpy as np

from glasstown.engine.conduct.acts import (
    FOUND_ACTS_SHIFT,
    FOUND_CLASS_SHIFT,
    FOUND_FALSE,
    FOUND_PERSON_SHIFT,
    PROFILE_GROUP,
)
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.philox import words
from glasstown.engine.tables.lives import (
    ALL_GATES,
    BLACK,
    CHILD,
    JOB,
    L_BELIEVED,
    L_FALSE,
    L_FORGONE,
    L_PRIVATE,
    L_REFUSED_AIR,
    L_REFUSED_MORE,
    L_REFUSED_RAIL,
    L_STATED,
    L_SUBSTITUTED,
    L_TIES,
    LICENCE,
    LOAN,
    N_GATES,
    RED,
    S_ATTEMPTS_AIR,
    S_ATTEMPTS_RAIL,
    S_BELIEVED,
    S_CUT,
    S_FALSE,
    S_FALSIFIED,
    S_LICENCE_LOSS,
    S_SUBSTITUTE,
    S_SUPPORT,
    S_SUPPORT_LISTED,
    S_SUPPORT_NEIGHBOURS,
    S_SUPPORT_RED,
    S_WORK_LOSS,
)
from glasstown.engine.tables.person_rows import Chance
from glasstown.engine.tables.shapes import I64, Shard, Society, Work


@kernel
def inform(society: Society, shard: Shard, work: Work, lived: I64, first: int, n: int) -> int:
    """S6. Write down in `work.filed` who makes a false report this month; return how many.  Row 2 of `work.draws` decides."""
    n_reports, most = 0, society.numbers[S_FALSE]
    for person in range(n):
        if work.draws[2, person] < most and shard.lives.work[first + person] != CHILD:
            work.filed[n_reports].person = person
            n_reports += 1
            lived[shard.profile[first + person] & PROFILE_GROUP, L_FALSE] += 1
    return n_reports


@kernel
def believe_reports(
    society: Society, shard: Shard, work: Work, lived: I64, chance: Chance, found_rows: I64, end: int, n_reports: int,
    first: int, n: int, month: int,
) -> int:  # fmt: skip
    """S6. Add a row to what is found out for each false report that is believed; return the last row's end.

    Each of the others in the neighbourhood is as likely to be its target, each class that others see as likely to be its content.
    """
    for r in range(n_reports if n > 1 else 0):
        person = work.filed[r].person
        lot = words(chance, shard.ident.lives, shard.ident.entity + first + person, month, 1)
        if lot[0] >= society.numbers[S_BELIEVED]:
            continue
        target = (lot[1] * (n - 1)) >> 32
        target += 1 if target >= person else 0
        k = society.observed[(lot[2] * len(society.observed)) >> 32]
        lived[shard.profile[first + target] & PROFILE_GROUP, L_BELIEVED] += 1
        found_rows[end] = (
            FOUND_FALSE | (target << FOUND_PERSON_SHIFT) | (k << FOUND_CLASS_SHIFT) | (1 << FOUND_ACTS_SHIFT) | 1
        )
        end += 1
    return end


@kernel
def is_touched(shard: Shard, first: int, n: int) -> bool:
    """Return whether anybody of a neighbourhood meets a closed gate, is on a list, or was refused something of late."""
    bits = np.uint16(0)
    for position in range(first, first + n):
        bits |= shard.lives.closed[position] | np.uint16(shard.lives.bite[position])
    return bool(bits != 0)


@kernel
def take_stance(shard: Shard, chance: Chance, first: int, n: int) -> None:
    """S15. Draw once a life where everybody stands among all: the highest byte of a word of month 0."""
    for position in range(first, first + n):
        lot = words(chance, shard.ident.lives, shard.ident.entity + position, 0, 3)
        shard.lives.stance[position] = np.uint8(lot[0] >> 24)


@kernel
def lose_ties(society: Society, shard: Shard, lived: I64, chance: Chance, first: int, n: int, month: int) -> None:
    """S14. Cut a share of the ties of everybody on a black list, `ties.cut` a month."""
    lives = shard.lives
    for position in range(first, first + n):
        if lives.closed[position] & BLACK == 0 or lives.ties[position] == 0:
            continue
        lot = words(chance, shard.ident.lives, shard.ident.entity + position, month, 4)
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


FIRST_OTHER = 4
"""first gate after trips, loans and jobs"""
OTHERS_BLOCK = 6
"""first block of the words that say who wants what the other gates give"""


@kernel
def ask_a_month(society: Society, shard: Shard, lived: I64, chance: Chance, first: int, n: int, month: int) -> None:
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
    society: Society, shard: Shard, lived: I64, chance: Chance, position: int, closed: int, month: int
) -> int:
    """S11. Refuse air and rail trips; return what they are worth.

    Whoever wants a trip asks `attempts` times.  A share then takes a slower way; the others stay at home, which costs income.
    """
    numbers, group, worth = society.numbers, shard.profile[position] & PROFILE_GROUP, 0
    u_air, u_rail, u_more, u_way = words(chance, shard.ident.lives, shard.ident.entity + position, month, 2)
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
    society: Society, shard: Shard, lived: I64, chance: Chance, position: int, closed: int, month: int
) -> int:
    """S11. Refuse what the other gates give, each wish once; return what it is worth.  A licence refused costs income."""
    if closed >> FIRST_OTHER == 0:
        return 0
    group, worth = shard.profile[position] & PROFILE_GROUP, 0
    entity = shard.ident.entity + position
    one = words(chance, shard.ident.lives, entity, month, OTHERS_BLOCK)
    two = words(chance, shard.ident.lives, entity, month, OTHERS_BLOCK + 1)
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
