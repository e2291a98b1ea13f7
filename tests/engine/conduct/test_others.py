"""S11, S14 and S15, kernel by kernel in plain Python: gates that are closed, ties and support."""

from __future__ import annotations

import numpy as np
import pytest

from engine.scenes import at, scene_of
from glasstown.rows import total_of
from plain_kernels import WRAPS, plain

others = plain("conduct.others")
lives = plain("tables.lives")
pytestmark = WRAPS


@pytest.mark.parametrize("name", ["closed", "bite"])
def test_touched__is_a_neighbourhood_where_anybody_is(name: str) -> None:
    scene = scene_of()
    assert others.touching(scene.shard.lives, at(scene)) == 0
    getattr(scene.shard.lives, name)[17] = lives.LOAN
    assert others.touching(scene.shard.lives, at(scene)) == {"closed": lives.LOAN, "bite": others.ASKED}[name]
    assert others.touching(scene.shard.lives, at(scene)._replace(n=17)) == 0


def test_ties__are_cut_by_the_share_of_those_whose_list_is_published_alone() -> None:
    scene = scene_of()
    scene.model.society.numbers.cut = 1 << 15
    scene.shard.lives.ties[:] = 20
    scene.shard.lives.closed[[1, 2, 3]] = lives.BLACK | lives.SHOWN, lives.RED, lives.BLACK
    others.lose_ties(scene, at(scene))
    assert scene.shard.lives.ties[:4].tolist() == [20, 10, 20, 20]
    scene.model.society.numbers.cut = 1 << 16
    others.lose_ties(scene, at(scene))
    others.lose_ties(scene, at(scene))
    assert scene.shard.lives.ties[1] == 0
    assert total_of(scene.lived).ties == 20


def test_support__falls_with_the_list_and_is_lower_in_private() -> None:
    scene = scene_of()
    numbers, mine = scene.model.society.numbers, scene.shard.lives
    numbers.support, numbers.falsified, numbers.support_listed, numbers.support_red = 200, 60, 40, 30
    numbers.support_neighbours = 0
    mine.work[:] = lives.CHILD
    mine.work[:4], mine.stance[:4] = lives.EMPLOYED, (139, 170, 170, 215)
    mine.closed[[2, 3]] = lives.BLACK, lives.RED
    others.support(scene, at(scene), True)
    total = total_of(scene.lived)
    assert (total.stated, total.private) == (3, 1)
    others.support(scene, at(scene), False)  # nobody's list is looked at: 139, 170 and 170 lie below 200
    total = total_of(scene.lived)
    assert (total.stated, total.private) == (6, 2)


@pytest.mark.parametrize(("share", "way"), [(256, "substituted"), (0, "forgone")])
def test_trip_refused__is_made_by_a_slower_way_or_not_at_all(share: int, way: str) -> None:
    scene = scene_of()
    numbers, mine = scene.model.society.numbers, scene.shard.lives
    np.asarray(scene.model.society.wanted)[:2] = 1 << 32
    numbers.attempts[0], numbers.attempts[1], numbers.substitute, numbers.work_loss = 3 * 256, 2 * 256, share, 10
    mine.savings[0] = 100
    worth = others.ask_for_trips(scene, at(scene), 0, lives.AIR | lives.RAIL)
    total = total_of(scene.lived)
    assert total.refused_trips.tolist() == [3, 2]
    assert (total.substituted, total.forgone) == ((2, 0) if way == "substituted" else (0, 2))
    assert mine.savings[0] == 100 - 10 * total.forgone
    group = int(scene.shard.profile[0]) & 15
    assert worth == scene.model.society.price[0, group] + scene.model.society.price[1, group]


def test_better_seats_closed__refuse_their_share_of_trips_and_no_flight() -> None:
    scene = scene_of()
    society, lived = scene.model.society, scene.shard.lives
    group = int(scene.shard.profile[0]) & 15
    society.numbers.seats = 64
    np.asarray(society.wanted)[:2] = 1 << 30
    wishes = [
        others.wish_refused(society, closed, kind, group) for closed in (lives.RAIL, lives.SEATS) for kind in (0, 1)
    ]
    assert wishes == [0, 1 << 30, 0, 1 << 28]
    assert others.wish_refused(society, lives.RAIL | lives.SEATS, 1, group) == 1 << 30
    assert others.ask_for_others(scene, at(scene), 0, lives.SEATS) == 0
    lived.closed[0] = lives.SEATS
    assert others.touching(lived, at(scene)) & others.ASKED != 0


def test_other_gates__refuse_each_wish_once_and_a_licence_costs_income() -> None:
    scene = scene_of()
    np.asarray(scene.model.society.wanted)[:] = 1 << 32
    scene.model.society.numbers.licence_loss = 7
    scene.shard.lives.savings[0] = 50
    assert others.ask_for_others(scene, at(scene), 0, lives.AIR | lives.RAIL) == 0
    others.ask_for_others(scene, at(scene), 0, lives.GATE_BITS["hotel"] | lives.LICENCE | lives.GATE_BITS["exit"])
    assert total_of(scene.lived).refused_others.tolist() == [1, 0, 0, 0, 0, 1, 0, 1]
    assert scene.shard.lives.savings[0] == 43


def test_cost__goes_as_far_as_savings_do() -> None:
    scene = scene_of()
    scene.shard.lives.savings[:2] = 5, 100
    for position in (0, 1):
        others.cost(scene.shard.lives, position, 30)
    assert scene.shard.lives.savings[:2].tolist() == [0, 70]


def test_bite__fades_by_a_third_a_month_where_nothing_is_closed() -> None:
    scene = scene_of()
    scene.shard.lives.bite[:3] = 0, 90, 1
    others.ask_a_month(scene, at(scene))
    assert scene.shard.lives.bite[:3].tolist() == [0, 60, 0]


def test_refused__stops_asking_until_the_gate_opens_and_still_lacks_what_it_gives() -> None:
    scene = scene_of()
    society, mine = scene.model.society, scene.shard.lives
    np.asarray(society.wanted)[:] = 1 << 32
    society.numbers.attempts[0], society.numbers.attempts[1], society.numbers.seats = 256, 256, 256
    barred = lives.AIR | lives.SEATS | lives.GATE_BITS["hotel"]
    for learns, refused in ((0, 2), (256, 1)):
        society.numbers.learns, mine.closed[0] = learns, barred
        before = total_of(scene.lived)
        worth = [others.ask_for_trips(scene, at(scene, month), 0, barred) for month in (0, 1)]
        hotels = [others.ask_for_others(scene, at(scene, month), 0, barred) for month in (0, 1)]
        now = total_of(scene.lived)
        assert (now.refused_trips - before.refused_trips).tolist() == [refused, refused]
        assert now.refused_others[0] - before.refused_others[0] == refused
        assert now.substituted + now.forgone - before.substituted - before.forgone == 4
        assert worth[0] == worth[1] > 0
        assert hotels[0] == hotels[1] > 0
    assert int(mine.closed[0]) >> lives.STOPPED == barred
    gates = plain("society.gates")
    bits, lived = np.zeros(len(mine.closed), dtype=np.uint32), scene.lived
    bits[0] = lives.AIR
    gates.renew(society, scene.shard, bits, lived, scene.chance, 1)
    assert int(mine.closed[0]) == lives.AIR | lives.AIR << lives.STOPPED
