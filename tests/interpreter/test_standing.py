"""Score, grade and parts of one life: bounds, the sum behind them, overrides that meet, and locks."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from glasstown.interpreter.filing import LockInForce, OverrideInForce
from glasstown.interpreter.reading import read
from glasstown.interpreter.standing import Standing
from glasstown.language.model import Lock, Override
from glasstown.ledger import Given
from golden.harness import acts_from, book_from

ACTS = acts_from({"noise": None})
CLAUSE = {"id": "a", "direction": "deduct", "points": -5}
GRADES = [
    {"id": "A", "from": 110, "below": "top"}, {"id": "B", "from": 90, "below": 110}, {"id": "C", "from": "lowest", "below": 90},
]  # fmt: skip


def standing(**parts: Any) -> Standing:
    """Return where a life stands on its first day under a rulebook of these parts."""
    return Standing(read(book_from("x", {"clauses": [CLAUSE], "grades": GRADES, **parts}), ACTS), Given())


def lock(**keys: Any) -> LockInForce:
    return LockInForce(Lock(until={"days": 9}, **keys))


def override(grade: str, holds: str) -> OverrideInForce:
    return OverrideInForce(Override(grade=grade, holds=holds, until={"days": 9}))  # type: ignore[arg-type]


@pytest.mark.parametrize(("beyond", "taken", "after"), [("saturate", 5, 95), ("latent", 15, 100)])
def test_move__beyond_a_bound_is_lost_or_kept_behind_it(beyond: str, taken: int, after: int) -> None:
    where = standing(score={"highest": 100, "base": 95, "beyond_bounds": beyond})
    assert (where.move(15), where.sum, where.score) == (taken, 95 + taken, 100)
    assert (where.move(-5), where.score) == (-5, after)


def test_move__of_a_part_is_held_by_its_own_bounds() -> None:
    parts = [{"id": "p", "value": 40, "highest": 45}, {"id": "q", "value": 60}]
    clause = {**CLAUSE, "part": "p"}
    where = standing(score={"parts": parts}, clauses=[clause])
    assert (where.move(9, "p"), where.parts, where.score) == (5, {"p": 45, "q": 60}, 105)
    where.return_to_base()
    assert (where.parts, where.score) == ({"p": 40, "q": 60}, 100)


@pytest.mark.parametrize(("score", "grade"), [(110, "A"), (109, "B"), (90, "B"), (89, "C"), (-9, "C")])
def test_grade__begins_at_its_threshold(score: int, grade: str) -> None:
    where = standing()
    where.move(score - 100)
    assert where.grade_now() == grade


@pytest.mark.parametrize(
    ("overrides", "grade"),
    [
        ((("C", "exactly"),), "C"),
        ((("A", "exactly"), ("C", "exactly")), "C"),
        ((("A", "no_worse"),), "A"),
        ((("A", "no_worse"), ("C", "no_better")), "C"),
        ((("C", "no_worse"),), "B"),
        ((("A", "no_better"),), "B"),
    ],
)
def test_overrides__meet_with_the_worst_of_a_kind_and_the_ceiling_last(
    overrides: tuple[tuple[str, str], ...], grade: str
) -> None:
    where = standing()
    where.overrides = [override(*each) for each in overrides]
    assert where.grade_now() == grade
    for each in where.overrides:
        each.ended = True
    where.find_grade()
    assert (where.grade, where.overrides) == ("B", [])


def test_lock__hides_what_is_above_it_and_stops_what_it_freezes() -> None:
    where = standing()
    where.locks = [lock(at_most=Decimal(80)), lock(freezes="rewards")]
    assert (where.score, where.sum, where.grade_now()) == (80, 100, "C")
    assert where.frozen_by(1) is where.locks[1]
    assert where.frozen_by(-1) is None
    where.locks[0].ended = True
    assert (where.score, where.grade_now()) == (100, "B")


def test_consent__that_is_not_given_leaves_no_grade() -> None:
    where = standing(consent={})
    assert (where.consent, where.grade_now()) == (False, None)
    where.consent = True
    assert where.grade_now() == "B"
