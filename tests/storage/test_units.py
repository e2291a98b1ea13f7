"""Every number that a run writes has a unit, and points are points, whatever a rulebook's quantum."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from glasstown import fields
from glasstown.errors import RecordError
from glasstown.outcomes import measures
from glasstown.outcomes.opened import open_run
from glasstown.runs.accounts import in_unit
from glasstown.runs.one_life import replay_life
from glasstown.runs.outside import cutoffs_of
from glasstown.runs.plan import make_plan
from glasstown.runs.request import RunRequest, inputs_of
from glasstown.runs.session import run_town
from glasstown.storage import RunFolder, parts, table_of
from glasstown.storage.store import query
from longer import few

HALVES = "dongdao-village-2018"
WHOLE = "suining-2010"


ASKED = RunRequest(HALVES, people=900, months=14, seed=3, start="2018-07", track=90, threads=1, command="test")
LIGHTHOUSE = Path(__file__).parents[1] / "rulebooks" / "good" / "lighthouse" / "rules.yaml"
"""a rulebook with cut-offs of quota grades, a balance and parts"""
RUNS = {
    "halves": ASKED,
    "both": replace(ASKED, rulebook=f"{WHOLE},{HALVES}"),
    "quotas": replace(
        ASKED,
        rulebook=str(LIGHTHOUSE),
        start="2020-01",
        settings={"lighthouse/score/quantum": "0.5", "consent.give_per_month": "0.3"},
    ),
    "whole": replace(ASKED, rulebook="rongcheng-2013", start="2014-01"),
}


@pytest.fixture(scope="module", params=few(RUNS, ["halves", "quotas", "whole"]))
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town under half points, under whole and half points at once, under cut-offs in half points, and under whole points."""
    out = tmp_path_factory.mktemp("units") / str(request.param)
    run_town(replace(RUNS[request.param], out=out))
    return out


def one(run: Path, sql: str) -> Decimal:
    return Decimal(query(RunFolder.open(run), sql).to_pylist()[0]["n"])


def test_every_column__has_its_unit_in_the_file_as_in_the_register(run: Path) -> None:
    files = sorted(run.rglob("*.parquet"))
    assert {path.relative_to(run).parts[0].removesuffix(".parquet") for path in files} == set(fields.TABLES)
    for path in files:
        name = path.relative_to(run).parts[0].removesuffix(".parquet")
        known = {column.name: column for column in (*fields.TABLES[name], fields.POPULATION)}
        schema = pq.read_schema(path)
        assert schema.names == list(known)
        for field in schema:
            assert field.metadata[b"unit"].decode() == known[field.name].unit
            assert field.metadata[b"meaning"].decode() == known[field.name].meaning
        plain = pq.read_metadata(path).metadata[b"units"]  # for readers that know no Arrow
        assert json.loads(plain) == {name: column.unit for name, column in known.items()}


def test_every_row__says_the_unit_of_its_account(run: Path) -> None:
    for table in ("months", "inbox"):
        for row in (
            RunFolder.open(run)
            .read(table)
            .select(["account", "unit"])
            .group_by(["account", "unit"])
            .aggregate([])
            .to_pylist()
        ):
            assert row["unit"] == fields.ACCOUNTS[row["account"]].unit


def test_final_score__is_the_score_that_a_life_is_told(run: Path) -> None:
    final = RunFolder.open(run).read("final").to_pylist()
    person = max((row for row in final if row["score"] is not None), key=lambda row: (row["n_records"], -row["id"]))[
        "id"
    ]
    told = {under.rulebook: under.score for under in replay_life(run, person, verify=True).under if under.is_scored}
    found = {row["rulebook"]: row["score"] for row in final if row["id"] == person and row["kind"] == "person"}
    assert {name: Decimal(score) for name, score in told.items()} == {
        name: Decimal(score) for name, score in found.items()
    }


def test_sum_of_scores__is_the_same_in_months_and_in_final(run: Path) -> None:
    for each in RunFolder.open(run).manifest.rulebooks:
        where = f"rulebook = '{each.reference}'"
        last = f"select sum(value) as n from months where {where} and account = 'score_sum' and month = 13"
        assert one(run, last) == one(run, f"select sum(score) as n from final where {where}")


def test_points_of_months__are_those_of_the_measures(run: Path) -> None:
    for each in RunFolder.open(run).manifest.rulebooks:
        town = open_run(run, under=each.reference)
        moved = sum(tally.points for tally in measures.clause_tallies(town.accounts["person"]))
        assert moved == one(
            run, f"select sum(value) as n from months where account = 'points' and rulebook = '{each.reference}'"
        )
        assert moved % town.book.score.quantum == 0


def test_events__tell_scores_as_the_ledger_does(run: Path) -> None:
    events = RunFolder.open(run).read("events").to_pylist()
    person = events[0]["id"]
    for told in replay_life(run, person, verify=False).under:
        mine = [row for row in events if (row["id"], row["rulebook"]) == (person, told.rulebook)]
        assert [(Decimal(row["before"]), Decimal(row["after"])) for row in mine] == [
            (Decimal(line["before"]), Decimal(line["after"])) for line in told.lines
        ]


def test_numbers__are_whole_where_every_quantum_is_and_exact_decimals_else(run: Path) -> None:
    expected = pa.int64() if run.name == "whole" else pa.decimal128(38, 1)
    for name in fields.TABLES:
        for column in fields.TABLES[name]:
            if column.type == "number":
                assert RunFolder.open(run).read(name).schema.field(column.name).type == expected


def test_quanta_in_the_table__are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A planted fault: one account that is not put into points disagrees with the scores of the last table."""
    monkeypatch.setattr(
        "glasstown.runs.accounts.in_unit",
        lambda account, value, step: value if account == "score_sum" else in_unit(account, value, step),
    )
    out = tmp_path / "run"
    run_town(RunRequest(HALVES, people=300, months=2, seed=3, start="2018-07", threads=1, command="test", out=out))
    last = one(out, "select sum(value) as n from months where account = 'score_sum' and month = 1")
    assert last == 2 * one(out, "select sum(score) as n from final")


def test_cut_offs__come_back_as_the_quanta_that_were_published(tmp_path: Path) -> None:
    out = tmp_path / "run"
    run_town(replace(RUNS["quotas"], track=0, out=out))
    published = [row["value"] for row in RunFolder.open(out).read("inbox").to_pylist() if row["account"] == "cut-off"]
    assert published
    plan = make_plan(RunFolder.open(out).manifest, inputs_of(RunFolder.open(out)))
    read = [
        quanta
        for each in cutoffs_of(RunFolder.open(out), plan).values()
        for quanta in each.values()
        if quanta is not None
    ]
    assert [Decimal(quanta) / 2 for quanta in read] == published


@pytest.mark.parametrize("name", sorted(fields.TABLES))
def test_column_without_entry__cannot_be_written(name: str) -> None:
    columns = {column.name: [] for column in fields.TABLES[name]}
    with pytest.raises(RecordError, match="unknown column bonus"):
        table_of(name, {**columns, "bonus": []})


@pytest.mark.parametrize("name", ["months", "inbox"])
def test_account_without_entry__cannot_be_written(name: str) -> None:
    columns = {column.name: [None] for column in fields.TABLES[name]} | {"account": ["goodwill"], "month": [0]}
    with pytest.raises(RecordError, match="the account 'goodwill'; expected an account of the register"):
        table_of(name, columns)


def test_register__says_unit_and_meaning_of_every_column_and_account() -> None:
    for each in (*(column for table in fields.TABLES.values() for column in table), *fields.ACCOUNTS.values()):
        assert each.unit
        assert each.meaning.endswith(".")
    assert set(parts.SCHEMAS) == set(fields.TABLES)


def test_register__has_every_account_that_a_run_books() -> None:
    from glasstown.runs.accounts import LIVED, TALLIES

    booked = {account for account, _ in LIVED} | set(TALLIES)
    assert booked <= set(fields.ACCOUNTS)
    assert {name for name, each in fields.ACCOUNTS.items() if each.of in ("person", "firm")} == {
        account for account, _ in LIVED
    }


@pytest.mark.parametrize(("rulebook", "is_refused"), [(HALVES, True), (WHOLE, False)])
def test_run_of_an_older_format__is_refused_where_its_points_were_quanta(
    rulebook: str, is_refused: bool, tmp_path: Path
) -> None:
    out = tmp_path / "run"
    run_town(RunRequest(rulebook, people=150, months=1, threads=1, command="glasstown run it", out=out))
    RunFolder.open(out).update(glasstown_run=2)
    if is_refused:
        with pytest.raises(RecordError, match=r"which counts them in steps of 0.5.*Live it again.*glasstown run it"):
            RunFolder.open(out).read("months")
    else:
        assert RunFolder.open(out).read("months").num_rows


def test_scale__is_what_the_finest_quantum_needs() -> None:
    assert parts.scale_of([Decimal("1"), Decimal("5")]) == 0
    assert parts.scale_of([Decimal("1"), Decimal("0.50"), Decimal("0.25")]) == 2
    assert parts.scale_of([Decimal("1E+1")]) == 0
    quanta = np.array([3, -1, 0], dtype=np.int64)
    from glasstown.runs.final import in_points

    assert in_points(quanta, Decimal("0.25"), 2).to_pylist() == [Decimal("0.75"), Decimal("-0.25"), Decimal("0.00")]
    assert in_points(quanta, Decimal(5), 0).to_pylist() == [15, -5, 0]
