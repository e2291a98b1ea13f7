"""S6: people report one another.  A report is an act of its own class, and is about somebody; whether it is accepted is apart.

What others saw is found out through a true report that is accepted; a false one that is accepted is found out like an act that nobody
did.  An accepted report is a good deed of whoever made it, which a scheme may reward.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.kernel import draws
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.philox import life_words
from glasstown.engine.tables.bundles import At
from glasstown.engine.tables.conduct_rows import Did
from glasstown.engine.tables.found_words import pack_false_report
from glasstown.engine.tables.profiles import group_of
from glasstown.engine.tables.propensity import is_open
from glasstown.engine.tables.scene import Scene
from glasstown.engine.tables.shapes import Society
from glasstown.rows import Rows

MOST_REPORTS = 4
"""Reports that one person makes in a month, at most."""


@kernel
def report(scene: Scene, at: At, n_did: int) -> None:
    """S6. Let everybody who reports others do so: write beside each such row how many were accepted, and find out what was told."""
    society, did = scene.model.society, scene.work.did
    if society.numbers.tips < 0:
        return
    for r in range(first_of(did, n_did, society.numbers.tips), n_did):
        if did[r].conduct == society.numbers.tips:
            did[r].found = tell(scene, at, n_did, did[r])


@kernel
def first_of(did: Rows[Did], n_did: int, k: int) -> int:
    """Return the row from which on there can be some of a class: rows stand in the order of classes."""
    row = n_did
    while row > 0 and did[row - 1].conduct >= k:
        row -= 1
    return row


@kernel
def tell(scene: Scene, at: At, n_did: int, line: Did) -> int:
    """S6. Let one person report others this month; return how many reports were accepted."""
    numbers, shard, n_accepted = scene.model.society.numbers, scene.shard, 0
    account = scene.lived[group_of(shard.profile[at.first + line.person])]
    for number in range(min(line.acts, MOST_REPORTS)):
        u_false, u_believed, u_which, _ = life_words(
            scene.chance, shard, at.first + line.person, at.month, draws.TIPS + number
        )
        if u_false < numbers.false:
            account.false += 1
            n_accepted += u_believed < numbers.believed
            continue
        account.told += 1
        if u_believed < numbers.proven:
            account.reported += 1
            n_accepted += 1
            come_out(scene, n_did, line.person, u_which)
    return n_accepted


@kernel
def come_out(scene: Scene, n_did: int, teller: int, draw: int) -> None:
    """S6. Find out one more of what somebody else did that others see, each act as likely; nothing more where it is known."""
    society, did, n_acts = scene.model.society, scene.work.did, 0
    for r in range(n_did):
        n_acts += did[r].acts * is_seen(society, did[r], teller)
    left = (draw * n_acts) >> 32
    for r in range(n_did):
        line = did[r]
        acts = line.acts * is_seen(society, line, teller)
        if left < acts:
            line.found = min(line.found + 1, line.acts)
            return
        left -= acts


@kernel
def is_seen(society: Society, line: Did, teller: int) -> bool:
    """Return whether a row is of somebody else, and of a class that others see."""
    if line.person == teller:
        return False
    for place in range(len(society.observed)):
        if society.observed[place] == line.conduct:
            return True
    return False


@kernel
def believe_reports(scene: Scene, at: At, end: int, n_did: int) -> int:
    """S6. Add a row to what is found out for each person of whom a false report is accepted; return the last row's end.

    Each class that others see is as likely to be its content, and each of the others who could have done it to be its target.
    More than one of a person and month leave one row.
    """
    society, did, shard = scene.model.society, scene.work.did, scene.shard
    numbers = society.numbers
    if numbers.tips < 0 or numbers.false == 0:
        return end
    for r in range(first_of(did, n_did, numbers.tips), n_did):
        line = did[r]
        if line.conduct != numbers.tips:
            continue
        for number in range(min(line.acts, MOST_REPORTS)):
            u_false, u_believed, u_which, u_whom = life_words(
                scene.chance, shard, at.first + line.person, at.month, draws.TIPS + number
            )
            if u_false >= numbers.false or u_believed >= numbers.believed:
                continue
            k = society.observed[(u_which * len(society.observed)) >> 32]
            target = target_of(shard.propensity[at.block, k], at.n, line.person, u_whom)
            if target >= 0:
                scene.lived[group_of(shard.profile[at.first + line.person])].believed += 1
                scene.found.rows[end] = pack_false_report(target, k)
                end += 1
                break
    return end


@kernel
def target_of(mine: NDArray[np.int16], n: int, person: int, draw: int) -> int:
    """Return one of the others to whom a class is open, each as likely; -1 where there is none."""
    n_open = 0
    for other in range(n):
        n_open += other != person and is_open(whole(mine[other]))
    left = (draw * n_open) >> 32
    for other in range(n):
        if other != person and is_open(whole(mine[other])):
            if left == 0:
                return whole(other)
            left -= 1
    return whole(-1)
