"""Decimal arithmetic that is exact and the same for every caller, and which texts are numbers, of what length.

Python's own context rounds at 28 digits, and whoever calls Glasstown may have set it to fewer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext
from functools import wraps
from typing import Final, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

MOST_DIGITS: Final = 15
"""digits before the point, and after it, that a number in a file may have: below 2**63 in whole numbers"""
EXACT: Final = Context(prec=200, traps=[InvalidOperation, DivisionByZero, Overflow])
"""room for sums and products of all numbers that files may have"""
WHOLE: Final = re.compile(r"[-+]?(?:[0-9]{1,30}|[0-9]{1,3}(?:_[0-9]{3}){1,9})")
"""a whole number as a command takes it: Python's own `int` reads the digits of every script, and `1_0_0` as 100"""


def exactly(function: Callable[P, T]) -> Callable[P, T]:
    """Return the function with its decimals exact, whatever context its caller has."""

    @wraps(function)
    def exact(*args: P.args, **kwargs: P.kwargs) -> T:
        with localcontext(EXACT):
            return function(*args, **kwargs)

    return exact


def whole_number(text: str) -> int | None:
    """Return the whole number that a text writes in the digits 0 to 9, its thousands parted by `_` or not; None where there is none.

    >>> whole_number("100_000"), whole_number("-7"), whole_number("1_0_0"), whole_number("١٠٠"), whole_number("1e2")
    (100000, -7, None, None, None)
    """
    return int(text) if WHOLE.fullmatch(text) else None


def is_short(number: int | Decimal, most_digits: int = MOST_DIGITS) -> bool:
    """Return whether a number has no more digits before its point, and after it, than a file may write.

    >>> is_short(10**15 - 1), is_short(10**15), is_short(Decimal("1e-15")), is_short(Decimal("1e-16"))
    (True, False, True, False)
    """
    if isinstance(number, int):
        beyond: int = 10**most_digits
        return abs(number) < beyond
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        return False
    return -most_digits <= exponent and number.adjusted() < most_digits
