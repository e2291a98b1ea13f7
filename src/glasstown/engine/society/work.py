"""S1: jobs are lost and found, and income moves around what is usual.

S2: debts are served or not, savings are kept or drawn down, and what is left decides strain and means.

A month of lives beside conduct: the steps S1, S2, S6, S11, S14 and S15 of one neighbourhood, in order, and their hash.
"""

from __future__ import annotations

import numpy as np

from glasstown.engine.conduct.acts import PROFILE_GROUP
from glasstown.engine.conduct.others import ask_a_month, inform, is_touched, lose_ties, support, take_stance
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.philox import fill
from glasstown.engine.tables.lives import (
    ARREARS,
    BLACK,
    CHILD,
    EMPLOYED,
    JOB,
    L_ARREARS,
    L_BORROWED,
    L_EMPLOYED,
    L_FOUND,
    L_INCOME,
    L_LOST,
    L_MISSED,
    L_OWING,
    L_UNABLE,
    L_UNEMPLOYED,
    LOAN,
    MOST_MONEY,
    MOST_STRAIN,
    POWER_STEPS,
    S_ARREARS,
    S_CREDIT,
    S_DEBT,
    S_DUE,
    S_FIND,
    S_FLAGGED,
    S_LOSE,
    S_OUT_OF_WORK,
    S_PERSISTENCE,
    S_REFUSED,
    S_TARGET,
    STRAIN_UNIT,
    UNABLE,
    UNEMPLOYED,
)
from glasstown.engine.tables.person_rows import Chance
from glasstown.engine.tables.shapes import I64, Lives, Model, Shard, Society, Work
from glasstown.population.tables import BLOCK


@kernel
def work_a_month(society: Society, shard: Shard, work: Work, lived: I64, first: int, n: int) -> None:
    """S1. Let those who work lose it and those who look find it, and move everybody's income.

    z' = rho z + shock, in lg units; the words of the month stand in `work.draws`: row 0 for the job, row 1 for the shock.
    """
    lives, numbers = shard.lives, society.numbers
    for person in range(n):
        position = first + person
        status = lives.work[position]
        if status == CHILD:
            continue
        group = shard.profile[position] & PROFILE_GROUP
        u_job = work.draws[0, person]
        if status == EMPLOYED and u_job < numbers[S_LOSE]:
            status = lives.work[position] = UNEMPLOYED
            lived[group, L_LOST] += 1
        elif status == UNEMPLOYED and u_job < chance_of_job(society, shard, position):
            status = lives.work[position] = EMPLOYED
            lived[group, L_FOUND] += 1
        lived[group, L_EMPLOYED] += status == EMPLOYED
        lived[group, L_UNEMPLOYED] += status == UNEMPLOYED
        z = (numbers[S_PERSISTENCE] * lives.shock[position] + 2048) >> 12
        lives.shock[position] = np.int16(min(max(z + society.shock[work.draws[1, person] >> 22], -32000), 32000))


@kernel
def chance_of_job(society: Society, shard: Shard, position: int) -> int:
    """S1. Return the chance of finding a job, of 2**32: lower for those with a flag that employers see."""
    find: int = society.numbers[S_FIND]
    if shard.lives.closed[position] & (JOB | BLACK) != 0:
        find = (find * society.numbers[S_FLAGGED]) >> 8
    return find


@kernel
def income_of(society: Society, shard: Shard, position: int) -> int:
    """S1. Return this month's income in parts of the person's usual month: y = 2^z, less without work."""
    row = min(max((shard.lives.shock[position] >> 4) + (POWER_STEPS >> 1), 0), POWER_STEPS - 1)
    income: int = society.power[row]
    if shard.lives.work[position] == UNEMPLOYED:
        income = (income * society.numbers[S_OUT_OF_WORK]) >> 8
    return income


@kernel
def owe_a_month(model: Model, shard: Shard, work: Work, lived: I64, first: int, n: int) -> None:
    """S2. Let everybody who owes pay, borrow or fall behind; then work out savings, strain and means.

    Who cannot pay from income and savings above the least that one lives on borrows what is missing, as far as a bank lends, and is
    a month late where none does.  Who has more than is due catches up on late months first, then on what was borrowed.
    """
    society, lives = model.society, shard.lives
    for person in range(n):
        position = first + person
        if lives.work[position] == CHILD:
            continue
        group = shard.profile[position] & PROFILE_GROUP
        income, least = income_of(society, shard, position), society.least[group]
        due = 0
        if lives.debt[position] > 0:
            due = society.numbers[S_DUE]
            lived[group, L_OWING] += 1
        is_refused = lives.closed[position] & LOAN != 0 and work.draws[3, person] < society.numbers[S_REFUSED]
        left = pay(society, lives, lived, group, position, income - least, due, is_refused)
        keep(society, lives, position, left, income - least - due)
        lived[group, L_INCOME] += (income * society.usual[group]) >> 8
        feel_means(model, shard, lived, group, position, income, least, due)


@kernel
def pay(
    society: Society, lives: Lives, lived: I64, group: int, position: int, free: int, due: int, is_refused: bool
) -> int:
    """S2. Serve the debt; return what is left of savings and of income above the least, at least 0."""
    left: int = lives.savings[position] + free
    if due == 0:
        return max(left, 0)
    missing = due - left
    if missing > 0:
        limit = society.numbers[S_DEBT] + society.numbers[S_CREDIT]
        if not is_refused and lives.late[position] == 0 and lives.debt[position] + missing <= limit:
            lives.debt[position] += missing
            lived[group, L_BORROWED] += 1
            return 0
        lives.late[position] = np.uint8(min(int(lives.late[position]) + 1, 255))
        lived[group, L_MISSED] += 1
        return max(left, 0)
    left -= due
    while lives.late[position] > 0 and left >= due:
        lives.late[position] -= np.uint8(1)
        left -= due
    borrowed = lives.debt[position] - society.numbers[S_DEBT]
    if borrowed > 0:
        back = min(borrowed, left >> 1)
        lives.debt[position] -= back
        left -= back
    return left


@kernel
def keep(society: Society, lives: Lives, position: int, left: int, surplus: int) -> None:
    """S2. Keep savings near what people keep to: a sixteenth of the gap a month, from what the month leaves over.

    Who is late keeps all that is left, to make up for it.
    """
    before: int = whole(lives.savings[position])
    target: int = society.numbers[S_TARGET]
    kept = left
    if lives.late[position] == 0:
        kept = min(left, before)
        if kept < target and surplus > 0:
            kept = min(left, kept + ((target - kept + 15) >> 4))
    lives.savings[position] = np.int16(min(kept, MOST_MONEY))


@kernel
def feel_means(
    model: Model, shard: Shard, lived: I64, group: int, position: int, income: int, least: int, due: int
) -> None:
    """S2. Work out strain, whether a judgment could be paid, and whether creditors go to court; fold what changed into conduct.

    q = clamp((a + C - w / 6) / y, 0, 2).  Unable: savings below a tenth of the debt (of half a year's least where there is none) and
    less than 1.2 times the least left after the debt is served.
    """
    lives, society = shard.lives, model.society
    savings: int = whole(lives.savings[position])
    asked = due + least - savings // 6
    strain = 0
    if asked > 0:  # most people's savings cover what is asked, and need no division
        strain = min(asked * STRAIN_UNIT // max(income, 1), MOST_STRAIN)
    debt: int = whole(lives.debt[position])
    claim = max(debt, 6 * least)
    is_unable = 10 * savings < claim and 10 * (income - due) < 12 * least
    is_late = lives.late[position] >= society.numbers[S_ARREARS]
    lived[group, L_UNABLE] += is_unable
    lived[group, L_ARREARS] += is_late
    was_late = lives.means[position] & ARREARS != 0
    lives.means[position] = UNABLE * is_unable | ARREARS * is_late
    before = np.int64(lives.strain[position])
    if strain == before and is_late == was_late:
        return
    lives.strain[position] = np.uint8(strain)
    mine, column = shard.propensity[position // BLOCK], position % BLOCK
    for k in range(len(mine)):
        shift = society.strain_shift[strain, k] - society.strain_shift[before, k]
        shift += society.arrears_shift[k] * (np.int64(is_late) - np.int64(was_late))
        x = np.int64(mine[k, column])
        if shift != 0 and x > -30000:
            mine[k, column] = np.int16(min(max(x + shift, -29999), 32000))


@kernel
def live_lives(
    model: Model, shard: Shard, work: Work, lived: I64, chance: Chance, first: int, n: int, month: int
) -> int:
    """S1, S2, S6, S11, S14, S15. Live a month of everybody's work, debt, trips, ties and views; return how many false reports."""
    fill(chance, shard.ident.lives, shard.ident.entity + first, n, month, 1, work.draws)
    work_a_month(model.society, shard, work, lived, first, n)
    if month == 0:
        take_stance(shard, chance, first, n)
    owe_a_month(model, shard, work, lived, first, n)
    is_any_touched = is_touched(shard, first, n)
    if is_any_touched:
        ask_a_month(model.society, shard, lived, chance, first, n, month)
        lose_ties(model.society, shard, lived, chance, first, n, month)
    support(model.society, shard, lived, first, n, is_any_touched)
    return inform(model.society, shard, work, lived, first, n)


@kernel
def digest_of_lives(shard: Shard, first: int, n: int) -> np.uint64:
    """Return a number that tells the lives of a block from any others: a sum, so that it is taken several people at a time."""
    lives, total = shard.lives, np.uint64(0)
    for position in range(first, first + n):
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
        total += mine * (np.uint64(2 * (position - first) + 1) * np.uint64(0x9E3779B97F4A7C15))
    for k in range(lives.norm.shape[1]):
        total = total * np.uint64(0x9E3779B97F4A7C15) + np.uint64(lives.norm[first // BLOCK, k])
    return total
