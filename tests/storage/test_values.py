"""What comes of a value of DuckDB in Arrow, Python and JSON: the value itself or its text, and never another value."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from glasstown.answers.query import Asked
from glasstown.storage.values import exact, json_rows, python_values, whole_numbers

PLAIN = [
    ("date 'infinity'", "infinity"),
    ("date '-infinity'", "-infinity"),
    ("date '2020-02-29'", "2020-02-29"),
    ("timestamp '290000-01-01'", "290000-01-01 00:00:00"),
    ("timestamp '2020-01-01 10:00:00.5'", "2020-01-01T10:00:00.500000"),
    ("timestamp '0044-03-15 (BC)'", "0044-03-15 (BC) 00:00:00"),
    ("'0044-03-15 (BC)'::timestamp_s", "0044-03-15 (BC) 00:00:00"),
    ("'0044-03-15 (BC)'::timestamp_ms", "0044-03-15 (BC) 00:00:00"),
    ("timestamp_ns '2020-01-01 00:00:00.123456789'", "2020-01-01 00:00:00.123456789"),
    ("timestamptz '290000-01-01 00:00:00+00'", "290000-01-01 00:00:00+00"),
    ("['0044-03-15 (BC)'::timestamp_s, null]", ["0044-03-15 (BC) 00:00:00", None]),
    ("{'x': date 'infinity', 'y': [interval 1 day]}", {"x": "infinity", "y": ["1 day"]}),
    ("map{'k': date '-infinity'}", {"k": "-infinity"}),
    ("map{1: 'a', 2: null}", [[1, "a"], [2, None]]),
    ("map{}::map(varchar, integer)", {}),
    ("[map{'k': 1}]", [{"k": 1}]),
    ("time '24:00:00'", "24:00:00"),
    ("timetz '10:00:00+02'", "10:00:00+02"),
    ("interval '1 month 2 days'", "1 month 2 days"),
    ("'\\xFF'::blob", "ff"),
    ("'101'::bit", "101"),
    ("340282366920938463463374607431768211455::uhugeint", "340282366920938463463374607431768211455"),
    ("170141183460469231731687303715884105727::hugeint", "170141183460469231731687303715884105727"),
    ("7::hugeint", 7),
    ("[7::hugeint]", [7]),
    ("1.50::decimal(10, 2)", "1.5"),
    ("37.0::decimal(38, 1)", "37"),
    ("-0.50::decimal(38, 2)", "-0.5"),
    ("[100.00::decimal(5, 2)]", ["100"]),
    ("union_value(k := 1)", "1"),
    ("'x'::enum('x', 'y')", "x"),
    ("'nan'::double", None),
    ("[1, 2]::integer[2]", [1, 2]),
    ("true", True),
    ("null", None),
]


def answered(sql: str) -> pa.Table:
    with duckdb.connect() as connection:
        return whole_numbers(exact(connection.sql(sql)).to_arrow_table())


@pytest.mark.parametrize(("sql", "plain"), PLAIN, ids=[sql for sql, _ in PLAIN])
def test_a_value__is_itself_or_its_text(sql: str, plain: object) -> None:
    table = answered(f"select {sql} as v, {sql} as v, 1 as w")
    assert json_rows(table) == [[plain, plain, 1]]
    assert json.loads(json.dumps(json_rows(table), allow_nan=False)) == [[plain, plain, 1]]


@pytest.mark.parametrize(("sql", "plain"), PLAIN, ids=[sql for sql, _ in PLAIN])
def test_a_value__is_shown_without_python_s_spelling(sql: str, plain: object) -> None:
    answer = Asked(Path("r"), sql, answered(f"select {sql} as v"))
    shown = str(answer.blocks()[0])
    assert not any(word in shown for word in ("datetime", "Decimal(", "MonthDayNano", "True", "b'"))
    assert len(answer.columns()["v"]) == 1


def test_bytes_that_are_no_utf_8__are_written_out() -> None:
    damaged = pa.StringArray.from_buffers(2, pa.py_buffer(b"\0\0\0\0\1\0\0\0\2\0\0\0"), pa.py_buffer(b"a\xff"))
    assert python_values(pa.table({"v": damaged})) == [["a", "\\xff"]]
    assert json_rows(pa.table({"v": damaged})) == [["a"], ["\\xff"]]


def test_a_sum_of_whole_numbers__is_one_in_every_table() -> None:
    table = answered("select sum(x) as total, null::hugeint as none from (values (1), (2)) t(x)")
    assert [str(field.type) for field in table.schema] == ["int64", "int64"]
    assert table.to_pylist() == [{"total": 3, "none": None}]
