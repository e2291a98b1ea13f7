"""Differences by income, in words that are read, and what would settle what is open."""

from __future__ import annotations

from fractions import Fraction

import pytest

from glasstown.answers.compare import Twinned
from glasstown.answers.compare_by_group import (
    as_json,
    by_income,
    interval_words,
    power_words,
    round_to,
    share_words,
)
from glasstown.answers.contrast import Contrast
from glasstown.cli.output import rendered
from glasstown.outcomes.intervals import Interval, interval_of
from glasstown.outcomes.twins import Cell, Pair

FIFTHS = tuple(f"fifth-{n}" for n in range(1, 6))


def pair(seed: int, wrongful: tuple[int, int]) -> Pair:
    """Return two runs of which only the poorest fifth's wrongful listings differ, and a measure that one side does not keep."""
    counts: dict[str, tuple[int | None, int | None]] = {
        "wrongful listings": wrongful,
        "records": (5, 5),
        "support": (None, 3),
    }
    groups = {each: {"wrongful listings": (0, 0), "records": (1, 1), "support": (None, 1)} for each in FIFTHS}
    groups["fifth-1"]["wrongful listings"] = wrongful
    cells = tuple(Cell("group", each, 1000, (1, 1), (0, 0)) for each in FIFTHS)
    why = ({"support": "there is no scheme"}, {})
    return Pair(seed, 5000, 12, counts, why, None, 0, cells, (), 0, groups)  # type: ignore[arg-type]


PAIRS = tuple(pair(seed, both) for seed, both in enumerate([(9, 1), (8, 2), (12, 1), (7, 0), (9, 3), (8, 1)], start=1))


def test_by_income__is_for_each_100_000_with_an_interval_and_leaves_out_what_is_the_same() -> None:
    grid = by_income(PAIRS)
    assert grid is not None
    assert len(grid.rows) == 1
    rates = [100 * (second - first) for first, second in (each.counts["wrongful listings"] for each in PAIRS)]
    interval = interval_of(rates)
    assert interval is not None
    assert grid.rows[0][1] == f"−{-interval.mean:,.0f} ± {interval.high - interval.mean:,.0f}"
    assert grid.rows[0][2:] == ("0",) * 4
    assert by_income([pair(1, (0, 0))]) is None
    one = by_income(PAIRS[:1])
    assert one is not None
    assert one.rows[0][1] == "−800"


def test_json__has_every_group_and_measure() -> None:
    rows = as_json(PAIRS)
    assert len(rows) == 15
    first = next(row for row in rows if (row["group"], row["measure"]) == ("fifth-1", "wrongful listings"))
    assert first["verdict"] == "less"
    assert first["low"] < first["difference"] < first["high"] < 0
    assert all(row["verdict"] == "not kept" for row in rows if row["measure"] == "support")


def test_answer__names_what_is_the_same_and_tells_the_rest_with_its_interval() -> None:
    said = " ".join(rendered(Twinned(("a", "b"), PAIRS, tuple((None, None) for _ in PAIRS)).blocks()[:8]).split())  # type: ignore[arg-type,misc]
    assert "The same on both sides, in every seed and draw: records that took effect." in said
    assert "−8 (−84.9 %) −9.5 to −5.5 less" in said
    assert "95 % interval" in said
    assert "undetermined" not in said.split("Student's t")[0]


def test_power__says_how_many_seeds_would_settle_what_is_open() -> None:
    wide = Contrast("records", Fraction(10), Fraction(12), (8, -6, 9, -5, 7, -1))
    hopeless = Contrast("listings", Fraction(10), Fraction(10), (100, -99, 0, 0, 0, 0))
    settled = Contrast("exits", Fraction(10), Fraction(12), (2, 2, 2, 2, 3, 1))
    said = power_words([wide, settled])
    assert said is not None
    assert said.startswith("1 row of those undetermined would be settled by --seeds ")
    assert "No number of seeds" in str(power_words([hopeless]))
    assert power_words([settled]) is None


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (-0.115, "−11.5 %"),
        (0.5, "+50 %"),
        (-0.00013, "−0.013 %"),
        (2.5, "+250 %"),
        (0.001, "+0.1 %"),
        (-4.3e-9, "< 0.01 % less"),
        (4e-5, "< 0.01 % more"),
    ],
)
def test_share__tells_a_small_change_from_nothing(share: float, words: str) -> None:
    assert share_words(share) == words


def test_interval__is_told_with_as_many_places_as_can_be_used() -> None:
    assert interval_words(Interval(1.0, -0.25, 1234.6)) == "−0.2 to +1,235"
    assert interval_words(Interval(-0.3, -0.6, -0.0134)) == "−0.6 to −0.01"  # "to 0" would say that 0 is in it
    assert interval_words(Interval(0.0, -1e-17, 0.0)) == "0 to 0"
    assert interval_words(None) == ""
    assert [str(round_to(value)) for value in (40.0, 0.04, -3.06, 1e9)] == ["40", "0", "-3.1", "1000000000"]
    assert interval_words(Interval(10, -20.0, 40.0)) == "−20 to +40"
