"""S13: personal bankruptcy: all that there is goes to creditors, years under supervision follow, and then the rest is let go."""

from __future__ import annotations

import numpy as np

from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.society.case_lines import Paid, write_down
from glasstown.engine.society.incomes import usual_of
from glasstown.engine.society.payments import hand_over, parts_of, write_off
from glasstown.engine.tables.bundles import At
from glasstown.engine.tables.lived_rows import BANKRUPT, BY_BANK, DISCHARGED
from glasstown.engine.tables.lives import ASSET_PARTS, CALLED
from glasstown.engine.tables.log_rows import JUDGED
from glasstown.engine.tables.means import MOST_OWED
from glasstown.engine.tables.scene import Purse, Scene


@kernel
def declare(scene: Scene, at: At, purse: Purse, left: int) -> int:
    """S13. Declare somebody bankrupt: a bank claims its loan too, property and savings are paid out, supervision begins.

    Returns   what is left of the month above the least
    """
    society, lives, position = scene.model.society, scene.shard.lives, purse.position
    claim_loan(scene, at, purse)
    lives.supervised[position] = np.uint8(society.numbers.supervised)
    asked = parts_of(whole(lives.owed[position]), usual_of(society, lives, purse.group, position))
    give = min(left + ASSET_PARTS * whole(lives.assets[position]), asked)
    return hand_over(scene, at, purse, left, give, whole(BANKRUPT))


@kernel
def claim_loan(scene: Scene, at: At, purse: Purse) -> None:
    """S13. Let a bank claim a loan among the other creditors, as when it is called: nothing more is served of it."""
    lives, position = scene.shard.lives, purse.position
    usual, owed = usual_of(scene.model.society, lives, purse.group, position), whole(lives.owed[position])
    claim = min((whole(lives.debt[position]) * usual) >> 8, MOST_OWED - owed)
    if claim <= 0:
        return
    lives.debt[position], lives.late[position] = np.int16(0), np.uint8(0)
    lives.means[position] = np.uint8(whole(lives.means[position]) | CALLED)
    lives.owed[position] = np.int32(owed + claim)
    scene.lived[purse.group].judged += claim
    write_down(scene, at, position, JUDGED, Paid(whole(BY_BANK), claim, whole(0), whole(0)))


@kernel
def supervise(scene: Scene, at: At, purse: Purse) -> None:
    """S13. Let a month under supervision pass; after the last, what is still owed is let go."""
    lives, position = scene.shard.lives, purse.position
    months = whole(lives.supervised[position]) - 1
    scene.lived[purse.group].supervised += 1
    lives.supervised[position] = np.uint8(months)
    if months == 0:
        write_off(scene, at, purse, whole(DISCHARGED), 0)
