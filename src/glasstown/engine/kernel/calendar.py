"""Days, months and windows inside a run, for kernels; `make_calendar` builds the table outside them."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from glasstown.compiler.columns import ALWAYS, DAYS, MONTHS, NEVER, WORKING
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.tables.person_rows import Origin
from glasstown.engine.tables.shapes import Calendar
from glasstown.language.model import WorkingDays
from glasstown.rows import make_row

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def make_calendar(
    start: date,
    *,
    begins: date | None = None,
    scheme: tuple[int, int] | None = None,
    working: WorkingDays | None = None,
) -> Calendar:
    """Return the calendar whose month 0 is `start`'s month.

    It reaches past day 32,766, the last day that an entry can name.  Life begins on the day `begins`, else with the month, and
    no earlier than the scheme: what was assessed or began before is not looked at.

    scheme   first day of the scheme and first beyond, as ordinals of the calendar; without it every day is the scheme's.
    Without `working` every day is a working day, and no rulebook asks for one.
    """
    year, month = start.year, start.month
    origin = date(year, month, 1)
    law, beyond = scheme or (0, ALWAYS)
    first = date.fromordinal(max((begins or origin).toordinal(), law))
    starts = []
    day = 0
    while day <= NEVER + 62:
        starts.append(day)
        month += 1
        if month > 12:
            year, month = year + 1, 1
        day = (date(year, month, 1) - origin).days
    is_working = _is_working(origin, working)
    return Calendar(
        month_start=np.array(starts, dtype=np.int64),
        origin=_origin_of(origin, first, beyond),
        working=np.flatnonzero(is_working).astype(np.int64),
        worked=np.cumsum(is_working).astype(np.int64),
    )


def _origin_of(origin: date, first: date, beyond: int) -> Origin:
    """Return where a calendar begins: its day 0, the first day lived, and the ordinal on which the scheme is over."""
    row = make_row(Origin)
    row.month, row.weekday, row.ordinal = origin.month, origin.weekday(), origin.toordinal()
    row.first_month = (first.year - origin.year) * 12 + first.month - origin.month
    row.first_day = min((first - origin).days, NEVER)
    row.over = min(max(beyond - origin.toordinal(), 0), NEVER)
    return row


def _is_working(origin: date, working: WorkingDays | None) -> NDArray[np.bool_]:
    """Return for each day of the calendar whether it is a working day."""
    days = np.ones(NEVER + 1, dtype=np.bool_)
    if working is None:
        return days
    weekday = (origin.weekday() + np.arange(len(days))) % len(WEEKDAYS)
    for name in working.weekend:
        days[weekday == WEEKDAYS.index(name)] = False
    for holiday in working.holidays:
        place = (holiday - origin).days
        if 0 <= place < len(days):
            days[place] = False
    return days


@kernel
def is_scheme(cal: Calendar, day: int) -> bool:
    """Return whether the scheme is in force on a day, in the life or the town that the calendar is for."""
    is_it: bool = cal.origin.first_day <= day < cal.origin.over
    return is_it


@kernel
def month_of(cal: Calendar, day: int) -> int:
    """Return the month that a day lies in; days before the run lie in month 0."""
    if day <= 0:
        return 0
    month = (day * 1000) // 30437
    while cal.month_start[month] > day:
        month -= 1
    while cal.month_start[month + 1] <= day:
        month += 1
    return month


@kernel
def day_in_month(cal: Calendar, month: int, draw: int) -> int:
    """Return the day that a word stands for among the days of a month, each as likely."""
    first = cal.month_start[month]
    return first + ((draw * (cal.month_start[month + 1] - first)) >> 32)


@kernel
def add_months(cal: Calendar, day: int, months: int) -> int:
    """Return the day `months` later, clamped to the month's end; -1 before the run and NEVER beyond it."""
    month = month_of(cal, day)
    target = month + months
    if target < 0:
        return -1
    if target + 1 >= len(cal.month_start):
        return NEVER
    return min(cal.month_start[target] + day - cal.month_start[month], cal.month_start[target + 1] - 1, NEVER)


@kernel
def after(cal: Calendar, day: int, unit: int, number: int) -> int:
    """Return the day a length of time later; NEVER where there is no such length."""
    if unit == DAYS:
        return min(day + number, NEVER)
    if unit == MONTHS:
        return add_months(cal, day, number)
    if unit == WORKING:
        return working_day(cal, day, number)
    return NEVER


@kernel
def working_day(cal: Calendar, day: int, number: int) -> int:
    """Return the n-th working day after a day, the day itself for none; NEVER beyond the calendar."""
    if number == 0:
        return day
    place = (cal.worked[day] if 0 <= day < len(cal.worked) else 0) + number - 1
    return cal.working[place] if day < NEVER and place < len(cal.working) else NEVER


@kernel
def before(cal: Calendar, day: int, unit: int, number: int) -> int:
    """Return the last day that a window of this length, ending on `day`, leaves out."""
    if unit == DAYS:
        return max(day - number, -1)
    if unit == WORKING:
        if number == 0:
            return day
        place = (cal.worked[day - 1] if day > 0 else 0) - number
        return cal.working[place] if place >= 0 else -1
    return add_months(cal, day, -number)
