"""Claims of two, turned over at random in plain Python: what must add up does, and each planted fault is found."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest

from agreement.planting import PlantedFault, planted_in_engine

ENGINE = "glasstown.engine"
N, YUAN, STEPS = 12, 256, 400
CATALOGUE = (
    PlantedFault("a payment leaves what the other owes", "", "society.joint",
                 "owed = whole(lives.owed[position]) - paid.yuan -", "owed = whole(lives.owed[position]) -"),
    PlantedFault("a paid claim stands on", "", "society.joint", "guarantor, claim - paid)", "guarantor, claim)"),
    PlantedFault("a payment pays more of a claim than there is", "", "society.joint", "paid = min(claim, left)", "paid = claim"),
    PlantedFault("a guarantor's settlement frees the debtor", "", "society.joint",
                 "frees_guarantors and person == debtor:\n            ease(scene, at, guarantor,",
                 "frees_guarantors:\n            ease(scene, at, debtor + guarantor - person,"),
    PlantedFault("a discharge writes off what the guarantor goes on owing", "", "society.payments",
                 "let_go = owed - part(", "let_go = owed + 0 * part("),
    PlantedFault("a claim of two is entered twice", "", "society.joint",
                 "].owed -= whole(lives.joint", "].owed -= 0 * whole(lives.joint"),
    PlantedFault("a guarantor leaves and takes the claim along", "", "society.joint",
                 "].moved_away -= claim", "].moved_away -= 0 * claim"),
)  # fmt: skip


def scene_of() -> Any:
    """Return twelve adults who own little and owe nothing, each of whom earns one yuan a part."""
    zeros = {name: np.zeros(N, dtype=np.int64) for name in ("owed", "supervised", "means", "closed", "wage", "work")}
    claims = {name: np.zeros((1, 32), dtype=np.int64) for name in ("joint", "joint_debtor", "joint_guarantor")}
    rows = import_module("glasstown.rows")
    return SimpleNamespace(
        shard=SimpleNamespace(
            lives=SimpleNamespace(**zeros, **claims, assets=np.full(N, 1000), age=np.full(N, 40)),
            profile=np.arange(N, dtype=np.uint16) % 5,
        ),
        model=SimpleNamespace(society=SimpleNamespace(usual=np.full((5, 256), YUAN))),
        lived=rows.make_rows(import_module(f"{ENGINE}.tables.lived_rows").Lived, 5),
        log=import_module(f"{ENGINE}.tables.state").make_log(0),
    )


def gaps(luck: np.random.Generator) -> Iterator[str]:
    """Live claims, payments, settlements, discharges and leavings at random; yield all that does not hold."""
    joint, payments = (import_module(f"{ENGINE}.society.{name}") for name in ("joint", "payments"))
    codes, scene_rows = import_module(f"{ENGINE}.tables.lived_rows"), import_module(f"{ENGINE}.tables.scene")
    at, scene = import_module(f"{ENGINE}.tables.bundles").At(0, 0, N, 0), scene_of()
    rows, turning = import_module("glasstown.rows"), import_module(f"{ENGINE}.tables.turning_rows")
    lives, claimed, total = scene.shard.lives, 0, rows.total_of
    for _ in range(STEPS):
        one, other = (int(each) for each in luck.choice(N, 2, replace=False))
        yuan = int(luck.integers(1, 500))
        purse = scene_rows.Purse(one, one % 5, 256, 0, 0)
        owed, step = int(lives.owed[one]), int(luck.integers(0, 6))
        if step <= 1 and (step == 1 or lives.joint[0, 31]):
            lives.owed[one] += yuan
            claimed += yuan
        elif step == 0:
            joint.bind(lives, at, one, other, yuan)
            lives.owed[[one, other]] += yuan
            claimed += yuan
        elif step <= 3 and owed:
            how = codes.WHEN_CALLED if yuan >= owed else codes.IN_PART
            before = lives.owed.copy()
            payments.hand_over(scene, at, purse, 10_000, min(yuan, owed), how)
            lowered = before - lives.owed
            if lowered.sum() > 2 * lowered[one]:
                yield "a payment lowers what others owe by no more than was paid"
        elif step == 4:
            debtors, before = _stood_for(lives, one), lives.owed.copy()
            payments.write_off(scene, at, purse, codes.SETTLED if luck.random() < 0.5 else codes.DISCHARGED, 0)
            if any(lives.owed[each] != before[each] for each in debtors):
                yield "whoever is let go of another's debt leaves it to that other"
        elif step == 5 and luck.random() < 0.2:
            turns = rows.make_rows(turning.Turn, 2)
            for row, place in enumerate((one, other)):
                turns[row].place, turns[row].why = place, turning.MOVED
            joint.leave(scene.shard, scene.lived, turns, 0, 2)
            scene.lived[0].moved_away += int(lives.owed[[one, other]].sum())
            lives.owed[[one, other]] = 0
        yield from _misfits(joint, scene, at, claimed, total)


def _stood_for(lives: Any, one: int) -> set[int]:
    """Return whose guarantor somebody is who do not stand for that person in turn."""
    claims = [
        (int(lives.joint_debtor[0, s]), int(lives.joint_guarantor[0, s]))
        for s in range(int((lives.joint[0] > 0).sum()))
    ]
    return {a for a, b in claims if b == one} - {b for a, b in claims if a == one}


def _misfits(joint: Any, scene: Any, at: Any, claimed: int, total: Any) -> Iterator[str]:
    lives, booked = scene.shard.lives, total(scene.lived)
    if joint.owed_once(lives) != claimed - booked.recovered - booked.written_off - booked.moved_away:
        yield "what is owed is what was claimed less what was recovered, written off and taken along"
    for row in range(5):
        scene.lived[row].owed = 0
    joint.book_owed(scene, at)
    if total(scene.lived).owed != joint.owed_once(lives):
        yield "what people owe adds up to what the account says"
    together = np.zeros(N, dtype=np.int64)
    for of in (lives.joint_debtor, lives.joint_guarantor):
        np.add.at(together, of[0][lives.joint[0] > 0], lives.joint[0][lives.joint[0] > 0])
    if (together > lives.owed).any() or (lives.owed < 0).any():
        yield "whoever owes with another owes at least that"


def test_claims_of_two__add_up_whatever_befalls_them() -> None:
    with patch.dict(os.environ, GLASSTOWN_KERNELS="plain"), planted_in_engine(None):
        for seed in range(5):
            assert list(gaps(np.random.default_rng(seed))) == []


@pytest.mark.planted
@pytest.mark.parametrize("fault", CATALOGUE, ids=lambda fault: fault.name)
def test_planted_fault__is_found(fault: PlantedFault) -> None:
    with planted_in_engine(fault):
        assert any(next(gaps(np.random.default_rng(seed)), None) for seed in range(5))
