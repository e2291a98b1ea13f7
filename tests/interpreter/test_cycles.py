"""Rating cycles: the score begins anew, what is carried over is taken again, and windows forget what was before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from glasstown.interpreter.life import Decision, Life, Record, live
from glasstown.ledger import Account
from golden.harness import acts_from, book_from

ACTS = acts_from({"noise": None})
FIRST = date(2020, 7, 1)


def day(n: int, month: int) -> date:
    return date(2020, month, n)


def told(
    days: list[date], *decisions: Decision, start: date = date(2020, 1, 1), until: Any = None, **keys: Any
) -> Account:
    """Tell a life with records on these days, under a score that begins anew on 1 July."""
    clause = {"id": "a", "direction": "deduct", "points": -5, **keys}
    records = tuple(Record(f"e{n}", n, each, each, clause="a", until=until) for n, each in enumerate(days))
    book = book_from(
        "x",
        {"clauses": [clause], "score": {"cycle": {"starts": ["07-01"]}}, "procedures": [{"id": "repair"}]},
    )
    return live(book, ACTS, Life(start, date(2020, 12, 31), records, decisions))


def at_cycle(account: Account) -> tuple[int, int]:
    """Return the score before and after the one cycle."""
    ((before, after),) = [(line.before, line.after) for line in account.ledger if line.phase == "cycle"]
    return before, after


@pytest.mark.parametrize(
    ("keys", "until", "after"),
    [
        ({}, None, 100),
        ({"carries_over": True}, None, 95),
        ({"carries_over": True}, FIRST, 100),  # over by the cycle's first day
        ({"carries_over": True}, day(2, 7), 95),
    ],
)
def test_cycle__begins_at_the_base_and_takes_again_what_lasts(
    keys: dict[str, Any], until: date | None, after: int
) -> None:
    assert at_cycle(told([day(1, 3)], until=until, **keys)) == (95, after)


def test_what_is_rectified__is_not_carried_over() -> None:
    repaired = Decision("e9", 9, day(1, 4), "repair", of="e0")
    assert at_cycle(told([day(1, 3)], repaired, carries_over=True))[1] == 100


def test_windows__forget_what_was_before_a_cycle_and_what_is_carried_over() -> None:
    cap = [{"times": 1, "per": "year", "of": "any"}]
    plain, carried = (told([day(1, 3), day(2, 7)], caps=cap, carries_over=keep) for keep in (False, True))
    assert [line.after for line in plain.ledger] == [95, 100, 95]
    assert [line.after for line in carried.ledger] == [95, 95, 90]
    assert [line.cap for line in (*plain.ledger, *carried.ledger)] == [None] * 6


def test_life_that_begins_with_a_cycle__has_none_on_its_first_day() -> None:
    account = told([day(2, 7)], start=FIRST)
    assert [line.phase for line in account.ledger] == ["record"]
