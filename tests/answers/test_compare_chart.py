"""A comparison's picture: a lane for each measure that something moves, in the colour of what that means."""

from __future__ import annotations

from fractions import Fraction

from glasstown.answers.compare_chart import lanes_of, picture_of
from glasstown.answers.contrast import Contrast
from glasstown.render import style

NAMES = ("offences", "records", "fines")
CONTRASTS = [Contrast(name, Fraction(100), Fraction(110), (10, 10), (5, 20)) for name in NAMES]
KNOWN = [{"offences": (100, 110), "records": (100, 120), "fines": (100, 90)}] * 2
OF_DRAWS = [{"offences": (100, 130), "records": (0, 0), "fines": (100, 80)}] * 2


def test_lane__has_the_width_of_seeds_and_that_of_draws_where_these_have_any() -> None:
    lanes = lanes_of(CONTRASTS, KNOWN, OF_DRAWS, is_middle=False)
    assert [(each.name, each.luck, each.ways) for each in lanes] == [
        ("offences done", (10, 10), (30, 30)),
        ("records that took effect", (20, 20), None),
        ("fines, yuan", (-10, -10), (-20, -20)),
    ]


def test_lanes__leave_out_what_nothing_moves_and_what_has_no_share() -> None:
    still = [{"offences": (100, 100), "records": (0, 5), "fines": (100, 90)}] * 2
    assert [each.name for each in lanes_of(CONTRASTS, still, [], is_middle=False)] == ["fines, yuan"]


def test_dot__is_the_mean_difference_of_the_seeds() -> None:
    assert {each.mean for each in lanes_of(CONTRASTS, KNOWN, OF_DRAWS, is_middle=False)} == {10.0}


def test_colour__is_that_of_what_it_means() -> None:
    (harm,) = lanes_of(
        [Contrast("offences", Fraction(100), Fraction(110), (9, 10, 11), (9, 10))], KNOWN, [], is_middle=False
    )
    assert harm.colour == style.TONES["worse"]


def test_picture__says_how_many_measures_it_leaves_out() -> None:
    lanes = lanes_of(CONTRASTS[:1], KNOWN, OF_DRAWS, is_middle=False)
    told = picture_of(("a", "b"), lanes, 3, ["Thick bar: luck."]).to_dict()["title"]
    assert told["text"] == ["b beside a"]
    assert "2 measures that nothing moves" in " ".join(told["subtitle"])
