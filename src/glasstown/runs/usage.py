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


def check_start(month: str | None) -> None:
    """Refuse a first month that is not written YYYY-MM."""
    if month is None:
        return
    try:
        if len(month) != len("2010-02"):
            raise ValueError
        date.fromisoformat(f"{month}-01")
    except ValueError:
        refuse("start", f"'{month}'", "a month, written YYYY-MM", "Write it like 2010-02.")


def check_one_question(acts: Sequence[str], about: str | None) -> None:
    """Refuse acts beside a word to look for, and a word that is empty."""
    if about is not None and acts:
        refuse("about", f"'{about}' beside the act '{acts[0]}'", "one of the two", "Ask one question after the other.")
    if about is not None and not about.strip():
        refuse("about", "an empty word", "a word", "Write it like `--about warning`.")
