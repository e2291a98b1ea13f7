"""S2, S13: claims that two people owe, debtor and guarantor: who stands for whom, and what a payment by one leaves to the other.

What each owes by judgment holds such a claim whole, since creditors can take it of either.  A neighbourhood keeps its claims in the
order in which they were made; a payment goes to them first, the oldest before the others.
"""

from __future__ import annotations

import numpy as np

from glasstown.engine.kernel import draws
from glasstown.engine.kernel.bits import trailing_zeros, whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.philox import life_words
from glasstown.engine.society.case_lines import Paid, write_down
from glasstown.engine.tables.bundles import At
from glasstown.engine.tables.found_words import found_class, found_person
from glasstown.engine.tables.lived_rows import BY_ANOTHER, BY_BANK, BY_PERSON, WHEN_CALLED, Lived
from glasstown.engine.tables.lives import PAID_WHEN_CALLED, SUED
from glasstown.engine.tables.log_rows import PAID
from glasstown.engine.tables.means import JOINT_ROOM, MOST_OWED
from glasstown.engine.tables.profiles import group_of, household_of, households_of
from glasstown.engine.tables.scene import Scene
from glasstown.engine.tables.shapes import I64, Lives, Shard
from glasstown.engine.tables.turning_rows import DIED, STAYED, Turn
from glasstown.population.tables import ADULT_AGE, BLOCK
from glasstown.rows import Rows


@kernel
def guarantor_of(scene: Scene, at: At, position: int, by: int, word: int) -> int:
    """S2. Return who stands for somebody's debt, as a place in the neighbourhood, each adult as likely; -1 where nobody is there.

    Of a bank's loan it is another of the household, of other claims somebody of another household.
    """
    shard, n = scene.shard, 0
    for other in range(at.first, at.first + at.n):
        n += may_stand(shard, position, other, by)
    left = (word * n) >> 32
    for other in range(at.first, at.first + at.n):
        if may_stand(shard, position, other, by):
            if left == 0:
                return whole(other - at.first)
            left -= 1
    return whole(-1)


@kernel
def may_stand(shard: Shard, position: int, other: int, by: int) -> bool:
    """Return whether somebody is another adult, of the same household where a bank claims and of another where it does not."""
    if other == position or shard.lives.age[other] < ADULT_AGE:
        return False
    is_of_home = household_of(shard.profile[other]) == household_of(shard.profile[position])
    return is_of_home == (by == BY_BANK)


@kernel
def is_before_court(scene: Scene, at: At, person: int, end: int) -> bool:
    """Return whether a case is opened against somebody this month; `end` is that of the neighbourhood's rows found so far."""
    for row in range(scene.found.starts[at.block], end):
        word = scene.found.rows[row]
        if found_person(word) == person and found_class(word) == scene.model.society.numbers.judged:
            return True
    return False


@kernel
def has_room(lives: Lives, block: int) -> bool:
    """Return whether a neighbourhood has room for one more claim that two owe."""
    return whole(lives.joint[block, lives.joint.shape[1] - 1]) == 0


@kernel
def bind(lives: Lives, at: At, debtor: int, guarantor: int, yuan: int) -> None:
    """Write a claim down that two owe, after those that stand."""
    slot = 0
    while lives.joint[at.block, slot] != 0:
        slot += 1
    put_claim(lives, at.block, slot, debtor, guarantor, yuan)


@kernel
def put_claim(lives: Lives, block: int, slot: int, debtor: int, guarantor: int, yuan: int) -> None:
    """Write one place of a neighbourhood's claims; a claim of nothing is none."""
    lives.joint[block, slot] = np.int32(yuan)
    lives.joint_debtor[block, slot] = np.uint8(debtor if yuan > 0 else 0)
    lives.joint_guarantor[block, slot] = np.uint8(guarantor if yuan > 0 else 0)


@kernel
def pay_for_both(scene: Scene, at: At, person: int, yuan: int, how: int) -> int:
    """S13. Let a payment lower what others owe of the same claims; return how much of it was for another's debt."""
    lives, left, kept, for_another = scene.shard.lives, yuan, 0, 0
    for slot in range(JOINT_ROOM):
        claim = whole(lives.joint[at.block, slot])
        if claim == 0:
            break
        debtor, guarantor = whole(lives.joint_debtor[at.block, slot]), whole(lives.joint_guarantor[at.block, slot])
        paid = 0
        if person == debtor or person == guarantor:
            paid = min(claim, left)
        if paid > 0:
            left -= paid
            for_another += paid * (person == guarantor)
            ease(scene, at, debtor + guarantor - person, Paid(whole(how), paid, whole(0), whole(person) + 1))
        put_claim(lives, at.block, slot, 0, 0, 0)
        put_claim(lives, at.block, kept, debtor, guarantor, claim - paid)
        kept += claim > paid
    return for_another


@kernel
def ease(scene: Scene, at: At, person: int, paid: Paid) -> None:
    """S13. Let somebody owe less since the other who owes the same has paid, or was let go of the rest."""
    lives, position = scene.shard.lives, at.first + person
    owed = whole(lives.owed[position]) - paid.yuan - paid.written_off
    lives.owed[position] = np.int32(owed)
    scene.lived[group_of(scene.shard.profile[position])].paid[BY_ANOTHER] += 1
    if owed == 0:
        lives.supervised[position] = np.uint8(0)
        if paid.how == WHEN_CALLED:
            lives.means[position] = np.uint8(whole(lives.means[position]) | PAID_WHEN_CALLED)
    write_down(scene, at, position, PAID, Paid(whole(BY_ANOTHER), paid.yuan, paid.written_off, paid.other))


@kernel
def part(scene: Scene, at: At, person: int, frees_guarantors: bool) -> int:
    """S13. Let somebody owe no more with others; return how much others go on owing of it.

    frees_guarantors   whether those who stand for this person's debts owe them no more either
    """
    lives, kept, stays = scene.shard.lives, 0, 0
    for slot in range(JOINT_ROOM):
        claim = whole(lives.joint[at.block, slot])
        if claim == 0:
            break
        debtor, guarantor = whole(lives.joint_debtor[at.block, slot]), whole(lives.joint_guarantor[at.block, slot])
        put_claim(lives, at.block, slot, 0, 0, 0)
        if person != debtor and person != guarantor:
            put_claim(lives, at.block, kept, debtor, guarantor, claim)
            kept += 1
        elif frees_guarantors and person == debtor:
            ease(scene, at, guarantor, Paid(whole(BY_ANOTHER), whole(0), claim, whole(person) + 1))
        else:
            stays += claim
    return stays


@kernel
def book_owed(scene: Scene, at: At) -> None:
    """S16. Enter what is owed by judgment at the month's end, a claim of two once: with the debtor."""
    lives, profile = scene.shard.lives, scene.shard.profile
    for start in range(0, at.n, 32):
        bits = owing_of(lives, at, start)
        while bits != 0:
            position = at.first + start + whole(trailing_zeros(bits))
            bits &= np.uint32(bits - np.uint32(1))
            scene.lived[group_of(profile[position])].owed += whole(lives.owed[position])
    for slot in range(JOINT_ROOM):
        if lives.joint[at.block, slot] == 0:
            break
        position = at.first + whole(lives.joint_guarantor[at.block, slot])
        scene.lived[group_of(profile[position])].owed -= whole(lives.joint[at.block, slot])


@kernel
def owing_of(lives: Lives, at: At, start: int) -> np.uint32:
    """Return who of 32 people from a place on owes by judgment, as bits; several people at a time."""
    bits = np.uint32(0)
    for j in range(np.uint64(min(32, at.n - start))):
        bits |= np.uint32(lives.owed[np.uint64(at.first + start) + j] != 0) << np.uint32(j)
    return bits


@kernel
def bind_those_from_before(scene: Scene, at: At, joint: I64) -> None:
    """S2. Find somebody who stands for each debt that another owed too before the first month: `joint` as `Past` has it."""
    lives = scene.shard.lives
    for position in range(at.first, at.first + at.n):
        yuan = joint[position] >> 1
        if yuan == 0 or not has_room(lives, at.block):
            continue
        word = life_words(scene.chance, scene.shard, position, 0, draws.MEANS)[3]
        by = BY_BANK if joint[position] & 1 != 0 else BY_PERSON
        person = guarantor_of(scene, at, position, whole(by), word)
        if person >= 0 and whole(lives.owed[at.first + person]) + yuan <= MOST_OWED:
            other = at.first + person
            bind(lives, at, position - at.first, person, yuan)
            lives.owed[other] = np.int32(whole(lives.owed[other]) + yuan)
            lives.means[other] = np.uint8(whole(lives.means[other]) | SUED)


@kernel
def leave(shard: Shard, lived: Rows[Lived], turns: Rows[Turn], row: int, end: int) -> None:
    """S0, S16. Take the joint claims of those who are gone from a neighbourhood out of the books: what others go on owing stays.

    Of a claim whose two are gone together, the debtor takes it along.

    row, end   where those of the neighbourhood stand among those who turned
    """
    lives, kept = shard.lives, 0
    block = turns[row].place // BLOCK
    for slot in range(JOINT_ROOM):
        claim = whole(lives.joint[block, slot])
        if claim == 0:
            break
        debtor, guarantor = whole(lives.joint_debtor[block, slot]), whole(lives.joint_guarantor[block, slot])
        left = row_of(turns, row, end, guarantor)
        if left < 0:
            left = row_of(turns, row, end, debtor)
        put_claim(lives, block, slot, 0, 0, 0)
        if left < 0:
            put_claim(lives, block, kept, debtor, guarantor, claim)
            kept += 1
        elif turns[left].why == DIED:
            lived[group_of(shard.profile[turns[left].place])].written_off -= claim
        else:
            lived[group_of(shard.profile[turns[left].place])].moved_away -= claim


@kernel
def row_of(turns: Rows[Turn], row: int, end: int, person: int) -> int:
    """Return the row of somebody of a neighbourhood who is gone; -1 for anybody else."""
    while row < end:
        if turns[row].place % BLOCK == person and turns[row].why != STAYED:
            return row
        row += 1
    return -1


def owed_once(lives: Lives) -> int:
    """Return what people owe by judgment, in yuan, a claim of two once."""
    return int(lives.owed.sum(dtype=np.int64)) - int(lives.joint.sum(dtype=np.int64))


def apart(shard: Shard) -> tuple[I64, I64]:
    """Return what everybody owes without being another's guarantor, and as such the part of it that another owes too.

    The second is as `Past` keeps it: twice the yuan, and 1 more where both are of one household.
    """
    lives, household = shard.lives, households_of(shard.profile)
    alone, joint = lives.owed.astype(np.int64), np.zeros(len(lives.owed), dtype=np.int64)
    for block, slot in zip(*np.nonzero(lives.joint), strict=True):
        yuan = int(lives.joint[block, slot])
        debtor, guarantor = (
            int(block) * BLOCK + int(of[block, slot]) for of in (lives.joint_debtor, lives.joint_guarantor)
        )
        alone[guarantor] -= yuan
        joint[debtor] = (joint[debtor] // 2 + yuan) * 2 + (household[debtor] == household[guarantor])
    return alone, joint
