"""A measure in two runs: what is shown adds up, and keeps the sign of what was counted."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from glasstown.answers import contrast as contrasts
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
    assert contrast(*pairs).shown() == shown


@pytest.mark.parametrize("seeds", range(1, 12))
def test_shown__adds_up_for_any_counts(seeds: int) -> None:
    each = contrast(*((7 * n * n % 101 + 900, 5 * n * n % 97 + 700) for n in range(seeds)))
    first, second, difference = (float(text.replace(",", "").replace("−", "-")) for text in each.shown())
    assert second - first == pytest.approx(difference)
    assert min(each.differences) <= difference <= max(each.differences)


def test_shown__lies_inside_the_interval_that_stands_beside_it() -> None:
    """Of 12 seeds four lost a listing: 1 and 0 would say that one was lost, and the mean is a third of one."""
    each = contrast(*[(1, 0)] * 4, *[(1, 1)] * 4, *[(0, 0)] * 4)
    assert each.interval is not None
    shown = float(each.shown()[2].replace("−", "-"))
    assert each.interval.low <= shown <= each.interval.high
    assert each.shown() == ("0.7", "0.3", "−0.4")


def test_json__has_the_interval_the_relative_effect_and_the_share_of_each_sign() -> None:
    told = contrast((10, 14), (10, 12), (10, 10), drawn=(3, -1)).as_json()
    assert (told["difference"], told["relative"]) == (2, 0.2)
    assert told["low"] == pytest.approx(2 - 4.3027 * 2 / 3**0.5)
    assert told["high"] == pytest.approx(2 + 4.3027 * 2 / 3**0.5)
    assert (told["seeds_more"], told["seeds_less"], told["draws_more"], told["draws_less"]) == (2 / 3, 0, 0.5, 0.5)
    assert contrast((0, 5)).as_json()["relative"] is None
    assert contrast((0, 5)).as_json()["low"] is None


def test_side__that_keeps_no_measure__has_no_difference() -> None:
    assert Contrast("records", None, Fraction(4), ()).shown() == (NOT_KEPT, "4", NOT_KEPT)


@pytest.mark.parametrize(
    ("differences", "drawn", "verdict"),
    [
        ((1,) * 9 + (-1,), (), "more"),  # 0.8 ± 0.45
        ((-1,) * 7 + (1,) * 3, (), "undetermined"),  # −0.4 ± 0.69
        ((-3, -2), (), "undetermined"),  # two seeds: ± 6.4
        ((-3, -2, -3, -2), (), "less"),
        ((-3, -2, -3, -2), (-1,) * 9 + (1,), "less"),
        ((-3, -2, -3, -2), (-1,) * 8 + (1, 0), "undetermined"),  # eight in nine
        ((-3, -2, -3, -2), (-1,) * 8 + (0, 0), "less"),  # a draw that does not differ goes neither way
        ((-3, -2, -3, -2), (-1,) * 5 + (0,) * 5, "less"),
        ((-3, -2, -3, -2), (-1,) * 4 + (0,) * 6, "undetermined"),  # most draws make no difference at all
        ((-3, -2, -3, -2, -3, -2), (-1,) * 4 + (0,) * 6, "no more"),
        ((-3, -2, -3, -2), (0, 0, 0), "undetermined"),
        ((-44, -40, -50, -46, 0, -44), (-426, -3, 0), "less"),  # a seed that does not differ goes neither way
        ((-40, -3, -1, -2, -1, -1), (0, -4, -2), "no more"),  # one fell much, none rose, six fell
        ((-40, -3, -1, -2, -1, -1, 0, 0), (), "no more"),  # those that do not differ say nothing
        ((40, 3, 1, 2, 1, 1), (), "no less"),
        ((40, 3, 1, 2, 1, 1), (-1, 2), "undetermined"),
        ((40, 3, 1, 2, 1, 1, -1), (), "undetermined"),
        ((40, 3, 1, 2, 1, 0), (), "undetermined"),  # five differ: of five tosses all fall alike once in sixteen
        ((0, 0, -2, 0, 0, 0), (), "undetermined"),  # one seed of six
        ((0, 0, -2, 0, 0, 0), (-1, -1), "undetermined"),
        ((0, 0, 0, 0, 0, 0), (0, 1), "undetermined"),  # draws alone
        ((7,), (), "more"),  # one seed: its own sign
        ((7,), (3, 4), "more"),
        ((7,), (3, -4), "undetermined"),
        ((0, 0), (), "same"),
    ],
)
def test_verdict__asks_an_interval_without_0_and_nine_in_ten_draws(
    differences: tuple[int, ...], drawn: tuple[int, ...], verdict: str
) -> None:
    assert Contrast("records", Fraction(0), Fraction(0), differences, drawn).verdict == verdict


def one_way_by_luck(n: int) -> float:
    """Return the share of all ways in which n seeds can go up or down that read no more or no less."""
    ways = list(product((-1, 1), repeat=n))
    # one of them is large, so that the interval holds 0 and the verdict rests on the signs
    read = [Contrast("records", Fraction(0), Fraction(0), (900 * way[0], *way[1:], 0, 0)).verdict for way in ways]
    return sum(verdict in ("no more", "no less") for verdict in read) / len(read)


@pytest.mark.parametrize("n", range(2, 11))
def test_no_more_and_no_less__are_read_of_luck_in_fewer_than_5_of_100(n: int) -> None:
    assert one_way_by_luck(n) < 0.05


@pytest.mark.planted
def test_planted_rule_that_one_seed_is_enough__is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contrasts, "FEWEST_ONE_WAY", 1)
    assert Contrast("records", Fraction(1), Fraction(0), (0, 0, -2, 0, 0, 0)).verdict == "no more"
    assert one_way_by_luck(3) > 0.05


@pytest.mark.parametrize(("drawn", "is_middle", "outside"), [
    ((1, 2, 9), False, False),
    ((5, 6), False, True),
    ((5, 6), True, True),
    ((0, *[9] * 40), False, False),
    ((0, *[9] * 40), True, True),  # inside what they span, outside what is shown
    ((), False, False),
])  # fmt: skip
def test_range__that_does_not_hold_the_mean_is_known(drawn: tuple[int, ...], is_middle: bool, outside: bool) -> None:
    assert contrast((0, 4), (0, 2), drawn=drawn).is_outside(is_middle=is_middle) is outside


def test_range__of_a_side_that_keeps_nothing_holds_nothing() -> None:
    assert not Contrast("records", None, Fraction(4), (), (1, 2)).is_outside(is_middle=False)
