"""Counts with their nouns, numbers with their signs, paths as they are typed: the one place that chooses between one and many.

What is shown has its thousands parted by commas and a true minus sign, in sentences, tables and pictures alike; what goes into
a table or a file as a value is `plain`, as a rulebook writes it.
"""

from __future__ import annotations

import shlex
from decimal import Decimal
from pathlib import PurePath
from typing import Final

MINUS: Final = "−"


def count(number: int) -> str:
    """Return a whole number with its thousands parted by commas and a true minus sign.

    >>> count(-12345)
    '−12,345'
    """
    return f"{number:,}".replace("-", MINUS)


def plain(number: Decimal | int) -> str:
    """Return a number as text, exact, without exponent and without trailing zeros.

    >>> plain(Decimal("-0.50")), plain(Decimal("1E+3"))
    ('-0.5', '1000')
    """
    text = format(Decimal(number), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def grouped(number: Decimal | int | str) -> str:
    """Return a number as it is shown: exact, thousands parted by commas, a true minus sign, no trailing zeros.

    >>> grouped(Decimal("-12345.50")), grouped("1000")
    ('−12,345.5', '1,000')
    """
    whole, point, parts = plain(Decimal(number)).partition(".")
    return f"{int(whole):,}{point}{parts}".replace("-", MINUS) if whole != "-0" else f"{MINUS}0{point}{parts}"


def signed(number: Decimal | int) -> str:
    """Return a number with its sign, plus included; zero has none.

    >>> signed(Decimal("-20")), signed(3), signed(0)
    ('−20', '+3', '0')
    """
    size = grouped(-number if number < 0 else number)
    return size if number == 0 else f"{MINUS if number < 0 else '+'}{size}"


def noun(number: Decimal | int, one: str, many: str | None = None) -> str:
    """Return the form of a word that goes with a number: `one` for 1 and -1, else `many`, by default `one` with an s.

    >>> noun(1, "was", "were"), noun(0, "month"), noun(Decimal("0.5"), "point")
    ('was', 'months', 'points')
    """
    return one if abs(number) == 1 else many or f"{one}s"


def counted(number: Decimal | int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    >>> counted(1, "person", "people"), counted(1200, "month"), counted(Decimal("2.50"), "point")
    ('1 person', '1,200 months', '2.5 points')
    """
    return f"{grouped(number)} {noun(number, one, many)}"


def between(least: int, most: int) -> str:
    """Return the bounds of a whole number in words.

    >>> between(1, 20000), between(1, 1)
    ('1 to 20,000', '1')
    """
    return count(least) if least == most else f"{count(least)} to {count(most)}"


def as_typed(path: PurePath | str) -> str:
    """Return a path as it is typed in a command: quoted for a shell, and no option and no home folder whatever its first letter.

    >>> as_typed("runs/first"), as_typed("my run"), as_typed("-dash"), as_typed("~")
    ('runs/first', "'my run'", './-dash', "'./~'")
    """
    whole = str(path)
    return shlex.quote(f"./{whole}" if whole.startswith(("-", "~")) else whole)
