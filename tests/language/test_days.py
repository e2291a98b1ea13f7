"""Whether something is in force: from its first day on, its end excluded, and unknown where nobody says when it ends."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from glasstown.language.days import covers, holds_on, partly_outside, years
from glasstown.language.model import Period, Rulebook
from golden.harness import book_from

FIRST, END = date(2020, 1, 1), date(2021, 1, 1)


def scheme(until: Any) -> Rulebook:
    """Return a rulebook in force from 2020 on, until a day."""
    return book_from("x", {"in_force": {"from": FIRST, "until": until}})


@pytest.mark.parametrize(
    ("until", "day", "holds"),
    [
        (END, date(2019, 12, 31), "no"), (END, FIRST, "yes"), (END, date(2020, 12, 31), "yes"), (END, END, "no"),
        (None, date.max, "yes"), ("unknown", FIRST, "unknown"), ("unknown", date(2019, 12, 31), "no"),
    ],
)  # fmt: skip
def test_scheme__holds_from_its_first_day_to_the_day_before_its_end(until: Any, day: date, holds: str) -> None:
    assert holds_on(scheme(until), day) == holds


def test_period__covers_its_days_and_an_open_end_leaves_nothing_out() -> None:
    period = Period.model_validate({"from": FIRST, "until": END})
    assert [covers(period, day) for day in (date(2019, 12, 31), FIRST, date(2020, 12, 31), END)] == [
        False,
        True,
        True,
        False,
    ]
    assert covers(Period.model_validate({"from": FIRST}), date.max)
    assert covers(Period.model_validate({"until": END}), date.min)
    assert covers(None, END)
    assert covers(period, None)


def test_days_outside_the_scheme__are_told_at_either_end_and_not_otherwise() -> None:
    book = scheme(END)
    assert partly_outside(book, FIRST, END) == ()
    assert partly_outside(scheme("unknown"), FIRST, date.max) == ()
    before, after = partly_outside(book, date(2019, 12, 1), date(2021, 2, 1))
    assert before == "in force from 2020-01-01: nothing is recorded before"
    assert after.startswith("over on 2021-01-01: nothing is recorded")


def test_years__say_now_or_unknown_where_there_is_no_end() -> None:
    assert [years(scheme(until)) for until in (END, None, "unknown")] == ["2020–2021", "2020–now", "2020–unknown"]
