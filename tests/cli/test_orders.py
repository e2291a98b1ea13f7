"""A bad order in a scenario ends in one message and code 2 before anything is written, whatever is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command, command

__all__ = ["command"]
ORDER: Mapping[str, Any] = {"month": 3, "desk": "clerk", "about": "person/7", "of": "e786432", "do": "spare"}
BAD: Mapping[str, tuple[list[Any], str]] = {
    "nobody": ([{**ORDER, "about": "person/300"}], "found nobody; expected somebody of the town's 300 people"),
    "a firm of none": ([{**ORDER, "about": "firm/0"}], "found nobody; expected somebody of the town's 0 firms"),
    "a month beyond": ([{**ORDER, "month": 9, "of": "e2359296"}], "expected one of the 6 months of the run"),
    "a month that is not the act's": ([{**ORDER, "month": 4}], "expected month 3, in which it was done and found out"),
    "twice": ([ORDER, {**ORDER, "do": "record"}], "a second order about this act, after 'spare'"),
    "another desk": ([{**ORDER, "desk": "court"}], "expected the clerk's, where such acts are decided"),
    "no such desk": ([{**ORDER, "desk": "mayor"}], "'mayor'"),
    "means": ([{**ORDER, "do": "ask-means"}], "Only a court asks after somebody's means"),
    "another rulebook": ([{**ORDER, "under": "suining-2010"}], "a rulebook of the run that is about such subjects"),
    "a score": ([{**ORDER, "score": 950}], "an order that writes a score"),
    "a grade": ([{**ORDER, "grade": "D"}], "an order that writes a grade"),
    "a list": ([{**ORDER, "do": "list"}], "an order that writes a list"),
    "points": ([{**ORDER, "set-points": -5}], "an order that writes a point"),
    "a name": ([{**ORDER, "because": "Zhang San"}], "because"),
    "a key": ([{**ORDER, "name": "Zhang San"}], "name"),
    "not a list": ([7], "orders"),
}  # fmt: skip


def scenario(orders: list[Any], **further: Any) -> str:
    asked = {
        "glasstown_scenario": 1, "rulebooks": ["rongcheng-2013"], "people": 300, "firms": 0, "months": 6, "seed": 7, **further,
        "orders": orders,
    }  # fmt: skip
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in asked.items())


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_order__is_one_message(
    bad: str, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    orders, said = BAD[bad]
    (tmp_path / "mine.yaml").write_text(scenario(orders), "utf-8")
    ended = command("run", "mine.yaml", "--out", "run")
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert "Traceback" not in ended.err
    assert [each.name for each in tmp_path.iterdir()] == ["mine.yaml"]


def test_orders_of_another_town__are_refused_and_can_be_left_out(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text(scenario([ORDER], orders_of="0" * 64), "utf-8")
    ended = command("run", "mine.yaml", "--out", "run")
    assert ended.code == 2
    assert "those of the town 0000" in ended.err
    assert "--without-orders" in ended.err
    assert [each.name for each in tmp_path.iterdir()] == ["mine.yaml"]


def test_sweep__takes_no_orders(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text(scenario([ORDER]), "utf-8")
    ended = command("sweep", "mine.yaml", "--out", "sweep")
    assert ended.code == 2
    assert "orders of desks, which are for one town" in ended.err


def test_compare__needs_a_second_side_or_orders_to_leave_out(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "or give --without-orders" in command("compare", "rongcheng-2013").err
    assert "no orders on either side" in command("compare", "rongcheng-2013", "--without-orders").err
