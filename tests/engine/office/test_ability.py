"""Who could pay, who owes little, and what shame and bite do to the chance of performing."""

from __future__ import annotations

import numpy as np

from offices import ALWAYS, make_office
from plain_kernels import WRAPS, plain

pytestmark = WRAPS
ability = plain("office.ability")


def test_means__are_drawn_where_lives_are_not_lived() -> None:
    office = make_office()
    asked = (office.law.practice, office.here.shard, office.desk.chance)
    assert not any(ability.is_unable(*asked, person) for person in range(4))
    office.set(unable=ALWAYS)
    assert all(ability.is_unable(*asked, person) for person in range(4))


def test_means__are_those_of_the_month_where_lives_are_lived() -> None:
    office = make_office().set(unable=ALWAYS)
    lives = office.here.shard.lives._replace(means=np.array([0, 1, 2, 3], dtype=np.uint8))
    shard = office.here.shard._replace(lives=lives)
    found = [ability.is_unable(office.law.practice, shard, office.desk.chance, person) for person in range(4)]
    assert found == [False, True, False, True]


def test_shame__moves_nobody_who_owes_much() -> None:
    office = make_office()
    office.law.practice.shame[:] = 300
    asked = (office.law.practice, office.here.shard, office.desk.chance, 0, 4)
    assert ability.shame_of(*asked) == ability.UNMOVED
    office.set(small=ALWAYS)
    assert ability.shame_of(*asked) == 300


def test_bite__counts_what_was_refused() -> None:
    office = make_office()
    office.law.practice.bite[5] = 512
    assert ability.bite_of(office.law.practice, office.here.shard, 0) == ability.UNMOVED
    lives = office.here.shard.lives._replace(bite=np.array([5, 0, 0, 0], dtype=np.uint8))
    shard = office.here.shard._replace(lives=lives)
    assert [ability.bite_of(office.law.practice, shard, person) for person in (0, 1)] == [512, 256]
