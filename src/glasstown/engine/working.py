"""S1: jobs are lost and found, and income moves around what is usual."""

from __future__ import annotations

import numpy as np

from glasstown.engine.conduct.acts import PROFILE_GROUP
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.tables.lives import (
    BLACK,
    CHILD,
    EMPLOYED,
    JOB,
    L_EMPLOYED,
    L_FOUND,
    L_LOST,
    L_UNEMPLOYED,
    POWER_STEPS,
    S_FIND,
    S_FLAGGED,
    S_LOSE,
    S_OUT_OF_WORK,
    S_PERSISTENCE,
    UNEMPLOYED,
)
from glasstown.engine.tables.shapes import I64, Shard, Society, Work


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
