"""Rulebooks side by side: rows, what differs, what is unknown, and how it is shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import glasstown
from glasstown.answers.compare_rules import Compared
from glasstown.answers.compare_rules_rows import (
    NOTHING,
    THEMES,
    UNREAD,
    Cell,
    Row,
    Statement,
    grade_rows,
    measure_rows,
    reach_rows,
)
from glasstown.archive.library import Held, hold
from glasstown.cli import output
from glasstown.errors import UsageError
from glasstown.language.load import shipped
from glasstown.language.model import ReachedBy

GOOD = Path(__file__).resolve().parents[1] / "rulebooks" / "good"
HARBOUR, SMALL = str(GOOD / "harbour"), str(GOOD / "small")
READ = Cell((Statement(None, "takes 5 points", None),), None)


def rows(answer: Compared, part: str) -> dict[str, dict[str, Any]]:
    """Return the rows of one part by key."""
    found = next(each for each in answer.as_json()["parts"] if each["part"] == part)
    return {row["key"]: row for row in found["rows"]}


def texts(row: dict[str, Any]) -> list[list[str]]:
    """Return what each rulebook says in a row."""
    return [[each["text"] for each in cell["says"]] for cell in row["cells"]]


def test_clauses__the_same_act_stands_side_by_side_and_the_wider_clause_answers() -> None:
    row = rows(glasstown.compare_rules(HARBOUR, SMALL, part=["clauses"]), "clauses")["speeding"]
    assert texts(row)[1] == ["takes 10 points"]
    assert row["cells"][0]["absent"] == NOTHING
    both = rows(glasstown.compare_rules(HARBOUR, SMALL, part=["clauses"]), "clauses")["volunteering"]
    assert [cell["says"][0]["id"] for cell in both["cells"]] == ["h-clean", "help"]


def test_clauses__have_a_row_for_every_act_that_any_names() -> None:
    answer = glasstown.compare_rules("rongcheng-2019", "suining-2010", part=["clauses", "others"])
    named = {clause.act for held in answer.books for clause in held.book.clauses}
    assert set(rows(answer, "clauses")) == named - {None}


def test_differs__unread_is_neither_the_same_nor_another() -> None:
    nothing, unread = Cell((), NOTHING), Cell((), UNREAD)
    other = Cell((Statement(None, "takes 6 points", None),), None)
    cases = {
        (READ, READ): "no",
        (READ, other): "yes",
        (READ, nothing): "yes",
        (READ, unread): "unknown",
        (READ, other, unread): "yes",
        (unread, unread): "unknown",
        (nothing, nothing): "no",
    }
    assert {cells: Row("k", "k", cells).differs for cells in cases} == cases
    assert Row("k", "k", (READ, nothing), stands_alone=True).differs == "unknown"


def test_differs__ids_and_sources_do_not_count() -> None:
    named = Cell((Statement("su-d05", "takes 5 points", None),), None)
    assert Row("k", "k", (READ, named)).differs == "no"


def test_only_differences__of_two_readings_is_what_the_variant_sets() -> None:
    answer = glasstown.compare_rules(f"{HARBOUR}@plain", f"{HARBOUR}@strict", only_differences=True)
    changed = {part.id: [row.key for row in part.rows] for part in answer.parts if part.rows}
    assert changed == {"clauses": ["harbour-rescue"], "grades": ["A", "B"]}
    whole = glasstown.compare_rules(f"{HARBOUR}@plain", f"{HARBOUR}@strict")
    for part, full in zip(answer.parts, whole.parts, strict=True):
        assert len(part.rows) + part.n_alike + part.n_unknown == len(full.rows)


def test_grades__keep_the_order_in_which_each_rulebook_ranks_them() -> None:
    keys = [row.key for row in grade_rows([hold(HARBOUR), hold(SMALL), hold("rongcheng-2019")], None)]
    for own in (["star", "A", "B", "C", "D"], ["AAA", "AA", "A", "B", "C", "D"]):
        assert [key for key in keys if key in own] == own


def test_measures__stand_by_gate_and_those_without_come_last() -> None:
    keys = [row.key for row in measure_rows([hold(HARBOUR)], None)]
    assert keys == ["berth", "ferry", "no gate named"]


def with_spill(reference: str, *ties: str) -> Held:
    """Return a rulebook whose first measure reaches others, and whose first clause follows from its second."""
    held = hold(reference)
    first, *measures = held.book.measures
    clause, *clauses = held.book.clauses
    update = {
        "measures": (first.model_copy(update={"spills_to": ties, "severity": 3, "enforcer": "the office"}), *measures),
        "clauses": (
            clause.model_copy(update={"reached_by": ReachedBy(clause=clauses[0].id, through="household")}),
            *clauses,
        ),
    }
    return Held(reference, held.book.model_copy(update=update), held.acts)


def test_reach__says_who_is_caught_company_first_family_after() -> None:
    books = [with_spill(SMALL, "household", "principal", "legal-representative"), hold(HARBOUR)]
    found = {row.key: row for row in reach_rows(books, None)}
    assert list(found) == ["legal-representative", "principal", "household"]
    assert found["principal"].cells[0].statements[0].mark == "no-loan"
    assert [each.mark for each in found["household"].cells[0].statements] == ["no-loan", "traffic"]
    assert found["principal"].cells[1].absent == NOTHING


def test_measures__say_reach_severity_and_enforcer_where_known() -> None:
    row = next(row for row in measure_rows([with_spill(SMALL, "child")], None))
    assert "severity 3 of 5; reaches child; by the office" in row.cells[0].statements[0].text


def test_unread__is_said_to_be_unknown_and_read_to_be_nothing() -> None:
    row = rows(glasstown.compare_rules(HARBOUR, "rongcheng-2019", part=["lists"]), "lists")["black"]
    assert row["cells"][1]["absent"] == UNREAD
    assert row["differs"] == "unknown"


def test_as_at__says_which_rulebook_is_not_in_force() -> None:
    answer = glasstown.compare_rules("rongcheng-2013", "rongcheng-2019", as_at=date(2015, 6, 30), part=["grades"])
    assert [each["holds"] for each in answer.as_json()["rulebooks"]] == ["yes", "no"]
    assert "rongcheng-2019 is not in force on 2015-06-30" in answer._repr_html_()


@pytest.mark.parametrize(
    ("references", "options", "message"),
    [
        (("suining-2010",), {}, "two or more"),
        ((), {}, "two or more"),
        (("suining-2010", "suining-2010"), {}, "each rulebook once"),
        (("suining-2010", "rongcheng-2013"), {"part": ["grade"]}, "Did you mean 'grades'?"),
        (("suining-2010", "suining-201"), {}, "Did you mean 'suining-2010'?"),
    ],
)
def test_request__that_compares_nothing_is_refused(references: tuple[str, ...], options: Any, message: str) -> None:
    with pytest.raises(UsageError) as problem:
        glasstown.compare_rules(*references, **options)
    assert message in str(problem.value)


def test_only_parts__compare_all_that_ship() -> None:
    answer = glasstown.compare_rules(part=["lists"])
    assert [held.reference for held in answer.books] == list(shipped())


@pytest.mark.parametrize("n_books", [2, 3, 4])
def test_shown__at_100_columns_whole_and_with_every_statement(n_books: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "PLAIN_WIDTH", 100)
    names = ["suining-2010", "rongcheng-2019", "dongdao-village-2018", "jinan-dogs-2017"][:n_books]
    answer = glasstown.compare_rules(*names, sources=True)
    text = output.rendered(answer.blocks())
    assert max(len(line) for line in text.splitlines()) <= 100
    for part in answer.parts:
        assert THEMES[part.id].title in text
        for row in part.rows:
            for cell in row.cells:
                assert all(each.mark is None or each.mark in text for each in cell.statements)


def test_table__has_the_source_of_every_statement_and_a_row_for_every_silence() -> None:
    answer = glasstown.compare_rules(HARBOUR, SMALL)
    table = answer.table().to_pylist()
    assert all((row["says"] is None) != (row["absent"] is None) for row in table)
    cited = [row for row in table if row["says"] is not None and row["part"] not in ("scheme",)]
    assert cited
    assert all(row["source"] and row["at"] and row["evidence"] for row in cited)


def test_scheme__tells_the_order_of_one_day_where_one_is_unusual() -> None:
    told = rows(glasstown.compare_rules(str(GOOD / "pilots"), SMALL, part=["scheme"]), "scheme")
    assert texts(told["records of one day"]) == [
        ["count in the order in which they were written down"],
        ["count in the order of the clauses"],
    ]
    assert "records of one day" not in rows(glasstown.compare_rules(HARBOUR, SMALL, part=["scheme"]), "scheme")
