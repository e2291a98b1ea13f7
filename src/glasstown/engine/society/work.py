"""S1: jobs are lost and found, and income moves around what is usual.

S2: debts are served or not, savings are kept or drawn down, and what is left decides strain and means.

A month of lives beside conduct: the steps S1, S2, S6, S11, S14 and S15 of one neighbourhood, in order, and their hash.
"""

from __future__ import annotations

import numpy as np

from glasstown.engine.conduct.others import ask_a_month, is_touched, lose_ties, support
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.mixing import at_place, spread
from glasstown.engine.kernel.philox import fill
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
    STRAIN_UNIT,
    UNABLE,
    UNEMPLOYED,
)
from glasstown.engine.tables.means import JOINT_ROOM
from glasstown.engine.tables.profiles import group_of
from glasstown.engine.tables.propensity import move
from glasstown.engine.tables.scene import Purse, Scene
from glasstown.engine.tables.shapes import Lives, Shard, Society
from glasstown.population.tables import BLOCK


@kernel
def work_a_month(scene: Scene, at: At) -> None:
    """S1. Let those who work lose it and those who look find it, and move everybody's income.

    z' = rho z + shock, in lg units; the words of the month stand in rows of `work.draws`.
    """
    society, lives, profile = scene.model.society, scene.shard.lives, scene.shard.profile
    numbers, luck, shocks = society.numbers, scene.work.draws[JOB_LUCK], scene.work.draws[SHOCK_LUCK]
    for person in range(at.n):
        position = at.first + person
        status = lives.work[position]
        if status == CHILD:
            continue
        account = scene.lived[group_of(profile[position])]
        u_job = luck[person]
        if status == EMPLOYED and u_job < scene.lose:
            status = lives.work[position] = UNEMPLOYED
            account.lost += 1
        elif status == SELF_EMPLOYED and u_job < numbers.fail:
            status = lives.work[position] = UNEMPLOYED
            fail(lives, position)
            account.failed += 1
        elif status == UNEMPLOYED and u_job < chance_of_job(society, lives, position):
            is_trader = whole(scene.shard.roles[position]) & numbers.trader != 0
            status = lives.work[position] = SELF_EMPLOYED if is_trader else EMPLOYED
            account.found += 1
        account.employed += status == EMPLOYED
        account.unemployed += status == UNEMPLOYED
        z = (numbers.persistence * lives.shock[position] + 2048) >> 12
        z += society.shock[shocks[person] >> 22]
        lives.shock[position] = np.int16(min(max(z, -MOST_SHOCK), MOST_SHOCK))


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
        is_refused = lives.closed[position] & (LOAN | SEEN) != 0 and luck[person] < numbers.refused
        left = pay(scene, purse, is_refused)
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
def pay(scene: Scene, purse: Purse, is_refused: bool) -> int:
    """S2. Serve the debt; return what is left of savings and of income above the least, at least 0."""
    lives, numbers, due = scene.shard.lives, scene.model.society.numbers, purse.due
    position = purse.position
    left = whole(lives.savings[position]) + purse.income - purse.least
    if due == 0:
        return max(left, 0)
    missing = due - left
    if missing > 0:
        limit = usual_debt(scene.model.society, lives, position) + numbers.credit
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
    borrowed = whole(lives.debt[position]) - usual_debt(scene.model.society, lives, position)
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
    savings = whole(lives.savings[position])
    asked = purse.due + least - savings // 6
    strain = 0
    if asked > 0:  # most people's savings cover what is asked, and need no division
        strain = min(asked * STRAIN_UNIT // max(income, 1), MOST_STRAIN)
    means = whole(lives.means[position])
    is_unable = is_short(society, lives, purse)
    is_late = lives.late[position] >= society.numbers.arrears or means & FAILED != 0
    account.unable += is_unable
    account.arrears += is_late
    was_late = means & ARREARS != 0
    lives.means[position] = np.uint8(means & LASTING_MEANS | UNABLE * is_unable | ARREARS * is_late)
    before = whole(lives.strain[position])
    if strain != before or is_late != was_late:
        lives.strain[position] = np.uint8(strain)
        feel_strain(society, scene.shard, position, before, whole(is_late) - whole(was_late))


@kernel
def feel_strain(society: Society, shard: Shard, position: int, before: int, sued: int) -> None:
    """S4. Fold new strain into what somebody does; `sued` is 1 where creditors go to court from now on, -1 where no more, else 0."""
    mine, person = shard.propensity[position // BLOCK], position % BLOCK
    strain = whole(shard.lives.strain[position])
    for k in range(len(mine)):
        shift = society.strain_shift[strain, k] - society.strain_shift[before, k] + society.arrears_shift[k] * sued
        if shift != 0:
            move(mine[k], person, shift)


@kernel
def live_lives(scene: Scene, at: At) -> None:
    """S1, S2, S6, S11, S14, S15. Live a month of everybody's work, debt, trips, ties and views."""
    ident = scene.shard.ident
    fill(scene.chance, ident.lives, ident.entity + at.first, at.n, at.month, 1, scene.work.draws)
    work_a_month(scene, at)
    owe_a_month(scene, at)
    is_any_touched = is_touched(scene.shard.lives, at)
    if is_any_touched:
        ask_a_month(scene, at)
        lose_ties(scene, at)
    support(scene, at, is_any_touched)


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
