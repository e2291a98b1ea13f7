"""A table that somebody asked for as a file of its own, CSV or Parquet, as its name ends."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

import pyarrow as pa

from glasstown.errors import Fault, Place, UsageError
from glasstown.fields import POPULATION
from glasstown.storage.target import FileTarget, file_target
from glasstown.types import SYNTHETIC_WORDS

ENDINGS: Final = (".parquet", ".csv")
WHAT: Final = "the table"


def table_target(path: Path, columns: tuple[str, ...]) -> FileTarget:
    """Return the file that a table of these columns is written to; an earlier table of the same columns may be replaced.

    Errors   UsageError, before any work is done, for another ending, a folder that is not there, or a name that is taken
    """
    if path.suffix not in ENDINGS:
        found, expected = f"'{path.name}'", f"a name that ends in {' or '.join(ENDINGS)}"
        way_out = f"Name it {path.stem or 'table'}.parquet or {path.stem or 'table'}.csv."
        raise UsageError(f"cannot write {path}", [Fault(WHAT, Place(str(path)), found, expected, way_out)])
    return file_target(path, WHAT, lambda beginning: _is_ours(path, beginning, columns), path.suffix)


def _is_ours(path: Path, beginning: bytes, columns: tuple[str, ...]) -> bool:
    """Return whether a file is a table of these columns."""
    if path.suffix == ".csv":
        return beginning.split(b"\n", 1)[0].rstrip(b"\r") == ",".join(columns).encode()
    import pyarrow.parquet as pq

    try:
        return tuple(pq.read_schema(path).names) == columns
    except (OSError, pa.ArrowException):
        return False


def write_table(target: FileTarget, table: pa.Table) -> None:
    """Write a table as a whole or not at all: CSV with one line of names and nothing for what is null, or Parquet.

    Every row says that who is in it is synthetic; ValueError for a table in which one does not.
    """
    if target.path.suffix == ".parquet":
        target.write(as_parquet(table, target.path.name))
        return
    _refuse_unsaid(table, target.path.name)
    import pyarrow.csv as csv

    out = io.BytesIO()
    out.write(",".join(table.column_names).encode() + b"\n")  # the writer's own line of names is in quotes
    csv.write_csv(table, out, csv.WriteOptions(include_header=False, quoting_style="needed"))
    target.write(out.getvalue())


def as_parquet(table: pa.Table, name: str) -> bytes:
    """Return a table as the bytes of a Parquet file of this name; ValueError where a row does not say who is in it."""
    import pyarrow.parquet as pq

    _refuse_unsaid(table, name)
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()


def _refuse_unsaid(table: pa.Table, name: str) -> None:
    said = table.column(POPULATION.name).to_pylist() if POPULATION.name in table.column_names else [None]
    if any(words != SYNTHETIC_WORDS for words in said):
        raise ValueError(f"a row of {name} does not say who is in it")
