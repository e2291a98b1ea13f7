"""The tables of a run as Parquet: their columns, the words that each of them carries, parts and how they are read.

A part is written whole or not at all.  Parts are numbered from 0 without gaps; a run that goes on after an
interruption drops the parts after its checkpoint and writes them again, byte for byte the same values.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from glasstown.errors import Fault, Place, RecordError
from glasstown.fields import ACCOUNTS, POPULATION, REQUIRED, TABLES, TableColumn
from glasstown.machine import sync_folder
from glasstown.storage.atomic import remove, write_atomically
from glasstown.storage.inside import is_file, is_folder
from glasstown.types import SYNTHETIC_WORDS

POPULATION_COLUMN = POPULATION.name
METADATA = {b"glasstown": SYNTHETIC_WORDS.encode()}

Columns = Mapping[str, Any]
WHOLE_NUMBERS: Final = 38
"""digits of an exact decimal"""
ARROW: Final[Mapping[str, pa.DataType]] = {
    "words": pa.dictionary(pa.int32(), pa.string()),
    "string": pa.string(),
    "date32": pa.date32(),
    "bool": pa.bool_(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "uint8": pa.uint8(),
    "uint64": pa.uint64(),
}


def scale_of(quanta: Iterable[Decimal]) -> int:
    """Return the decimal places that the points of some rulebooks need: 0 where every quantum is a whole number."""
    return max((max(0, -int(quantum.normalize().as_tuple().exponent)) for quantum in quanta), default=0)


def number_type(scale: int) -> pa.DataType:
    """Return the type of points: int64, or exact decimals where a quantum of the run is no whole number."""
    return pa.decimal128(WHOLE_NUMBERS, scale) if scale else pa.int64()


@lru_cache(maxsize=32)
def schema_of(name: str, scale: int = 0) -> pa.Schema:
    """Return a table's columns as the register has them, each with its unit and meaning as metadata."""
    return pa.schema([_field(column, scale) for column in TABLES[name]])


def _field(column: TableColumn, scale: int) -> pa.Field:
    kind = number_type(scale) if column.type == "number" else ARROW[column.type]
    return pa.field(column.name, kind, metadata={"unit": column.unit, "meaning": column.meaning})


SCHEMAS = {name: schema_of(name) for name in TABLES}
"""Columns of every table of a run whose points are whole numbers."""


def table_of(name: str, columns: Columns, *, scale: int = 0) -> pa.Table:
    """Return a run's table from plain columns: arrays of NumPy or Arrow, or lists, all of one length.

    Columns are cast to the type in the register, and a value that does not fit is an error, not a wrap.  `unit` is laid beside the
    accounts here.  `scale` is `scale_of` the run's rulebooks.

    Errors   RecordError where a column lacks, or the register has no such column or account.
    """
    known = schema_of(name, scale).names
    given = (
        {**columns, "unit": _units(name, columns["account"])} if "unit" in known and "account" in columns else columns
    )
    missing = [column for column in known[: REQUIRED.get(name, len(known))] if column not in given]
    further = [column for column in given if column not in known]
    if missing or further:
        raise _columns_error(name, missing, further)
    fields = [field for field in schema_of(name, scale) if field.name in given]
    arrays = [_column(given[field.name], field.type) for field in fields]
    return stamped(pa.table(arrays, schema=pa.schema(fields)))


def _units(name: str, accounts: Any) -> list[str]:
    """Return the unit of each row's account."""
    listed = accounts.tolist() if isinstance(accounts, np.ndarray) else accounts
    try:
        return [ACCOUNTS[str(account)].unit for account in listed]
    except KeyError as error:
        fault = Fault(
            f"table '{name}'", None, f"the account {error}", "an account of the register", "Enter it in fields.py."
        )
        raise RecordError(f"cannot write table '{name}'", [fault]) from error


def stamped(table: pa.Table) -> pa.Table:
    """Return the table with the words that every export carries, as metadata and as its last column, and its columns' units."""
    if POPULATION_COLUMN in table.column_names:
        table = table.drop_columns([POPULATION_COLUMN])
    indices = pa.array(np.zeros(table.num_rows, dtype=np.int32))
    words = pa.DictionaryArray.from_arrays(indices, pa.array([SYNTHETIC_WORDS]))
    table = table.append_column(_field(POPULATION, 0), words)
    units = {
        field.name: field.metadata[b"unit"].decode() for field in table.schema if b"unit" in (field.metadata or {})
    }
    said = {**METADATA, b"units": json.dumps(units).encode()}
    return table.replace_schema_metadata({**(table.schema.metadata or {}), **said})


def empty_table(name: str) -> pa.Table:
    """Return the table without rows: what a run has where nothing was written."""
    return stamped(SCHEMAS[name].empty_table())


def write_table(path: Path, tables: pa.Table | Iterable[pa.Table]) -> None:
    """Write one Parquet file from a table, or from tables of the same columns that follow each other."""
    pieces = iter([tables] if isinstance(tables, pa.Table) else tables)
    first = stamped(next(pieces))

    def write(file: BinaryIO) -> None:
        with pq.ParquetWriter(file, first.schema, compression="zstd") as writer:
            writer.write_table(first)
            for piece in pieces:
                writer.write_table(stamped(piece))

    path.parent.mkdir(exist_ok=True)
    write_atomically(path, write)


PART = re.compile(r"part-([0-9]{4}|[1-9][0-9]{4,8})\.parquet")
"""Names that `part_path` gives: four digits, more only where they are needed."""


def part_path(folder: Path, number: int) -> Path:
    """Return the file of a part, for example months/part-0003.parquet."""
    return folder / f"part-{number:04d}.parquet"


def part_numbers(folder: Path) -> tuple[int, ...]:
    """Return the numbers of the parts that lie in a folder, in order."""
    if not is_folder(folder):
        return ()
    found = (PART.fullmatch(path.name) for path in folder.glob("part-*.parquet"))
    numbers = sorted(int(match[1]) for match in found if match)
    return tuple(number for number in numbers if is_file(part_path(folder, number)))


def part_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of all parts in order, or say which one is missing."""
    numbers = part_numbers(folder)
    missing = sorted(set(range(len(numbers))) - set(numbers))
    if missing:
        fault = Fault(
            subject=f"part {missing[0]} of the run",
            place=Place(str(part_path(folder, missing[0]))),
            found="no such file, though later parts are there",
            expected="parts numbered from 0 without gaps",
            way_out="Take the file from a copy of the run, or run the command again.",
        )
        raise RecordError(f"cannot read {folder}", [fault])
    return tuple(part_path(folder, number) for number in numbers)


def drop_parts_from(folder: Path, number: int) -> None:
    """Remove the parts from this number on, the last one first, so that no gap is ever seen."""
    dropped = [n for n in part_numbers(folder) if n >= number]
    for n in reversed(dropped):
        remove(part_path(folder, n))
    if dropped:
        sync_folder(folder)


def for_arrow(path: Path) -> str:
    """Return a path as Arrow takes it for one: whole, since a relative one such as s3:/run is an address to it."""
    return os.path.abspath(path)


def read_tables(name: str, files: Iterable[Path]) -> pa.Table:
    """Return the rows of all files as one table; without files, the table without rows."""
    tables = [read_table(path) for path in files]
    if not tables:
        return empty_table(name)
    return pa.concat_tables(tables, promote_options="default").unify_dictionaries()


def read_table(path: Path) -> pa.Table:
    """Return the table of one Parquet file."""
    try:
        return pq.ParquetFile(for_arrow(path)).read()
    except (OSError, pa.ArrowException) as error:
        fault = Fault(
            subject="a table of the run",
            place=Place(str(path)),
            found=str(error).splitlines()[0] if str(error) else type(error).__name__,
            expected="a whole Parquet file",
            way_out="Take the file from a copy of the run, or run the command again.",
        )
        raise RecordError(f"cannot read {path}", [fault]) from error


def _column(values: Any, kind: pa.DataType) -> pa.Array | pa.ChunkedArray:
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return values.cast(kind)
    if isinstance(values, np.ndarray):
        return pa.array(values).cast(kind)
    return pa.array(values, type=kind)  # by way of int64 a large uint64 would not fit


def _columns_error(name: str, missing: list[str], further: list[str]) -> RecordError:
    found = "; ".join(
        text
        for text in (
            f"no column {', '.join(missing)}" if missing else "",
            f"unknown column {', '.join(further)}" if further else "",
        )
        if text
    )
    expected = f"the columns {', '.join(SCHEMAS[name].names)}"
    fault = Fault(f"table '{name}'", None, found, expected, "Give the table as the format says.")
    return RecordError(f"cannot write table '{name}'", [fault])
