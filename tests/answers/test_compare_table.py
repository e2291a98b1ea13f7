"""A comparison as tidy rows: in a file and in a notebook the same, adding up to what is shown."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as pq
import pytest

import glasstown
from glasstown.answers.compare import Twinned
from glasstown.answers.compare_table import COLUMNS, LISTED, RECORDED
from glasstown.cli.main import main
from glasstown.errors import UsageError
from glasstown.outcomes.counted import MEASURED
from glasstown.types import SYNTHETIC_WORDS

TOWN = {"people": 450, "months": 6, "threads": 1}
BOOKS = ("cn-court-list-2017", "cn-court-list-2017,cn-samr-lists-2021")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("table")


@pytest.fixture(scope="module")
def answer(folder: Path) -> Twinned:
    return glasstown.compare(
        *BOOKS, **TOWN, seeds=2, draws=2, prior=True, out=folder / "both", table=folder / "numbers.parquet"
    )


@pytest.fixture(scope="module")
def rows(answer: Twinned) -> list[dict[str, object]]:
    found: list[dict[str, object]] = answer.table().to_pylist()
    return found


def test_table__has_the_columns_and_says_who_is_in_it(answer: Twinned, rows: list[dict[str, object]]) -> None:
    table = answer.table()
    assert tuple(table.column_names) == COLUMNS
    assert {row["population"] for row in rows} == {SYNTHETIC_WORDS}
    assert table.schema.metadata[b"population"].decode() == SYNTHETIC_WORDS
    assert (table.schema.metadata[b"first"], table.schema.metadata[b"second"]) == tuple(
        name.encode() for name in answer.names
    )
    keys = [tuple(row[name] for name in COLUMNS[:5]) for row in rows]
    assert len(keys) == len(set(keys)), "one row for each number"


def test_rows_of_everybody__are_what_is_shown(answer: Twinned, rows: list[dict[str, object]]) -> None:
    everybody = [row for row in rows if row["group"] == "all"]
    for contrast in answer.contrasts:
        first, second = (
            [row["value"] for row in everybody if (row["measure"], row["side"]) == (contrast.name, side)]
            for side in ("first", "second")
        )
        both = list(zip(first[:2], second[:2], strict=True))
        known = tuple(int(str(b)) - int(str(a)) for a, b in both if a is not None and b is not None)
        assert contrast.differences == known
        assert len(first) == len(second) == 4  # two seeds, two draws


@pytest.mark.parametrize("side", ["first", "second"])
def test_groups__add_up_to_everybody(side: str, rows: list[dict[str, object]]) -> None:
    summed: Counter[tuple[object, object]] = Counter()
    whole: dict[tuple[object, object], object] = {}
    for row in rows:
        if row["side"] == side and row["draw"] is None and row["measure"] in MEASURED:
            key = (row["measure"], row["seed"])
            if row["group"] == "all":
                whole[key] = row["value"]
            elif row["value"] is not None:
                summed[key] += int(str(row["value"]))
    kept = {key: value for key, value in whole.items() if value is not None}
    assert kept
    assert {key: summed[key] for key in kept} == kept
    assert {"wrongful listings", "listings", "offences"} <= {str(measure) for measure, _ in kept}


def test_people_by_trait__are_everybody_for_each_trait(rows: list[dict[str, object]]) -> None:
    by_trait: Counter[str] = Counter()
    for row in rows:
        if row["measure"] == RECORDED and row["side"] == "first" and row["seed"] == 1:
            by_trait[str(row["group"]).partition(":")[0].partition("-")[0]] += int(str(row["value"]))
    assert set(by_trait) == {"fifth", "age", "sex", "town", "registration", "work"}
    assert len(set(by_trait.values())) == 1
    assert any(row["measure"] == LISTED for row in rows)


def test_what_a_side_does_not_keep__has_no_value_and_is_not_zero(
    answer: Twinned, rows: list[dict[str, object]]
) -> None:
    empty = {(row["measure"], row["side"]) for row in rows if row["group"] == "all" and row["value"] is None}
    assert {(each.name, "first") for each in answer.contrasts if each.why[0]} == {
        key for key in empty if key[1] == "first"
    }


def test_files__have_the_same_rows(answer: Twinned, folder: Path) -> None:
    assert pq.read_table(folder / "numbers.parquet").equals(answer.table())
    again = glasstown.compare(folder / "both" / "first-1", folder / "both" / "second-1", table=folder / "one.csv")
    read = csv.read_csv(folder / "one.csv").to_pydict()
    assert list(read) == list(COLUMNS)
    assert read["value"] == again.table()["value"].to_pylist()
    assert read["measure"] == again.table()["measure"].to_pylist()
    glasstown.compare(folder / "both" / "first-1", folder / "both" / "second-1", table=folder / "one.csv")
    glasstown.compare(folder / "both" / "first-1", folder / "both" / "second-1", table=folder / "numbers2.parquet")
    glasstown.compare(folder / "both" / "first-1", folder / "both" / "second-1", table=folder / "numbers2.parquet")
    assert pq.read_table(folder / "numbers2.parquet").num_rows == len(read["value"])


@pytest.mark.usefixtures("answer")
@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("no/such/numbers.csv", "a folder that does not exist"),
        ("numbers.xlsx", "a name that ends in .parquet or .csv"),
        ("numbers", "Name it numbers.parquet or numbers.csv"),
        ("mine.csv", "a file that is there already and is none of these"),
        ("mine.parquet", "a file that is there already and is none of these"),
        ("other.parquet", "a file that is there already and is none of these"),
        ("both/first-1/final.parquet", "found a file"),
    ],
)  # fmt: skip
def test_file_that_may_not_be_written__is_one_message_before_anything_is_lived(
    name: str, found: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "mine.csv").write_text("a,b\n1,2\n")
    (folder / "mine.parquet").write_bytes(b"mine")
    pq.write_table(pa.table({"a": [1]}), folder / "other.parquet")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    out = tmp_path / "runs"
    line = ["compare", *BOOKS, "--people", "150", "--months", "1", "--out", str(out), "--table", str(folder / name)]
    assert main(line) == 2
    said = capsys.readouterr()
    assert said.err.count("fault") == 1
    assert found in said.err
    assert said.out == ""
    assert not out.exists()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    with pytest.raises(UsageError):
        glasstown.compare(*BOOKS, **TOWN, table=folder / name, out=out)
