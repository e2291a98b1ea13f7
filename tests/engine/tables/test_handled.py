"""Clauses as offices handle their records: the rulebook's rule of objection, and the parameters where it says nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from glasstown.chance import threshold
from glasstown.compiler import columns as col
from glasstown.engine.tables.handled import handled_rows, in_time, time_taken
from glasstown.engine.tables.model import numbers_of
from glasstown.engine.tables.practice_rows import Handled
from glasstown.language.load import load_parameters
from glasstown.language.model import Section, Span
from glasstown.rows import as_array
from golden.harness import book_from

NUMBERS = numbers_of(load_parameters())
CITE = {"source": "s", "at": "article 1", "evidence": "invented"}
CLAUSE = {"id": "a", "direction": "deduct", "points": -5}


def only(numbers: dict[str, Decimal] | None = None, **parts: Any) -> Handled:
    """Return the one row of a rulebook with one clause."""
    book = book_from("x", {"clauses": [CLAUSE], **parts})
    rows = handled_rows(book, {**NUMBERS, **(numbers or {})}, kind="person", roles=())
    assert len(rows) == 1
    return rows[0]


def test_rulebook_without_a_rule__has_the_parameters() -> None:
    row = only()
    assert row.objection == threshold(NUMBERS["objection.share"])
    assert (row.answer_unit, row.review_unit, row.correction_unit, row.review) == (*(col.NO_SPAN,) * 3, 0)


def test_rule__stands_before_the_parameters() -> None:
    rule = {
        "answered_within": {"days": 15},
        "corrected_within": {"days": 3},
        "review_answered_within": {"months": 1},
        "stays": True,
        "cite": CITE,
    }
    row = only({"objection.stays": Decimal(0), "objection.review_share": Decimal(1)}, objection=rule)
    assert (row.answer_unit, row.answer) == (col.DAYS, 15)
    assert (row.correction_unit, row.correction) == (col.DAYS, 3)
    assert (row.review, row.review_unit, row.review_answer) == (1 << 32, col.MONTHS, 1)
    assert row.stays == 65536


@pytest.mark.parametrize(("stays", "expected"), [(False, 0), ("unknown", 32768)])
def test_stay_that_is_unknown__is_the_parameter(stays: bool | str, expected: int) -> None:
    assert only({"objection.stays": Decimal("0.5")}, objection={"stays": stays, "cite": CITE}).stays == expected


def test_rule_of_a_list__comes_before_that_of_the_rulebook() -> None:
    listed = {"id": "l", "label": "l", "colour": "black", "leaves": {}, "cite": CITE}
    own = {**listed, "objection": {"answered_within": {"days": 5}, "stays": False, "cite": CITE}}
    of_all = {"answered_within": {"days": 9}, "stays": False, "cite": CITE}
    clause = {"id": "a", "direction": "deduct", "enters": {"list": "l"}}
    found = [only(clauses=[clause], lists=[each], objection=of_all).answer for each in (own, listed)]
    assert found == [5, 9]


def test_time_to_object__is_what_some_miss() -> None:
    """Half of those who would object do so in ln 2 times the mean, here a month."""
    numbers = {**NUMBERS, "objection.made_months": Decimal(1)}
    assert in_time(None, numbers) == in_time("unknown", numbers) == 1
    assert in_time(Span(days=0), numbers) == 0
    assert abs(in_time(Span(days=21), numbers) - Decimal("0.4984")) < Decimal("0.001")
    assert in_time(Span(working_days=15), numbers) == in_time(Span(days=21), numbers)
    assert in_time(Span(months=1), numbers) < in_time(Span(years=1), numbers) < 1


@pytest.mark.parametrize(
    ("span", "used", "expected"),
    [
        (None, "1", (col.NO_SPAN, 0)),
        (Span(days=30), "1", (col.DAYS, 30)),
        (Span(days=30), "0.2", (col.DAYS, 6)),
        (Span(working_days=10), "0.5", (col.WORKING, 5)),
        (Span(months=2), "1", (col.MONTHS, 2)),
        (Span(months=2), "0.5", (col.DAYS, 30)),
    ],
)
def test_answer__takes_its_part_of_the_time(span: Span | None, used: str, expected: tuple[int, int]) -> None:
    assert time_taken(span, {**NUMBERS, "objection.time_used": Decimal(used)}) == expected


@pytest.mark.parametrize(("rule", "is_open"), [({}, False), ({"objection": {"stays": False, "cite": CITE}}, True)])
def test_scheme_without_redress__meets_no_objection_unless_a_rule_says_so(rule: dict[str, Any], is_open: bool) -> None:
    book = book_from("x", {"clauses": [CLAUSE], **rule})
    silent = book.sections.model_copy(update={"redress": Section(read="silent")})
    rows = handled_rows(book.model_copy(update={"sections": silent}), NUMBERS, kind="person", roles=())
    assert bool(rows[0].objection > 0) is is_open


def test_rows__are_one_a_clause() -> None:
    book = book_from("x", {"clauses": [CLAUSE, {**CLAUSE, "id": "b"}]})
    assert len(as_array(handled_rows(book, NUMBERS, kind="person", roles=()))) == 2
