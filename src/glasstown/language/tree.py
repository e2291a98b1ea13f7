"""A YAML file as plain values, with the place of every key and value.

What a word without quotes means: the core schema of YAML 1.2, and dates.

A number is an `int` or an exact `Decimal`, never a float.  `yes`, `no`, `on` and `off` are words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from glasstown.errors import Fault, Place

Scalar: TypeAlias = "str | int | Decimal | bool | date | None"
Tree: TypeAlias = "dict[str, Tree] | list[Tree] | Scalar"
Keys: TypeAlias = tuple[str | int, ...]
"""The way from the root of a file to a value: keys of mappings and positions in lists."""


@dataclass(slots=True)
class Document:
    """One file as plain values, with the places of its keys and values (line and column from 1)."""

    file: str
    data: Tree = None
    values: dict[Keys, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Keys, tuple[int, int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    unresolved: set[Keys] = field(default_factory=set)
    """where a value stands that has no meaning; its fault is told already"""
    elsewhere: dict[Keys, str] = field(default_factory=dict)
    """values that came from another file, with all that is in them"""

    def copy(self) -> Document:
        """Return a document whose values, places and faults can be changed without changing this one."""
        return replace(
            self,
            data=_copied(self.data),
            values=dict(self.values),
            keys=dict(self.keys),
            faults=list(self.faults),
            unresolved=set(self.unresolved),
            elsewhere=dict(self.elsewhere),
        )

    def at(self, *path: str | int) -> Place:
        """Return where the value stands; where it is left out, the nearest value around it."""
        while path and path not in self.values:
            path = path[:-1]
        return Place(self.file_of(path), *self.values.get(path, (None, None)))

    def file_of(self, path: Keys) -> str:
        """Return the file that a value was read from."""
        while path and path not in self.elsewhere:
            path = path[:-1]
        return self.elsewhere.get(path, self.file)

    def key(self, *path: str | int) -> Place:
        """Return where the key of the value stands; an item of a list stands where its value does."""
        found = self.keys.get(path)
        return Place(self.file_of(path), *found) if found else self.at(*path)


def _copied(value: Tree) -> Tree:
    if isinstance(value, dict):
        return {key: _copied(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return [_copied(inside) for inside in value]
    return value


class UnreadableError(Exception):
    """The file cannot be read to its end: one fault, which ends the reading."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


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
