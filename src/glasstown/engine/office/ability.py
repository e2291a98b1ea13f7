"""S10, S13: whether somebody could pay, how much they owe and how easily they are shamed; drawn once a life."""

from __future__ import annotations

from glasstown.engine.kernel import draws
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.philox import words
from glasstown.engine.tables.lives import PAID_WHEN_CALLED, SUED, UNABLE
from glasstown.engine.tables.person_rows import Chance
from glasstown.engine.tables.shapes import Practice, Shard

UNMOVED = 256
"""What a chance is multiplied by, of 256, where nothing changes it."""


@kernel
def ability_words(shard: Shard, chance: Chance, position: int) -> tuple[int, int, int, int]:
    """Return the words of a life: whether the person could pay, owes little, and is easily shamed."""
    since = whole(shard.lives.since[position]) if len(shard.lives.since) > 0 else whole(0)
    return words(chance, shard.ident.procedures, shard.ident.entity + position, since, draws.ABILITY)


@kernel
def is_unable(practice: Practice, shard: Shard, chance: Chance, position: int) -> bool:
    """S10. Return whether a person could not pay what a judgment asks: by S2, or drawn once a life where lives are not lived."""
    if len(shard.lives.means) > 0:
        return whole(shard.lives.means[position]) & UNABLE != 0
    return ability_words(shard, chance, position)[0] < practice.numbers.unable


@kernel
def has_paid_when_called(shard: Shard, position: int) -> bool:
    """S2. Return whether a case against somebody was opened this month and paid at once."""
    return len(shard.lives.means) > 0 and whole(shard.lives.means[position]) & PAID_WHEN_CALLED != 0


@kernel
def was_sued(shard: Shard, position: int) -> bool:
    """S13. Return whether there was a case against somebody, so that what is owed is known."""
    return len(shard.lives.means) > 0 and whole(shard.lives.means[position]) & SUED != 0


@kernel
def is_supervised(shard: Shard, position: int) -> bool:
    """S13. Return whether somebody was declared bankrupt and is not discharged yet: nothing is enforced against them."""
    return len(shard.lives.supervised) > 0 and shard.lives.supervised[position] > 0


@kernel
def shame_of(practice: Practice, shard: Shard, chance: Chance, position: int, listed: int) -> int:
    """S13. Return what being shown to others multiplies the chance of performing by, of 256: nothing for those who owe much.

    listed   share of the neighbourhood that stands on such a list, in 32nds
    """
    _, u_small, u_shamed, _ = ability_words(shard, chance, position)
    if u_small >= practice.numbers.small:
        return UNMOVED
    return practice.shame[listed, u_shamed >> 28]


@kernel
def bite_of(practice: Practice, shard: Shard, position: int) -> int:
    """S13. Return what wishes that gates refused multiply the chance of performing by, of 256."""
    if len(shard.lives.bite) == 0:
        return UNMOVED
    return practice.bite[shard.lives.bite[position]]
