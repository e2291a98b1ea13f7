"""Periods of caps against the calendar of Python."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from glasstown.compiler import columns as col
from glasstown.compiler.rulebook_rows import Cap
from glasstown.rows import make_row
from plain_kernels import WRAPS, plain

pytestmark = WRAPS
caps, calendar = plain("person.caps"), plain("kernel.calendar")
START = date(2019, 11, 1)
CAL = calendar.make_calendar(START)
DAYS = (0, 3, 29, 30, 60, 61, 100, 121, 425, 426, 500)
Period = Callable[[date], tuple[date, date]]


def cap_of(period: int, span: int = 0) -> Any:
    """Return a cap for a period."""
    cap = make_row(Cap)
    cap.period, cap.span = period, span
    return cap


def month_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of a day's month."""
    first = day.replace(day=1)
    return first, (first + timedelta(31)).replace(day=1) - timedelta(1)


def week_of(day: date) -> tuple[date, date]:
    """Return Monday and Sunday of a day's week."""
    monday = day - timedelta(day.weekday())
    return monday, monday + timedelta(6)


@pytest.mark.parametrize(
    ("period", "whole"),
    [
        (col.PER_DAY, lambda day: (day, day)),
        (col.PER_WEEK, week_of),
        (col.PER_MONTH, month_of),
        (col.PER_YEAR, lambda day: (date(day.year, 1, 1), date(day.year, 12, 31))),
    ],
    ids=["day", "week", "month", "year"],
)
def test_period__is_that_of_the_calendar(period: int, whole: Period) -> None:
    cap = cap_of(period)
    for n in DAYS:
        first, last = whole(START + timedelta(n))
        assert max(caps.period_first(CAL, cap, n), -1) == max((first - START).days, -1)  # before the run counts as -1
        assert caps.period_last(CAL, cap, n) == (last - START).days
    assert not caps.is_rolling(cap)


def test_period_of_a_life__has_no_ends() -> None:
    cap = cap_of(col.PER_LIFE)
    assert [(caps.period_first(CAL, cap, n), caps.period_last(CAL, cap, n)) for n in DAYS] == [(-1, col.NEVER)] * len(
        DAYS
    )


@pytest.mark.parametrize("period", [col.ROLLING_DAYS, col.ROLLING_WORKING])
def test_rolling_days__end_with_the_day_and_meet_as_many_after_it(period: int) -> None:
    """Every day of this calendar is a working day; who counts on day n meets who counts up to `span` days later."""
    cap = cap_of(period, 10)
    assert caps.is_rolling(cap)
    for n in (20, 60, 100):
        assert (caps.period_first(CAL, cap, n), caps.period_last(CAL, cap, n)) == (n - 9, n + 10)


def test_rolling_months__end_with_the_day() -> None:
    cap = cap_of(col.ROLLING_MONTHS, 1)
    n = (date(2020, 3, 15) - START).days
    assert caps.period_first(CAL, cap, n) == (date(2020, 2, 16) - START).days
    assert caps.period_last(CAL, cap, n) == (date(2020, 4, 15) - START).days
