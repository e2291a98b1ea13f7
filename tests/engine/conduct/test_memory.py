"""Detections that are forgotten: as often as the half-life says, one class at a time, and nothing of them left behind."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from engine.scenes import at, scene_of
from glasstown.engine.tables import memory as tables
from glasstown.engine.tables.propensity import are_open
from plain_kernels import WRAPS, plain

pytestmark = WRAPS
memory = plain("conduct.memory")
HALF_LIFE = 24


def test_forgetting__halves_what_detections_did_in_a_half_life() -> None:
    scene, n = scene_of(150, adaptation_half_life=str(HALF_LIFE)), 150
    shard, fall = scene.shard, scene.model.fall
    before = shard.propensity.copy()
    shard.detections[:] = 3
    is_open = are_open(before[0, :, :n])
    shard.propensity[0, :, :n] += np.where(is_open, fall[:, 3][:, None], 0).astype(np.int16)
    for month in range(HALF_LIFE):
        held = shard.detections.astype(np.int64).copy()
        memory.forget(scene, at(scene, month))
        assert ((held != shard.detections).sum(axis=0) <= 1).all()  # nobody forgets in two classes at once
    left = shard.detections == 3
    assert abs(left.mean() - 0.5) < 4 * 0.5 / left.size**0.5
    assert set(np.unique(shard.detections).tolist()) == {0, 3}
    expected = before[0, :, :n] + np.where(is_open & left, fall[:, 3][:, None], 0)
    assert (shard.propensity[0, :, :n] == expected).all()


def test_without_a_half_life__nothing_is_forgotten_and_nothing_remembered_at_first() -> None:
    scene = scene_of(150)
    assert int(scene.model.forget[0]) == 0
    assert not scene.shard.detections.any()
    scene.shard.detections[:] = 3
    for month in range(12):
        memory.forget(scene, at(scene, month))
    assert (scene.shard.detections == 3).all()


def test_forgetting__is_bounded_by_one_class_a_month() -> None:
    assert tables.forgetting(Decimal(0), 12) == 0
    assert tables.forgetting(Decimal(1), 12) * 12 < 1 << 32
    kept = 1 - tables.forgetting(Decimal(60), 12) / 2**32
    assert abs(kept**60 - 0.5) < 1e-6


def test_what_is_remembered__is_what_births_and_forgetting_leave() -> None:
    """pi(n) (g(n) + r) = pi(n - 1) g(n - 1), at every row, and the mean of 2**A follows from it."""
    delta, floor = Decimal("0.585"), Decimal(-2)
    at_least, mean = tables.standing(delta, floor)
    for row in (0, 100, 130, 160, 192):
        often = 2 ** ((memory.LEAST_REMEMBERED + (row << memory.REMEMBERED_STEPS)) / 256)
        rates = [often * 2 ** max(-0.585 * n, -2.0) for n in range(17)]
        tail = [1.0, *(at_least[row] / 2**32).tolist(), 0.0]
        shares = [tail[n] - tail[n + 1] for n in range(17)]
        for n in range(1, 16):
            assert abs(shares[n] * (rates[n] + 1) - shares[n - 1] * rates[n - 1]) < 1e-6 * (1 + rates[n])
        felt = sum(share * rate / often for share, rate in zip(shares, rates, strict=True))
        assert abs(mean[row] / 65536 - felt) < 1e-4


def test_lift__keeps_the_mean_of_acts_where_it_is_said_to_be() -> None:
    """Over people of all traits, with what they remember in the long run, the mean is h_c again."""
    rng = np.random.default_rng(5)
    _, mean = tables.standing(Decimal("0.585"), Decimal(-2))
    theta = rng.standard_normal(200_000)
    for lg_hazard, lg_keen in ((0.0, 0.0), (-3.0, 2.0), (-9.0, 6.0)):
        spread = np.log(2) / 2  # lg Z of a trait loading of 1
        base = np.array([[round((lg_hazard - spread) * 256)]])
        keen = np.full((1, 1, 2), round(lg_keen * 256))
        lift = tables.lifts(base, np.array([256]), keen, mean, np.array([True]))[0, 0, 0] / 256
        x = lg_hazard - spread + lift + theta
        rows = np.clip(np.rint((x + lg_keen) * 8 + 128), 0, len(mean) - 1).astype(int)
        acts = (2**x * mean[rows] / 65536).mean()
        assert abs(acts / 2**lg_hazard - 1) < 0.02
        assert lift > 0
    assert tables.lifts(base, np.array([256]), keen, mean, np.array([False]))[0, 0, 0] == 0


def test_people_who_begin__remember_what_they_would_remember_in_the_long_run() -> None:
    """Drawn at first, and lived for long: as many detections of a frequent class."""
    scene = scene_of(150, adaptation_half_life="60")
    k = 1
    drawn, open_ = scene.shard.detections[k].astype(float), are_open(scene.shard.propensity[0, k, :150])
    assert drawn[~open_].sum() == 0
    expected = 0.0
    at_least, _ = tables.standing(Decimal("0.585"), Decimal(-2))
    model, shard = scene.model, scene.shard
    for person in np.flatnonzero(open_):
        x = int(shard.propensity[0, k, person]) - int(model.fall[k, shard.detections[k, person]])
        roles = int(shard.roles[person]) & int(model.class_mask[k])
        keen = int(model.keen[k, roles, (int(shard.profile[person]) >> 4) & 1])
        row = min(max((x + keen - memory.LEAST_REMEMBERED + 16) >> memory.REMEMBERED_STEPS, 0), memory.N_REMEMBERED - 1)
        expected += float(at_least[row].sum()) / 2**32
    assert abs(drawn.sum() - expected) < 5 * expected**0.5
    assert drawn.sum() > 50
