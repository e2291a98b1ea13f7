"""An official chooses inside a range, and an end that is unknown leaves only what lies on its own side."""

from __future__ import annotations

from decimal import Decimal

import pytest

from glasstown.interpreter.ranges import is_inside, limits, near_end, needs_choice, range_words
from glasstown.language.model import PointsRange
from golden.harness import book_from

TWO, NINE = Decimal(2), Decimal(9)
DEDUCT, REWARD = book_from(
    "x",
    {
        "clauses": [
            {"id": "a", "direction": "deduct", "points": Decimal(-1)},
            {"id": "b", "direction": "reward", "points": Decimal(1)},
        ]
    },
).clauses
TAKES, GIVES = PointsRange(least=-NINE, most=-TWO), PointsRange(least=TWO, most=NINE)


def test_known_range__bounds_the_choice_on_both_sides() -> None:
    assert limits(DEDUCT, TAKES) == (-NINE, -TWO)
    assert [n for n in range(-10, 0) if is_inside(DEDUCT, TAKES, Decimal(n))] == list(range(-9, -1))
    assert range_words(REWARD, GIVES) == "between 2 and 9"
    assert needs_choice(TAKES)


def test_unknown_near_end__lets_zero_stand_in() -> None:
    open_near = PointsRange(least=-NINE, most="unknown")
    assert limits(DEDUCT, open_near) == (-NINE, Decimal(0))
    assert near_end(DEDUCT, open_near) is None
    assert limits(REWARD, PointsRange(least="unknown", most=NINE)) == (Decimal(0), NINE)
    assert not needs_choice(open_near)


def test_unknown_far_end__leaves_the_choice_open_on_that_side() -> None:
    assert limits(DEDUCT, PointsRange(least="unknown", most=-TWO)) == (None, -TWO)
    assert range_words(DEDUCT, PointsRange(least="unknown", most=-TWO)) == "at -2 or less"
    assert range_words(REWARD, PointsRange(least=TWO, most="unknown")) == "at 2 or more"


@pytest.mark.parametrize(("choice", "inside"), [(-1000, True), (-2, True), (-1, False), (0, False)])
def test_choice_beyond_an_unknown_far_end__is_inside(choice: int, inside: bool) -> None:
    assert is_inside(DEDUCT, PointsRange(least="unknown", most=-TWO), Decimal(choice)) is inside


def test_near_end__is_the_milder_one() -> None:
    assert (near_end(DEDUCT, TAKES), near_end(REWARD, GIVES)) == (-TWO, TWO)
