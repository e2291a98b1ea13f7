"""S4 and S5, kernel by kernel in plain Python: how many acts, who is found out, and what that changes."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from engine.scenes import at, scene_of
from plain_kernels import WRAPS, plain

acts = plain("conduct.acts")
hazards = plain("tables.hazards")
deterrence = plain("tables.deterrence")
propensity = plain("tables.propensity")
philox = plain("kernel.philox")
pytestmark = WRAPS


@pytest.mark.parametrize(
    ("x", "row"), [(0, acts.ROW_ZERO // 4), (-(1 << 14), 0), (1 << 14, acts.N_ROWS - 1), (1, 1280), (2, 1281)]
)
def test_hazard_row__is_the_nearest_one_inside_the_table(x: int, row: int) -> None:
    assert acts.hazard_row(x) == row


@pytest.mark.parametrize("row", [0, 700, 1280, 1500, 1535])
def test_count_acts__is_how_many_thresholds_a_word_lies_below(row: int) -> None:
    hit = hazards.poisson_thresholds()
    draws = np.random.default_rng(row).integers(0, 1 << 32, 200, dtype=np.uint64).astype(np.uint32)
    for draw in (np.uint32(0), np.uint32(0xFFFFFFFF), *draws):
        assert acts.count_acts(hit, row, draw) == int((draw < hit[row, : acts.MOST_ACTS]).sum())


def test_may_act__misses_nobody_who_acts() -> None:
    rng, hit, seen = np.random.default_rng(4), hazards.poisson_thresholds(), 0
    mine = rng.integers(-3000, 600, 32).astype(np.int16)
    mine[::7] = propensity.NEVER_SHIFT
    for shift in (-300, 0, 200):
        draws = (rng.integers(0, 1 << 32, 32, dtype=np.uint64) >> rng.integers(0, 12, 32, dtype=np.uint64)).astype(
            np.uint32
        )
        bits = int(acts.may_act(mine, draws, shift, 0))
        for place in range(32):
            n_acts = acts.count_acts(hit, acts.hazard_row(int(mine[place]) + shift), draws[place])
            seen += n_acts > 0
            assert n_acts == 0 or (bits >> place) & 1 == 1
    assert seen > 10


@pytest.mark.parametrize("n_acts", [1, 2, 7, 15])
@pytest.mark.parametrize("chance", [0, 1, 1 << 20, 1 << 31, (1 << 32) - 1])
def test_at_least_one__is_the_complement_of_none(chance: int, n_acts: int) -> None:
    exact = 1 - (1 - Fraction(chance, 1 << 32)) ** n_acts
    assert abs(acts.at_least_one(chance, n_acts) - exact * (1 << 32)) <= n_acts


def test_act__writes_one_row_for_each_person_and_class_with_an_act() -> None:
    scene = scene_of()
    here = at(scene)
    rng = np.random.default_rng(2)
    draws = rng.integers(0, 1 << 32, scene.work.draws.shape, dtype=np.uint64).astype(np.uint32)
    scene.work.draws[:] = draws
    n_did = acts.act(scene, here)
    expected = []
    for k in range(scene.shard.propensity.shape[1]):
        shift = int(scene.model.month_shift[0, k])
        for person in range(here.n):
            row = acts.hazard_row(int(scene.shard.propensity[0, k, person]) + shift)
            if n := acts.count_acts(scene.model.hit, row, draws[k, person]):
                expected.append((person, k, n, row))
    did = [scene.work.did[r] for r in range(n_did)]
    assert [(each.person, each.conduct, each.acts, each.hazard) for each in did] == expected
    assert len(expected) > 5


def found_out(**changes: str) -> tuple[int, int, list[int]]:
    """Return acts, acts in the tally, and the words of a month in which all chances of detection are one."""
    scene = scene_of(**changes)
    scene.model.find[:] = 0xFFFFFFFF
    here = at(scene)
    scene.work.draws[:] = np.random.default_rng(2).integers(0, 1 << 32, scene.work.draws.shape, dtype=np.uint64)
    n_did = acts.act(scene, here)
    end = acts.detect(scene, here, n_did)
    return int(scene.tally.acts.sum()), int(scene.tally.found.sum()), scene.found.rows[:end].tolist()


def test_detect__enters_every_act_and_finds_all_out_where_that_is_certain() -> None:
    n_acts, n_found, words = found_out()
    assert n_acts == n_found > 5
    assert words == sorted(words, key=lambda word: ((word >> 16) & 255, word >> 24))


def test_detect__looks_into_no_more_cases_than_offices_can() -> None:
    n_acts, _, all_words = found_out()
    for capacity in (2, len(all_words) - 1, len(all_words)):
        _, n_found, words = found_out(detection__capacity=str(capacity))
        assert len(words) == capacity
        assert set(words) <= set(all_words)
        assert (n_found < n_acts) is (capacity < len(all_words))


def test_how_many__is_one_of_one_and_at_least_one_of_several() -> None:
    scene = scene_of()
    line = scene.work.did[0]
    line.person, line.conduct, line.acts = 3, 2, 1
    assert acts.how_many(scene, at(scene), line, 1) == 1
    line.acts = 9
    counts = [acts.how_many(scene, at(scene, month), line, 1 << 31) for month in range(40)]
    assert min(counts) >= 1
    assert max(counts) <= 9
    assert 3 < sum(counts) / 40 < 6
    assert acts.how_many(scene, at(scene), line, (1 << 32) - 1) == 9
    assert {acts.how_many(scene, at(scene, month), line, 1) for month in range(40)} == {1}


def test_learn__lowers_propensity_with_each_detection_down_to_the_floor() -> None:
    scene = scene_of()
    k = int(np.flatnonzero(np.array(scene.model.fall)[:, 1])[0])
    person = int(np.flatnonzero(scene.shard.propensity[0, k, :40] > -20_000)[0])
    before, seen = int(scene.shard.propensity[0, k, person]), []
    for _ in range(20):
        acts.learn(scene.model, scene.shard, k, person, 1)
        seen.append(int(scene.shard.propensity[0, k, person]) - before)
    assert seen == [int(scene.model.fall[k, min(n, 16)]) for n in range(1, 21)]
    acts.learn(scene.model, scene.shard, k, person, 250)
    assert scene.shard.detections[k, person] == 255


def test_feel_standing__moves_the_classes_that_are_open_and_no_other() -> None:
    scene = scene_of()
    practice = plain("one_life").no_practice()
    felt = np.zeros((scene.shard.propensity.shape[1], 2 * deterrence.N_DISTANCES), dtype=np.int64)
    felt[:, deterrence.standing_of(np.array([100]), 104)] = 50
    practice = practice._replace(felt=felt, borders=np.array([100]))
    before = scene.shard.propensity[0, :, 0].astype(int)
    acts.feel_standing(practice, scene.shard, 0, 90, 104)
    after = scene.shard.propensity[0, :, 0].astype(int)
    assert (after - before).tolist() == [50 if propensity.is_open(x) else 0 for x in before]
    acts.feel_standing(practice, scene.shard, 0, 104, 104)
    assert scene.shard.propensity[0, :, 0].tolist() == after.tolist()
    acts.feel_standing(practice, scene.shard, 0, 104, 300)
    assert scene.shard.propensity[0, :, 0].tolist() == before.tolist()
