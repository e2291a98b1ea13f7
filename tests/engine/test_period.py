"""A month of conduct, step by step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.scenes import at, scene_of
from glasstown.engine.kernel.stops import ACTED, ALL, DETECTED, DRAWN, LIVES
from plain_kernels import WRAPS, plain

pytestmark = WRAPS
period = plain("period")
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


def test_month__is_on_one_screen() -> None:
    assert len(Path(period.__file__).read_text(encoding="utf-8").splitlines()) <= 150
