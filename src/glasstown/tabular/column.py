"""What a table of the dataset is: its columns, each with type, meaning, unit and what an empty cell means."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal["string", "integer", "number", "boolean", "date"]
Cell: TypeAlias = str | int | Decimal | bool | date | None

Empty: TypeAlias = Literal["not applicable", "unknown"]
NOT_APPLICABLE: Final[Literal["not applicable"]] = "not applicable"
"""there is none: nothing of it is said, or what it would be a part of is not there"""
NOT_KNOWN: Final[Literal["unknown"]] = "unknown"
"""there may be one; the sources on file do not tell it"""


class ColumnError(Exception):
    """A column that nobody has described, or a table that would be ambiguous: a fault of Glasstown itself."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    empty    what an empty cell means, and why; None where no cell is empty
    values   the words that can stand in it, where they are a closed list
    target   the table whose `id` it names
    """

    name: str
    kind: Kind
    meaning: str
    unit: str | None = None
    empty: tuple[Empty, str] | None = None
    values: tuple[str, ...] = ()
    target: str | None = None

    def __post_init__(self) -> None:
        if not self.meaning:
            raise ColumnError(f"column {self.name} has no meaning; give its field a description")


@dataclass(slots=True)
class Table:
    """One table: its columns in order, and its rows.

    key     columns that together name a row
    parent  the table of which its rows are parts
    """

    name: str
    meaning: str
    key: tuple[str, ...]
    parent: str | None = None
    columns: list[Column] = field(default_factory=list)
    rows: list[tuple[Cell, ...]] = field(default_factory=list)

    def add(self, column: Column) -> None:
        """Add a column; ColumnError where the name is taken."""
        if any(each.name == column.name for each in self.columns):
            raise ColumnError(f"table {self.name} would have two columns {column.name}")
        self.columns.append(column)

    def column(self, name: str) -> Column:
        """Return the column of this name; `StopIteration` where there is none."""
        return next(each for each in self.columns if each.name == name)
