"""Cut-offs of quota grades: which is in force on the first day, when the next comes, and what a missing one means."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from glasstown.interpreter.life import Life, Record, live
from glasstown.ledger import Account, CutOff, Given
from golden.harness import acts_from, book_from

ACTS = acts_from({"noise": None})
QUOTA = {"share": Decimal("0.1"), "assessed": ["03-31", "09-30"]}
GRADES = [{"id": "A", "from": "quota", "below": "top", "quota": QUOTA}, {"id": "B", "from": "lowest", "below": "top"}]
CLAUSE = {"id": "a", "direction": "deduct", "points": -5}


def told(*cutoffs: tuple[date, int | None], until: date = date(2020, 12, 31)) -> Account:
    """Tell a life from 1 January with a record in December, at 100 points before it, with these cut-offs."""
    given = Given(cutoffs=tuple(CutOff(day, "A", None if score is None else Decimal(score)) for day, score in cutoffs))
    record = Record("e0", 0, date(2020, 12, 1), date(2020, 12, 1), clause="a")
    return live(
        book_from("x", {"clauses": [CLAUSE], "grades": GRADES}),
        ACTS,
        Life(date(2020, 1, 1), until, (record,), (), given),
    )


@pytest.mark.parametrize(("score", "grade"), [(95, "A"), (96, "B"), (None, "B")])
def test_cutoff__is_the_lowest_score_that_reaches_the_grade(score: int | None, grade: str) -> None:
    earlier = [
        (date(2019, 3, 31), 1),
        (date(2019, 9, 30), score),
        (date(2020, 3, 31), score),
        (date(2020, 9, 30), score),
    ]
    assert [line.grade for line in told(*earlier).ledger] == [grade]  # 95 points after the record


def test_next_cutoff__holds_from_the_morrow_of_the_assessed_day() -> None:
    account = told((date(2019, 9, 30), 90), (date(2020, 3, 31), 101), (date(2020, 9, 30), 100))
    assert [(line.day, line.phase, line.grade) for line in account.ledger] == [
        (date(2020, 4, 1), "cut-off", "B"),
        (date(2020, 10, 1), "cut-off", "A"),
        (date(2020, 12, 1), "record", "B"),
    ]


def test_cutoff_that_is_not_given__lets_nobody_reach_the_grade_and_is_flagged() -> None:
    account = told((date(2019, 9, 30), 90), (date(2020, 9, 30), 90))
    assert [(line.day, line.grade) for line in account.ledger] == [
        (date(2020, 4, 1), "B"), (date(2020, 10, 1), "A"), (date(2020, 12, 1), "A"),
    ]  # fmt: skip
    assert [flag for flag in account.flags if "the cut-off of 2020-03-31 is not given" in flag]
