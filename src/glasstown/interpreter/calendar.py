"""Days, spans and periods: the arithmetic of dates that the day's rules use.

Months clamp to the month's end and are always counted from the day that they start on, never from a clamped day.
"""

from __future__ import annotations

import calendar as _calendar
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, TypeAlias

from glasstown.language.model import Span, WorkingDays
from glasstown.wording import counted

Period: TypeAlias = Literal["day", "week", "month", "year", "life"] | Span

ONE_DAY = timedelta(days=1)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def add_months(day: date, n_months: int) -> date:
    """Return the same day of the month `n_months` later (or earlier), clamped to the end of that month.

    Beyond the calendar's ends the first or the last day that a date can name stands in.

    >>> add_months(date(2020, 1, 31), 1), add_months(date(2021, 3, 31), -1)
    (datetime.date(2020, 2, 29), datetime.date(2021, 2, 28))
    """
    month = day.year * 12 + day.month - 1 + n_months
    year, month_of_year = divmod(month, 12)
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    last = _calendar.monthrange(year, month_of_year + 1)[1]
    return date(year, month_of_year + 1, min(day.day, last))


def add_days(day: date, n_days: int) -> date:
    """Return the day `n_days` later or earlier, held inside the calendar."""
    ordinal = min(max(day.toordinal() + n_days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(ordinal)


def is_working_day(day: date, working: WorkingDays) -> bool:
    """Return whether a day is neither of the weekend nor a holiday."""
    return _WEEKDAYS[day.weekday()] not in working.weekend and day not in working.holidays


def add_working_days(day: date, n_days: int, working: WorkingDays, *, sign: Literal[1, -1] = 1) -> date:
    """Return the n-th working day after a day, or before it with `sign=-1`; the day itself for none."""
    left, edge = n_days, date.max if sign == 1 else date.min
    while left and day != edge:
        day += sign * ONE_DAY
        left -= is_working_day(day, working)
    return day


def add_span(day: date, span: Span | None, working: WorkingDays | None = None, *, sign: Literal[1, -1] = 1) -> date:
    """Return the day a span later, or earlier with `sign=-1`; no span is no distance.

    Errors   `ValueError` for a span of working days where nothing says which these are.
    """
    if span is None:
        return day
    if span.working_days is not None:
        if working is None:
            raise ValueError("a span of working days, in a rulebook that does not say which days these are")
        return add_working_days(day, span.working_days, working, sign=sign)
    if span.days is not None:
        return add_days(day, sign * span.days)
    return add_months(day, sign * ((span.months or 0) + 12 * (span.years or 0)))


def extended(day: date, span: Span, n_months: int, working: WorkingDays | None = None) -> date:
    """Return the end of a span and of the months added to it: one step of months, or after days the months."""
    if span.days is None and span.working_days is None:
        return add_months(day, (span.months or 0) + 12 * (span.years or 0) + n_months)
    return add_months(add_span(day, span, working), n_months)


def period_around(per: Period, day: date, working: WorkingDays | None = None) -> tuple[date, date]:
    """Return first and last day, both included, of the calendar period or rolling window that `day` closes.

    A calendar period contains `day` and may reach beyond it; a window of a span ends with `day` and leaves out the day
    that lies a whole span before.  Weeks start on Monday.
    """
    if isinstance(per, Span):
        return add_days(add_span(day, per, working, sign=-1), 1), day
    if per == "day":
        return day, day
    if per == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, add_days(monday, 6)
    if per == "month":
        return day.replace(day=1), day.replace(day=_calendar.monthrange(day.year, day.month)[1])
    if per == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    return date.min, date.max


def month_steps(start: date, *, until: date, after: date) -> Iterator[tuple[int, date]]:
    """Yield (n, start + n months) for n = 1, 2, ... while that day lies before `until`.

    Days up to `after` are left out, and the count goes on.
    """
    n_months = 1
    day = add_months(start, n_months)
    while day < until and day < date.max:
        if day > after:
            yield n_months, day
        n_months += 1
        day = add_months(start, n_months)


def day_of_year(year: int, month_day: str) -> date:
    """Return the day MM-DD of a year; a day that the year does not have is the last one of its month.

    >>> day_of_year(2021, "02-29")
    datetime.date(2021, 2, 28)
    """
    month, day = int(month_day[:2]), int(month_day[3:])
    return date(year, month, min(day, _calendar.monthrange(year, month)[1]))


def days_of_years(month_days: tuple[str, ...], first: date, last: date) -> Iterator[date]:
    """Yield the days MM-DD of all years from `first` to `last`, both included, in order."""
    for year in range(first.year, last.year + 1):
        days = sorted({day_of_year(year, month_day) for month_day in month_days})
        yield from (day for day in days if first <= day <= last)


def next_start(month_days: tuple[str, ...], day: date) -> date:
    """Return the first of the days MM-DD that is later than a day; the calendar's last day where it has none."""
    return next(days_of_years(month_days, add_days(day, 1), add_months(day, 24)), date.max)


def span_words(span: Span) -> str:
    """Return a span in words: 'one year', '30 days'."""
    number, unit = span.measured()
    return f"one {unit}" if number == 1 else counted(number, unit)


def period_words(per: Period) -> str:
    """Return a cap's period in words: 'a calendar year', 'any 30 days'."""
    if isinstance(per, Span):
        return f"any {span_words(per)}"
    return "a whole life" if per == "life" else ("one day" if per == "day" else f"a calendar {per}")
