"""Arguments from Python: taken as the commands take them, or refused in one message that names the argument."""

from __future__ import annotations

import inspect
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pytest

import glasstown
from glasstown import api
from glasstown.errors import UsageError
from glasstown.paths import rulebook_folder
from glasstown.runs.arguments import READERS, flag, levers, reference, texts, whole

BOOK = rulebook_folder() / "suining-2010"
FUNCTIONS = [getattr(api, name) for name in glasstown.__all__]
NEEDED: dict[str, Any] = {
    "reference": "suining-2010", "references": "suining-2010", "one": "suining-2010", "other": "suining-2010", "run": "r",
    "folder": "r", "file": "x", "person": 1, "sql": "select 1", "acts": "late-utility-bill", "ids": "courts", "numbers": 1,
}  # fmt: skip


def wrong_for(annotation: str) -> list[Any]:
    """Return values that an argument with this annotation cannot have."""
    kind = annotation.removesuffix(" | None")
    wrong: dict[str, list[Any]] = {
        "int": [True, np.bool_(True), 1.0, "7", [1], b"1", date(2010, 1, 1)],
        "int | str": [True, np.bool_(True), 1.0, [1], b"1", date(2010, 1, 1)],
        "bool": [1, 0, "yes", np.True_],
        "str": [1, True, b"x", ["x"], Path("x"), date(2010, 1, 1)],
        "Reference": [1, True, b"x", ["x"], date(2010, 1, 1)],
        "Sequence[str]": [1, {"a": 1}, b"x", [1], [None]],
        "Mapping[str, object]": [[("a", 1)], "a=1", {1: 2}, {"a": None}, {"a": [1]}],
        "Day": [2010, 2010.5, True, b"2010", ["2010-01-01"], "soon", "2010-02-30"],
        "Progress": ["x", 1],
        "Agree": ["x", 1],
    }
    return wrong[kind] + ([] if annotation.endswith("None") else [None])


def arguments() -> list[Any]:
    found = []
    for function in FUNCTIONS:
        for name, each in inspect.signature(function).parameters.items():
            for value in wrong_for(str(each.annotation)):
                found.append(pytest.param(function, name, value, id=f"{function.__name__}-{name}-{value!r}"))
    return found


@pytest.mark.parametrize(("function", "name", "value"), arguments())
def test_every_argument__of_another_type_is_refused_by_name(
    function: Any, name: str, value: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    parameters = inspect.signature(function).parameters
    many = {each for each in parameters.values() if each.kind is inspect.Parameter.VAR_POSITIONAL}
    given = {
        other: NEEDED[other]
        for other, each in parameters.items()
        if each.default is inspect.Parameter.empty and each not in many and other != name
    }
    words = {} if parameters[name] in many else {name: value}
    with pytest.raises(UsageError) as caught:
        function(*([] if words else [value]), **given, **words)
    assert [fault.subject.partition(",")[0] for fault in caught.value.faults] == [name.rstrip("_")]
    assert list(tmp_path.iterdir()) == []


def test_every_function__has_its_arguments_read() -> None:
    assert all(hasattr(function, "__wrapped__") for function in FUNCTIONS)
    with pytest.raises(KeyError):

        @api.asked
        def unread(x: bytes) -> None:
            del x


def test_paths__are_taken_for_references() -> None:
    shown = glasstown.show(BOOK)
    assert shown.book == glasstown.show("suining-2010").book == glasstown.rulebook(BOOK / "rules.yaml").book
    assert glasstown.check(BOOK).exit_code == glasstown.test(BOOK).exit_code == 0
    assert glasstown.case(BOOK, BOOK / "cases" / "red-light-and-found-money.yaml").exit_code == 0
    assert glasstown.case(PurePosixPath(BOOK), "red-light-and-found-money").exit_code == 0
    assert glasstown.sources(BOOK).as_json() == glasstown.sources(str(BOOK)).as_json()
    assert glasstown.levers(BOOK).levers


def test_days__are_taken_as_dates_and_as_text() -> None:
    day = date(2015, 6, 30)
    for given in (day, "2015-06-30", datetime(2015, 6, 30, 12)):
        assert glasstown.show("rongcheng-2013", as_at=given).as_json()["as_at"] == "2015-06-30"
    assert glasstown.rulebooks(as_at="2015-06-30").as_json() == glasstown.rulebooks(as_at=day).as_json()
    assert glasstown.timeline(since=date(2013, 1, 1)).as_json() == glasstown.timeline(since="2013-01-01").as_json()


def test_one_text__is_one_of_a_list_and_not_its_letters() -> None:
    one = glasstown.compare_rules("suining-2010", "rongcheng-2013", part="grades").as_json()
    assert one == glasstown.compare_rules("suining-2010", "rongcheng-2013", part=["grades"]).as_json()
    assert texts("part", np.array(["a", "b"])) == ("a", "b")


def test_numbers__of_numpy_are_numbers(tmp_path: Path) -> None:
    assert type(whole("people", np.int64(7))) is int
    small = {"people": np.int32(30), "months": np.int64(2), "seed": np.uint8(3)}
    town = glasstown.run(BOOK, **small, set={"filing.lost": np.float64(0.05)}, out=tmp_path / "r")
    same = glasstown.run(
        "suining-2010", people=30, months=2, seed=3, set={"filing.lost": "0.05"}, out=str(tmp_path / "s")
    )
    assert town.result.values["digest"] == same.result.values["digest"]
    assert glasstown.life(tmp_path / "r", np.int64(1), verify=True).exit_code == 0


@pytest.mark.parametrize(("call", "subject"), [
    (lambda: glasstown.run("suining-2010", people=-5), "people"),
    (lambda: glasstown.run("suining-2010", months=0), "months"),
    (lambda: glasstown.run("suining-2010", seed=-1), "seed"),
    (lambda: glasstown.run("suining-2010", track=-1), "track"),
    (lambda: glasstown.run("suining-2010", threads=-1), "threads"),
    (lambda: glasstown.compare("suining-2010", "suining-2010", seeds=-1), "seeds"),
    (lambda: glasstown.claims(-1), "number"),
])  # fmt: skip
def test_numbers_out_of_bounds__are_refused_as_by_the_command(
    call: Any, subject: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=subject):
        call()
    assert list(tmp_path.iterdir()) == []


def test_levers__are_written_as_a_rulebook_would() -> None:
    given = {
        "a": 1,
        "b": 0.1,
        "c": 1e-07,
        "d": True,
        "e": Decimal("1.50"),
        "f": date(2010, 1, 2),
        "g": np.int8(4),
        "h": "x",
    }
    written = ["1", "0.1", "0.0000001", "true", "1.50", "2010-01-02", "4", "x"]
    assert list(levers("set", given).values()) == written


def test_readers__give_what_is_right_as_it_is() -> None:
    assert (flag("x", True), reference("x", Path("a/b")), set(READERS) > {"int"}) == (True, "a/b", True)
