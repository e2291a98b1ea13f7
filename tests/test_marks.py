"""What `make test` leaves out by a marker `make verify` runs, and a check of a change runs both."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from longer import few

ROOT = Path(__file__).resolve().parents[1]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
CHECKED = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]


def recipe_of(verb: str, makefile: str) -> str:
    """Return the lines that a verb runs."""
    found = re.search(rf"^{verb}:.*\n((?:\t.*\n)+)", makefile, flags=re.MULTILINE)
    assert found, verb
    return found[1]


def asked(makefile: str, settings: dict[str, Any]) -> tuple[str, str]:
    """Return which markers the whole of `make test` and of `make verify` ask for; nothing where a call names files or a condition."""
    usual = re.search(r"-m '([^']+)'", settings["addopts"])
    assert usual
    test = re.search(r"-m pytest -n \$\(JOBS\) --dist loadfile \|\|", recipe_of("test", makefile), flags=re.MULTILINE)
    verify = re.search(
        r'-m pytest -q -n \$\(JOBS\) --dist loadfile -m "([^"$]+)"$', recipe_of("verify", makefile), flags=re.MULTILINE
    )
    return (usual[1] if test else "False"), (verify[1] if verify else "False")


def left_out(makefile: str, settings: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield the markers of each kind of test that neither verb runs."""
    known = [each.partition(":")[0] for each in settings["markers"]]
    for flags in product([False, True], repeat=len(known)):
        has = dict(zip(known, flags, strict=True))
        if not any(eval(expression, {}, has) for expression in asked(makefile, settings)):
            yield tuple(name for name, flag in has.items() if flag)


def test_every_test__is_run_by_one_of_both_verbs() -> None:
    assert list(left_out(MAKEFILE, SETTINGS)) == []


def test_a_check_of_a_change__runs_both_verbs() -> None:
    assert {"make test", "make verify SHORT=1"} <= {line.strip() for line in CHECKED.splitlines()}


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        ('-m "planted or long"', '-m "planted"', [("long",)]),
        ('-m "planted or long"', '-m "$(if $(SHORT),planted,planted or long)"', [("long",), ("planted",), ("planted", "long")]),
        ('-m "planted or long"', '-m "planted or long" tests/agreement', [("long",), ("planted",), ("planted", "long")]),
        ("--dist loadfile || ", "--dist loadfile tests/engine || ", [()]),
    ],
)  # fmt: skip
def test_a_verb_that_runs_less__is_found(old: str, new: str, missing: list[tuple[str, ...]]) -> None:
    assert MAKEFILE.count(old) == 1
    assert sorted(left_out(MAKEFILE.replace(old, new), SETTINGS)) == sorted(missing)


def test_a_marker_that_no_verb_knows__is_found() -> None:
    slow = {
        **SETTINGS, "markers": [*SETTINGS["markers"], "slow: a planted marker"],
        "addopts": SETTINGS["addopts"].replace("not long", "not long and not slow"),
    }  # fmt: skip
    assert list(left_out(MAKEFILE, slow)) == [("slow",)]


def test_few__marks_all_but_those_that_are_named() -> None:
    marked = [getattr(each, "marks", ()) != () for each in few(["a", "b", "c"], ["b"])]
    assert marked == [True, False, True]
    spread = few([(1, 2), (3, 4)], [(1, 2)], is_spread=True)
    assert spread[0] == (1, 2)
    assert tuple(spread[1].values) == (3, 4)
    with pytest.raises(AssertionError):
        few(["a"], ["gone"])
