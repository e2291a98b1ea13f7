"""`query` and `report` on a run's folder, and the answers about a run."""

from __future__ import annotations

from pathlib import Path

import altair
import pytest

import glasstown
from glasstown.answers.run_chart import panels_of
from glasstown.outcomes.opened import open_run
from glasstown.storage.free import plain_name
from tests.cli.conftest import Command
from towns import make_town, plausible_cells


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Give the folder of a run with made-up accounts."""
    return make_town(tmp_path / "town", "suining-2010", plausible_cells("suining-2010"), months=6)


def test_query__gives_names_types_and_rows(command: Command, town: Path) -> None:
    ended = command("query", str(town), "select month, date, value from months order by all limit 2", "--json")
    assert ended.code == 0
    answer = ended.json
    assert answer["population"] == "synthetic population"
    assert [column["name"] for column in answer["columns"]] == ["month", "date", "value"]
    assert len(answer["rows"]) == 2
    assert isinstance(answer["rows"][0][1], str)


def test_query__shows_people_how_many_rows_there_are(command: Command, town: Path) -> None:
    out = command("query", str(town), "select * from months").out
    assert "the first 40 are shown, --json gives all" in out
    assert "Synthetic population." in out


def test_query__what_is_not_finite_is_null(command: Command, town: Path) -> None:
    assert command("query", str(town), "select 'nan'::double as x, 1.5::decimal(4,1) as y", "--json").json["rows"] == [
        [None, "1.5"]
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "drop table months",
        "copy (select 1) to 'out.csv'",
        "select * from read_csv('/etc/passwd')",
        "select * from '/etc/passwd'",
        "attach 'other.db'",
        "selec 1",
        "select 1; select 2",
        "",
    ],
)
def test_query__that_writes_or_reads_elsewhere_is_refused(
    command: Command, town: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sql: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    ended = command("query", str(town), sql)
    assert ended.code == 2
    assert ended.out == ""
    assert "cannot answer the query" in ended.err
    assert sorted(tmp_path.rglob("*")) == before


def test_query__in_python_is_an_arrow_table_with_the_words(town: Path) -> None:
    table = glasstown.query(town, "select count(*) as n from months").table()
    assert table.column_names == ["n"]
    assert b"synthetic population" in table.schema.metadata.values()


def test_over_time__draws_grades_and_says_synthetic(town: Path) -> None:
    (chart,) = panels_of(open_run(town))
    assert isinstance(chart, altair.TopLevelMixin)
    assert "synthetic population" in str(chart.to_dict())


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("suining-2010", "suining-2010"),
        ("rongcheng-2013@a-to-960", "rongcheng-2013-a-to-960"),
        ("my/city", "city"),
        ("my/city/rules.yaml", "city"),
        ("my/city/rules.yaml@strict", "city-strict"),
        ("rules.yaml", "run"),
        ("..", "run"),
    ],
)
def test_free_folder__bears_the_rulebook_s_name(reference: str, name: str) -> None:
    assert plain_name(reference) == name


def test_report__writes_one_file_and_says_where(command: Command, town: Path) -> None:
    ended = command("report", str(town), "--json")
    assert ended.code == 0
    written = Path(ended.json["report"])
    assert written.parent == town
    assert written.stat().st_size == ended.json["bytes"]
    assert "synthetic population" in written.read_text(encoding="utf-8")


def test_report__into_a_folder_that_is_not_there_is_refused(command: Command, town: Path, tmp_path: Path) -> None:
    ended = command("report", str(town), "--out", str(tmp_path / "nowhere" / "x.html"))
    assert ended.code == 2
    assert "a folder that does not exist" in ended.err
