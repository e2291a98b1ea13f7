"""S13: how money goes to creditors: from wages, from savings and property, and what is written off."""

from __future__ import annotations

import numpy as np

from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.society.case_lines import Paid, write_down
from glasstown.engine.society.incomes import usual_of
from glasstown.engine.society.joint import part, pay_for_both
from glasstown.engine.tables.bundles import At
from glasstown.engine.tables.lived_rows import BANKRUPT, FROM_WAGES, IN_FULL, SETTLED, WHEN_CALLED
from glasstown.engine.tables.lives import ASSET_PARTS, BLACK, EMPLOYED
from glasstown.engine.tables.log_rows import PAID
from glasstown.engine.tables.scene import Purse, Scene


@kernel
def parts_of(yuan: int, usual: int) -> int:
    """Return so much money in parts of somebody's usual month's income, rounded up."""
    return (yuan * 256 + usual - 1) // usual


@kernel
def free_of(purse: Purse) -> int:
    """Return what income leaves above debt service and 1.2 times the least, at least 0."""
    return max(5 * (purse.income - purse.due) - 6 * purse.least, 0) // 5


@kernel
def attach(scene: Scene, at: At, purse: Purse, left: int) -> int:
    """S13. Take for creditors their share of what somebody's wage leaves; return what is left above the least."""
    society, lives, position = scene.model.society, scene.shard.lives, purse.position
    if lives.work[position] != EMPLOYED:
        return left
    asked = parts_of(whole(lives.owed[position]), usual_of(society, lives, purse.group, position))
    give = min(left, (free_of(purse) * society.numbers.attached) >> 8, asked)
    return hand_over(scene, at, purse, left, give, FROM_WAGES) if give > 0 else left


@kernel
def hand_over(scene: Scene, at: At, purse: Purse, left: int, give: int, how: int) -> int:
    """S13. Pay creditors so many parts, from what is left and then from property; settled, they let the rest go; return what is left.

    Property is sold in whole sixteenths of a usual month's income, and what a sale brings beyond the payment stays with the debtor.
    """
    lives, position = scene.shard.lives, purse.position
    usual = usual_of(scene.model.society, lives, purse.group, position)
    owed, account = whole(lives.owed[position]), scene.lived[purse.group]
    by_sale = max(give - left, 0)
    sold = (by_sale + ASSET_PARTS - 1) // ASSET_PARTS
    lives.assets[position] = np.uint16(whole(lives.assets[position]) - sold)
    left += ASSET_PARTS * sold - give
    yuan = owed if give >= parts_of(owed, usual) else (give * usual) >> 8
    lives.owed[position] = np.int32(owed - yuan)
    account.recovered += yuan
    account.recovered_guarantors += pay_for_both(scene, at, position - at.first, yuan, how)
    if whole(lives.closed[position]) & BLACK != 0:
        account.recovered_listed += yuan
    if how == SETTLED:
        write_off(scene, at, purse, how, yuan)
        return left
    if yuan == owed:
        lives.supervised[position] = np.uint8(0)
        how = how if how == WHEN_CALLED or how == BANKRUPT else IN_FULL
    account.paid[how] += 1
    write_down(scene, at, position, PAID, Paid(whole(how), yuan, whole(0), whole(0)))
    return left


@kernel
def write_off(scene: Scene, at: At, purse: Purse, how: int, yuan: int) -> None:
    """S13. Let creditors have no more of somebody than was just paid: the rest of what is owed is written off.

    Who settles settles for those who stand for them too; whoever is discharged does not, and a guarantor who settles does so alone.
    What another goes on owing is not written off.
    """
    lives, account, position = scene.shard.lives, scene.lived[purse.group], purse.position
    owed = whole(lives.owed[position])
    let_go = owed - part(scene, at, position - at.first, how == SETTLED)
    lives.owed[position], lives.supervised[position] = np.int32(0), np.uint8(0)
    account.written_off += let_go
    account.paid[how] += 1
    write_down(scene, at, position, PAID, Paid(whole(how), whole(yuan), owed, whole(0)))
