"""S2 and S13, claims that two owe, kernel by kernel in plain Python: who stands for whom, and what a payment leaves to the other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.scenes import at, scene_of
from glasstown.engine.tables.profiles import households_of, in_households
from glasstown.rows import make_rows, total_of
from plain_kernels import WRAPS, plain

judgments, joint, payments = plain("society.judgments"), plain("society.joint"), plain("society.payments")
lived_rows, lives, means = plain("tables.lived_rows"), plain("tables.lives"), plain("tables.means")
turning_rows = plain("tables.turning_rows")
Purse = plain("tables.scene").Purse
pytestmark = WRAPS
ALWAYS = 1 << 32
YUAN = 256


def scene_with(n: int = 6, **numbers: int) -> Any:
    """Return a scene of adults without money, two a household, each of whom earns one yuan a part and is always guaranteed."""
    scene = scene_of(n)
    scene.model.society.usual[:] = YUAN
    single = scene.model.society.numbers
    single.mean_income, single.guaranteed, single.pays_called, single.judged = YUAN, ALWAYS, 0, 3
    for name, value in numbers.items():
        setattr(single, name, value)
    mine = scene.shard.lives
    mine.age[:], mine.work[:] = 40, lives.SELF_EMPLOYED
    for name in ("savings", "debt", "late", "owed", "assets", "means"):
        getattr(mine, name)[:] = 0
    scene.shard.profile[:] = in_households(scene.shard.profile, (np.arange(n) // 2).astype(np.uint8))
    scene.model.society.claims[:] = 700
    return scene


def bound(scene: Any) -> list[tuple[int, int, int]]:
    """Return the claims that two owe: debtor, guarantor, yuan."""
    mine = scene.shard.lives
    n = int(np.count_nonzero(mine.joint[0]))
    assert not mine.joint[0, n:].any()
    rows = (mine.joint_debtor[0, :n], mine.joint_guarantor[0, :n], mine.joint[0, :n])
    return [(int(a), int(b), int(c)) for a, b, c in zip(*rows, strict=True)]


def bind(scene: Any, debtor: int, guarantor: int, yuan: int) -> None:
    """Let two owe a claim that is owed already by neither."""
    joint.bind(scene.shard.lives, at(scene), debtor, guarantor, yuan)
    scene.shard.lives.owed[[debtor, guarantor]] += yuan


def pay(scene: Any, person: int, yuan: int, how: int = 2) -> None:
    scene.shard.lives.savings[person] = yuan
    payments.hand_over(scene, at(scene), Purse(person, 0, 256, 100, 0), yuan, yuan, how)


@pytest.mark.parametrize(("late", "is_of_home"), [(3, True), (0, False)])
def test_case__is_opened_against_a_guarantor_too_of_the_home_where_a_bank_claims(late: int, is_of_home: bool) -> None:
    scene = scene_with(arrears=3)
    scene.shard.lives.debt[0], scene.shard.lives.late[0] = 3000, late
    end = judgments.open_case(scene, at(scene), 0, 0)
    claim = 3000 if late else 700
    ((debtor, guarantor, yuan),) = bound(scene)
    home = households_of(scene.shard.profile)
    assert (debtor, yuan, end) == (0, claim, 1)
    assert (home[guarantor] == home[0]) is np.bool_(is_of_home)
    assert guarantor != 0
    assert scene.shard.lives.owed[guarantor] == claim
    assert scene.shard.lives.means[guarantor] & lives.SUED
    total = total_of(scene.lived)
    assert (total.guarantors, total.cases.sum(), total.judged) == (1, 1, claim)
    assert joint.is_before_court(
        scene, at(scene), guarantor, end
    )  # so that courts record of a guarantor as of a debtor
    joint.book_owed(scene, at(scene))
    assert total_of(scene.lived).owed == claim == joint.owed_once(scene.shard.lives)


def test_nobody__stands_for_a_debt_who_is_a_child_or_before_the_court_this_month() -> None:
    scene = scene_with(2, arrears=3)
    scene.shard.lives.debt[0], scene.shard.lives.late[0] = 3000, 3
    scene.shard.lives.age[1] = 17
    assert judgments.open_case(scene, at(scene), 0, 0) == 0
    assert bound(scene) == []
    scene = scene_with(2, arrears=3)
    scene.shard.lives.debt[:], scene.shard.lives.late[:] = 3000, 3
    scene.found.rows[0] = plain("tables.found_words").pack_found(1, 3, 1, 1)
    assert judgments.open_case(scene, at(scene), 0, 1) == 1
    assert bound(scene) == []


def test_who_pays_when_called__needs_no_guarantor_and_a_guarantor_who_does_frees_the_debtor() -> None:
    scene = scene_with(pays_called=ALWAYS)
    scene.shard.lives.savings[0] = 10_000
    assert judgments.open_case(scene, at(scene), 0, 0) == 0
    assert bound(scene) == []
    scene = scene_with(pays_called=ALWAYS)
    scene.shard.lives.savings[1:] = 10_000
    judgments.open_case(scene, at(scene), 0, 0)
    mine, total = scene.shard.lives, total_of(scene.lived)
    assert (bound(scene), mine.owed.sum()) == ([], 0)
    assert (total.recovered, total.recovered_guarantors, total.judged) == (700, 700, 700)
    assert mine.means[0] & lives.PAID_WHEN_CALLED  # so that nothing is recorded of the debtor either


@pytest.mark.parametrize("payer", [0, 3])
def test_payment_by_either__lowers_what_both_owe_and_counts_once(payer: int) -> None:
    scene = scene_with()
    bind(scene, 0, 3, 1000)
    pay(scene, payer, 400)
    mine, total = scene.shard.lives, total_of(scene.lived)
    assert (mine.owed[0], mine.owed[3], bound(scene)) == (600, 600, [(0, 3, 600)])
    assert (total.recovered, total.recovered_guarantors) == (400, 400 * (payer == 3))
    assert total.paid[lived_rows.BY_ANOTHER] == 1
    pay(scene, payer, 600)
    assert (mine.owed[0], mine.owed[3], bound(scene)) == (0, 0, [])


def test_payment__goes_to_claims_of_two_first_and_the_oldest_of_them() -> None:
    scene = scene_with()
    scene.shard.lives.owed[0] = 500
    bind(scene, 0, 3, 100)
    bind(scene, 1, 4, 50)
    bind(scene, 5, 0, 200)
    pay(scene, 0, 150)
    mine = scene.shard.lives
    assert (mine.owed[0], mine.owed[3], mine.owed[5]) == (650, 0, 150)
    assert bound(scene) == [(1, 4, 50), (5, 0, 150)]
    assert total_of(scene.lived).recovered_guarantors == 50


@pytest.mark.parametrize(
    ("person", "how", "owed", "let_go"),
    [
        (0, "SETTLED", (0, 0), 1000),  # settles for the guarantor too
        (3, "SETTLED", (1000, 0), 0),  # a guarantor settles alone
        (0, "DISCHARGED", (0, 1000), 0),  # and a discharge leaves the guarantor owing
    ],
)
def test_writing_off__says_what_the_other_goes_on_owing(
    person: int, how: str, owed: tuple[int, int], let_go: int
) -> None:
    scene = scene_with()
    bind(scene, 0, 3, 1000)
    payments.write_off(scene, at(scene), Purse(person, 0, 256, 100, 0), getattr(lived_rows, how), 0)
    mine = scene.shard.lives
    assert ((mine.owed[0], mine.owed[3]), bound(scene)) == (owed, [])
    assert total_of(scene.lived).written_off == let_go


@pytest.mark.parametrize(
    ("gone", "stays", "kept"),
    [
        ({0: "DIED"}, (100, 0), [(1, 4, 50)]),
        ({3: "MOVED"}, (0, 100), [(1, 4, 50)]),
        ({0: "DIED", 3: "MOVED"}, (0, 100), [(1, 4, 50)]),
        ({2: "DIED"}, (0, 0), [(0, 3, 100), (1, 4, 50)]),
        ({0: "STAYED", 3: "STAYED"}, (0, 0), [(0, 3, 100), (1, 4, 50)]),
    ],
)
def test_who_leaves__leaves_the_claim_to_the_other(
    gone: dict[int, str], stays: tuple[int, int], kept: list[tuple[int, int, int]]
) -> None:
    scene = scene_with()
    bind(scene, 0, 3, 100)
    bind(scene, 1, 4, 50)
    turns = make_rows(turning_rows.Turn, len(gone))
    for row, (place, why) in enumerate(gone.items()):
        turns[row].place, turns[row].why = place, getattr(turning_rows, why)
    joint.leave(scene.shard, scene.lived, turns, 0, len(gone))
    total = total_of(scene.lived)
    assert (-total.written_off, -total.moved_away) == stays
    assert bound(scene) == kept


def test_room__is_bounded_and_further_cases_are_against_the_debtor_alone() -> None:
    scene = scene_with()
    for _ in range(means.JOINT_ROOM):
        bind(scene, 1, 2, 1)
    assert judgments.open_case(scene, at(scene), 0, 0) == 0
    assert scene.shard.lives.owed[0] == 700
    assert len(bound(scene)) == means.JOINT_ROOM


def test_those_from_before__owe_with_somebody_of_their_own_neighbourhood() -> None:
    scene = scene_with()
    bind(scene, 0, 1, 1000)
    bind(scene, 2, 5, 300)
    scene.shard.lives.owed[2] += 7
    alone, shared = joint.apart(scene.shard)
    assert alone.tolist() == [1000, 0, 307, 0, 0, 0]
    assert shared.tolist() == [2001, 0, 600, 0, 0, 0]
    other = scene_with()
    other.shard.lives.owed[:] = alone
    joint.bind_those_from_before(other, at(other), shared)
    (first, second), home = bound(other), households_of(other.shard.profile)
    assert (first[0], first[2], home[first[1]]) == (0, 1000, home[0])
    assert (second[0], second[2]) == (2, 300)
    assert home[second[1]] != home[2]
    assert joint.owed_once(other.shard.lives) == alone.sum()
