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
from glasstown.engine.society.bankruptcy import declare, supervise
from glasstown.engine.society.case_lines import Paid, write_down
from glasstown.engine.society.incomes import purse_of, usual_of
from glasstown.engine.society.joint import bind, guarantor_of, has_room, is_before_court
from glasstown.engine.society.payments import attach, free_of, hand_over, parts_of
from glasstown.engine.tables.bundles import At
from glasstown.engine.tables.found_words import found_class, found_person, pack_found
from glasstown.engine.tables.lived_rows import BY_BANK, BY_PERSON, BY_TRADE, IN_FULL, IN_PART, SETTLED, WHEN_CALLED
from glasstown.engine.tables.lives import (
    ASSET_PARTS,
    CALLED,
    CHILD,
    FAILED,
    LOAN,
    MOST_MONEY,
    PAID_WHEN_CALLED,
    SEEN,
    SHOWN,
    SUED,
    UNABLE,
)
from glasstown.engine.tables.log_rows import ACTED, BOUND, JUDGED
from glasstown.engine.tables.means import MOST_OWED
from glasstown.engine.tables.pace import quickened
from glasstown.engine.tables.profiles import group_of
from glasstown.engine.tables.scene import Purse, Scene
from glasstown.engine.tables.shapes import Lives, Society


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
def is_short(society: Society, lives: Lives, purse: Purse) -> bool:
    """S2. Return whether somebody could not raise a tenth of what is claimed from savings, property and this month's income.

    Of those who owe nothing by judgment it is said of a claim as large as their debt, and of half a year's least at the least.
    """
    position, least = purse.position, purse.least
    debt, owed = whole(lives.debt[position]), whole(lives.owed[position])
    claim = debt + parts_of(owed, usual_of(society, lives, purse.group, position)) if owed > 0 else max(debt, 6 * least)
    has = whole(lives.savings[position]) + ASSET_PARTS * whole(lives.assets[position])
    return 10 * has < claim and 10 * (has + free_of(purse)) < claim


@kernel
def judge(scene: Scene, at: At, end: int) -> int:
    """S2. Open a case against each person of whom an unpaid judgment was found out, and with its chance against a guarantor.

    end   end of the neighbourhood's rows; returned with those of guarantors, who are found out as debtors are
    """
    last = whole(end)
    for row in range(scene.found.starts[at.block], end):
        word = scene.found.rows[row]
        position = at.first + found_person(word)
        if found_class(word) == scene.model.society.numbers.judged and scene.shard.lives.work[position] != CHILD:
            last = open_case(scene, at, position, last)
    return last


@kernel
def open_case(scene: Scene, at: At, position: int, end: int) -> int:
    """S2. Let somebody owe what is claimed, and with its chance somebody else too; return the end of the rows found, as above."""
    lot = life_words(scene.chance, scene.shard, position, at.month, draws.JUDGMENT)
    claim, by = claimed(scene, position, lot[0])
    purse = purse_of(scene, position)
    account = scene.lived[purse.group]
    account.judged += claim
    account.cases[by] += 1
    account.sued_unable += call(scene, at, purse, Paid(by, claim, whole(0), whole(0)), lot[1])
    left = min(claim, whole(scene.shard.lives.owed[position]))
    if left == 0 or lot[2] >= scene.model.society.numbers.guaranteed or not has_room(scene.shard.lives, at.block):
        return end
    other = guarantor_of(scene, at, position, by, lot[3])
    if other < 0 or is_before_court(scene, at, other, end):
        return end
    if whole(scene.shard.lives.owed[at.first + other]) + left > MOST_OWED:
        return end
    call_guarantor(scene, at, position, other, Paid(by, left, whole(0), position - at.first + 1))
    scene.found.rows[end] = pack_found(other, scene.model.society.numbers.judged, 1, 1)
    return end + 1


@kernel
def call_guarantor(scene: Scene, at: At, position: int, other: int, claim: Paid) -> None:
    """S2. Open a case against whoever stands for a debt: both owe it from now on, and the guarantor has an unpaid judgment too."""
    numbers, guarantor = scene.model.society.numbers, at.first + other
    group = group_of(scene.shard.profile[guarantor])
    scene.lived[group].guarantors += 1
    scene.tally.acts[group, numbers.judged] += 1
    scene.tally.found[group, numbers.judged] += 1
    if is_kept(scene.log):
        row = scene.log.rows[next_line(scene.log, ACTED, other)]
        row.month, row.act_class, row.n_acts, row.n_found = at.month, numbers.judged, 1, 1
    bind(scene.shard.lives, at, position - at.first, other, claim.yuan)
    write_down(scene, at, position, BOUND, Paid(claim.how, claim.yuan, whole(0), other + 1))
    luck = life_words(scene.chance, scene.shard, guarantor, at.month, draws.JUDGMENT)[1]
    call(scene, at, purse_of(scene, guarantor), claim, luck)


@kernel
def call(scene: Scene, at: At, purse: Purse, claim: Paid, luck: int) -> bool:
    """S2. Let a court claim of somebody: who has enough to pay all that is owed may do so at once; return who could not pay."""
    society, lives, position = scene.model.society, scene.shard.lives, purse.position
    lives.owed[position] = np.int32(whole(lives.owed[position]) + claim.yuan)
    write_down(scene, at, position, JUDGED, claim)
    lives.means[position] = np.uint8((whole(lives.means[position]) | SUED) & ~UNABLE)
    if is_short(society, lives, purse):
        lives.means[position] = np.uint8(whole(lives.means[position]) | UNABLE)
        return True
    asked = parts_of(whole(lives.owed[position]), usual_of(society, lives, purse.group, position))
    savings = whole(lives.savings[position])
    if asked <= savings + ASSET_PARTS * whole(lives.assets[position]) and luck < society.numbers.pays_called:
        left = hand_over(scene, at, purse, savings, asked, WHEN_CALLED)
        lives.savings[position] = np.int16(min(left, MOST_MONEY))
        lives.means[position] = np.uint8(whole(lives.means[position]) | PAID_WHEN_CALLED)
    return False


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
    """S13. Let somebody who owes by judgment pay, settle or go bankrupt; return what is left of the month above the least."""
    society, lives, ident = scene.model.society, scene.shard.lives, scene.shard.ident
    numbers, position = society.numbers, purse.position
    left = attach(scene, at, purse, left)
    if lives.owed[position] == 0:
        return left
    if lives.supervised[position] > 0:
        supervise(scene, at, purse)
        return left
    lot = words(scene.chance, ident.procedures, ident.entity + position, at.month, draws.PERFORMANCE)
    asked = parts_of(whole(lives.owed[position]), usual_of(society, lives, purse.group, position))
    give = min(left + ASSET_PARTS * whole(lives.assets[position]), asked)
    if whole(lives.means[position]) & UNABLE != 0:
        if lot[0] < quickened(society.pace, at.month, numbers.perform_unable):
            left = hand_over(scene, at, purse, left, give, SETTLED)
        elif lot[3] < numbers.bankrupt:
            left = declare(scene, at, purse, left)
    elif lot[0] < chance_of_paying(scene, at, position):
        is_offer = give < asked and 256 * give >= numbers.settles_at * asked and lot[3] < numbers.settles
        how = IN_FULL if give == asked else SETTLED if is_offer else IN_PART
        left = hand_over(scene, at, purse, left, give, how)
    return left


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
