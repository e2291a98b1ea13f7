"""What `firm` answers: every line with its clause and source, and what reaches whom."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import glasstown
from firms import FIRMS, firm_file
from glasstown.answers.firm_rows import Row
from glasstown.answers.firm_told import COLUMNS, PARTS, FirmAnswer
from tests.cli.conftest import Command, command

__all__ = ["command"]


def told(folder: Path, name: str) -> FirmAnswer:
    """Return the answer about a worked firm."""
    return glasstown.firm(firm_file(folder, FIRMS[name]))


def ids(answer: FirmAnswer, part: str) -> set[str]:
    """Return the clauses, lists and measures of a part."""
    return {row.id for row in answer.rows[part]}


@pytest.mark.parametrize("name", FIRMS)
def test_every_line__has_a_clause_and_a_source(tmp_path: Path, name: str) -> None:
    answer = told(tmp_path, name)
    rows = [row for part in answer.rows.values() for row in part]
    assert len(FIRMS) == 5
    assert len(rows) > 5
    assert [row for row in rows if not row.id or row.cite is None] == []


def test_a_clean_exporter__is_rewarded_and_barred_from_nothing(tmp_path: Path) -> None:
    answer = told(tmp_path, "exporter")
    assert {"red_tax_a", "red_aeo"} <= ids(answer, "lists")
    assert {row.kind for row in answer.rows["gates"]} == {"reward"}
    assert answer.rows["representative"] == ()


def test_a_factory__loses_a_point_that_is_missing_to_grade_a(tmp_path: Path) -> None:
    rated = [row for row in told(tmp_path, "factory").rows["ratings"] if row.under == "cn-tax-credit-2014"]
    assert [row.what.split() for row in rated] == [
        ["starts", "at", "90", "grade", "A"],
        ["90", "→", "85", "grade", "B"],
        ["85", "→", "89", "grade", "B"],
        ["89", "→", "90", "grade", "A"],
    ]
    assert [row.since for row in rated][1:3] == [date(2021, 5, 18), date(2021, 6, 2)]


def test_a_vanished_trader__is_d_and_irregular_without_an_end(tmp_path: Path) -> None:
    answer = told(tmp_path, "trader")
    (listed,) = [row for row in answer.rows["lists"] if row.id == "samr_irregular"]
    assert (listed.since, listed.till) == (date(2022, 8, 1), None)
    assert any("grade D" in row.what for row in answer.rows["ratings"])
    assert any("no end by itself" in row.what for row in answer.rows["repair"])


def test_a_class_that_is_not_public__is_no_grade_of_the_firm(tmp_path: Path) -> None:
    told_of = [row for row in told(tmp_path, "trader").rows["inspections"] if row.under == "cn-risk-classes-2022"]
    assert [row.says for row in told_of] == [
        (f"if its class is {name}; which class it has is not public",) for name in "ABCD"
    ]


def test_a_supplier__is_told_of_its_customer_and_of_the_model_s_numbers(tmp_path: Path) -> None:
    answer = told(tmp_path, "supplier")
    assert any(row.what.startswith("the customer is on the black list") for row in answer.rows["partners"])
    (model,) = [row for row in answer.rows["partners"] if row.under == "the model"]
    assert model.says == ("a number of the model, which no rule gives",)
    assert answer.rows["lists"] == tuple(row for row in answer.rows["lists"] if row.kind == "red")


def test_a_listed_representative__is_barred_and_weighs_on_the_firm(tmp_path: Path) -> None:
    answer = told(tmp_path, "head")
    (listed,) = [row for row in answer.rows["representative"] if row.id == "spc_dishonest"]
    assert listed.what == "the representative is on the black list 'dishonest persons subject to enforcement'"
    assert listed.till == date(2023, 1, 19)  # three working days after performing
    assert any(row.id == "M16-2.2" for row in answer.rows["gates"])


def test_columns__hold_every_row(tmp_path: Path) -> None:
    answer = told(tmp_path, "factory")
    columns = answer.columns()
    assert tuple(columns) == COLUMNS
    assert {len(values) for values in columns.values()} == {sum(len(part) for part in answer.rows.values())}
    assert set(columns["part"]) <= set(PARTS)


def test_page__has_every_row_and_asks_for_nothing(tmp_path: Path) -> None:
    page = tmp_path / "firm.html"
    answer = glasstown.firm(firm_file(tmp_path, FIRMS["trader"]), html=page)
    text = page.read_text(encoding="utf-8")
    assert [row.id for row in answer.rows["repair"] if row.id not in text] == []
    assert "src=" not in text
    assert "@media print" in text
    assert answer.page == page


def test_command__ends_with_2_and_one_message_for_a_file_with_a_name(tmp_path: Path, command: Command) -> None:
    path = firm_file(tmp_path, FIRMS["trader"] + "name: Glass and Sons\n")
    page = tmp_path / "page.html"
    ended = command("firm", str(path), "--html", str(page))
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.count("the key 'name'") == 1
    assert not page.exists()


def test_command__refuses_a_page_that_is_no_page_of_ours(tmp_path: Path, command: Command) -> None:
    page = tmp_path / "mine.html"
    page.write_text("mine", encoding="utf-8")
    assert command("firm", str(firm_file(tmp_path, FIRMS["head"])), "--html", str(page)).code == 2
    assert page.read_text(encoding="utf-8") == "mine"


def test_row__as_json_keeps_its_days_and_its_source(tmp_path: Path) -> None:
    row: Row = told(tmp_path, "trader").rows["lists"][0]
    told_row = row.as_json()
    assert told_row["since"] == "2022-08-01"
    assert told_row["source"] == (row.cite.source if row.cite else None)
