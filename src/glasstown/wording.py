"""Counts with their nouns, and numbers with their signs: the one place that chooses between one and many.

A whole number has its thousands parted by commas; a decimal number is written as a rulebook writes it, exact and without
trailing zeros.
"""

from __future__ import annotations

from decimal import Decimal
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


def signed(number: Decimal | int) -> str:
    """Return a number with its sign, plus included; zero has none.

    >>> signed(Decimal("-20")), signed(3), signed(0)
    ('−20', '+3', '0')
    """
    size = plain(-number if number < 0 else number)
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
    size = plain(number) if isinstance(number, Decimal) else count(number)
    return f"{size} {noun(number, one, many)}"
