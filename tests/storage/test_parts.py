"""Tables keep their columns and carry the words wherever they go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from glasstown.errors import RecordError
from glasstown.storage import SCHEMAS, parts, table_of

Months = Callable[..., pa.Table]


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_table__says_synthetic_population(tmp_path: Path, name: str) -> None:
    parts.write_table(tmp_path / "t.parquet", SCHEMAS[name].empty_table())
    schema = pq.read_schema(tmp_path / "t.parquet")
    assert schema.metadata[b"glasstown"] == b"synthetic population"
    assert schema.names == [*SCHEMAS[name].names, "population"]


def test_every_row__says_synthetic_population(tmp_path: Path, months: Months) -> None:
    parts.write_table(tmp_path / "t.parquet", months(0))
    frame = pd.read_parquet(tmp_path / "t.parquet")
    assert set(frame["population"]) == {"synthetic population"}
    assert pa.types.is_dictionary(pq.read_schema(tmp_path / "t.parquet").field("population").type)


def test_stamped__replaces_other_words(months: Months) -> None:
    forged = months(0).drop_columns(["population"]).append_column("population", pa.array(["census"] * 12))
    assert set(parts.stamped(forged)["population"].to_pylist()) == {"synthetic population"}


def test_table_of__casts_to_the_columns_of_the_format(months: Months) -> None:
    table = months(0)
    assert pa.schema([table.schema.field(n) for n in SCHEMAS["months"].names]) == SCHEMAS["months"]


def test_table_of__refuses_a_number_that_would_wrap() -> None:
    with pytest.raises(pa.ArrowInvalid):
        table_of("inbox", {"month": [2**40], "rulebook": ["r"], "account": ["lists"], "item": ["b"], "value": [1]})


def test_table_of__names_missing_and_unknown_columns() -> None:
    with pytest.raises(RecordError, match="no column hash; unknown column hsh"):
        table_of("hashes", {"kind": ["person"], "block": [0], "year": [12], "hsh": [1]})


def test_table_of__lets_events_have_further_columns() -> None:
    table = table_of(
        "events",
        {"kind": ["firm"], "id": np.array([3]), "rulebook": ["r"], "date": [date(2013, 1, 31)], "clause": ["x"]},
    )
    assert table.column_names == ["kind", "id", "rulebook", "date", "clause", "population"]


def test_write_table__takes_tables_that_follow_each_other(tmp_path: Path, months: Months) -> None:
    parts.write_table(tmp_path / "t.parquet", (months(m, 1) for m in range(5)))
    assert parts.read_table(tmp_path / "t.parquet")["month"].to_pylist() == [0, 1, 2, 3, 4]


def test_read_tables__joins_parts_in_the_order_of_their_numbers(tmp_path: Path, months: Months) -> None:
    for number in reversed(range(12)):
        parts.write_table(parts.part_path(tmp_path, number), months(number, 1))
    table = parts.read_tables("months", parts.part_files(tmp_path))
    assert table["month"].to_pylist() == list(range(12))
    assert table.schema.metadata[b"glasstown"] == b"synthetic population"


def test_part_files__names_a_missing_part(tmp_path: Path, months: Months) -> None:
    for number in (0, 2):
        parts.write_table(parts.part_path(tmp_path, number), months(number, 1))
    with pytest.raises(RecordError, match="part 1 of the run: found no such file"):
        parts.part_files(tmp_path)


def test_drop_parts_from__keeps_earlier_parts(tmp_path: Path, months: Months) -> None:
    for number in range(4):
        parts.write_table(parts.part_path(tmp_path, number), months(number, 1))
    parts.drop_parts_from(tmp_path, 2)
    assert parts.part_numbers(tmp_path) == (0, 1)


def test_read_table__names_a_damaged_file(tmp_path: Path, months: Months) -> None:
    path = tmp_path / "t.parquet"
    parts.write_table(path, months(0))
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(RecordError, match=r"t\.parquet: a table of the run: found .*; expected a whole Parquet file"):
        parts.read_table(path)
