"""What the engine has no room for is refused, never told wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from agreement.both import disagreements
from agreement.conduct import catalogue
from glasstown.compiler.compile import compile_rulebook
from glasstown.compiler.limits import MOST_CHOICE, MOST_TAKEN
from glasstown.engine.kernel import ledger_words
from glasstown.engine.one_life_entries import UntoldError
from glasstown.errors import CompileError
from glasstown.ledger import Life, Record
from golden.harness import book_from

A_DAY = date(2020, 1, 1)


def rate(each: int, **more: Any) -> dict[str, Any]:
    """Return a book of one rate by the hour, whose points return after five days."""
    points = {"each": Decimal(each), "per": 1, "of": "hour"}
    clause = {"id": "a", "direction": "deduct", "points": points, "lapse": {"after": {"days": 5}}}
    return {"clauses": [clause | more]}


def test_limits_of_the_compiler__are_those_of_an_entry() -> None:
    assert (MOST_CHOICE, MOST_TAKEN) == (ledger_words.MOST_CHOICE, ledger_words.BIAS - 1)


def test_the_largest_record__returns_whole() -> None:
    record = Record("e0", 0, A_DAY, A_DAY, clause="a", amount=Decimal(3275))
    assert disagreements(book_from("x", rate(-20)), catalogue(), Life(A_DAY, date(2020, 2, 1), (record,))) == []


@pytest.mark.parametrize("amount", [3276, 8192, Decimal("1.5")])
def test_an_amount_that_an_entry_has_no_room_for__is_refused(amount: Decimal) -> None:
    record = Record("e0", 0, A_DAY, A_DAY, clause="a", amount=Decimal(amount))
    with pytest.raises(UntoldError, match="e0: an amount of"):
        disagreements(book_from("x", rate(-20)), catalogue(), Life(A_DAY, date(2020, 2, 1), (record,)))


def test_a_rate_whose_acts_come_to_too_much__is_not_compiled() -> None:
    with pytest.raises(CompileError):
        compile_rulebook(book_from("x", rate(-7000, act="measured-0")), catalogue())


def test_a_range_too_wide_for_an_entry__is_not_compiled() -> None:
    clause = {"id": "a", "direction": "deduct", "points": {"least": Decimal(-9000), "most": Decimal(-1)}}
    with pytest.raises(CompileError):
        compile_rulebook(book_from("x", {"clauses": [clause]}), catalogue())
