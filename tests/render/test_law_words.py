"""Rulebooks in words: numbers as they are, unknown as unknown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from glasstown.language.model import Cap, Cite, Clause, Grade, PointsRange, PointsRate, Span
from glasstown.render import clause_words
from glasstown.render import law_words as words

CITE = Cite(source="s", at="p. 1", evidence="invented")


def clause(**changes: object) -> Clause:
    """Return a clause with these keys."""
    return Clause.model_validate({"id": "c", "label": "c", "direction": "deduct", "cite": CITE, **changes})


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"points": Decimal(-50)}, "takes 50 points"),
        ({"points": Decimal(1)}, "gives 1 point"),
        ({"points": Decimal("0.5")}, "gives 0.5 points"),
        ({"points": "unknown"}, "takes points; how many is unknown"),
        ({"points": "unknown", "direction": "reward"}, "gives points; how many is unknown"),
        ({"points": None}, "moves no number"),
        ({"points": None, "effect": "grade C at once"}, "moves no number: grade C at once"),
        (
            {"points": PointsRange(least=Decimal(-1), most=Decimal(-12))},
            "takes between 1 and 12 points, as the official chooses",
        ),
        (
            {"points": PointsRate(each=Decimal(1), per=4, of="hour"), "direction": "reward"},
            "gives 1 point for every full 4 hours; what is left over does not count",
        ),
    ],
)
def test_points__say_what_moves(changes: dict[str, object], text: str) -> None:
    assert clause_words.points(clause(**changes), "point") == text


@pytest.mark.parametrize(
    ("cap", "text"),
    [
        (Cap(times=1, per="year"), "counts at most once in a calendar year"),
        (Cap(times=2, per="month", of="rewards"), "counts at most 2 times in a calendar month as a reward"),
        (Cap(points=Decimal(20), per=Span(days=30)), "counts at most 20 points in any 30 days"),
        (Cap(points=Decimal(1), per="life"), "counts at most 1 point in all"),
    ],
)
def test_cap__names_its_period(cap: Cap, text: str) -> None:
    assert words.cap(cap, "point") == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (Decimal(970), "top", "from 970 points"),
        (Decimal(850), Decimal(970), "from 850 points, below 970 points"),
        ("lowest", Decimal(600), "below 600 points"),
        ("unknown", Decimal(1000), "lower end unknown, below 1,000 points"),
        ("unknown", "unknown", "which scores it covers is unknown"),
        ("lowest", "top", "every score"),
    ],
)
def test_grade__says_which_end_is_unknown(low: object, high: object, text: str) -> None:
    grade = Grade.model_validate({"id": "A", "label": "a", "from": low, "below": high, "cite": CITE})
    assert words.grade(grade, "point") == (text,)
