"""A measure in two runs: what is shown adds up, and keeps the sign of what was counted."""

from __future__ import annotations

from fractions import Fraction

import pytest

from glasstown.answers.contrast import NOT_KEPT, Contrast


def contrast(*pairs: tuple[int, int], drawn: tuple[int, ...] = ()) -> Contrast:
    """Return the contrast of one pair of counts a seed."""
    first, second = (Fraction(sum(pair[side] for pair in pairs), len(pairs)) for side in (0, 1))
    return Contrast("records", first, second, tuple(two - one for one, two in pairs), drawn)


@pytest.mark.parametrize(
    ("pairs", "shown"),
    [
        ([(1445, 1389)], ("1,445", "1,389", "−56")),
        ([(1444, 1389), (1445, 1390)], ("1,445", "1,390", "−55")),  # 1,444.5 and 1,389.5
        ([(1446, 1390), (1444, 1389), (1444, 1389)], ("1,445", "1,389", "−56")),
        ([(10, 11), (10, 10), (10, 11)], ("10", "11", "+1")),
        ([(10, 10), (10, 10), (10, 11)], ("10", "10.3", "+0.3")),  # 10 and 10 would say that nothing differs
        ([(3, 3)], ("3", "3", "0")),
        ([(0, 98)], ("0", "98", "+98")),
    ],
)
def test_shown__adds_up_and_keeps_the_sign(pairs: list[tuple[int, int]], shown: tuple[str, str, str]) -> None:
    each = contrast(*pairs)
    told = tuple("undetermined" if n == 2 and each.verdict == "undetermined" else text for n, text in enumerate(shown))
    assert each.shown() == told


@pytest.mark.parametrize("seeds", range(1, 12))
def test_shown__adds_up_for_any_counts(seeds: int) -> None:
    each = contrast(*((7 * n * n % 101 + 900, 5 * n * n % 97 + 700) for n in range(seeds)))
    first, second, difference = (float(text.replace(",", "").replace("−", "-")) for text in each.shown())
    assert second - first == pytest.approx(difference)
    assert min(each.differences) <= difference <= max(each.differences)


def test_side__that_keeps_no_measure__has_no_difference() -> None:
    assert Contrast("records", None, Fraction(4), ()).shown() == (NOT_KEPT, "4", NOT_KEPT)


@pytest.mark.parametrize(
    ("differences", "drawn", "verdict"),
    [
        ((1,) * 9 + (-1,), (), "more"),
        ((-1,) * 8 + (1, 1), (), "undetermined"),
        ((-3, -2), (-1, 1), "undetermined"),
        ((0, 0), (), "same"),
    ],
)
def test_verdict__needs_nine_in_ten(differences: tuple[int, ...], drawn: tuple[int, ...], verdict: str) -> None:
    assert Contrast("records", Fraction(0), Fraction(0), differences, drawn).verdict == verdict
