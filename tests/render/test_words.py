"""Numbers turn into text without a float and without pretending."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasstown.render import words


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (0, 10, "0.0 %"),
        (10, 10, "100.0 %"),
        (1, 100_000, "< 0.1 %"),
        (99_999, 100_000, "> 99.9 %"),
        (1, 3, "33.3 %"),
        (5, 0, "-"),
    ],
)
def test_percent__never_shows_nothing_or_all_for_what_is_neither(part: int, whole: int, shown: str) -> None:
    assert words.percent(part, whole) == shown


@given(st.integers(-(10**9), 10**9))
def test_points__half_points_are_exact(quanta: int) -> None:
    text = words.points(Decimal(quanta) / 2, Decimal("0.5")).replace(",", "").replace(words.MINUS, "-")
    assert Decimal(text) == Decimal(quanta) / 2


def test_points__means_get_one_place_more_than_whole_points() -> None:
    assert words.points(Fraction(2000, 3), Decimal(1)) == "666.7"
    assert words.points(-1050, Decimal(1)) == "−1,050"


def test_listed__reads_as_a_sentence() -> None:
    assert [words.listed(["a"]), words.listed(["a", "b"]), words.listed(["a", "b", "c"])] == [
        "a",
        "a and b",
        "a, b and c",
    ]
