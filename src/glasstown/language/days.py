"""Whether something is in force on a day: a scheme, a clause, a measure, a dated value."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

from glasstown.language.model import DatedPoints, Period, Rulebook
from glasstown.types import UNKNOWN

Holds: TypeAlias = Literal["yes", "no", "unknown"]


def holds_on(book: Rulebook, day: date) -> Holds:
    """Return whether a scheme is in force on a day; unknown where the record does not say when it ends."""
    force = book.in_force
    if day < force.from_:
        return "no"
    if isinstance(force.until, str):
        return UNKNOWN
    return "yes" if force.until is None or day < force.until else "no"


def covers(period: Period | DatedPoints | None, day: date | None) -> bool:
    """Return whether a day lies in a period: from its first day on, its end excluded; no period, or no day, leaves nothing out."""
    if period is None or day is None:
        return True
    return (period.from_ is None or period.from_ <= day) and (period.until is None or day < period.until)


def partly_outside(book: Rulebook, start: date, end: date) -> tuple[str, ...]:
    """Return what to say of days from `start` to the day before `end` of which some lie outside the scheme's own."""
    force, said = book.in_force, []
    if start < force.from_:
        said.append(f"in force from {force.from_}: nothing is recorded before")
    if isinstance(force.until, date) and force.until < end:
        said.append(
            f"over on {force.until}: nothing is recorded and no measure is in force from then on; what was made runs out"
        )
    return tuple(said)


def years(book: Rulebook) -> str:
    """Return the years in force as text, such as `2010–unknown` or `2013–2019`."""
    force = book.in_force
    if isinstance(force.until, date):
        return f"{force.from_.year}–{force.until.year}"
    return f"{force.from_.year}–{UNKNOWN if force.until == UNKNOWN else 'now'}"


def month_first(start: date, month: int) -> date:
    """Return the first day of a month, counted from that of `start`, which is month 0.

    >>> month_first(date(2020, 11, 15), 2)
    datetime.date(2021, 1, 1)
    """
    number = start.year * 12 + start.month - 1 + month
    return date(number // 12, number % 12 + 1, 1)
