"""S2, S13: judgments to pay: cases that are opened, what is owed by them, and what is recovered or written off.

What somebody owes by judgment stands in yuan, since claims go far beyond a month's income; what they have stands in parts of 1/256
of their own usual month's income, and property in sixteenths of it.  All of it happens under whatever rulebook, or none.
"""

from __future__ import annotations

import numpy as np

from glasstown.engine.kernel import draws
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.logbook import is_kept, next_line
from glasstown.engine.kernel.philox import life_words, words
from glasstown.engine.society.incomes import purse_of, usual_of
from glasstown.engine.tables.bundles import At
from glasstown.engine.tables.found_words import found_class, found_person
from glasstown.engine.tables.lived_rows import (
    BY_BANK,
    BY_PERSON,
    BY_TRADE,
    DISCHARGED,
    FROM_WAGES,
    IN_FULL,
    IN_PART,
    SETTLED,
    WHEN_CALLED,
)
from glasstown.engine.tables.lives import (
    ASSET_PARTS,
    BLACK,
    CALLED,
    CHILD,
    EMPLOYED,
    FAILED,
    LOAN,
    MOST_MONEY,
    PAID_WHEN_CALLED,
    SEEN,
    SHOWN,
    SUED,
    UNABLE,
)
from glasstown.engine.tables.log_rows import JUDGED, PAID
from glasstown.engine.tables.pace import quickened
from glasstown.engine.tables.profiles import group_of
from glasstown.engine.tables.scene import Purse, Scene
from glasstown.engine.tables.shapes import Lives, Society

MOST_OWED = 2_000_000_000
"""Yuan that one person can owe by judgment; further claims add nothing."""


@kernel
def endow(scene: Scene, at: At) -> None:
    """S1, S2. Draw once a life what everybody earns, owes and could sell."""
    society, lives = scene.model.society, scene.shard.lives
    for position in range(at.first, at.first + at.n):
        lot = life_words(scene.chance, scene.shard, position, 0, draws.MEANS)
        lives.wage[position] = np.uint8(lot[2] >> 24)
        if lives.work[position] == CHILD:
            continue
        lives.usual_assets[position] = np.uint8(lot[1] >> 24)
        lives.assets[position] = np.uint16(society.assets[lot[1] >> 24])
        if lives.debt[position] > 0:
            group = group_of(scene.shard.profile[position])
            lives.due[position] = np.uint8(society.dues[group, lot[0] >> 24])
            lives.debt[position] = np.int16(usual_debt(society, lives, position))


@kernel
def find_unable(scene: Scene, at: At) -> None:
    """S2. Say of everybody who owes by judgment whether they could pay, as things stand."""
    society, lives = scene.model.society, scene.shard.lives
    for position in range(at.first, at.first + at.n):
        if lives.owed[position] > 0:
            is_unable = is_short(society, lives, purse_of(scene, position))
            lives.means[position] = np.uint8(whole(lives.means[position]) & ~UNABLE | UNABLE * is_unable)


@kernel
def usual_debt(society: Society, lives: Lives, position: int) -> int:
    """Return the debt that somebody's usual service belongs to, in parts."""
    return min((whole(lives.due[position]) * society.numbers.per_due) >> 8, MOST_MONEY)


@kernel
def borrow_again(society: Society, lives: Lives, position: int, luck: int) -> None:
    """S2. Let somebody whose loan was called borrow as much again, once nothing is owed by judgment."""
    means = whole(lives.means[position])
    if means & CALLED != 0 and whole(lives.closed[position]) & (LOAN | SEEN) == 0 and luck < society.numbers.again:
        lives.debt[position] = np.int16(usual_debt(society, lives, position))
        lives.means[position] = np.uint8(means & ~CALLED)


@kernel
def own_again(society: Society, lives: Lives, position: int, luck: int) -> None:
    """S2. Let somebody who owes nothing by judgment own again what they usually own; `luck` is of 2**22."""
    if luck < society.numbers.acquire and whole(lives.means[position]) & FAILED == 0:
        usual = society.assets[lives.usual_assets[position]]
        lives.assets[position] = np.uint16(max(whole(lives.assets[position]), usual))


@kernel
def lose_claim(society: Society, lives: Lives, position: int) -> None:
    """S2. Let creditors who have not gone to court in time have no more of somebody in arrears."""
    means = whole(lives.means[position]) & ~FAILED
    if lives.late[position] >= society.numbers.arrears:
        lives.debt[position], lives.late[position], means = np.int16(0), np.uint8(0), means | CALLED
    lives.means[position] = np.uint8(means)


@kernel
def parts_of(yuan: int, usual: int) -> int:
    """Return so much money in parts of somebody's usual month's income, rounded up."""
    return (yuan * 256 + usual - 1) // usual


@kernel
def is_short(society: Society, lives: Lives, purse: Purse) -> bool:
    """S2. Return whether somebody could not raise a tenth of what is claimed from savings, property and this month's income.

    Of those who owe nothing by judgment it is said of a claim as large as their debt, and of half a year's least at the least.
    """
    position, least = purse.position, purse.least
    debt, owed = whole(lives.debt[position]), whole(lives.owed[position])
    claim = debt + parts_of(owed, usual_of(society, lives, purse.group, position)) if owed > 0 else max(debt, 6 * least)
    has = whole(lives.savings[position]) + ASSET_PARTS * whole(lives.assets[position])
    return 10 * (has + free_of(purse)) < claim


@kernel
def free_of(purse: Purse) -> int:
    """Return what income leaves above debt service and 1.2 times the least, at least 0."""
    return max(5 * (purse.income - purse.due) - 6 * purse.least, 0) // 5


@kernel
def judge(scene: Scene, at: At, end: int) -> None:
    """S2. Open a case against each person of whom an unpaid judgment was found out; `end` is that of the neighbourhood's rows."""
    for row in range(scene.found.starts[at.block], end):
        word = scene.found.rows[row]
        position = at.first + found_person(word)
        if found_class(word) == scene.model.society.numbers.judged and scene.shard.lives.work[position] != CHILD:
            open_case(scene, at, position)


@kernel
def open_case(scene: Scene, at: At, position: int) -> None:
    """S2. Let somebody owe what is claimed; who has enough to pay all of it may do so as soon as the court calls."""
    society, lives = scene.model.society, scene.shard.lives
    lot = life_words(scene.chance, scene.shard, position, at.month, draws.JUDGMENT)
    claim, by = claimed(scene, position, lot[0])
    purse = purse_of(scene, position)
    account = scene.lived[purse.group]
    lives.owed[position] = np.int32(whole(lives.owed[position]) + claim)
    account.judged += claim
    account.owed += claim
    account.cases[by] += 1
    write_down(scene, at, position, JUDGED, by, claim, 0)
    means = (whole(lives.means[position]) | SUED) & ~UNABLE
    if is_short(society, lives, purse):
        account.sued_unable += 1
        lives.means[position] = np.uint8(means | UNABLE)
        return
    asked = parts_of(whole(lives.owed[position]), usual_of(society, lives, purse.group, position))
    savings = whole(lives.savings[position])
    if asked <= savings + ASSET_PARTS * whole(lives.assets[position]) and lot[1] < society.numbers.pays_called:
        left = hand_over(scene, at, purse, savings, asked, WHEN_CALLED)
        lives.savings[position] = np.int16(min(left, MOST_MONEY))
        means |= PAID_WHEN_CALLED
    lives.means[position] = np.uint8(means)


@kernel
def claimed(scene: Scene, position: int, word: int) -> tuple[int, int]:
    """S2. Return what is claimed in a new case, in yuan, and who claims it; a bank that sues calls the whole loan."""
    society, lives = scene.model.society, scene.shard.lives
    usual, numbers = usual_of(society, lives, group_of(scene.shard.profile[position]), position), society.numbers
    means, claim, by = (
        whole(lives.means[position]),
        (society.claims[word >> 22] * usual) // numbers.mean_income,
        BY_PERSON,
    )
    if means & FAILED != 0:
        by, means = BY_TRADE, means & ~FAILED
    elif lives.late[position] >= numbers.arrears and lives.debt[position] > 0:
        by, means, claim = BY_BANK, means | CALLED, (whole(lives.debt[position]) * usual) >> 8
        lives.debt[position], lives.late[position] = np.int16(0), np.uint8(0)
    lives.means[position] = np.uint8(means)
    return min(max(claim, 1), MOST_OWED - whole(lives.owed[position])), whole(by)


@kernel
def enforce(scene: Scene, at: At, purse: Purse, left: int) -> int:
    """S13. Let somebody who owes by judgment pay, settle or be discharged; return what is left of the month above the least."""
    society, lives, ident = scene.model.society, scene.shard.lives, scene.shard.ident
    numbers, position = society.numbers, purse.position
    left = attach(scene, at, purse, left)
    if lives.owed[position] == 0:
        return left
    lot = words(scene.chance, ident.procedures, ident.entity + position, at.month, draws.PERFORMANCE)
    asked = parts_of(whole(lives.owed[position]), usual_of(society, lives, purse.group, position))
    give = min(left + ASSET_PARTS * whole(lives.assets[position]), asked)
    if whole(lives.means[position]) & UNABLE != 0:
        if lot[0] < quickened(society.pace, at.month, numbers.perform_unable):
            left = hand_over(scene, at, purse, left, give, SETTLED)
        elif lot[3] < numbers.bankrupt:
            write_off(scene, at, purse, DISCHARGED, 0)
    elif lot[0] < chance_of_paying(scene, at, position):
        is_offer = give < asked and 256 * give >= numbers.settles_at * asked and lot[3] < numbers.settles
        how = IN_FULL if give == asked else SETTLED if is_offer else IN_PART
        left = hand_over(scene, at, purse, left, give, how)
    return left


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
def chance_of_paying(scene: Scene, at: At, position: int) -> int:
    """S13. Return the chance that somebody who could pay performs this month, of 2**32: faster by bite, shame and drive."""
    society, lives, ident = scene.model.society, scene.shard.lives, scene.shard.ident
    numbers = society.numbers
    chance = (numbers.perform * society.bite[lives.bite[position]]) >> 8
    if whole(lives.closed[position]) & SHOWN != 0 and lives.owed[position] < numbers.shame_below:
        listed = 0
        for other in range(at.first, at.first + at.n):
            listed += whole(lives.closed[other]) & SHOWN != 0
        u_shamed = words(scene.chance, ident.procedures, ident.entity + position, 0, draws.ABILITY)[2]
        chance = (chance * society.shame[(32 * listed) // at.n, u_shamed >> 28]) >> 8
    return quickened(society.pace, at.month, chance)


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
    account.owed -= yuan
    if whole(lives.closed[position]) & BLACK != 0:
        account.recovered_listed += yuan
    if how == SETTLED:
        write_off(scene, at, purse, how, yuan)
        return left
    if yuan == owed and how != WHEN_CALLED:
        how = IN_FULL
    account.paid[how] += 1
    write_down(scene, at, position, PAID, how, yuan, 0)
    return left


@kernel
def write_off(scene: Scene, at: At, purse: Purse, how: int, yuan: int) -> None:
    """S13. Let creditors have no more of somebody than was just paid: the rest of what is owed is written off."""
    lives, account = scene.shard.lives, scene.lived[purse.group]
    owed = whole(lives.owed[purse.position])
    lives.owed[purse.position] = np.int32(0)
    account.written_off += owed
    account.owed -= owed
    account.paid[how] += 1
    write_down(scene, at, purse.position, PAID, how, yuan, owed)


@kernel
def write_down(scene: Scene, at: At, position: int, kind: int, how: int, yuan: int, written_off: int) -> None:
    """Write down a case or a payment, for a replay."""
    if is_kept(scene.log):
        row = scene.log.rows[next_line(scene.log, kind, position - at.first)]
        row.month, row.how, row.yuan, row.written_off = at.month, how, yuan, written_off
        row.owed = whole(scene.shard.lives.owed[position])
