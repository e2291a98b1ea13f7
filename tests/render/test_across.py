"""What is said below the table across rulebooks speaks of the columns that are there, and of no other."""

from __future__ import annotations

import pytest

from glasstown.render.across import HEADS, _read_as

POINTS, LISTS = "Lost and given: points.", "black lists"


@pytest.mark.parametrize(
    ("heads", "points", "lists"),
    [
        (HEADS, True, True),
        (("records", "wrong", "listed", "at end"), False, True),
        (("records", "given"), True, False),
        (("records",), False, False),
    ],
)
def test_words_below__are_of_the_columns_that_are_there(heads: tuple[str, ...], points: bool, lists: bool) -> None:
    said = _read_as(heads)
    assert (POINTS in said, LISTS in said) == (points, lists)
    assert said.endswith("Empty: 0.")
