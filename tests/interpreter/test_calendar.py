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
    add_working_days,
    day_of_year,
    days_of_years,
    extended,
    is_working_day,
    month_steps,
    next_start,
    period_around,
    span_words,
)
from glasstown.language.model import Cite, Span, WorkingDays

WORKING = WorkingDays(
    holidays=(date(2020, 10, 1), date(2020, 10, 2)), cite=Cite(source="own", at="test", evidence="invented")
)
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


@pytest.mark.parametrize(
    ("start", "n_days", "end"),
    [
        (date(2020, 9, 30), 0, date(2020, 9, 30)),
        (date(2020, 9, 30), 1, date(2020, 10, 5)),
        (date(2020, 9, 29), 1, date(2020, 9, 30)),
        (date(2020, 10, 3), 0, date(2020, 10, 3)),
        (date(2020, 10, 3), 1, date(2020, 10, 5)),
        (date(2020, 9, 25), 5, date(2020, 10, 6)),
        (date.max, 3, date.max),
    ],
)
def test_add_working_days__leaves_out_weekends_and_holidays(start: date, n_days: int, end: date) -> None:
    assert add_working_days(start, n_days, WORKING) == end
    assert add_span(start, Span(working_days=n_days), WORKING) == end


@given(st.dates(date(2020, 1, 1), date(2020, 12, 31)), st.integers(1, 40))
def test_add_working_days__ends_on_a_working_day_with_that_many_between(day: date, n_days: int) -> None:
    end = add_working_days(day, n_days, WORKING)
    between = (day + timedelta(days=n) for n in range(1, (end - day).days + 1))
    assert is_working_day(end, WORKING)
    assert sum(is_working_day(each, WORKING) for each in between) == n_days
    if is_working_day(day, WORKING):
        assert add_working_days(end, n_days, WORKING, sign=-1) == day


def test_add_span__of_working_days_needs_to_know_which_they_are() -> None:
    with pytest.raises(ValueError, match="does not say which days these are"):
        add_span(date(2020, 1, 1), Span(working_days=1))


@pytest.mark.parametrize(
    ("span", "n_months", "end"),
    [
        (Span(months=1), 12, date(2020, 2, 29)),
        (Span(years=3), 36, date(2025, 1, 31)),
        (Span(days=28), 12, date(2020, 2, 28)),
        (Span(working_days=20), 1, date(2019, 3, 28)),
        (Span(months=1), 0, date(2019, 2, 28)),
    ],
)
def test_extended__adds_months_to_months_in_one_step_and_to_days_at_their_end(
    span: Span, n_months: int, end: date
) -> None:
    assert extended(date(2019, 1, 31), span, n_months, WORKING) == end


def test_days_of_years__come_in_order_with_both_ends() -> None:
    assert list(days_of_years(("07-01", "02-30"), date(2020, 2, 29), date(2021, 2, 28))) == [
        date(2020, 2, 29),
        date(2020, 7, 1),
        date(2021, 2, 28),
    ]


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2020, 6, 30), date(2020, 7, 1)),
        (date(2020, 7, 1), date(2021, 2, 28)),
        (date(2021, 2, 27), date(2021, 2, 28)),
        (date(2021, 2, 28), date(2021, 7, 1)),
        (date.max, date.max),
    ],
)
def test_next_start__is_later_than_the_day(day: date, start: date) -> None:
    assert next_start(("07-01", "02-30"), day) == start
