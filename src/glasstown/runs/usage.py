"""What may be asked of a run, as far as it can be said before anything is loaded; the records check the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NoReturn

from glasstown.errors import Fault, UsageError, did_you_mean

UNKNOWN_MODES = ("low", "high")


def refuse(subject: str, found: str, expected: str, way_out: str) -> NoReturn:
    """Raise the error for one part of a request."""
    raise UsageError("the request", [Fault(subject, None, found, expected, way_out)])


def check_unknown(mode: str | None) -> None:
    """Refuse a bound that is neither low nor high."""
    if mode is not None and mode not in UNKNOWN_MODES:
        refuse("unknown", f"'{mode}'", "low or high", did_you_mean(mode, UNKNOWN_MODES))


def check_start(start: str | None) -> None:
    """Refuse a first month that is not written YYYY-MM."""
    if start is not None:
        month(start, "start")


def month(text: str, name: str) -> str:
    """Return a month written YYYY-MM; anything else is refused."""
    try:
        if len(text) != len("2010-02"):
            raise ValueError
        date.fromisoformat(f"{text}-01")
    except ValueError:
        refuse(name, f"'{text}'", "a month, written YYYY-MM", "Write it like 2010-02.")
    return text


def day(text: str, name: str) -> date:
    """Return a date written YYYY-MM-DD; anything else, or a day that does not exist, is refused."""
    try:
        if len(text) != len("2010-02-01"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        refuse(name, f"'{text}'", "a day of the calendar, written YYYY-MM-DD", "Write it like 2010-02-01.")


def record_date(text: str, name: str) -> str:
    """Return a date that is as exact as one likes: YYYY, YYYY-MM or YYYY-MM-DD; anything else is refused."""
    parts = text.split("-")
    try:
        if [len(part) for part in parts] != [4, 2, 2][: len(parts)]:
            raise ValueError
        date.fromisoformat("-".join([*parts, "01", "01"][:3]))
    except ValueError:
        refuse(name, f"'{text}'", "a year, a month or a day", "Write it like 2016, 2016-09 or 2016-09-25.")
    return text


def check_one_question(acts: Sequence[str], about: str | None) -> None:
    """Refuse acts beside a word to look for, and a word that is empty."""
    if about is not None and acts:
        refuse("about", f"'{about}' beside the act '{acts[0]}'", "one of the two", "Ask one question after the other.")
    if about is not None and not about.strip():
        refuse("about", "an empty word", "a word", "Write it like `--about warning`.")
