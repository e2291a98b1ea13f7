"""Days, spans and periods."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasstown.interpreter.calendar import (
    add_days,
    add_months,
    add_span,
    day_of_year,
    month_steps,
    period_around,
    span_words,
)
from glasstown.rulebook.model import Span

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("start", "n_months", "end"),
    [
        (date(2019, 1, 31), 1, date(2019, 2, 28)),
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2020, 1, 31), 2, date(2020, 3, 31)),
        (date(2020, 3, 31), -1, date(2020, 2, 29)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(9999, 12, 1), 1, date.max),
        (date(1, 1, 1), -1, date.min),
    ],
)
def test_add_months__clamps_to_the_month_and_to_the_calendar(start: date, n_months: int, end: date) -> None:
    assert add_months(start, n_months) == end


def test_add_days__stays_inside_the_calendar() -> None:
    assert add_days(date.max, 1) == date.max
    assert add_span(date(2020, 1, 1), Span(days=31)) == date(2020, 2, 1)
    assert add_span(date(2020, 2, 29), Span(years=4)) == date(2024, 2, 29)


@given(DAYS, st.integers(0, 500))
def test_period_around__of_a_window_holds_that_many_days(day: date, n_days: int) -> None:
    first, last = period_around(Span(days=n_days), day)
    assert last == day
    assert (last - first).days + 1 == n_days


@given(DAYS, st.sampled_from(["day", "week", "month", "year", "life"]))
def test_period_around__of_a_calendar_period_is_the_same_for_all_its_days(day: date, per: str) -> None:
    first, last = period_around(per, day)  # type: ignore[arg-type]
    assert first <= day <= last
    assert period_around(per, first) == period_around(per, last) == (first, last)  # type: ignore[arg-type]


def test_period_around__starts_weeks_on_monday() -> None:
    assert period_around("week", date(2020, 1, 1)) == (date(2019, 12, 30), date(2020, 1, 5))


@given(DAYS, st.integers(0, 400))
def test_month_steps__are_counted_from_the_start(start: date, n_days: int) -> None:
    until = start + timedelta(days=n_days)
    steps = list(month_steps(start, until=until, after=start))
    assert [n for n, _ in steps] == list(range(1, len(steps) + 1))
    assert all(day == add_months(start, n) < until for n, day in steps)


def test_day_of_year__takes_the_last_day_where_the_year_lacks_it() -> None:
    assert day_of_year(2019, "02-29") == date(2019, 2, 28)
    assert day_of_year(2020, "02-29") == date(2020, 2, 29)


def test_span_words__reads_as_english() -> None:
    assert [span_words(s) for s in (Span(years=1), Span(days=30), Span(months=6))] == [
        "one year",
        "30 days",
        "6 months",
    ]
