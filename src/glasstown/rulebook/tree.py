"""A YAML file as plain values, with the place of every key and value."""

from __future__ import annotations

from dataclasses import dataclass, field
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


class UnreadableError(Exception):
    """The file cannot be read to its end: one fault, which ends the reading."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault
