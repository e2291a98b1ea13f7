"""The values of an answer in SQL as Arrow, Python and JSON know them, exact or as text, and never as another value.

Arrow has no room for some values of DuckDB (a time of 24:00, a whole number of 128 bits without sign), Python has none for
others (a day beyond the year 9999, infinity).  DuckDB writes those out itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, TypeAlias

import duckdb
import pyarrow as pa

from glasstown.wording import plain

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"

AS_TEXT: Final = frozenset(
    {"time", "time_ns", "time with time zone", "interval", "bit", "bignum", "uhugeint", "union", "timestamp_ns"}
)
"""types of DuckDB that Arrow or Python holds otherwise, or not at all"""
CALENDAR: Final = frozenset({"date", "timestamp", "timestamp_s", "timestamp_ms", "timestamp with time zone"})
"""types of DuckDB that reach beyond Python's"""
_HUGE: Final = pa.decimal128(38, 0)


def exact(relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """Return an answer in which what Arrow would hold otherwise is text."""
    return _with_text(relation, AS_TEXT)


def _with_text(relation: duckdb.DuckDBPyRelation, kinds: frozenset[str]) -> duckdb.DuckDBPyRelation:
    """Return the relation with every value of these types as DuckDB's text, also inside lists, maps and structs."""
    asked = []
    for number, (name, kind) in enumerate(zip(relation.columns, relation.types, strict=True), start=1):
        wanted = _without(kind, kinds)
        place = f"#{number}" if wanted == str(kind) else f"CAST(#{number} AS {wanted})"
        asked.append(f"{place} AS {_quoted(name)}")
    return relation.project(", ".join(asked))


def _without(kind: Any, kinds: frozenset[str]) -> str:
    """Return the SQL of a type with VARCHAR in the place of these types."""
    if kind.id in kinds:
        return "VARCHAR"
    if kind.id == "list":
        return f"{_without(kind.children[0][1], kinds)}[]"
    if kind.id == "array":
        (_, item), (_, size) = kind.children
        return f"{_without(item, kinds)}[{size}]"
    if kind.id == "map":
        return f"MAP({', '.join(_without(part, kinds) for _, part in kind.children)})"
    if kind.id == "struct":
        return f"STRUCT({', '.join(f'{_quoted(name)} {_without(part, kinds)}' for name, part in kind.children)})"
    return str(kind)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def whole_numbers(table: pa.Table) -> pa.Table:
    """Return the table with sums of whole numbers, which DuckDB gives in 128 bits, in 64 bits where all of a column fit."""
    for number, field in enumerate(table.schema):
        if field.type == _HUGE:
            try:
                column = table.column(number).cast(pa.int64())
            except pa.ArrowInvalid:
                continue  # a number beyond 64 bits
            table = table.set_column(number, pa.field(field.name, pa.int64()), column)
    return table


def python_values(table: pa.Table) -> list[list[Any]]:
    """Return the columns as lists; what Python has no room for is text."""
    return [_listed(table.select([number])) for number in range(table.num_columns)]


def _listed(column: pa.Table) -> list[Any]:
    try:
        return _plain_list(column)
    except UnicodeDecodeError:
        return [_decoded(value) for value in column.column(0).cast(pa.binary()).to_pylist()]
    except (OverflowError, ValueError):  # beyond Python's calendar, or finer than its microseconds
        with duckdb.connect(":memory:") as connection:
            return _plain_list(_with_text(connection.from_arrow(column), CALENDAR).to_arrow_table())


def _plain_list(column: pa.Table) -> list[Any]:
    found: list[Any] = column.column(0).to_pylist()
    return found


def _decoded(value: bytes | None) -> str | None:
    return None if value is None else value.decode("utf-8", errors="backslashreplace")


def json_rows(table: pa.Table) -> list[list[JsonValue]]:
    """Return the rows as JSON knows them.

    Days and times are ISO text, decimals (without zeros behind) and whole numbers beyond 64 bits text, bytes hexadecimal text,
    maps objects where their keys are text and pairs where they are not, and a number that is not finite is null.
    """
    kinds = [field.type for field in table.schema]
    columns = python_values(table)
    return [
        [json_value(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in zip(*columns, strict=True)
    ]


def json_value(value: Any, kind: pa.DataType | None = None) -> JsonValue:
    """Return one value as JSON knows it; `kind` is its Arrow type, where that is known."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else None
    if isinstance(value, Decimal):
        is_small = value == value.to_integral_value() and value.as_tuple().exponent == 0 and abs(value) < 2**63
        return int(value) if is_small else plain(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Mapping):
        return {str(name): json_value(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return _json_map(value) if kind is not None and pa.types.is_map(kind) else _json_list(value, kind)
    return str(value.isoformat())


def _json_map(pairs: Any) -> JsonValue:
    if all(isinstance(key, str) for key, _ in pairs):
        return {key: json_value(value) for key, value in pairs}
    return [[json_value(key), json_value(value)] for key, value in pairs]


def _json_list(values: Any, kind: pa.DataType | None) -> JsonValue:
    inside = kind.value_type if kind is not None and hasattr(kind, "value_type") else None
    return [json_value(each, inside) for each in values]
