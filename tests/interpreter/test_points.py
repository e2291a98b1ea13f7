"""Points: caps, rests of a rate, lapses and what is kept of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from glasstown.interpreter.life import Life, Record, live
from glasstown.ledger import Account
from golden.harness import acts_from, book_from

ACTS = acts_from({"noise": None})


def told(amounts: list[int], direction: str = "deduct", points: Any = -5, score: Any = None, **keys: Any) -> Account:
    """Tell a life with a record a week, from 6 January on, of these amounts."""
    clause = {"id": "a", "direction": direction, "points": points, **keys}
    days = [date.fromordinal(date(2020, 1, 6).toordinal() + 7 * n) for n in range(len(amounts))]
    records = tuple(
        Record(f"e{n}", n, day, day, clause="a", amount=Decimal(amount))
        for n, (day, amount) in enumerate(zip(days, amounts, strict=True))
    )
    book = book_from("x", {"clauses": [clause], "score": score or {}})
    return live(book, ACTS, Life(date(2020, 1, 1), date(2020, 12, 31), records))


def scores(account: Account, phase: str = "record") -> list[int]:
    return [line.after for line in account.ledger if line.phase == phase]


def test_cap__of_points_cuts_and_of_times_drops() -> None:
    assert scores(told([1, 1, 1], caps=[{"points": 7, "per": "year", "of": "any"}])) == [95, 93, 93]
    assert scores(told([1, 1, 1], caps=[{"times": 2, "per": "year", "of": "any"}])) == [95, 90, 90]


def test_cap__counts_what_was_taken_and_not_what_the_bound_kept() -> None:
    cap = [{"points": 9, "per": "year", "of": "any"}]
    account = told([1, 1, 1], "reward", 5, {"highest": 103}, caps=cap)
    assert scores(account) == [103, 103, 103]
    assert [line.cap for line in account.ledger] == [None, None, None]


@pytest.mark.parametrize(("rest", "after"), [("drop", [98, 96, 94]), ("carry", [98, 96, 92])])
def test_rest_of_a_rate__is_dropped_or_carried(rest: str, after: list[int]) -> None:
    rate = {"each": -2, "per": 3, "of": "hour", "remainder": rest}
    assert scores(told([4, 4, 4], points=rate)) == after


def test_lapse__returns_what_was_taken_and_not_what_the_clause_says() -> None:
    account = told([1], "reward", 9, {"highest": 104}, lapse={"after": {"days": 20}})
    assert [(line.day, line.before, line.after) for line in account.ledger] == [
        (date(2020, 1, 6), 100, 104),
        (date(2020, 1, 26), 104, 100),
    ]


def test_lapse__comes_before_the_records_of_its_day() -> None:
    account = told([1, 1], "reward", 9, {"highest": 104}, lapse={"after": {"days": 7}})
    assert [(line.phase, line.before, line.after) for line in account.ledger[:3]] == [
        ("record", 100, 104), ("lapse", 104, 100), ("record", 100, 104),
    ]  # fmt: skip


@pytest.mark.parametrize(("span", "lines"), [(4, [95, 100]), (3, [100]), (2, [100])])
def test_lapse_that_is_counted_from_the_act__may_be_over_before_the_record(span: int, lines: list[int]) -> None:
    clause = {"id": "a", "direction": "deduct", "points": -5, "counts_from": "act", "lapse": {"after": {"days": span}}}
    record = Record("e0", 0, date(2020, 1, 3), date(2020, 1, 6), clause="a")
    account = live(book_from("x", {"clauses": [clause]}), ACTS, Life(date(2020, 1, 1), date(2020, 12, 31), (record,)))
    assert [line.after for line in account.ledger] == lines


def test_unknown_value__is_counted_and_takes_nothing() -> None:
    account = told([1, 1], points="unknown")
    assert scores(account) == [100, 100]
    assert account.n_unknown == {"a": 2}
