"""Labels of the curves of docs/verification.md."""

from __future__ import annotations

from verification.curves import ABOVE, BELOW, sides


def test_labels__of_stocks_a_year_apart_stand_on_both_sides_of_their_dots() -> None:
    told = [(6.3, 5.7, "early 2020"), (10.1, 8.54, "end of 2023"), (11.1, 8.2, "2024"), (12.1, 7.9, "2025")]
    assert sides(told) == [ABOVE, ABOVE, BELOW, BELOW]
    assert sides(told[1:]) == [ABOVE, BELOW, BELOW]
