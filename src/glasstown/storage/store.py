"""Questions in SQL to one run: read-only, and with no way to any other file.

The database lives in memory.  Files, extensions and settings are closed before the first word of the question is read,
and only a single statement that selects is let through, so that a question can neither change nor reach anything.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds

from glasstown.errors import Fault, RecordError
from glasstown.incoming import PRINTABLE
from glasstown.letters import first_harmful, in_words
from glasstown.storage.folder import PARTED_TABLES, SINGLE_TABLES, RunFolder
from glasstown.storage.parts import METADATA, empty_table, for_arrow, read_table
from glasstown.storage.values import exact, whole_numbers

VIEWS = (*PARTED_TABLES, *SINGLE_TABLES)
MOST_ROWS: Final = 5_000_000
MOST_SECONDS: Final = 300
"""what one answer may have and take; both are told where they end a question"""
ROWS_AT_A_TIME: Final = 100_000
SECONDS_BETWEEN: Final = 0.05
READ_ONLY = "queries are read-only and see only this run"
SETTINGS = (
    "SET temp_directory = ''",  # a large sort would otherwise spill into the user's folder
    "SET python_enable_replacements = false",  # SQL would otherwise see the variables of the calling code
    "SET enable_external_access = false",
    "SET lock_configuration = true",  # last: nothing above can be undone by the question
)
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
SELECTING = frozenset({"SELECT", "EXPLAIN", "MULTI"})
"""Kinds of statement that are let through.  DuckDB calls a PIVOT whose columns follow from the data MULTI."""


def query(run_folder: RunFolder, sql: str) -> pa.Table:
    """Return the answer to one selecting statement over the views months, events, inbox, mail, hashes and final.

    The answer carries the words "synthetic population" in its metadata, whatever columns were asked for.
    """
    at = first_harmful(sql)
    if at is not None:
        raise _error(in_words(sql[at]), PRINTABLE, "Write it as chr(27), by its number.")
    with duckdb.connect(":memory:", config=CONFIG) as connection:
        for name in VIEWS:
            connection.register(name, _rows(run_folder, name))
        for setting in SETTINGS:
            connection.execute(setting)
        _check_selects(connection, sql)
        try:
            answer = _in_time(connection, lambda: _rows_of(connection, sql))
        except duckdb.Error as error:
            raise _sql_error(error) from error
    return whole_numbers(answer).replace_schema_metadata(METADATA)


def _rows_of(connection: duckdb.DuckDBPyConnection, sql: str) -> pa.Table:
    """Return all rows of a selecting statement, or refuse more of them than an answer has."""
    reader = exact(connection.sql(sql)).to_arrow_reader(ROWS_AT_A_TIME)
    batches, n_rows = [], 0
    for batch in reader:
        n_rows += batch.num_rows
        if n_rows > MOST_ROWS:
            way_out = f"Count or sum in the question, or end it with LIMIT {MOST_ROWS}."
            raise _error(f"more than {MOST_ROWS} rows", f"an answer of at most {MOST_ROWS} rows", way_out)
        batches.append(batch)
    return pa.Table.from_batches(batches, reader.schema)


def _in_time(connection: duckdb.DuckDBPyConnection, ask: Callable[[], pa.Table]) -> pa.Table:
    """Return what is asked, from a thread of its own: so an interrupt or the end of its time ends it at once."""
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(ask)
        try:
            return asked.result(timeout=MOST_SECONDS)
        except TimeoutError:
            way_out = (
                "Ask for fewer months or groups; the Parquet files of a run open in DuckDB itself, without a limit."
            )
            expected = f"an answer within {MOST_SECONDS} seconds"
            raise _error("a question that takes longer", expected, way_out) from None
        finally:
            while not asked.done():  # an interrupt that comes before DuckDB has begun is forgotten by it
                connection.interrupt()
                wait([asked], timeout=SECONDS_BETWEEN)


def _rows(run_folder: RunFolder, name: str) -> ds.Dataset | pa.Table:
    """Return a view's rows, read as the question needs them; a table that was not written has none."""
    files = run_folder.files(name)
    if not files:
        return empty_table(name)
    try:
        return ds.dataset([for_arrow(path) for path in files], format="parquet")
    except (OSError, pa.ArrowException):
        for path in files:
            read_table(path)  # names the file that is damaged
        raise


def _check_selects(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Refuse everything but one statement that selects, before any of it is carried out."""
    try:
        kinds = [statement.type.name for statement in connection.extract_statements(sql)]
    except duckdb.Error as error:
        raise _sql_error(error) from error
    if len(kinds) != 1:
        found = f"{len(kinds)} statements" if kinds else "no statement"
        raise _error(found, "one statement that selects", "Ask one question at a time.")
    if kinds[0] not in SELECTING:
        raise _error(f"a {kinds[0]} statement", f"a statement that selects: {READ_ONLY}", _ways())


def _sql_error(error: duckdb.Error) -> RecordError:
    """Return DuckDB's own first line as one fault, and why it was refused where it was."""
    first_line = str(error).splitlines()[0].strip()
    if isinstance(error, duckdb.PermissionException) or "disabled" in first_line:
        return _error(first_line, f"no other file or extension: {READ_ONLY}", _ways())
    if "configuration has been locked" in first_line:
        return _error(first_line, f"no change of settings: {READ_ONLY}", _ways())
    return _error(first_line, "SQL that DuckDB can answer from this run", _ways())


def _ways() -> str:
    return f"Select from {', '.join(VIEWS)}; `DESCRIBE months` names the columns of one."


def _error(found: str, expected: str, way_out: str) -> RecordError:
    return RecordError("cannot answer the query", [Fault("the query", None, found, expected, way_out)])
