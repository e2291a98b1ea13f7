"""S14 and S15: ties that break when somebody is listed, and how many support the scheme, in words and in private.

S11: people ask at gates that are closed to them, again and again, take the slower way or do without.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.kernel import draws
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.logbook import is_kept, next_line
from glasstown.engine.kernel.philox import byte, lane, life_words
from glasstown.engine.tables.bundles import At
from glasstown.engine.tables.lives import (
    ALL_DOORS,
    ALL_GATES,
    BLACK,
    CHILD,
    FIRST_OTHER,
    JOB,
    LICENCE,
    LOAN,
    N_GATES,
    POSTS,
    RAIL,
    RED,
    SEATS,
    SEATS_AT,
    SHOWN,
    STOPPED,
)
from glasstown.engine.tables.log_rows import REFUSED
from glasstown.engine.tables.profiles import GROUP, group_of
from glasstown.engine.tables.scene import Scene
from glasstown.engine.tables.shapes import Lives, Society
from glasstown.engine.tables.society_rows import SocietyNumbers

ASKED = ALL_DOORS & ~(LOAN | JOB | POSTS)
"""bits of `closed` of the doors at which people ask"""
LISTED = BLACK | RED | SHOWN
"""bits of `closed` of those on lists, and of those who are shown"""


@kernel
def touching(lives: Lives, at: At) -> int:
    """Return the bits of `closed` that anybody of a neighbourhood has; those of a door too where something was refused of late."""
    bits, bites = np.uint32(0), np.uint32(0)
    for position in range(at.first, at.first + at.n):
        bits |= lives.closed[position]
        bites |= np.uint32(lives.bite[position])
    return whole(bits) | (ASKED if bites != 0 else 0)


@kernel
def take_stance(scene: Scene, at: At) -> None:
    """S15. Draw once a life where everybody stands among all: the highest byte of a word of month 0."""
    for position in range(at.first, at.first + at.n):
        lot = life_words(scene.chance, scene.shard, position, 0, draws.STANCE)
        scene.shard.lives.stance[position] = np.uint8(lot[0] >> 24)


@kernel
def lose_ties(scene: Scene, at: At) -> None:
    """S14. Cut a share of the ties of everybody who is shown this month to those around, `ties.cut`."""
    shard, lives = scene.shard, scene.shard.lives
    for position in range(at.first, at.first + at.n):
        if lives.closed[position] & SHOWN == 0 or lives.ties[position] == 0:
            continue
        lot = life_words(scene.chance, shard, position, at.month, draws.TIES)
        ties = whole(lives.ties[position])
        share = ties * scene.model.society.numbers.cut
        cut = min((share >> 16) + ((lot[0] >> 16) < (share & 65535)), ties)
        lives.ties[position] = np.uint8(ties - cut)
        scene.lived[group_of(shard.profile[position])].ties += cut


@kernel
def support(scene: Scene, at: At, is_any_listed: bool) -> None:
    """S15. Count who says that the scheme is right, and who thinks so: those whose stance lies below what their life makes of it.

    u = u0 + b_red [red] - b_listed [listed] - b_nb (share of the neighbourhood that is shown); in private less what is falsified.
    """
    lives, numbers, profile, listed = scene.shard.lives, scene.model.society.numbers, scene.shard.profile, 0
    for position in range(at.first, at.first + at.n if is_any_listed else at.first):
        listed += lives.closed[position] & SHOWN != 0
    around = np.int32(numbers.support - (numbers.support_neighbours * listed) // at.n)
    for group in range(len(scene.lived)):
        stated, private = support_in(lives, numbers, profile, at, group, around)
        scene.lived[group].stated += stated
        scene.lived[group].private += private


@kernel
def support_in(
    lives: Lives, numbers: SocietyNumbers, profile: NDArray[np.uint16], at: At, group: int, around: np.int32
) -> tuple[int, int]:
    """S15. Count who of a group says that the scheme is right, and who thinks so; a loop that takes several people at a time."""
    black, red, falsified = np.int32(numbers.support_listed), np.int32(numbers.support_red), np.int32(numbers.falsified)
    stated, private, mine = np.int32(0), np.int32(0), np.int32(group)
    for position in range(np.uint64(at.first), np.uint64(at.first + at.n)):
        closed, stance = lives.closed[position], np.int32(lives.stance[position])
        level = np.int32(around - (black if closed & np.uint32(BLACK) != 0 else np.int32(0)))
        level = np.int32(level + (red if closed & np.uint32(RED) != 0 else np.int32(0)))
        is_mine = (np.int32(profile[position]) & np.int32(GROUP.mask) == mine) & (lives.work[position] != CHILD)
        stated = np.int32(stated + np.int32(is_mine & (stance < level)))
        private = np.int32(private + np.int32(is_mine & (stance < np.int32(level - falsified))))
    return whole(stated), whole(private)


@kernel
def ask_a_month(scene: Scene, at: At) -> None:
    """S11. Refuse those to whom a gate is closed what they want there; what that is worth fades by a third a month."""
    lives = scene.shard.lives
    for position in range(at.first, at.first + at.n):
        closed = whole(lives.closed[position]) & ASKED
        bite = whole(lives.bite[position])
        if closed == 0 and bite == 0:
            continue
        bite = (bite * 2) // 3
        if closed != 0:
            bite += ask_for_trips(scene, at, position, closed)
            bite += ask_for_others(scene, at, position, closed)
        lives.bite[position] = np.uint8(min(bite, 255))


@kernel
def ask_for_trips(scene: Scene, at: At, position: int, closed: int) -> int:
    """S11. Refuse air and rail trips; return what they are worth.

    Whoever wants a trip asks `attempts` times, or has learnt that it is no use.
    A share then takes a slower way; the others stay at home, which costs income.
    """
    society, shard, worth = scene.model.society, scene.shard, 0
    numbers, group = society.numbers, group_of(shard.profile[position])
    account = scene.lived[group]
    lot = life_words(scene.chance, shard, position, at.month, draws.TRIPS)
    u_more, u_way = lot[2], lot[3]
    for kind in range(2):
        if lane(lot, kind) >= wish_refused(society, closed, kind, group):
            continue
        if asks(scene, at, position, door_of(closed, kind)):
            attempts = numbers.attempts[kind]
            times = (attempts >> 8) + (byte(u_more, kind) < (attempts & 255))
            account.refused_trips[kind] += times
            write_down_refusal(scene, at, position, kind, times)
        worth += society.price[kind, group]
        if byte(u_way, kind) < numbers.substitute:
            account.substituted += 1
        else:
            account.forgone += 1
            cost(shard.lives, position, numbers.work_loss)
    return worth


@kernel
def door_of(closed: int, kind: int) -> int:
    """Return the place of what a trip of a kind is refused by: its gate, or the part of it that is closed."""
    return kind if (closed >> kind) & 1 == 1 else whole(SEATS_AT)


@kernel
def asks(scene: Scene, at: At, position: int, door: int) -> bool:
    """S11. Return whether somebody still asks where a door is closed; refused, they stop asking with `gate.learns`."""
    lives, learns = scene.shard.lives, scene.model.society.numbers.learns
    closed = whole(lives.closed[position])
    if (closed >> (STOPPED + door)) & 1 == 1:
        return False
    if learns > 0:
        lot = life_words(scene.chance, scene.shard, position, at.month, draws.LEARNING)
        if byte(lane(lot, door >> 2), door) < learns:
            lives.closed[position] = np.uint32(closed | 1 << (STOPPED + door))
    return True


@kernel
def wish_refused(society: Society, closed: int, kind: int, group: int) -> int:
    """S11. Return the chance, of 2**32, that a trip is wanted that is closed: all of a kind, or of fast trains the better seats."""
    wanted = society.wanted[kind, group]
    if (closed >> kind) & 1 == 1:
        return whole(wanted)
    if 1 << kind == RAIL and closed & SEATS != 0:
        return whole((wanted * society.numbers.seats) >> 8)
    return whole(0)


@kernel
def ask_for_others(scene: Scene, at: At, position: int, closed: int) -> int:
    """S11. Refuse what the other gates give, each wish once until somebody stops asking; return what it is worth.

    A licence refused costs income.
    """
    if (closed & ALL_GATES) >> FIRST_OTHER == 0:
        return 0
    society, shard, worth = scene.model.society, scene.shard, 0
    group = group_of(shard.profile[position])
    one = life_words(scene.chance, shard, position, at.month, draws.GATES)
    two = life_words(scene.chance, shard, position, at.month, draws.GATES + 1)
    for kind in range(FIRST_OTHER, N_GATES):
        place = kind - FIRST_OTHER
        wants = lane(one if place < 4 else two, place)
        if (closed >> kind) & 1 == 0 or wants >= society.wanted[kind, group]:
            continue
        if asks(scene, at, position, kind):
            scene.lived[group].refused_others[place] += 1
            write_down_refusal(scene, at, position, kind, 1)
        worth += society.price[kind, group]
        if 1 << kind == LICENCE:
            cost(shard.lives, position, society.numbers.licence_loss)
    return worth


@kernel
def write_down_refusal(scene: Scene, at: At, position: int, gate: int, times: int) -> None:
    """Write down how often a gate refused somebody this month, for a replay."""
    if is_kept(scene.log) and times > 0:
        row = scene.log.rows[next_line(scene.log, REFUSED, position - at.first)]
        row.month, row.gate, row.times = at.month, gate, times


@kernel
def cost(lives: Lives, position: int, parts: int) -> None:
    """Take what a refusal costs from what somebody has saved, as far as it goes."""
    lives.savings[position] = np.int16(max(whole(lives.savings[position]) - parts, 0))
