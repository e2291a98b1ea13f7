"""S1: jobs are lost and found, and income moves around what is usual.

S2: debts are served or not, savings are kept or drawn down, and what is left decides strain and means.

A month of lives beside conduct: the steps S1, S2, S6, S11, S14 and S15 of one neighbourhood, in order, and their hash.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.conduct.others import ASKED, LISTED, ask_a_month, lose_ties, support, touching
from glasstown.engine.kernel.bits import trailing_zeros, whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.mixing import at_place, spread
from glasstown.engine.kernel.philox import fill, filled
from glasstown.engine.society.incomes import purse_of, usual_of
from glasstown.engine.society.judgments import borrow_again, enforce, is_short, lose_claim, own_again, usual_debt
from glasstown.engine.tables.bundles import At
from glasstown.engine.tables.lives import (
    ARREARS,
    CHILD,
    EMPLOYED,
    FAILED,
    JOB,
    JOB_LUCK,
    LASTING_MEANS,
    LOAN,
    LOAN_LUCK,
    LOW_LUCK,
    MOST_MONEY,
    MOST_SHOCK,
    MOST_STRAIN,
    POSTS,
    SEEN,
    SELF_EMPLOYED,
    SHOCK_LUCK,
    SHOWN,
    STRAIN_UNIT,
    UNABLE,
    UNEMPLOYED,
)
from glasstown.engine.tables.means import JOINT_ROOM
from glasstown.engine.tables.profiles import GROUP, group_of
from glasstown.engine.tables.propensity import move
from glasstown.engine.tables.scene import Purse, Scene
from glasstown.engine.tables.shapes import Lives, Shard, Society
from glasstown.population.tables import BLOCK


@kernel
def work_a_month(scene: Scene, at: At) -> None:
    """S1. Let those who work lose it and those who look find it, and move everybody's income.

    Few people's work can change in a month, so that one comparison passes by the others.
    """
    society, lives = scene.model.society, scene.shard.lives
    luck = scene.work.draws[JOB_LUCK]
    for start in range(0, at.n, 32):
        bits = may_change(scene, at, start)
        while bits != 0:
            person = start + whole(trailing_zeros(bits))
            bits &= np.uint32(bits - np.uint32(1))
            change_work(scene, at.first + person, whole(luck[person]))
    for group in range(len(scene.lived)):
        employed, unemployed = at_work_in(lives, scene.shard.profile, at, group)
        scene.lived[group].employed += employed
        scene.lived[group].unemployed += unemployed
    move_incomes(society, lives, at, scene.work.draws[SHOCK_LUCK])


@kernel
def may_change(scene: Scene, at: At, start: int) -> np.uint32:
    """S1. Return whose work of 32 people from a place on can change this month, as bits; several people at a time.

    Those may who look for work, and those who have some where the month's word lies below the chance of losing it.
    """
    luck, work = scene.work.draws[JOB_LUCK], scene.shard.lives.work
    lose, fail = scene.lose, scene.model.society.numbers.fail
    bits = np.uint32(0)
    for j in range(np.uint64(min(32, at.n - start))):
        status, word = work[np.uint64(at.first + start) + j], whole(luck[np.uint64(start) + j])
        loses = (status == EMPLOYED) & (word < lose) | (status == SELF_EMPLOYED) & (word < fail)
        bits |= np.uint32(loses | (status == UNEMPLOYED)) << np.uint32(j)
    return bits


@kernel
def at_work_in(lives: Lives, profile: NDArray[np.uint16], at: At, group: int) -> tuple[int, int]:
    """S16. Count who of a group has work, and who looks for some; a loop that takes several people at a time."""
    employed, unemployed, mine = np.int32(0), np.int32(0), np.uint16(group)
    for position in range(np.uint64(at.first), np.uint64(at.first + at.n)):
        is_mine, status = profile[position] & np.uint16(GROUP.mask) == mine, lives.work[position]
        employed = np.int32(employed + np.int32(is_mine & (status == EMPLOYED)))
        unemployed = np.int32(unemployed + np.int32(is_mine & (status == UNEMPLOYED)))
    return whole(employed), whole(unemployed)


@kernel
def change_work(scene: Scene, position: int, luck: int) -> None:
    """S1. Let somebody lose work or a business, or find work where the month's word says so."""
    society, lives, status = scene.model.society, scene.shard.lives, whole(scene.shard.lives.work[position])
    account = scene.lived[group_of(scene.shard.profile[position])]
    if status == EMPLOYED:
        account.lost += 1
        now = whole(UNEMPLOYED)
    elif status == SELF_EMPLOYED:
        fail(lives, position)
        account.failed += 1
        now = whole(UNEMPLOYED)
    elif luck < chance_of_job(society, lives, position):
        is_trader = whole(scene.shard.roles[position]) & society.numbers.trader != 0
        now = whole(SELF_EMPLOYED if is_trader else EMPLOYED)
        account.found += 1
    else:
        return
    lives.work[position] = np.uint8(now)


@kernel
def move_incomes(society: Society, lives: Lives, at: At, luck: NDArray[np.uint32]) -> None:
    """S1. Move the income of all but children: z' = rho z + shock, in lg units; several people at a time.

    luck   a word for each of the neighbourhood
    """
    persistence, first = society.numbers.persistence, np.uint64(at.first)
    for person in range(np.uint64(at.n)):
        position = first + person
        before = whole(lives.shock[position])
        z = ((persistence * before + 2048) >> 12) + society.shock[luck[person] >> np.uint32(22)]
        after = min(max(z, -MOST_SHOCK), MOST_SHOCK)
        lives.shock[position] = np.int16(before if lives.work[position] == CHILD else after)


@kernel
def fail(lives: Lives, position: int) -> None:
    """S1. Let a business be gone: all that could be sold went with it, and its creditors go to court."""
    lives.assets[position] = np.uint16(0)
    lives.means[position] = np.uint8(whole(lives.means[position]) | FAILED)


@kernel
def chance_of_job(society: Society, lives: Lives, position: int) -> int:
    """S1. Return the chance of finding a job, of 2**32.

    It is lower for those whom an employer who looks finds listed, or of whom a rule tells employers; the state hires nobody to whom
    its posts are closed.
    """
    find, closed = society.numbers.find, whole(lives.closed[position])
    if closed & (JOB | SEEN) != 0:
        find = (find * society.numbers.flagged) >> 8
    if closed & POSTS != 0:
        find = (find * society.numbers.private) >> 8
    return find


@kernel
def owe_a_month(scene: Scene, at: At) -> None:
    """S2. Let everybody who owes pay, borrow or fall behind; then work out savings, strain and means.

    Who cannot pay from income and savings above the least that one lives on borrows what is missing, as far as a bank lends, and is
    a month late where none does.  Who has more than is due catches up on late months first, then on what was borrowed.
    """
    society, lives = scene.model.society, scene.shard.lives
    numbers, luck, shocks = society.numbers, scene.work.draws[LOAN_LUCK], scene.work.draws[SHOCK_LUCK]
    for person in range(at.n):
        position = at.first + person
        if lives.work[position] == CHILD:
            continue
        account = scene.lived[group_of(scene.shard.profile[position])]
        if whole(lives.means[position]) & ARREARS != 0 and luck[person] >= (1 << 32) - numbers.lapse:
            lose_claim(society, lives, position)
            account.lapsed += 1
        purse = purse_of(scene, position)
        account.owing += lives.debt[position] > 0
        left = pay(scene, purse, whole(luck[person]))
        if lives.owed[position] > 0:
            left = enforce(scene, at, purse, left)
        else:
            own_again(society, lives, position, whole(shocks[person]) & LOW_LUCK)
            if lives.debt[position] == 0:
                borrow_again(society, lives, position, whole(luck[person]))
        keep(society, lives, purse, left)
        account.income += (purse.income * usual_of(society, lives, purse.group, position)) >> 8
        feel_means(scene, purse)


@kernel
def pay(scene: Scene, purse: Purse, luck: int) -> int:
    """S2. Serve the debt; return what is left of savings and of income above the least, at least 0."""
    lives, numbers, due = scene.shard.lives, scene.model.society.numbers, purse.due
    position = purse.position
    left = whole(lives.savings[position]) + purse.income - purse.least
    usual = usual_debt(scene.model.society, lives, position)
    if due <= left and lives.late[position] == 0 and lives.debt[position] <= usual:
        return left - due  # as it is with most people, whether they owe or not
    if due == 0:
        return max(left, 0)
    missing = due - left
    if missing > 0:
        limit = usual + numbers.credit
        is_refused = lives.closed[position] & (LOAN | SEEN) != 0 and luck < numbers.refused
        if not is_refused and lives.late[position] == 0 and lives.debt[position] + missing <= limit:
            lives.debt[position] += missing
            scene.lived[purse.group].borrowed += 1
            return 0
        lives.late[position] = np.uint8(min(whole(lives.late[position]) + 1, 255))
        scene.lived[purse.group].missed += 1
        return max(left, 0)
    left -= due
    while lives.late[position] > 0 and left >= due:
        lives.late[position] -= np.uint8(1)
        left -= due
    borrowed = whole(lives.debt[position]) - usual
    if borrowed > 0:
        back = min(borrowed, left >> 1)
        lives.debt[position] -= back
        left -= back
    return left


@kernel
def keep(society: Society, lives: Lives, purse: Purse, left: int) -> None:
    """S2. Keep savings near what people keep to: a sixteenth of the gap a month, from what the month leaves over.

    Who is late keeps all that is left, to make up for it.
    """
    before = whole(lives.savings[purse.position])
    target, kept = society.numbers.target, left
    if lives.late[purse.position] == 0:
        kept = min(left, before)
        if kept < target and purse.income - purse.least - purse.due > 0:
            kept = min(left, kept + ((target - kept + 15) >> 4))
    lives.savings[purse.position] = np.int16(min(kept, MOST_MONEY))


@kernel
def feel_means(scene: Scene, purse: Purse) -> None:
    """S2. Work out strain, whether a judgment could be paid, and whether creditors go to court; fold what changed into conduct.

    q = clamp((a + C - w / 6) / y, 0, 2).
    """
    lives, society, account = scene.shard.lives, scene.model.society, scene.lived[purse.group]
    position, income, least = purse.position, purse.income, purse.least
    before, savings = whole(lives.strain[position]), whole(lives.savings[position])
    strain = strain_of(purse.due + least - savings // 6, max(income, 1), before)
    means = whole(lives.means[position])
    is_unable = is_short(society, lives, purse)
    is_late = lives.late[position] >= society.numbers.arrears or means & FAILED != 0
    account.unable += is_unable
    account.arrears += is_late
    was_late = means & ARREARS != 0
    lives.means[position] = np.uint8(means & LASTING_MEANS | UNABLE * is_unable | ARREARS * is_late)
    if strain != before or is_late != was_late:
        lives.strain[position] = np.uint8(strain)
        feel_strain(society, scene.shard, position, before, whole(is_late) - whole(was_late))


@kernel
def strain_of(asked: int, income: int, before: int) -> int:
    """S2. Return the strain of what is asked of an income; most people's is what it was before, and needs no division."""
    asked = max(asked, 0) * STRAIN_UNIT
    most = (before + 1) * income if before < MOST_STRAIN else asked + 1
    return before if before * income <= asked < most else min(asked // income, MOST_STRAIN)


@kernel
def feel_strain(society: Society, shard: Shard, position: int, before: int, sued: int) -> None:
    """S4. Fold new strain into what somebody does; `sued` is 1 where creditors go to court from now on, -1 where no more, else 0."""
    mine, person = shard.propensity[position // BLOCK], position % BLOCK
    strain = whole(shard.lives.strain[position])
    for row in range(len(society.strained)):
        k = society.strained[row]
        shift = society.strain_shift[strain, k] - society.strain_shift[before, k] + society.arrears_shift[k] * sued
        if shift != 0:
            move(mine[k], person, shift)


@kernel
def live_lives(scene: Scene, at: At) -> None:
    """S1, S2, S6, S11, S14, S15. Live a month of everybody's work, debt, trips, ties and views."""
    ident = scene.shard.ident
    fill(scene.chance, ident.lives, ident.entity + at.first, filled(at.n), at.month, 1, scene.work.draws)
    work_a_month(scene, at)
    owe_a_month(scene, at)
    touched = touching(scene.shard.lives, at)
    if touched & ASKED != 0:
        ask_a_month(scene, at)
    if touched & SHOWN != 0:
        lose_ties(scene, at)
    support(scene, at, touched & LISTED != 0)


@kernel
def digest_of_lives(lives: Lives, at: At) -> np.uint64:
    """Return a number that tells the lives of a block from any others: a sum, so that it is taken several people at a time."""
    total = np.uint64(0)
    for position in range(at.first, at.first + at.n):
        mine = (np.uint64(lives.savings[position]) << np.uint64(32)) ^ (
            np.uint64(lives.debt[position]) << np.uint64(16)
        )
        mine ^= (np.uint64(lives.late[position]) << np.uint64(56)) ^ (
            np.uint64(lives.strain[position]) << np.uint64(48)
        )
        mine ^= (
            np.uint64(lives.shock[position])
            ^ (np.uint64(lives.bite[position]) << np.uint64(40))
            ^ (np.uint64(lives.ties[position]) << np.uint64(8))
            ^ (np.uint64(lives.work[position]) << np.uint64(61))
            ^ (np.uint64(lives.closed[position]) << np.uint64(24))
        )
        mine ^= (np.uint64(lives.owed[position]) << np.uint64(20)) ^ (np.uint64(lives.assets[position]) << np.uint64(5))
        mine ^= np.uint64(lives.wage[position]) << np.uint64(45)
        mine ^= np.uint64(lives.supervised[position]) << np.uint64(12)
        mine ^= (np.uint64(lives.due[position]) << np.uint64(36)) ^ (np.uint64(lives.means[position]) << np.uint64(54))
        total += at_place(mine, position - at.first)
    for slot in range(JOINT_ROOM):
        claim = np.uint64(lives.joint[at.block, slot])
        if claim == 0:
            break
        claim ^= np.uint64(lives.joint_debtor[at.block, slot]) << np.uint64(32)
        total = spread(total) + (claim ^ (np.uint64(lives.joint_guarantor[at.block, slot]) << np.uint64(40)))
    for k in range(lives.norm.shape[1]):
        total = spread(total) + np.uint64(lives.norm[at.block, k])
    return total
