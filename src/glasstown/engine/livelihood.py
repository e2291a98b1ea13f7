"""A month of lives beside conduct: the steps S1, S2, S6, S11, S14 and S15 of one neighbourhood, in order, and their hash."""

from __future__ import annotations

import numpy as np

from glasstown.engine.conduct.others import ask_a_month, inform, is_touched, lose_ties, support, take_stance
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.philox import fill
from glasstown.engine.owing import owe_a_month
from glasstown.engine.tables.shapes import I64, Model, Shard, Work
from glasstown.engine.working import work_a_month
from glasstown.population.tables import BLOCK


@kernel
def live_lives(model: Model, shard: Shard, work: Work, lived: I64, chance: I64, first: int, n: int, month: int) -> int:
    """S1, S2, S6, S11, S14, S15. Live a month of everybody's work, debt, trips, ties and views; return how many false reports."""
    fill(chance, shard.ident[9], shard.ident[0] + first, n, month, 1, work.draws)
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
