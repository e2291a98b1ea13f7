"""A table as bytes: CSV, exact and readable anywhere, and Parquet, typed and described."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from glasstown.letters import shown
from glasstown.tabular.column import Cell, Column, Kind, Table
from glasstown.wording import plain

if TYPE_CHECKING:
    import pyarrow


def as_csv(table: Table) -> bytes:
    """Return a table as CSV in UTF-8: one line of names, commas, lines that end in a line feed, nothing for an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([written(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode()


def written(cell: Cell) -> str:
    """Return a cell as CSV has it: numbers exact, days as ISO 8601 has them, true and false.

    >>> written(Decimal("-0.50")), written(True), written(None)
    ('-0.5', 'true', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal | int):
        return plain(cell)
    return cell.isoformat() if isinstance(cell, date) else shown(cell)


def as_parquet(table: Table, about: Mapping[str, str]) -> bytes:
    """Return a table as Parquet; the metadata say what table and columns mean, and `about`.  Numbers are 64-bit floats."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = _types()
    columns = list(zip(*table.rows, strict=True)) if table.rows else [() for _ in table.columns]
    fields = [pa.field(each.name, types[each.kind], each.empty is not None, _described(each)) for each in table.columns]
    schema = pa.schema(fields, {"table": table.name, "meaning": table.meaning, **about})
    arrays = [
        pa.array(_typed(cells, field.kind), types[field.kind])
        for cells, field in zip(columns, table.columns, strict=True)
    ]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
    return out.getvalue()


def _types() -> Mapping[Kind, pyarrow.DataType]:
    import pyarrow as pa

    return {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }


def _typed(cells: Sequence[Cell], kind: Kind) -> list[object]:
    if kind == "number":
        return [None if cell is None else float(str(cell)) for cell in cells]
    return [shown(cell) if isinstance(cell, str) else cell for cell in cells]


def _described(column: Column) -> dict[str, str]:
    empty = "" if column.empty is None else ": ".join(column.empty)
    said = {"meaning": column.meaning, "unit": column.unit or "", "empty": empty, "target": column.target or "",
            "values": json.dumps(column.values, ensure_ascii=False) if column.values else ""}  # fmt: skip
    return {name: text for name, text in said.items() if text}
