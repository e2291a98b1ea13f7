"""S13, personal bankruptcy, kernel by kernel in plain Python: what is paid out, supervision month by month, and the discharge."""

from __future__ import annotations

from typing import Any

import pytest

from engine.scenes import at, scene_of
from glasstown.rows import total_of
from plain_kernels import WRAPS, plain

judgments, lived_rows, lives = plain("society.judgments"), plain("tables.lived_rows"), plain("tables.lives")
Purse = plain("tables.scene").Purse
pytestmark = WRAPS
ALWAYS = 1 << 32
YUAN = 256


def scene_with(**first: int) -> Any:
    scene = scene_of()
    scene.model.society.usual[:] = YUAN
    single = scene.model.society.numbers
    single.perform = single.perform_unable = single.settles = single.attached = 0
    single.bankrupt, single.supervised = ALWAYS, 36
    mine = scene.shard.lives
    mine.work[0], mine.means[0] = lives.EMPLOYED, lives.UNABLE | lives.SUED
    mine.savings[0], mine.debt[0], mine.assets[0] = 0, 0, 0
    for name, value in first.items():
        getattr(mine, name)[0] = value
    return scene


def month(scene: Any, left: int) -> int:
    n: int = judgments.enforce(scene, at(scene), Purse(0, 0, 256, 100, 0), left)
    return n


def test_bankrupt__pays_out_what_there_is_is_supervised_and_then_discharged() -> None:
    scene = scene_with(owed=1000, assets=2)
    mine = scene.shard.lives
    assert month(scene, 50) == 0
    assert (mine.owed[0], mine.assets[0], mine.supervised[0]) == (1000 - 50 - 32, 0, 36)
    for passed in range(1, 36):
        assert month(scene, 40) == 40  # what is earned since then stays
        assert mine.supervised[0] == 36 - passed
    assert mine.owed[0] == 918
    month(scene, 40)
    total = total_of(scene.lived)
    assert (mine.owed[0], mine.supervised[0], total.written_off, total.supervised) == (0, 0, 918, 36)
    assert [total.paid[how] for how in (lived_rows.BANKRUPT, lived_rows.DISCHARGED)] == [1, 1]


def test_bank__claims_its_loan_among_the_other_creditors() -> None:
    scene = scene_with(owed=1000, debt=500, late=2)
    month(scene, 0)
    mine, total = scene.shard.lives, total_of(scene.lived)
    assert (mine.owed[0], mine.debt[0], mine.late[0], total.judged) == (1500, 0, 0, 500)
    assert mine.means[0] & lives.CALLED


def test_wages__are_shared_with_creditors_under_supervision_and_all_paid_ends_it() -> None:
    scene = scene_with(owed=100)
    month(scene, 0)
    scene.model.society.numbers.attached = 128
    month(scene, 150)
    assert scene.shard.lives.owed[0] == 100 - 68
    month(scene, 150)
    assert (scene.shard.lives.owed[0], scene.shard.lives.supervised[0]) == (0, 0)
    assert total_of(scene.lived).written_off == 0


@pytest.mark.parametrize("change", [{"means": lives.SUED}, {"owed": 0}])
def test_nobody__goes_bankrupt_who_could_pay_or_owes_nothing(change: dict[str, int]) -> None:
    scene = scene_with(**{"owed": 1000, **change})
    if scene.shard.lives.owed[0]:
        month(scene, 0)
    assert scene.shard.lives.supervised[0] == 0
