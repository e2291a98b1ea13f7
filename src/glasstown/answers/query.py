"""What was asked of a run on disk: the rows of a query, and a report that was written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasstown.answers.base import Answer
from glasstown.render.blocks import Block, Grid, Item, Paragraph
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import counted

if TYPE_CHECKING:
    import pyarrow

MOST_ROWS_SHOWN = 40
MOST_COLUMNS_SIDE_BY_SIDE = 10


@dataclass(frozen=True)
class Asked(Answer):
    """The answer to one question in SQL."""

    folder: Path
    sql: str
    answer: pyarrow.Table

    population_words = SYNTHETIC_WORDS

    def as_json(self) -> dict[str, Any]:
        """Return names, types and all rows, with the values as `json_rows` says."""
        from glasstown.storage.values import json_rows

        return {
            "run": str(self.folder),
            "population": SYNTHETIC_WORDS,
            "columns": [{"name": field.name, "type": str(field.type)} for field in self.answer.schema],
            "rows": json_rows(self.answer),
        }

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return the columns of the answer; what Python has no room for, such as a day beyond the year 9999, is text."""
        from glasstown.storage.values import python_values

        return dict(zip(self.answer.column_names, python_values(self.answer), strict=True))

    def table(self) -> pyarrow.Table:
        """Return the answer as Arrow."""
        return self.answer

    def blocks(self) -> list[Block]:
        """Return the first rows as a grid, and how many there are."""
        shown = _rows(self.answer.slice(0, MOST_ROWS_SHOWN))
        if len(self.answer.column_names) > MOST_COLUMNS_SIDE_BY_SIDE:
            return [*self._items(shown), Paragraph(self._counted(), quiet=True)]
        right = frozenset(i for i, field in enumerate(self.answer.schema) if _is_number(str(field.type)))
        cells = tuple(tuple(_said(value) for value in row) for row in shown)
        return [Grid(tuple(self.answer.column_names), cells, right), Paragraph(self._counted(), quiet=True)]

    def _items(self, rows: list[tuple[Any, ...]]) -> list[Block]:
        """Return wide rows one below the other, each value with its name."""
        names = self.answer.column_names
        said = (", ".join(f"{name} {_said(value)}" for name, value in zip(names, row, strict=True)) for row in rows)
        return [Item(str(number), words) for number, words in enumerate(said, start=1)]

    def _counted(self) -> str:
        n_rows = self.answer.num_rows
        more = f"; the first {MOST_ROWS_SHOWN} are shown, --json gives all" if n_rows > MOST_ROWS_SHOWN else ""
        return f"{counted(n_rows, 'row')}{more}. {SYNTHETIC_WORDS.capitalize()}."


@dataclass(frozen=True)
class Written(Answer):
    """A report that was written: one self-contained HTML file."""

    folder: Path
    report: Path

    def as_json(self) -> dict[str, Any]:
        """Return run, file and its size in bytes."""
        return {"run": str(self.folder), "report": str(self.report), "bytes": self.report.stat().st_size}

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row: run, file, bytes."""
        return {name: [value] for name, value in self.as_json().items()}

    def blocks(self) -> list[Block]:
        """Return where the report lies."""
        return [
            Paragraph(
                f"The report of {self.folder} lies in {self.report}. Open it in any browser; it needs no network."
            )
        ]


def _rows(table: pyarrow.Table) -> list[tuple[Any, ...]]:
    from glasstown.storage.values import python_values

    return list(zip(*python_values(table), strict=True))


def _said(value: Any) -> str:
    """Return a value as it stands in a grid: what holds others, and what is true or false, as JSON writes it."""
    if value is None:
        return ""
    if isinstance(value, bool | bytes | list | tuple | dict):
        from glasstown.storage.values import json_value

        plain = json_value(value)
        return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)
    return str(value)


def _is_number(name: str) -> bool:
    return name.startswith(("int", "uint", "float", "double", "decimal", "halffloat"))
