"""A round over a shard's neighbourhoods, and the room that it asks for before it changes anything."""

from __future__ import annotations

from engine.scenes import at, scene_of
from glasstown.engine.kernel.stops import ALL, DONE, FOUND_FULL
from glasstown.engine.tables.person_rows import Cursor
from glasstown.rows import make_row
from plain_kernels import WRAPS, plain

pytestmark = WRAPS
period, rounds, state = plain("period"), plain("rounds"), plain("tables.state")


def test_want_of_room__stops_before_anything_has_changed() -> None:
    scene, cursor = scene_of(), make_row(Cursor)
    room, before = len(scene.shard.roles) * (scene.shard.propensity.shape[1] + 2), int(scene.shard.hashes[0])
    short = scene._replace(found=state.make_found(1, room - 1))
    assert rounds.live_conduct(short, cursor, 0) == FOUND_FULL
    assert (int(cursor.block), int(scene.shard.hashes[0])) == (0, before)
    enough = scene._replace(found=state.make_found(1, room))
    assert rounds.live_conduct(enough, cursor, 0) == DONE
    assert int(cursor.block) == 1
    assert int(scene.shard.hashes[0]) != before


def test_round__lives_each_neighbourhood_as_if_alone() -> None:
    alone, scene, cursor = scene_of(), scene_of(), make_row(Cursor)
    before = scene.shard.hashes[0]
    happened = period.live_neighbours(alone, at(alone), ALL)
    assert rounds.live_conduct(scene, cursor, 0) == DONE
    assert scene.shard.hashes[0] == rounds.mix(before, happened)
