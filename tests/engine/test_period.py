"""A month of conduct, step by step, and the room that it asks for before it changes anything."""

from __future__ import annotations

from typing import Any

from engine.scenes import at, scene_of
from glasstown.engine.kernel.stops import ACTED, ALL, DETECTED, DONE, DRAWN, FOUND_FULL, LIVES
from glasstown.engine.tables.person_rows import Cursor
from glasstown.rows import make_row
from plain_kernels import WRAPS, plain

pytestmark = WRAPS
period, state = plain("period"), plain("tables.state")
STEPS = (LIVES, DRAWN, ACTED, DETECTED, ALL)


def lived_until(step: int) -> Any:
    """Return the scene of forty people whose first month of conduct was lived up to a step."""
    scene = scene_of()
    period.live_neighbours(scene, at(scene), step)
    return scene


def test_steps__come_one_after_the_other() -> None:
    fresh, scenes = scene_of(), {step: lived_until(step) for step in STEPS}
    is_lived = [bool((each.shard.lives.shock != fresh.shard.lives.shock).any()) for each in scenes.values()]
    is_drawn = [each.work.draws.tobytes() == scenes[ALL].work.draws.tobytes() for each in scenes.values()]
    n_acts = [int(each.tally.acts.sum()) for each in scenes.values()]
    assert is_lived == [True] * 5
    assert is_drawn == [False, True, True, True, True]
    assert n_acts[:3] == [0, 0, 0]  # acts are counted when it is known which are found out
    assert n_acts[3] == n_acts[4] > 0
    n_found = [int(each.found.starts[1]) for each in scenes.values()]
    assert n_found[:3] == [0, 0, 0]
    assert n_found[4] >= n_found[3] == int(scenes[DETECTED].tally.found.sum())


def test_digest__differs_with_what_happened() -> None:
    one, same, other = scene_of(), scene_of(), scene_of()
    other.shard.lives.savings[0] += 1000
    hashes = [period.live_neighbours(scene, at(scene), ALL) for scene in (one, same, other)]
    assert hashes[0] == hashes[1] != hashes[2]


def test_want_of_room__stops_before_anything_has_changed() -> None:
    scene, cursor = scene_of(), make_row(Cursor)
    room, before = len(scene.shard.roles) * (scene.shard.propensity.shape[1] + 1), int(scene.shard.hashes[0])
    short = scene._replace(found=state.make_found(1, room - 1))
    assert period.live_conduct(short, cursor, 0) == FOUND_FULL
    assert (int(cursor.block), int(scene.shard.hashes[0])) == (0, before)
    enough = scene._replace(found=state.make_found(1, room))
    assert period.live_conduct(enough, cursor, 0) == DONE
    assert int(cursor.block) == 1
    assert int(scene.shard.hashes[0]) != before
