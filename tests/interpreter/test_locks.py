"""Overrides and locks: from which day they count, when they end, and which never begin."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from glasstown.interpreter.life import Decision, Life, Record, live
from glasstown.ledger import Account
from golden.harness import acts_from, book_from

ACTS = acts_from({"noise": None})
GRADES = [{"id": "A", "from": 90, "below": "top"}, {"id": "B", "from": "lowest", "below": 90}]


def day(n: int, month: int = 1) -> date:
    return date(2020, month, n)


def told(*decisions: Decision, until: date | None = None, score: Any = None, **keys: Any) -> Account:
    """Tell a life with one record on 6 January under a clause with these keys."""
    clause = {"id": "a", "direction": "deduct", "points": -5, **keys}
    record = Record("e0", 0, day(2), day(6), clause="a", until=until)
    book = book_from("x", {"clauses": [clause], "grades": GRADES, "score": score or {}})
    return live(book, ACTS, Life(day(1), date(2020, 12, 31), (record,), decisions))


def phases(account: Account) -> list[tuple[date, str]]:
    return [(line.day, line.phase) for line in account.ledger]


@pytest.mark.parametrize(
    ("until", "ends"),
    [({"days": 10}, day(16)), ({"months": 1}, day(6, 2)), ("cycle-end", day(1, 7)), ("state-ends", day(20))],
)
def test_lock__ends_when_its_clause_says(until: Any, ends: date) -> None:
    cycle = {"cycle": {"starts": ["07-01"]}} if until == "cycle-end" else None
    account = told(until=day(20), score=cycle, lock={"at_most": 50, "until": until})
    lines = [line for line in account.ledger if line.phase in ("record", "lock-end")]
    assert (lines[0].day, lines[0].after) == (day(6), 50)
    assert (lines[1].day, lines[1].before) == (ends, 50)


def test_term_that_is_over_before_the_effect__never_begins() -> None:
    account = told(counts_from="act", lock={"at_most": 50, "until": {"days": 4}})  # counted from the second
    assert phases(account) == [(day(6), "record")]
    assert account.ledger[0].after == 95
    assert phases(told(lock={"at_most": 50, "until": {"days": 4}})) == [(day(6), "record"), (day(10), "lock-end")]


@pytest.mark.parametrize("until", ["unknown", "state-ends"])
def test_end_that_nobody_knows__is_flagged_and_lasts_to_the_end(until: str) -> None:
    account = told(lock={"at_most": 50, "until": until})
    assert phases(account) == [(day(6), "record")]
    assert len([flag for flag in account.flags if "lasts" in flag and "lock" in flag]) == 1


def test_correction__ends_override_and_lock() -> None:
    held = {"grade": "B", "holds": "exactly", "until": {"months": 6}}
    account = told(
        Decision("e1", 1, day(9), "correct", of="e0"), override=held, lock={"at_most": 50, "until": {"months": 6}}
    )
    assert [(line.phase, line.after, line.grade) for line in account.ledger] == [
        ("record", 50, "B"),
        ("correction", 100, "A"),
    ]
