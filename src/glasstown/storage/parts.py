"""The tables of a run as Parquet: their columns, the words that each of them carries, parts and how they are read.

A part is written whole or not at all.  Parts are numbered from 0 without gaps; a run that goes on after an
interruption drops the parts after its checkpoint and writes them again, byte for byte the same values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from glasstown.errors import Fault, Place, RecordError
from glasstown.machine import sync_folder
from glasstown.storage.atomic import remove, write_atomically
from glasstown.storage.inside import is_file, is_folder
from glasstown.types import SYNTHETIC_WORDS

POPULATION_COLUMN = "population"
METADATA = {b"glasstown": SYNTHETIC_WORDS.encode()}

MONTHS = pa.schema(
    {
        "month": pa.int32(),  # from 0
        "date": pa.date32(),  # first day of the month
        "kind": pa.string(),  # person or firm
        "group": pa.string(),  # fifth-1 to fifth-5, or size of the firm
        "rulebook": pa.string(),  # ID or ID@READING; null for what belongs to no rulebook
        "account": pa.string(),
        "item": pa.string(),
        "value": pa.int64(),  # a count, quanta or yuan, as the account says
    }
)
HASHES = pa.schema(
    {
        "kind": pa.string(),
        "block": pa.int32(),  # number of the neighbourhood
        "year": pa.int32(),  # number of months done when the hash was taken
        "hash": pa.uint64(),
    }
)
INBOX = pa.schema(
    {"month": pa.int32(), "rulebook": pa.string(), "account": pa.string(), "item": pa.string(), "value": pa.int64()}
)
MAIL = pa.schema(
    {
        "month": pa.int32(),  # in which it was delivered
        "kind": pa.string(),  # of the one who is reached
        "rulebook": pa.string(),
        "target": pa.int64(),  # person or firm that is reached
        "source": pa.int64(),  # firm or person whose record it follows from
        "event": pa.int64(),  # number of that record
        "clause": pa.string(),  # clause of the one who is reached
        "recorded": pa.date32(),
        "corrected": pa.date32(),  # null where the record stands
        "choice": pa.int32(),
        "amount": pa.int64(),
    }
)
EVENTS = pa.schema({"kind": pa.string(), "id": pa.int64(), "rulebook": pa.string(), "date": pa.date32()})
FINAL = pa.schema({"kind": pa.string(), "id": pa.int64(), "rulebook": pa.string()})

SCHEMAS = {"months": MONTHS, "events": EVENTS, "inbox": INBOX, "mail": MAIL, "hashes": HASHES, "final": FINAL}
"""Columns of every table.  Events and final tables have further columns, which the run's writer chooses."""
OPEN_TABLES = frozenset({"events", "final"})

Columns = Mapping[str, Any]


def table_of(name: str, columns: Columns) -> pa.Table:
    """Return a run's table from plain columns: arrays of NumPy or Arrow, or lists, all of one length.

    Columns that `SCHEMAS` names are cast to the type there, and a value that does not fit is an error, not a wrap.
    """
    schema = SCHEMAS[name]
    missing = [column for column in schema.names if column not in columns]
    further = [column for column in columns if column not in schema.names]
    if missing or (further and name not in OPEN_TABLES):
        raise _columns_error(name, missing, further)
    fixed = {field.name: _column(columns[field.name], field.type) for field in schema}
    return stamped(pa.table({**fixed, **{column: columns[column] for column in further}}))


def stamped(table: pa.Table) -> pa.Table:
    """Return the table with the words that every export carries, as metadata and as its last column."""
    if POPULATION_COLUMN in table.column_names:
        table = table.drop_columns([POPULATION_COLUMN])
    indices = pa.array(np.zeros(table.num_rows, dtype=np.int32))
    words = pa.DictionaryArray.from_arrays(indices, pa.array([SYNTHETIC_WORDS]))
    table = table.append_column(POPULATION_COLUMN, words)
    return table.replace_schema_metadata({**(table.schema.metadata or {}), **METADATA})


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


def read_tables(name: str, files: Iterable[Path]) -> pa.Table:
    """Return the rows of all files as one table; without files, the table without rows."""
    tables = [read_table(path) for path in files]
    if not tables:
        return empty_table(name)
    return pa.concat_tables(tables, promote_options="default").unify_dictionaries()


def read_table(path: Path) -> pa.Table:
    """Return the table of one Parquet file."""
    try:
        return pq.ParquetFile(path).read()
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
