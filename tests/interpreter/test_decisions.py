"""Decisions that meet nothing to act on, and terms that are unknown: the account says so, and nothing else happens."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from glasstown.interpreter.life import live
from glasstown.ledger import Account
from golden.harness import acts_from, book_from, life_from

DEDUCTION = {"id": "a", "direction": "deduct", "points": -10}
RECORD = {"date": date(2020, 2, 1), "clause": "a"}


def told(book: dict[str, Any], *events: dict[str, Any]) -> Account:
    """Return the account of a life under a small book, from the first event to the end of 2020."""
    life = life_from({"start": date(2020, 1, 1), "until": date(2020, 12, 31), "events": list(events)})
    return live(book_from("x", {"clauses": [DEDUCTION], **book}), acts_from({}), life)


@pytest.mark.parametrize(
    ("event", "says"),
    [
        ({"event": "correct", "of": "elsewhere"}, "nothing is left to correct"),
        ({"event": "end", "of": "elsewhere"}, "nothing ends"),
    ],
    ids=["correct", "end"],
)
def test_decision_on_no_record__is_a_line_without_change(event: dict[str, Any], says: str) -> None:
    account = told({}, RECORD, {"date": date(2020, 3, 1), **event})
    _, line = account.ledger
    assert says in line.why
    assert (line.record, line.before, line.after) == ("elsewhere", line.after, account.ledger[0].after)


@pytest.mark.parametrize(
    ("event", "flag"),
    [
        ({"event": "object", "of": "e0"}, "has no objection to event e0"),
        ({"event": "decide", "of": "e0", "granted": True}, "has no objection to event e0"),
        ({"event": "consent", "given": True}, "asks for no consent"),
        ({"event": "spend", "amount": 5}, "has no balance to spend from"),
        ({"event": "repair", "of": "e0"}, "has no procedure 'repair'"),
    ],
    ids=["object", "decide", "consent", "spend", "procedure"],
)
def test_decision_that_the_rulebook_does_not_know__is_flagged_and_no_entry(event: dict[str, Any], flag: str) -> None:
    account = told({}, RECORD, {"date": date(2020, 3, 1), **event})
    assert [line.record for line in account.ledger] == ["e0"]
    assert [flag in said for said in account.flags] == [True]


UNKNOWN_TERMS = {
    "within": "unknown",
    "answered_within": "unknown",
    "corrected_within": "unknown",
    "review_within": "unknown",
    "stays": "unknown",
}


def test_objection_with_unknown_terms__is_open_for_good_and_corrected_at_once() -> None:
    account = told(
        {"objection": UNKNOWN_TERMS},
        RECORD,
        {"date": date(2020, 10, 1), "event": "object", "of": "e0"},
        {"date": date(2020, 11, 1), "event": "decide", "of": "e0", "granted": True},
    )
    assert [(line.phase, line.after) for line in account.ledger[1:]] == [
        ("objection", account.ledger[0].after),
        ("decision", account.ledger[0].after),
        ("correction", account.ledger[0].before),
    ]
    assert {line.day.month for line in account.ledger[2:]} == {11}
    said = " ".join(account.flags)
    for part in ("lifts the listing", "the answer to an objection", "a correction after a granted objection"):
        assert part in said, part


def test_refusal_with_unknown_review__leaves_review_open_until_an_unknown_day() -> None:
    account = told(
        {"objection": UNKNOWN_TERMS},
        RECORD,
        {"date": date(2020, 3, 1), "event": "object", "of": "e0"},
        {"date": date(2020, 4, 1), "event": "decide", "of": "e0", "granted": False},
        {"date": date(2020, 12, 1), "event": "object", "of": "e0"},
    )
    assert "until an unknown day" in account.ledger[2].why
    assert account.ledger[3].phase == "objection"
    assert account.ledger[-1].after == account.ledger[0].after
