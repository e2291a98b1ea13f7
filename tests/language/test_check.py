"""What a rulebook must hold to beyond the bad files that keep their messages; no input ends in a crash."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasstown.errors import Fault
from glasstown.language.acts import circles
from glasstown.language.check import check_rulebook
from glasstown.language.check_lists import MONTH_ENDS
from glasstown.language.load import load_acts, load_rulebook
from glasstown.language.model import Grade, Rulebook
from glasstown.language.shape import build
from glasstown.language.tree import Document
from glasstown.language.variants import apply_variant
from glasstown.language.yaml import read_tree

GOOD = Path(__file__).resolve().parents[1] / "rulebooks" / "good"
ACTS = load_acts(GOOD / "harbour" / "acts.yaml")
SMALL = load_rulebook(str(GOOD / "small"))
HARBOUR = load_rulebook(str(GOOD / "harbour"))
RULES = read_tree(GOOD / "harbour" / "rules.yaml", "rules.yaml")


def grade(name: str, low: str, below: str, of: str = "subject") -> Grade:
    ends = [end if end in ("lowest", "top", "unknown") else Decimal(end) for end in (low, below)]
    cite = SMALL.grades[0].cite
    return Grade.model_validate({"id": name, "label": name, "of": of, "from": ends[0], "below": ends[1], "cite": cite})


def grade_faults(*grades: Grade) -> list[Fault]:
    book = SMALL.model_copy(update={"grades": grades, "lists": (), "measures": ()})
    return check_rulebook(book, ACTS)


@pytest.mark.parametrize(
    ("ends", "n_faults"),
    [
        ([("120", "top"), ("80", "120"), ("lowest", "80")], 0),
        ([("120", "150"), ("80", "120"), ("60", "80")], 0),
        ([("unknown", "unknown"), ("80", "top"), ("lowest", "80")], 0),
        ([("80", "top"), ("unknown", "unknown"), ("lowest", "60")], 0),
        ([("120", "top"), ("unknown", "120"), ("lowest", "80")], 0),
        ([("80", "top"), ("unknown", "unknown"), ("lowest", "90")], 1),
        ([("120", "top"), ("80", "119"), ("lowest", "80")], 1),
        ([("120", "top"), ("80", "121"), ("lowest", "80")], 1),
        ([("lowest", "80"), ("80", "120"), ("120", "top")], 2),
        ([("120", "top"), ("120", "top")], 1),
        ([("80", "70")], 1),
        ([("0.5", "top"), ("lowest", "0.5")], 2),
    ],
)
def test_grades__follow_each_other_where_known(ends: list[tuple[str, str]], n_faults: int) -> None:
    faults = grade_faults(*(grade(f"g{n}", *each) for n, each in enumerate(ends)))
    assert len(faults) == n_faults, [str(fault) for fault in faults]


def test_household_grades__stand_apart_from_those_of_the_subject() -> None:
    own = [grade("a", "100", "top"), grade("b", "lowest", "100")]
    households = [grade("c", "110", "top", "household"), grade("d", "lowest", "110", "household")]
    assert grade_faults(*own, *households) == []
    assert grade_faults(own[0], households[0], own[1], households[1]) == []


def test_limits_of_the_engine__are_checked() -> None:
    clause, rule, measure = SMALL.clauses[2], SMALL.lists[0], SMALL.measures[0]
    many = {
        "clauses": tuple(clause.model_copy(update={"id": f"c{n}", "act": None}) for n in range(1001)),
        "lists": tuple(rule.model_copy(update={"id": f"l{n}"}) for n in range(17)),
        "measures": tuple(
            measure.model_copy(update={"id": f"m{n}", "when": measure.when.model_copy(update={"lists": ("l0",)})})
            for n in range(61)
        ),
    }
    faults = check_rulebook(SMALL.model_copy(update=many), ACTS)
    assert sorted(fault.found for fault in faults) == ["1001 clauses", "17 lists", "61 measures"]


def test_faults_without_places__are_told_too() -> None:
    book = SMALL.model_copy(update={"sources": ()})
    faults = check_rulebook(book, ACTS)
    assert faults
    assert all(fault.place is None for fault in faults)


def test_month_ends__are_last_days_in_every_year() -> None:
    for day in MONTH_ENDS:
        for year in (2023, 2024):
            month, number = int(day[:2]), int(day[3:])
            assert date.fromordinal(date(year, month, number).toordinal() + 1).day == 1
    assert len(MONTH_ENDS) == 11


def test_circles__are_found_once_each() -> None:
    assert circles({"a": "b", "b": "c", "c": "a", "d": "a", "e": "e", "f": None, "g": "nowhere"}) == [
        ("a", "b", "c"),
        ("e",),
    ]


def paths_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [path, *(p for key, inner in value.items() for p in paths_in(inner, (*path, key)))]
    if isinstance(value, list):
        return [path, *(p for n, inner in enumerate(value) for p in paths_in(inner, (*path, n)))]
    return [path]


PATHS = [path for path in paths_in(RULES.data) if path]
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.decimals(allow_nan=False, allow_infinity=False, places=3),
    st.text(max_size=8),
    st.dates(),
    st.sampled_from(["unknown", "top", "lowest", "h-noise", "A", "D", "1.5", "02-28", "99-99", "a b", "2010"]),
    st.just([]),
    st.just({}),
    st.lists(st.one_of(st.none(), st.text(max_size=3), st.integers(-3, 3)), max_size=3),
    st.dictionaries(st.sampled_from(["least", "most", "each", "per", "of", "days", "id", "x"]), st.integers(-3, 3)),
)


@given(changes=st.lists(st.tuples(st.sampled_from(PATHS), ODD, st.booleans()), min_size=1, max_size=4))
@settings(max_examples=400, deadline=None)
def test_any_change_of_a_rulebook__is_read_or_explained(changes: list[tuple[Any, Any, bool]]) -> None:
    document = replace(RULES, data=deepcopy(RULES.data), unresolved=set(), faults=[])
    for path, value, is_removed in changes:
        change(document, path, deepcopy(value), is_removed=is_removed)  # one value, drawn twice, may be put into itself
    book, faults = build(Rulebook, document)
    assert (book is None) == bool(faults)
    if book is not None:
        book = book.model_copy(update={"sources": HARBOUR.sources})
        faults = check_rulebook(book, ACTS, document)
        for position in range(len(book.variants)):
            changed, wrong = apply_variant(document, position)
            faults += wrong or build(Rulebook, changed)[1]
    for fault in faults:
        assert fault.place is not None
        assert "\n" not in str(fault)
        assert "pydantic" not in str(fault)


def change(document: Document, path: tuple[Any, ...], value: Any, *, is_removed: bool) -> None:
    inside: Any = document.data
    for key in path[:-1]:
        try:
            inside = inside[key]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(inside, dict) and is_removed:
        inside.pop(path[-1], None)
    elif isinstance(inside, dict) or (
        isinstance(inside, list) and isinstance(path[-1], int) and path[-1] < len(inside)
    ):
        inside[path[-1]] = value
