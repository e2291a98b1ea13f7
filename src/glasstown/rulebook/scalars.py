"""What a word without quotes means: the core schema of YAML 1.2, and dates.

A number is an `int` or an exact `Decimal`, never a float.  `yes`, `no`, `on` and `off` are words.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from glasstown.rulebook.tree import Scalar

LONGEST_NUMBER = 30
"""characters of a number, and the largest power of ten in one"""

_INT = re.compile(r"[-+]?[0-9]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_OCTAL = re.compile(r"0o[0-7]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE]([-+]?[0-9]+))?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_WORDS: dict[str, Scalar] = {"": None, "~": None}
_WORDS |= dict.fromkeys(("null", "Null", "NULL"))
_WORDS |= dict.fromkeys(("true", "True", "TRUE"), True)
_WORDS |= dict.fromkeys(("false", "False", "FALSE"), False)
_FIRST_OF_VALUE = frozenset("0123456789+-.")


def resolve_plain(text: str) -> Scalar:
    """Return the value of a word without quotes; `ValueError(found, expected, way out)` where it has none."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _FIRST_OF_VALUE:
        return text
    if _NOT_FINITE.fullmatch(text):
        raise ValueError(text, "a finite number", "Write 'unknown', 'top' or 'lowest' where the language has them.")
    if found := _DATE.fullmatch(text):
        try:
            return date(*(int(part) for part in found.groups()))
        except ValueError:
            raise ValueError(
                f"the date {text}, which does not exist", "a day of the calendar", "Correct the day, month or year."
            ) from None
    if found := _FLOAT.fullmatch(text):
        if len(text) > LONGEST_NUMBER or abs(int(found[1] or 0)) > LONGEST_NUMBER:
            raise ValueError(
                f"the number {text[:LONGEST_NUMBER]}..." if len(text) > LONGEST_NUMBER else f"the number {text}",
                f"a number of at most {LONGEST_NUMBER} digits",
                "Write a smaller one.",
            )
        return int(text) if _INT.fullmatch(text) else Decimal(text)
    if (_HEX.fullmatch(text) or _OCTAL.fullmatch(text)) and len(text) <= LONGEST_NUMBER:
        return int(text, 0)
    return text
