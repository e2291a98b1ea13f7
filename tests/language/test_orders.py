"""An order is plain data about one act; one that writes what follows from a rulebook is refused by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from glasstown.errors import RecordError, RulebookError, UsageError
from glasstown.language.orders import Order, order_of, orders_text, read_orders, written_by
from glasstown.runs.scenario import request_of

LINE = {"month": 3, "desk": "court", "about": "person/7", "of": "e966656", "do": "spare"}


def scenario(tmp_path: Path, order: str) -> str:
    file = tmp_path / "mine.yaml"
    file.write_text(f"glasstown_scenario: 1\nrulebooks: [suining-2010]\norders:\n  - {order}\n", "utf-8")
    return str(file)


def test_orders__are_read_back_as_they_were_written() -> None:
    orders = (order_of(LINE), order_of({**LINE, "under": "suining-2010", "because": "no-proof", "do": "ask-means"}))
    assert read_orders(orders_text(orders), "orders.jsonl") == orders
    assert orders_text(orders).count("\n") == 2


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("score", "score"), ("grade", "grade"), ("list", "list"), ("lists", "list"), ("measures", "measure"),
        ("points", "point"), ("new_score", "score"), ("set-list", "list"), ("SCORE", "score"),
    ],
)  # fmt: skip
def test_an_order_that_writes__is_refused_and_named(key: str, word: str, tmp_path: Path) -> None:
    said = f"an order that writes a {word}"
    with pytest.raises(UsageError, match=said):
        order_of({**LINE, key: 1})
    with pytest.raises(RecordError, match=said):
        read_orders(json.dumps({**LINE, key: 1}) + "\n", "orders.jsonl")
    with pytest.raises(UsageError, match=rf"mine.yaml:4:\d+: orders/0: found {said}"):
        request_of(scenario(tmp_path, json.dumps({**LINE, key: 1})), {})


@pytest.mark.parametrize("do", ["list", "grade", "write-score"])
def test_an_order_whose_deed_writes__is_refused_and_named(do: str) -> None:
    with pytest.raises(UsageError, match="an order that writes a"):
        order_of({**LINE, "do": do})


@pytest.mark.parametrize(
    "order", [LINE, {**LINE, "under": "two-lists"}, {**LINE, "about": "person/7"}, "text", None, [1]]
)
def test_names_of_rulebooks_and_people__write_nothing(order: object) -> None:
    assert written_by(order) is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("month", -1), ("month", "3"), ("month", True), ("about", "Zhang San"), ("about", "person/07"), ("about", "person/-1"),
        ("of", "966656"), ("of", "e"), ("do", "shoot"), ("because", "he is my neighbour Li"), ("desk", "mayor"), ("name", "Li"),
    ],
)  # fmt: skip
def test_an_order_of_another_shape__is_refused_in_python_and_in_files(key: str, value: object, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        order_of({**LINE, key: value})
    with pytest.raises(RulebookError, match=r"mine\.yaml:4"):
        request_of(scenario(tmp_path, json.dumps({**LINE, key: value})), {})


@pytest.mark.parametrize("line", ["", "{", "[]", "1", "[" * 5000, json.dumps({**LINE, "of": "e1\u202e"})])
def test_read_orders__names_the_line_that_is_none(line: str) -> None:
    with pytest.raises(RecordError, match=r"orders\.jsonl:2"):
        read_orders(orders_text([order_of(LINE)]) + line + "\n", "orders.jsonl")


def test_a_scenario__has_its_orders(tmp_path: Path) -> None:
    request = request_of(scenario(tmp_path, json.dumps(LINE)), {})
    assert request.orders == (Order(month=3, desk="court", about="person/7", of="e966656", do="spare"),)
