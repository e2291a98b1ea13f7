"""What may be asked of a run, as far as it can be said before anything is loaded; the records check the numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final, NoReturn

from glasstown.errors import Fault, UsageError, did_you_mean
from glasstown.exact import whole_number
from glasstown.incoming import path_of

UNKNOWN_MODES = ("low", "high")
RECORD_DATE: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
"""a year, a month or a day; Python's own reader takes weeks too, as in 2012-W10-1"""


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
        _date(text, len("2010-02"))
    except ValueError:
        refuse(name, f"'{text}'", "a month, written YYYY-MM", "Write it like 2010-02.")
    return text


def day(text: str, name: str) -> date:
    """Return a date written YYYY-MM-DD; anything else, or a day that does not exist, is refused."""
    try:
        return _date(text, len("2010-02-01"))
    except ValueError:
        refuse(name, f"'{text}'", "a day of the calendar, written YYYY-MM-DD", "Write it like 2010-02-01.")


def record_date(text: str, name: str) -> str:
    """Return a date that is as exact as one likes: YYYY, YYYY-MM or YYYY-MM-DD; anything else is refused."""
    try:
        _date(text, len(text))
    except ValueError:
        refuse(name, f"'{text}'", "a year, a month or a day", "Write it like 2016, 2016-09 or 2016-09-25.")
    return text


def _date(text: str, length: int) -> date:
    """Return the first day of a year, month or day of so many letters; ValueError where the text is none of the calendar."""
    if len(text) != length or not RECORD_DATE.fullmatch(text):
        raise ValueError(text)
    return date(*(int(part) for part in [*text.split("-"), "1", "1"][:3]))


def check_one_question(acts: Sequence[str], about: str | None) -> None:
    """Refuse acts beside a word to look for, and a word that is empty."""
    if about is not None and acts:
        refuse("about", f"'{about}' beside the act '{acts[0]}'", "one of the two", "Ask one question after the other.")
    check_word("about", about)


def check_word(name: str, word: str | None) -> None:
    """Refuse an empty text to look for: everything would have it in it."""
    if word is not None and not word.strip():
        refuse(name, "an empty word", "a word", f"Write it like `--{name} warning`.")


def kept_comparison(
    one: object, other: object | None, options: Mapping[str, object], asked: Mapping[str, object]
) -> Path | None:
    """Return the folder of an earlier comparison, where that alone is asked for; refuse what it has been asked once for all."""
    if other is not None:
        return None
    from glasstown.storage.folder_faults import is_comparison  # its room loads what reads tables

    folder = path_of(str(one))
    if not is_comparison(folder):
        return None
    for name, value in {**options, **asked}.items():
        if name not in ("threads", "out") and value not in (None, False, ()):
            way_out = "Leave it out, or name both sides."
            refuse(
                f"--{name.replace('_', '-')}", "it beside the folder of a comparison", "--out or --table alone", way_out
            )
    return folder


def second_of(one: object, other: object | None, *, without_orders: bool) -> object:
    """Return the second side of a comparison: without one, the first, which is then laid beside itself without orders."""
    if other is None and not without_orders:
        refuse(
            "B",
            "nothing",
            "a second rulebook, scenario or run",
            "Name one, or give --without-orders; the folder of a finished comparison stands alone.",
        )
    return one if other is None else other


def check_matrix(
    matrix: str | None, parts: Sequence[str], csv: object | None, html: object | None, *, only_differences: bool
) -> None:
    """Refuse files without a matrix, and a matrix beside what belongs to the comparison part by part."""
    if matrix is None and (csv is not None or html is not None):
        found = "--csv" if csv is not None else "--html"
        refuse(found, "no --matrix", "one beside it", "Say which: `--matrix rights`, `acts` or `measures`.")
    if matrix is not None and (parts or only_differences):
        found = f"--part {parts[0]}" if parts else "--only-differences"
        refuse("--matrix", f"{found} beside it", "one of the two", "A matrix has all its rows; leave one out.")


def whole(text: str, option: str) -> int:
    """Return a whole number such as `100000` or `100_000`; its bounds are checked where it is used."""
    found = whole_number(text)
    if found is None:
        refuse(option, f"'{text}'", "a whole number", "Write it in the digits 0 to 9, such as 100000 or 100_000.")
    return found


def tenant_of(text: str) -> tuple[int, int | None]:
    """Return place and tenant of a person's number: `17.0` is the first who lived in place 17, `17` who does at the end."""
    words = text.split(".", 1)
    numbers = [number for number in map(whole_number, words) if number is not None]
    if len(numbers) < len(words) or min(numbers[1:], default=0) < 0:
        expected = "a whole number, such as 17, or a place's and a tenant's with a point between them, such as 17.0"
        refuse(
            "PERSON",
            f"'{text}'",
            expected,
            "Write them in the digits 0 to 9; the first who lived in a place is its tenant 0.",
        )
    return numbers[0], numbers[1] if len(numbers) > 1 else None
