"""S2 and S13, kernel by kernel in plain Python: cases, claims, payments, settlements, discharge; and in towns, that it adds up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from engine.scenes import at, scene_of
from glasstown.engine.tables.lived_rows import Lived, accounts_of
from glasstown.rows import as_table, total_of
from plain_kernels import WRAPS, plain
from verification.towns import Plan, build

judgments, lived_rows, means = plain("society.judgments"), plain("tables.lived_rows"), plain("tables.means")
joint = plain("society.joint")
lives = plain("tables.lives")
Purse = plain("tables.scene").Purse
pytestmark = WRAPS
ALWAYS = 1 << 32
YUAN = 256
"""a usual month's income of so many yuan makes one yuan of one part"""


def scene_with(**first: int) -> Any:
    """Return a scene whose first person earns one yuan a part, and has these savings, assets and so on."""
    scene = scene_of()
    scene.model.society.usual[:] = YUAN
    scene.model.society.numbers.mean_income = YUAN
    mine = scene.shard.lives
    scene.model.society.numbers.guaranteed = 0
    mine.work[0], mine.savings[0], mine.debt[0], mine.assets[0] = lives.SELF_EMPLOYED, 0, 0, 0
    for name, value in first.items():
        getattr(mine, name)[0] = value
    return scene


def purse() -> Any:
    return Purse(0, 0, 256, 100, 0)


def paid(scene: Any, how: int) -> int:
    return int(total_of(scene.lived).paid[how])


@pytest.mark.parametrize(
    ("first", "by", "claim"),
    [
        ({"debt": 3000, "late": 3}, lived_rows.BY_BANK, 3000),
        ({"debt": 3000, "late": 3, "means": lives.FAILED}, lived_rows.BY_TRADE, 700),
        ({"debt": 3000, "late": 2}, lived_rows.BY_PERSON, 700),
    ],
)
def test_case__claims_the_loan_that_is_called_or_a_size_of_its_own(first: dict[str, int], by: int, claim: int) -> None:
    scene = scene_with(**first)
    scene.model.society.claims[:] = 700
    scene.model.society.numbers.arrears = 3
    judgments.open_case(scene, at(scene), 0, 0)
    joint.book_owed(scene, at(scene))
    mine, total = scene.shard.lives, total_of(scene.lived)
    assert (mine.owed[0], total.judged, total.owed, total.cases[by]) == (claim, claim, claim, 1)
    assert mine.means[0] & (lives.SUED | lives.FAILED) == lives.SUED
    is_called = by == lived_rows.BY_BANK
    assert bool(mine.means[0] & lives.CALLED) is is_called
    assert bool(mine.debt[0] == 0) is is_called


@pytest.mark.parametrize(("assets", "pays", "owed"), [(100, ALWAYS, 0), (100, 0, 1600), (99, ALWAYS, 1600)])
def test_somebody_with_enough__pays_when_called_and_nobody_else_does(assets: int, pays: int, owed: int) -> None:
    scene = scene_with(assets=assets)
    scene.model.society.claims[:] = 1600
    scene.model.society.numbers.pays_called = pays
    judgments.open_case(scene, at(scene), 0, 0)
    mine = scene.shard.lives
    assert mine.owed[0] == owed
    assert bool(mine.means[0] & lives.PAID_WHEN_CALLED) is (owed == 0)
    assert paid(scene, lived_rows.WHEN_CALLED) == (owed == 0)
    assert mine.assets[0] == (0 if owed == 0 else assets)


@pytest.mark.parametrize(("assets", "is_unable"), [(0, True), (100, False)])
def test_case__counts_those_who_could_not_pay(assets: int, is_unable: bool) -> None:
    scene = scene_with(assets=assets)
    scene.model.society.claims[:] = 9000
    judgments.open_case(scene, at(scene), 0, 0)
    assert bool(scene.shard.lives.means[0] & lives.UNABLE) is is_unable
    assert total_of(scene.lived).sued_unable == is_unable


def enforced(scene: Any, left: int = 0, **numbers: int) -> int:
    single = scene.model.society.numbers
    single.perform = single.perform_unable = single.bankrupt = single.settles = single.attached = 0
    for name, value in numbers.items():
        setattr(single, name, value)
    n: int = judgments.enforce(scene, at(scene), purse(), left)
    return n


def test_performing__takes_the_months_money_first_and_then_property() -> None:
    scene = scene_with(owed=1000, assets=100)
    assert enforced(scene, 300, perform=ALWAYS) == 16 * 44 - 700
    mine, total = scene.shard.lives, total_of(scene.lived)
    assert (mine.owed[0], mine.assets[0]) == (0, 56)
    assert (total.recovered, paid(scene, lived_rows.IN_FULL)) == (1000, 1)


def test_part_payment__stays_owed_and_a_good_offer_may_settle_it() -> None:
    scene = scene_with(owed=1000, assets=10)
    enforced(scene, 440, perform=ALWAYS, settles_at=128)
    assert (scene.shard.lives.owed[0], paid(scene, lived_rows.IN_PART)) == (400, 1)
    scene = scene_with(owed=1000, assets=10)
    enforced(scene, 440, perform=ALWAYS, settles=ALWAYS, settles_at=128)
    total = total_of(scene.lived)
    assert (scene.shard.lives.owed[0], total.recovered, total.written_off) == (0, 600, 400)
    scene = scene_with(owed=1000, assets=10)
    enforced(scene, 300, perform=ALWAYS, settles=ALWAYS, settles_at=128)
    assert scene.shard.lives.owed[0] == 540


def test_somebody_who_could_not_pay__settles_and_is_not_made_to_pay() -> None:
    scene = scene_with(owed=1000, means=lives.UNABLE | lives.SUED)
    assert enforced(scene, 50, perform=ALWAYS) == 50
    assert enforced(scene, 50, perform_unable=ALWAYS, bankrupt=ALWAYS) == 0
    total = total_of(scene.lived)
    assert (total.recovered, total.written_off, paid(scene, lived_rows.SETTLED)) == (50, 950, 1)


def test_wages__are_attached_of_the_employed_alone() -> None:
    scene = scene_with(owed=1000, work=lives.EMPLOYED)
    assert enforced(scene, 150, attached=128) == 150 - 68
    assert scene.shard.lives.owed[0] == 1000 - 68
    scene = scene_with(owed=1000, work=lives.SELF_EMPLOYED)
    assert enforced(scene, 150, attached=128) == 150


def test_being_refused_and_being_shown__make_people_pay_sooner() -> None:
    scene = scene_with(owed=1000)
    society, mine = scene.model.society, scene.shard.lives
    society.numbers.perform, society.numbers.shame_below = 1 << 20, 1001
    usual = judgments.chance_of_paying(scene, at(scene), 0)
    assert usual == 1 << 20
    mine.bite[0] = 64
    assert judgments.chance_of_paying(scene, at(scene), 0) > usual
    mine.bite[0], mine.closed[0] = 0, lives.SHOWN
    assert judgments.chance_of_paying(scene, at(scene), 0) > usual
    mine.owed[0] = 1001
    assert judgments.chance_of_paying(scene, at(scene), 0) == usual


def test_loan_that_was_called__is_taken_again_once_nothing_is_owed_and_no_gate_is_closed() -> None:
    scene = scene_with(means=lives.CALLED, due=47)
    society, mine = scene.model.society, scene.shard.lives
    society.numbers.again, mine.closed[0] = ALWAYS, lives.LOAN
    judgments.borrow_again(society, mine, 0, 0)
    assert mine.debt[0] == 0
    mine.closed[0] = 0
    judgments.borrow_again(society, mine, 0, 0)
    assert (mine.debt[0], mine.means[0]) == (judgments.usual_debt(society, mine, 0), 0)


def test_debts__are_held_as_in_the_record_and_the_poor_owe_less_of_their_income() -> None:
    """The fifth of debtors who owe most holds 61.4 % of debt, and all of them serve 18.4 % of their income."""
    society = scene_of().model.society
    incomes = np.asarray(society.usual, dtype=float)
    debts = np.sort((society.dues[:, :, None] * incomes[:, None, :]).ravel())
    assert abs(debts[-len(debts) // 5 :].sum() / debts.sum() - 0.614) < 0.01
    assert abs(debts.sum() / (256 * 256 * incomes.sum()) - 0.184) < 0.004
    assert (np.diff(society.dues.mean(axis=1)) >= 0).all()
    assert society.dues[0].mean() < 0.8 * society.dues[4].mean()


def test_claims__are_as_large_as_in_the_record() -> None:
    """59.6 % below 100,000 yuan (one court), 219,000 on average (all cases of 2024); property comes to its mean."""
    society = scene_of().model.society
    claims = np.asarray(society.claims)
    assert abs((claims < 100_000).mean() - 0.596) < 0.01
    assert abs(claims.mean() / 219_000 - 1) < 0.03
    assert abs(np.asarray(society.assets).mean() / 16 / 27 - 1) < 0.01
    assert (np.asarray(society.assets) == 0).mean() == pytest.approx(0.4, abs=0.01)


def lived_in(rulebook: str, **changes: str) -> Any:
    """Return the sums of the accounts of lives over 30 months of a busy town."""
    named = {"hazard.c11": Decimal("0.02"), "recording.court.default": Decimal(1)} | {
        n.replace("__", "."): Decimal(v) for n, v in changes.items()
    }
    town, total = build(Plan(rulebook, 3000, 30, date(2018, 1, 1), named)), 0
    for _ in range(30):
        town.advance()
        total = total + as_table(town.sides[0].lived).sum(axis=0)
    return total


def test_town__has_the_same_cases_with_and_without_a_list_and_recovers_more_where_gates_bite() -> None:
    """Every identity is asserted in every month of it; with no answer to bite and shame a list recovers what no list does."""
    accounts = accounts_of(Lived)
    still = {
        "procedure__bite": "0.1",
        "shame__response": "0",
        "gate__joined": "0",
        "ties__cut": "0",
        "public__searchers": "0",
        "shame__feared": "0",
        "eps_s": "0",
        "launch_effect": "0",
    }
    gated = {name: value for name, value in still.items() if name != "gate__joined"}
    none, listed, mild, bitten = (
        dict(zip(accounts, lived_in(book, **changes), strict=True))
        for book, changes in (
            ("no-scheme", still),
            ("cn-court-list-2017", still),
            ("cn-court-list-2017", gated),
            ("cn-court-list-2017", gated | {"procedure__bite": "1.5"}),
        )
    )
    new, recovered = ("judgments", "newly owed"), ("judgments", "recovered")
    assert none[new] > 10_000_000
    assert none[recovered] == pytest.approx(listed[recovered], rel=0.1)
    of_listed = ("recovered", "from people on a black list")
    assert none[of_listed] == 0
    assert bitten[of_listed] > 1.05 * mild[of_listed] > 0
