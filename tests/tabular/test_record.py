"""The tables of the dataset hold every field of every typed value, and each cell can mean one thing."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from decimal import Decimal

import pytest
from pydantic import Field

from glasstown.archive import claims, history, library
from glasstown.archive.extent import clause_extent
from glasstown.language import acts, model, model_base, model_clause, model_lists, model_score, parameters
from glasstown.language.load import load_rulebook, shipped
from glasstown.language.model_base import Cite, Span, Unknown, Value
from glasstown.tabular import gates
from glasstown.tabular.column import ColumnError, Table
from glasstown.tabular.files import written
from glasstown.tabular.plan import plan
from glasstown.tabular.record import covered, filled
from glasstown.tabular.register import COLUMN_NAMES, KEYS, LEFT_OUT, NO_UNIT, REFERENCES, ROOT_NAMES, UNITS

HOMES = (model_base, model_score, model_clause, model_lists, model, acts, parameters, history, claims, library, gates)
CELLS_OF_THEIR_OWN = {(Span, name) for name in Span.model_fields}
"""fields that are told together: a length of time is its number and its unit"""


@pytest.fixture(scope="module")
def tables() -> dict[str, Table]:
    return {table.name: table for table in filled()}


def column(table: Table, name: str) -> list[object]:
    at = [each.name for each in table.columns].index(name)
    return [row[at] for row in table.rows]


def values() -> Iterator[type[Value]]:
    for home in HOMES:
        for _, each in inspect.getmembers(home, inspect.isclass):
            if issubclass(each, Value) and each.__module__ == home.__name__ and each is not Value:
                yield each


def fields() -> set[tuple[type[Value], str]]:
    """Return every field of every typed value, each where it is declared."""
    return {
        (each, name)
        for each in values()
        for name in each.model_fields
        if not any(name in base.model_fields for base in each.__mro__[1:] if issubclass(base, Value))
    }


def missing(known: set[tuple[type[Value], str]], inside: set[tuple[type[Value], str]]) -> list[str]:
    left = known - inside - set(LEFT_OUT) - CELLS_OF_THEIR_OWN
    return sorted(f"{owner.__name__}.{name}" for owner, name in left)


def test_tables__hold_every_field() -> None:
    assert missing(fields(), covered()) == []


def test_missing__sees_a_planted_field() -> None:
    class Grown(Value):
        tone: str = Field(description="a field that no table has")

    assert missing({*fields(), (Grown, "tone")}, covered()) == ["Grown.tone"]


def test_register__names_fields_that_there_are() -> None:
    named = {*LEFT_OUT, *REFERENCES, *UNITS, *COLUMN_NAMES, *ROOT_NAMES, *KEYS.items()}
    assert [of for of in named if of[1] not in of[0].model_fields] == []


def test_numbers__have_units(tables: dict[str, Table]) -> None:
    without = [
        f"{table.name}.{each.name}" for table in tables.values() for each in table.columns if each.unit == NO_UNIT
    ]
    assert without == []


def test_cells__are_empty_only_where_the_column_says_what_that_means(tables: dict[str, Table]) -> None:
    for table in tables.values():
        for place, each in enumerate(table.columns):
            is_empty = any(row[place] is None for row in table.rows)
            assert each.empty is not None or not is_empty, f"{table.name}.{each.name}"


def test_keys__name_one_row(tables: dict[str, Table]) -> None:
    for table in tables.values():
        places = [[each.name for each in table.columns].index(name) for name in table.key]
        keys = [tuple(row[place] for place in places) for row in table.rows]
        assert len(set(keys)) == len(keys), table.name


def test_clauses__say_what_the_rulebooks_say(tables: dict[str, Table]) -> None:
    books = [load_rulebook(name) for name in shipped()]
    table = tables["clauses"]
    assert column(table, "id") == [f"{book.id}/{clause.id}" for book in books for clause in book.clauses]
    said = [clause for book in books for clause in book.clauses]
    assert column(table, "label") == [clause.label for clause in said]
    assert column(table, "extent") == [clause_extent(clause) for clause in said]
    assert column(table, "points") == [each.points if isinstance(each.points, Decimal) else None for each in said]
    assert [form == "unknown" for form in column(table, "points_form")] == [each.points == "unknown" for each in said]


def test_inherited__is_marked(tables: dict[str, Table]) -> None:
    for book in map(load_rulebook, shipped()):
        beneath = {each.what.partition("/")[2] for each in book.inherited if each.what.startswith("clauses/")}
        rows = zip(
            *(column(tables["clauses"], name) for name in ("rulebook", "local_id", "inherited_from")), strict=True
        )
        assert {local for rulebook, local, source in rows if rulebook == book.id and source is not None} == beneath


def test_sources__of_rulebooks_and_of_data_stand_together(tables: dict[str, Table]) -> None:
    sources = tables["sources"]
    of = dict(zip(column(sources, "id"), column(sources, "rulebook"), strict=True))
    assert {str(name).partition("/")[0] for name in of} >= {"data", "suining-2010"}
    assert all((scheme is None) == str(name).startswith("data/") for name, scheme in of.items())


def test_dates__of_the_timeline_have_their_days(tables: dict[str, Table]) -> None:
    names = ("date", "date_precision", "first_day", "last_day")
    rows = {row[0]: row[1:] for row in zip(*(column(tables["timeline"], name) for name in names), strict=True)}
    precision, first, last = rows["2011-10"]
    assert (precision, written(first), written(last)) == ("month", "2011-10-01", "2011-10-31")


def test_numbers__lose_no_digit_as_floats(tables: dict[str, Table]) -> None:
    numbers = [cell for table in tables.values() for row in table.rows for cell in row if isinstance(cell, Decimal)]
    assert numbers
    assert all(Decimal(repr(float(str(number)))) == number for number in numbers)


class Shape(Value):
    """A value of a test."""

    id: str = Field(description="id")
    size: Decimal | Unknown | Span | None = Field(description="how large")
    cite: Cite | None = Field(None, description="source")


def test_plan__lays_out_several_things_beside_a_form() -> None:
    names = {each.name: each for each in plan(Shape, "shapes", "shapes").table.columns}
    assert names["size_form"].values == ("none", "number", "span", "unknown")
    assert names["size_form"].empty is None
    assert {"size", "size_span", "size_span_unit", "cite_source", "cite_note"} <= set(names)


class Ambiguous(Value):
    author: str | None = Field(None, description="author, where one is named")


class Holder(Value):
    id: str = Field(description="id")
    work: Ambiguous | None = Field(None, description="the work")


def test_plan__keeps_unknown_apart_from_what_is_not_there() -> None:
    table = plan(Holder, "holders", "holders").table
    assert table.column("work_author_form").values == ("not applicable", "unknown", "string")
    assert table.column("work_author").empty is not None


class Undescribed(Value):
    id: str = Field(description="id")
    tone: str


class Unwritable(Value):
    id: str = Field(description="id")
    tone: dict[str, str] = Field(description="tone")


class TwiceOne(Value):
    id: str = Field(description="id")
    local_id: str = Field(description="another")
    sort: Undescribed | None = Field(None, description="x")


class Doubled(Value):
    id: str = Field(description="id")
    size_form: str = Field(description="another")
    size: Decimal | Unknown = Field(description="size")


@pytest.mark.parametrize(
    ("shape", "words"),
    [(Undescribed, "Undescribed.tone has no description"), (Unwritable, "Unwritable.tone can be"), (TwiceOne, "no description"),
     (Doubled, "two columns size_form")],
)  # fmt: skip
def test_plan__refuses_a_column_that_nobody_has_described(shape: type[Value], words: str) -> None:
    with pytest.raises(ColumnError, match=words):
        plan(shape, "shapes", "shapes")
