"""A question sees the run's own tables and nothing else."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from glasstown.errors import RecordError
from glasstown.storage import RunFolder, store
from glasstown.storage.parts import part_path
from glasstown.storage.store import query

ENDLESS = "with recursive t(n) as (select 1 union all select n + 1 from t) select max(n) from t"


def test_query__answers_from_the_run(run: RunFolder) -> None:
    answer = query(run, "select sum(value) as v, count(*) as n from months where month >= 12")
    assert answer.to_pylist() == [{"v": 10 * sum(range(12, 36)), "n": 24}]


def test_query__carries_the_words(run: RunFolder) -> None:
    assert query(run, "select 1").schema.metadata == {b"glasstown": b"synthetic population"}
    assert query(run, "select distinct population from months").to_pylist() == [{"population": "synthetic population"}]


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("select hash from hashes", [{"hash": 2**63}]),
        ("select id, grade from final", [{"id": 41, "grade": "A"}]),
        ("select count(*) as n from events", [{"n": 0}]),
        ("select count(*) as n from inbox", [{"n": 0}]),
        ("from months select max(month) as m;", [{"m": 35}]),
        ("with a as (select 1 as x) select x from a -- ; drop view months", [{"x": 1}]),
        ("pivot (select account from months) on account using count(*)", [{"people": 36}]),
        ("select max(date)::varchar as d from months", [{"d": "2015-12-01"}]),
    ],
)
def test_query__reads_every_view(run: RunFolder, sql: str, rows: list[dict[str, object]]) -> None:
    got = query(run, sql).to_pylist()
    assert [{k: v for k, v in row.items() if k in rows[0]} for row in got] == rows


def test_query__describes_columns(run: RunFolder) -> None:
    assert "account" in query(run, "describe months")["column_name"].to_pylist()


WRITES = [
    "create table t as select 1",
    "create view v as select 1",
    "create or replace view months as select 1",
    "create macro f(x) as x",
    "insert into months select * from months",
    "update final set grade = 'B'",
    "delete from final",
    "drop view months",
    "alter view months rename to m",
    "copy months to '{out}/m.csv'",
    "copy (select 1) to '{out}/m.parquet' (format parquet)",
    "export database '{out}/db'",
    "import database '{out}/db'",
    "attach '{out}/x.db' as x",
    "detach memory",
    "use memory",
    "install httpfs",
    "load httpfs",
    "force install httpfs from community",
    "load '{out}/e.duckdb_extension'",
    "set enable_external_access = true",
    "set lock_configuration = false",
    "reset lock_configuration",
    "set temp_directory = '{out}'",
    "pragma threads=1",
    "pragma enable_profiling",
    "pragma version",
    "call pragma_version()",
    "call enable_logging()",
    "checkpoint",
    "vacuum",
    "begin",
    "prepare p as select 1",
    "create secret s (type s3)",
    "explain analyze copy months to '{out}/m.csv'",
]


@pytest.mark.parametrize("sql", WRITES)
def test_query__refuses_to_write_or_to_change_settings(run: RunFolder, tmp_path: Path, sql: str) -> None:
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(RecordError) as caught:
        query(run, sql.format(out=tmp_path))
    message = str(caught.value)
    assert "queries are read-only and see only this run" in message
    assert "Traceback" not in message
    assert len(message.splitlines()) == 2
    assert sorted(tmp_path.rglob("*")) == before


READS = [
    "select * from read_csv('/etc/passwd')",
    "select * from read_csv_auto('/etc/passwd')",
    "select * from read_text('/etc/passwd')",
    "select content from read_blob('/etc/passwd')",
    "select * from read_json('/etc/passwd')",
    "select * from read_parquet('{out}/*.parquet')",
    "select * from parquet_scan('{out}/secret.parquet')",
    "select * from parquet_metadata('{out}/secret.parquet')",
    "select * from sniff_csv('/etc/passwd')",
    "select * from glob('/etc/*')",
    "select * from read_csv('https://example.org/a.csv')",
    "select * from query('select * from read_text(''/etc/passwd'')')",
    "select * from months where account in (select content from read_text('/etc/passwd'))",
    "with a as (from read_text('/etc/passwd')) select * from a",
    "explain analyze select * from read_text('/etc/passwd')",
    "pivot (from read_text('/etc/passwd')) on filename using count(*)",
    "select 1; copy months to '{out}/m.csv'",
]
NAMES = [
    "select * from '/etc/passwd'",
    "select * from '{out}/secret.parquet'",
    "select * from query_table('{out}/secret.parquet')",
    "select * from secret_of_the_caller",
    "select getenv('HOME')",
    "select * from arrow_scan(1, 2, 3)",
    "select * from pandas_scan(1)",
]


@pytest.mark.parametrize("sql", [*READS, *NAMES])
def test_query__refuses_to_read_other_files(run: RunFolder, tmp_path: Path, sql: str) -> None:
    secret_of_the_caller = pa.table({"secret": ["s3cret"]})
    pq.write_table(secret_of_the_caller, tmp_path / "secret.parquet")
    with pytest.raises(RecordError) as caught:
        query(run, sql.format(out=tmp_path))
    message = str(caught.value)
    if sql in READS and not sql.startswith("select 1;"):
        assert "queries are read-only and see only this run" in message
    assert "root:" not in message
    assert "s3cret" not in message
    assert "Select from months, events, inbox, mail, hashes, final" in message or "one question at a time" in message


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("", "found no statement"),
        ("-- nothing", "found no statement"),
        ("select 1; select 2", "found 2 statements"),
        ("selec 1", 'found Parser Error: syntax error at or near "selec"'),
        ("select nope from months", 'found Binder Error: Referenced column "nope" not found in FROM clause!'),
        ("select * from month", "found Catalog Error: Table with name month does not exist!"),
        ("select 'a'::int", "found Conversion Error: Could not convert string 'a' to INT32"),
        ("select ?", "found Invalid Input Error: Values were not provided"),
    ],
)
def test_query__gives_the_first_line_of_what_is_wrong(run: RunFolder, sql: str, found: str) -> None:
    with pytest.raises(RecordError) as caught:
        query(run, sql)
    assert found in str(caught.value)
    assert len(str(caught.value).splitlines()) == 2


def test_query__names_a_damaged_table(run: RunFolder) -> None:
    part_path(run.path / "months", 0).write_bytes(b"PAR1 damaged")
    with pytest.raises(RecordError, match=r"part-0000\.parquet: a table of the run"):
        query(run, "select count(*) from months")


def test_query__that_takes_too_long_is_ended_and_says_so(run: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_SECONDS", 0.2)
    begun = time.monotonic()
    with pytest.raises(RecordError, match=r"expected an answer within 0\.2 seconds"):
        query(run, ENDLESS)
    assert time.monotonic() - begun < 2


def test_query__of_too_many_rows_says_how_many_an_answer_has(run: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_ROWS", 35)
    with pytest.raises(RecordError, match="more than 35 rows; expected an answer of at most 35 rows"):
        query(run, "select * from months")
    assert query(run, "select * from months limit 35").num_rows == 35


@pytest.mark.parametrize(
    "sql", [ENDLESS, "select count(*) from months a, months b, months c, months d, months e, range(1000)"]
)
def test_query__that_is_interrupted_ends_soon(run: RunFolder, sql: str) -> None:
    ended = []

    def interrupt() -> None:
        ended.append(time.monotonic())
        signal.raise_signal(signal.SIGINT)

    before = signal.signal(signal.SIGALRM, lambda *_: interrupt())
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with pytest.raises(KeyboardInterrupt):
            query(run, sql)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - ended[0] < 20  # of a query that would never end
