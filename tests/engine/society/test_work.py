"""S1 and S2, kernel by kernel in plain Python: jobs, income, debts, savings, strain; and the hash of lives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.scenes import at, scene_of
from glasstown.rows import total_of
from plain_kernels import WRAPS, plain

judgments = plain("society.judgments")
work, incomes = plain("society.work"), plain("society.incomes")
lives = plain("tables.lives")
Purse = plain("tables.scene").Purse
is_open = plain("tables.propensity").is_open
pytestmark = WRAPS


def purse(income: int = 256, least: int = 100, due: int = 50) -> Any:
    return Purse(0, 0, income, least, due)


def scene_with(**first: int) -> Any:
    """Return a scene whose first person has these savings, debt, months late and so on."""
    scene = scene_of()
    for name, value in first.items():
        getattr(scene.shard.lives, name)[0] = value
    return scene


def test_work__is_lost_and_found_by_the_word_and_counted() -> None:
    scene = scene_of()
    numbers, mine = scene.model.society.numbers, scene.shard.lives
    numbers.find, numbers.flagged, numbers.fail = 2000, 128, 0
    mine.work[:] = lives.CHILD
    mine.work[:5] = lives.EMPLOYED, lives.EMPLOYED, lives.UNEMPLOYED, lives.UNEMPLOYED, lives.SELF_EMPLOYED
    mine.closed[3] = lives.JOB
    scene.work.draws[lives.JOB_LUCK, :5] = 999, 1000, 1500, 1500, 0
    work.work_a_month(scene._replace(lose=1000), at(scene))
    assert mine.work[:5].tolist() == [
        lives.UNEMPLOYED,
        lives.EMPLOYED,
        lives.EMPLOYED,
        lives.UNEMPLOYED,
        lives.SELF_EMPLOYED,
    ]
    total = total_of(scene.lived)
    assert (total.lost, total.found, total.employed, total.unemployed) == (1, 1, 2, 2)


def test_job__is_harder_to_find_where_employers_look_and_not_with_the_state_where_its_posts_are_closed() -> None:
    scene = scene_of()
    society, mine = scene.model.society, scene.shard.lives
    society.numbers.find, society.numbers.flagged, society.numbers.private = 4096, 128, 192
    for closed, chance in (
        (lives.BLACK, 4096), (lives.BLACK | lives.SHOWN, 4096), (lives.BLACK | lives.SEEN, 2048),
        (lives.JOB, 2048), (lives.POSTS, 3072),
        (lives.BLACK | lives.SEEN | lives.POSTS, 1536),
    ):  # fmt: skip
        mine.closed[0] = closed
        assert work.chance_of_job(society, mine, 0) == chance


def test_business_that_fails__takes_property_with_it_and_is_begun_again() -> None:
    scene = scene_of()
    numbers, mine, roles = scene.model.society.numbers, scene.shard.lives, scene.shard.roles
    numbers.fail, numbers.find, numbers.trader = 1000, 1 << 32, 1
    mine.work[:] = lives.CHILD
    mine.work[:2], mine.assets[:2], roles[:2] = lives.SELF_EMPLOYED, 500, 1
    scene.work.draws[lives.JOB_LUCK, :2] = 999, 1000
    work.work_a_month(scene._replace(lose=0), at(scene))
    assert mine.work[:2].tolist() == [lives.UNEMPLOYED, lives.SELF_EMPLOYED]
    assert (mine.assets[:2].tolist(), mine.means[0] & lives.FAILED) == ([0, 500], lives.FAILED)
    work.work_a_month(scene._replace(lose=0), at(scene))
    assert mine.work[0] == lives.SELF_EMPLOYED
    total = total_of(scene.lived)
    assert (total.failed, total.found, total.unemployed) == (1, 1, 1)


def test_income__halves_and_doubles_with_its_shock_and_is_less_without_work() -> None:
    scene = scene_with(shock=0, work=lives.EMPLOYED)
    society, mine = scene.model.society, scene.shard.lives
    assert incomes.income_of(society, mine, 0) == 256
    mine.shock[0] = 4096
    assert incomes.income_of(society, mine, 0) == 512
    mine.shock[0] = -lives.MOST_SHOCK
    assert incomes.income_of(society, mine, 0) == society.power[0]
    mine.shock[0], mine.work[0], society.numbers.out_of_work = 0, lives.UNEMPLOYED, 64
    assert incomes.income_of(society, mine, 0) == 64


def test_debt_that_is_served__leaves_the_rest() -> None:
    scene = scene_with(savings=20, debt=1, due=0, late=0)
    scene.shard.lives.debt[0] = 0
    assert work.pay(scene, purse(), 0) == 20 + 256 - 100 - 50
    assert work.pay(scene, purse(due=0, income=0), 0) == 0


def test_months_late__are_made_up_for_first_and_then_what_was_borrowed() -> None:
    scene = scene_with(savings=0, late=2)
    mine = scene.shard.lives
    mine.due[0] = 47
    usual = judgments.usual_debt(scene.model.society, mine, 0)
    mine.debt[0] = usual + 10
    left = work.pay(scene, purse(income=100 + 3 * 50 + 12), 0)
    assert mine.late[0] == 0
    assert mine.debt[0] == usual + 4
    assert left == 6


def test_what_is_missing__is_borrowed_unless_a_bank_refuses_or_somebody_is_late() -> None:
    scene = scene_with(savings=0, debt=100, late=0)
    mine, refused = scene.shard.lives, scene.model.society.numbers.refused
    mine.closed[0] = lives.LOAN
    assert work.pay(scene, purse(income=120), refused) == 0
    assert mine.debt[0] == 130
    assert work.pay(scene, purse(income=120), refused - 1) == 20
    assert mine.late[0] == 1
    assert work.pay(scene, purse(income=120), refused) == 20
    assert mine.late[0] == 2
    mine.late[0] = 255
    work.pay(scene, purse(income=0), 0)
    assert mine.late[0] == 255
    total = total_of(scene.lived)
    assert (total.borrowed, total.missed) == (1, 3)


def test_savings__close_a_sixteenth_of_the_gap_where_a_month_leaves_something_over() -> None:
    scene = scene_with(savings=40, late=0)
    society, mine = scene.model.society, scene.shard.lives
    society.numbers.target = 200
    work.keep(society, mine, purse(), 1000)
    assert mine.savings[0] == 40 + 10
    work.keep(society, mine, purse(income=150), 1000)
    assert mine.savings[0] == 50
    mine.late[0] = 1
    work.keep(society, mine, purse(), 40_000)
    assert mine.savings[0] == lives.MOST_MONEY


def test_strain__is_what_is_asked_of_an_income_whatever_it_was_before() -> None:
    for asked in (-5, 0, 1, 15, 16, 17, 99, 100, 199, 200, 9000):
        for income in (1, 7, 100):
            expected = min(max(asked, 0) * lives.STRAIN_UNIT // income, lives.MOST_STRAIN)
            assert {work.strain_of(asked, income, before) for before in range(lives.MOST_STRAIN + 1)} == {expected}


def test_means__say_who_cannot_pay_and_who_is_sued_and_move_conduct_by_that() -> None:
    scene = scene_with(savings=0, debt=600, late=3, strain=0, means=0, assets=0)
    society, mine = scene.model.society, scene.shard.lives
    society.numbers.arrears = 3
    before = scene.shard.propensity[0, :, 0].astype(int)
    work.feel_means(scene, purse(income=150))
    assert mine.means[0] == lives.UNABLE | lives.ARREARS
    assert mine.strain[0] == 150 * lives.STRAIN_UNIT // 150
    moved = scene.shard.propensity[0, :, 0].astype(int) - before
    shift = society.strain_shift[16] - society.strain_shift[0] + np.asarray(society.arrears_shift)
    assert moved.tolist() == [int(by) if is_open(x) else 0 for by, x in zip(shift, before, strict=True)]
    mine.late[0], mine.savings[0] = 0, 30_000
    work.feel_means(scene, purse(income=150))
    assert (mine.means[0], mine.strain[0]) == (0, 0)
    assert scene.shard.propensity[0, :, 0].tolist() == before.tolist()
    total = total_of(scene.lived)
    assert (total.unable, total.arrears) == (1, 1)


@pytest.mark.parametrize(
    "name",
    [
        "savings",
        "debt",
        "due",
        "assets",
        "owed",
        "means",
        "late",
        "strain",
        "shock",
        "bite",
        "ties",
        "work",
        "closed",
        "norm",
    ],
)
def test_digest__tells_a_life_that_differs(name: str) -> None:
    scene = scene_of()
    before = work.digest_of_lives(scene.shard.lives, at(scene))
    array = getattr(scene.shard.lives, name)
    array[0] += np.ones_like(array[0])
    assert work.digest_of_lives(scene.shard.lives, at(scene)) != before


def test_digest__tells_two_lives_that_changed_places() -> None:
    scene = scene_of()
    scene.shard.lives.savings[:2] = 10, 20
    before = work.digest_of_lives(scene.shard.lives, at(scene))
    scene.shard.lives.savings[:2] = 20, 10
    assert work.digest_of_lives(scene.shard.lives, at(scene)) != before


def test_month_of_lives__is_lived_by_adults_alone() -> None:
    scene = scene_of()
    children = scene.shard.lives.work == lives.CHILD
    before = scene.shard.lives.savings.copy(), scene.shard.lives.shock.copy()
    work.live_lives(scene, at(scene))
    assert children.any()
    assert (scene.shard.lives.savings[children] == before[0][children]).all()
    assert (scene.shard.lives.shock[children] == 0).all()
    assert (scene.shard.lives.shock[~children] != before[1][~children]).any()
    total = total_of(scene.lived)
    assert total.employed + total.unemployed <= (~children).sum()
    assert scene.shard.lives.stance.any()
