"""Decisions about records: objections with their clocks, corrections, ends of states, and what is about nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from glasstown.interpreter.life import Decision, Life, Record, live
from glasstown.ledger import Account
from golden.harness import acts_from, book_from

ACTS = acts_from({"noise": None})
MONDAY = date(2020, 1, 6)
CLAUSE = {"id": "a", "direction": "deduct", "points": -5}


def day(n: int) -> date:
    """Return the day n of January 2020."""
    return date(2020, 1, n)


def told(*decisions: Decision, objection: dict[str, Any] | None = None, **parts: Any) -> Account:
    """Tell a life in which clause a is recorded on the sixth, with these decisions."""
    parts = {"clauses": [CLAUSE], **parts} | ({"objection": objection} if objection else {})
    life = Life(day(1), date(2020, 12, 31), (Record("e0", 0, MONDAY, MONDAY, clause="a"),), decisions)
    return live(book_from("x", parts), ACTS, life)


def phases(account: Account) -> list[tuple[date, str]]:
    """Return day and phase of each line."""
    return [(line.day, line.phase) for line in account.ledger]


def objected(n: int = 8, order: int = 1) -> Decision:
    """Return an objection to the record."""
    return Decision(f"e{order}", order, day(n), "object", of="e0")


def decided(granted: bool, n: int = 9, order: int = 2) -> Decision:
    """Return the decision on the objection."""
    return Decision(f"e{order}", order, day(n), "decide", of="e0", granted=granted)


def test_decision_about_no_record__is_a_line_that_changes_nothing() -> None:
    for procedure in ("correct", "end"):
        account = told(Decision("e1", 1, day(9), procedure, of="nowhere"))  # type: ignore[arg-type]
        assert [(line.before, line.after, line.clause) for line in account.ledger][1:] == [(95, 95, None)]


def test_objection_that_the_rulebook_does_not_know__is_flagged_and_no_entry() -> None:
    account = told(objected(), decided(True))
    assert phases(account) == [(MONDAY, "record")]
    assert account.flags == (
        "event e1: this rulebook has no objection to event e0",
        "event e2: this rulebook has no objection to event e0",
    )


def test_granted_objection__corrects_the_record_within_its_time() -> None:
    account = told(objected(), decided(True), objection={"stays": False, "corrected_within": {"days": 3}})
    assert phases(account)[-2:] == [(day(9), "decision"), (day(12), "correction")]
    assert account.score == 100


def test_granted_objection_of_unknown_time__corrects_at_once_and_says_so() -> None:
    account = told(objected(), decided(True), objection={"stays": False, "corrected_within": "unknown"})
    assert phases(account)[-2:] == [(day(9), "decision"), (day(9), "correction")]
    assert account.flags == ("how long a correction after a granted objection takes is unknown; it is made at once",)


def test_unknown_clocks_of_an_objection__are_flagged_and_never_pass() -> None:
    rule = {"stays": "unknown", "within": "unknown", "answered_within": "unknown"}
    account = told(objected(30), objection=rule)
    assert phases(account)[-1] == (day(30), "objection")
    assert account.flags == (
        "how long there is to object is unknown; it is counted as always",
        "whether an objection lifts the listing is unknown; it does not here",
        "how long the answer to an objection may take is unknown; no deadline is noted",
    )


def test_unanswered_objection__has_a_line_for_its_deadline_and_an_answered_one_has_none() -> None:
    rule = {"stays": False, "answered_within": {"days": 5}}
    assert (day(13), "deadline") in phases(told(objected(), objection=rule))
    assert (day(13), "deadline") not in phases(told(objected(), decided(False), objection=rule))


def test_objection_after_its_time__opens_nothing_that_could_be_decided() -> None:
    account = told(objected(20), decided(True, 21), objection={"stays": False, "within": {"days": 10}})
    assert phases(account)[1:] == [(day(20), "objection"), (day(21), "decision")]
    assert account.score == 95


def test_refused_objection__may_be_reviewed_once_and_in_time() -> None:
    rule = {"stays": False, "review_within": {"days": 5}}
    granted = told(objected(), decided(False), objected(12, 3), decided(True, 13, 4), objection=rule)
    assert granted.score == 100
    late = told(objected(), decided(False), objected(20, 3), decided(True, 21, 4), objection=rule)
    assert late.score == 95
    without = told(objected(), decided(False), objected(12, 3), decided(True, 13, 4), objection={"stays": False})
    assert without.score == 95


def test_objection_to_a_corrected_record__finds_nothing_to_object_to() -> None:
    correction = Decision("e1", 1, day(7), "correct", of="e0")
    account = told(correction, objected(8, 2), decided(False, 9, 3), objection={"stays": False})
    assert [line.after for line in account.ledger] == [95, 100, 100, 100]


def test_consent_and_procedure_that_the_rulebook_lacks__are_flagged_and_no_entry() -> None:
    account = told(Decision("e1", 1, day(7), "consent", given=True), Decision("e2", 2, day(8), "repair"))
    assert phases(account) == [(MONDAY, "record")]
    assert account.flags == (
        "event e1: this rulebook asks for no consent",
        "event e2: this rulebook has no procedure 'repair'",
    )


def test_end_of_a_state__ends_the_hold_that_lasts_with_it_and_a_later_end_changes_nothing() -> None:
    clause = {"id": "a", "direction": "deduct", "points": -5, "lock": {"freezes": "all", "until": "state-ends"}}
    end, again = (Decision(f"e{n}", n, day(10 + 5 * n), "end", of="e0") for n in (1, 2))
    account = told(end, again, clauses=[clause])
    assert [each for each in phases(account) if each[1] == "lock-end"] == [(day(15), "lock-end")]
