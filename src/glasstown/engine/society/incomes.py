"""S1: what a month brings somebody, and the purse that the steps of money hand on."""

from __future__ import annotations

from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.tables.lives import POWER_STEPS, UNEMPLOYED
from glasstown.engine.tables.profiles import group_of
from glasstown.engine.tables.scene import Purse, Scene
from glasstown.engine.tables.shapes import Lives, Society


@kernel
def usual_of(society: Society, lives: Lives, group: int, position: int) -> int:
    """S1. Return somebody's usual month's income, in yuan."""
    return whole(society.usual[group, lives.wage[position]])


@kernel
def income_of(society: Society, lives: Lives, position: int) -> int:
    """S1. Return this month's income in parts of the person's usual month: y = 2^z, less without work."""
    row = min(max((whole(lives.shock[position]) >> 4) + (POWER_STEPS >> 1), 0), POWER_STEPS - 1)
    income = society.power[row]
    if lives.work[position] == UNEMPLOYED:
        income = (income * society.numbers.out_of_work) >> 8
    return income


@kernel
def purse_of(scene: Scene, position: int) -> Purse:
    """Return somebody's month of money: service is due of those who owe a bank."""
    society, lives = scene.model.society, scene.shard.lives
    group = group_of(scene.shard.profile[position])
    due = whole(lives.due[position]) if lives.debt[position] > 0 else whole(0)
    return Purse(position, group, income_of(society, lives, position), society.least[group], due)
