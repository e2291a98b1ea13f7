"""Differences by income, in words that are read, and what would settle what is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

import pytest

from glasstown.answers import compare_width
from glasstown.answers.compare import Twinned
from glasstown.answers.compare_by_group import as_json, lived_as_json, told_by, whom
from glasstown.answers.compare_width import (
    interval_words,
    outside_words,
    power_words,
    round_to,
    share_words,
    sign_words,
)
from glasstown.answers.contrast import Contrast
from glasstown.cli.output import rendered
from glasstown.outcomes.intervals import Interval, interval_of
from glasstown.outcomes.twins import Cell, Pair
from glasstown.render.blocks import Block, Grid

FIFTHS = tuple(f"fifth-{n}" for n in range(1, 6))
SEXES = ("sex: male", "sex: female")


def pair(seed: int, wrongful: tuple[int, int]) -> Pair:
    """Return two runs of which only the poorest fifth's wrongful listings differ, and a measure that one side does not keep."""
    counts: dict[str, tuple[int | None, int | None]] = {
        "wrongful listings": wrongful,
        "records": (5, 5),
        "support": (None, 3),
    }
    groups = {each: {"wrongful listings": (0, 0), "records": (1, 1), "support": (None, 1)} for each in FIFTHS}
    groups["fifth-1"]["wrongful listings"] = wrongful
    groups |= {each: {"wrongful listings": (0, 0), "records": (2, 3), "support": (None, None)} for each in SEXES}
    cells = tuple(Cell("group", each, 1000, (1, 1), (0, 0)) for each in FIFTHS)
    cells += (Cell("sex", "male", 2000, (2, 2 + seed), (0, 0)), Cell("sex", "female", 3000, (None, 3), (None, 0)))
    lived = {
        "all": (60_000, 60_000),
        **dict.fromkeys(FIFTHS, (12000, 12000)),
        **dict.fromkeys(SEXES, (24000, 36000)),
    }
    why = ({"support": "there is no scheme"}, {})
    told = {"support": "no line", "income": "no line"}
    return Pair(seed, 5000, 12, counts, why, None, 0, cells, (), 0, groups, lived, told)  # type: ignore[arg-type]


PAIRS = tuple(pair(seed, both) for seed, both in enumerate([(9, 1), (8, 2), (12, 1), (7, 0), (9, 3), (8, 1)], start=1))


def grids(blocks: Iterable[Block]) -> list[Grid]:
    return [each for each in blocks if isinstance(each, Grid)]


def test_by_income__is_for_each_100_000_with_an_interval_and_leaves_out_what_is_the_same() -> None:
    (grid,) = grids(told_by(PAIRS, ["income"]))
    assert len(grid.rows) == 1
    rates = [100 * (second - first) for first, second in (each.counts["wrongful listings"] for each in PAIRS)]
    interval = interval_of(rates)
    assert interval is not None
    assert grid.rows[0][1] == f"−{-interval.mean:,.0f} ± {interval.high - interval.mean:,.0f}"
    assert grid.rows[0][2:] == ("0",) * 4
    assert "nothing differs" in rendered(list(told_by([pair(1, (0, 0))], ["income"])))
    (one,) = grids(told_by(PAIRS[:1], ["income"]))
    assert one.rows[0][1] == "−800"


def test_by_sex__rates_are_of_the_months_lived_on_each_side_and_wrongful_listings_come_first() -> None:
    """Of 24,000 person-months, which are 2,000 people for a year, two have a record, and of 36,000 three: a rate that is the same."""
    blocks = list(told_by(PAIRS, ["sex"]))
    assert not grids(blocks)
    doubled = [replace(each, lived={**each.lived, **dict.fromkeys(SEXES, (24000, 24000))}) for each in PAIRS]
    (grid,) = grids(blocks := list(told_by(doubled, ["sex"])))
    assert grid.heads[1:] == ("male", "female")
    assert grid.rows[0] == ("wrongful listings: by nothing but wrong records", "0", "0")
    assert grid.rows[1] == ("records that took effect", "+50.0 ± 0.0", "+50.0 ± 0.0")
    said = " ".join(rendered(blocks).split())
    assert "2 numbers by group are read here" in said
    assert "Not told by sex (no line): income, yuan; person-months of adults who say" in said


def test_whom__has_the_difference_with_its_interval_and_says_what_is_not_kept() -> None:
    rows = {row[:2]: row[2:] for row in whom(PAIRS).rows}
    assert rows["income fifth", "poorest fifth"] == ("1,000", "1.0", "0", "0.00", "0")
    assert rows["sex", "male"] == ("2,000", "1.0", "+1.8 ± 1.0", "0.00", "0")
    assert rows["sex", "female"] == ("3,000", "not kept", "not kept", "not kept", "not kept")


def test_lived__are_the_heads_of_every_group() -> None:
    rows = {row["group"]: (row["first"], row["second"]) for row in lived_as_json(PAIRS)}
    assert rows["all"] == (60_000, 60_000)
    assert rows["sex: male"] == (24_000, 36_000)


def test_json__has_every_group_and_measure() -> None:
    rows = as_json(PAIRS)
    assert len(rows) == 21
    first = next(row for row in rows if (row["group"], row["measure"]) == ("fifth-1", "wrongful listings"))
    assert first["verdict"] == "less"
    assert first["low"] < first["difference"] < first["high"] < 0
    assert all(row["verdict"] == "not kept" for row in rows if row["measure"] == "support")
    assert {row["why"] for row in rows if row["measure"] == "support"} == {"there is no scheme"}
    assert {row["why"] for row in rows if row["measure"] == "records"} == {None}


def test_answer__names_what_is_the_same_and_tells_the_rest_with_its_interval() -> None:
    said = " ".join(rendered(Twinned(("a", "b"), PAIRS, tuple((None, None) for _ in PAIRS)).blocks()[:8]).split())  # type: ignore[arg-type,misc]
    assert "The same on both sides, in every seed and draw: records that took effect." in said
    assert "−8 (−84.9 %) −9.5 to −5.5 +0 −6 less" in said
    assert "+ has how many have more in the second" in said
    assert "95 % interval" in said
    assert "undetermined" not in said.split("Student's t")[0]


def test_power__says_what_would_settle_what_is_open() -> None:
    wide = Contrast("records", Fraction(10), Fraction(12), (8, -6, 9, -5, 7, -1))
    one_way = Contrast("fines", Fraction(10), Fraction(12), (90, 1, 1, 1, 1, 2))
    hopeless = Contrast("listings", Fraction(10), Fraction(10), (100, -99, 0, 0, 0, 0))
    by_draws = Contrast("refusals", Fraction(10), Fraction(12), (2, 2, 2, 2, 3, 1), (1, -1))
    settled = Contrast("exits", Fraction(10), Fraction(12), (2, 2, 2, 2, 3, 1))
    assert (one_way.verdict, by_draws.verdict) == ("no less", "undetermined")
    said = power_words([wide, settled], 1000)
    assert said is not None
    assert said.startswith(
        "1 row is undetermined. --seeds 77 or fewer, or the 6 seeds with --people 13000 or fewer, would settle 1 row of these"
    )
    both = str(power_words([wide, one_way, settled], 1000))
    assert both.startswith("1 row is undetermined and of 1 (no more, no less) the direction alone is settled. --seeds ")
    assert "would settle 2 rows of these" in both
    assert "No number of seeds" in str(power_words([hopeless], 1000))
    drawn = str(power_words([by_draws, wide], 1000))
    assert "More seeds do not settle where the draws do not share the sign of the mean: requests refused" in drawn
    assert "--seeds 7" not in str(power_words([by_draws], 1000))
    assert power_words([settled], 1000) is None


@pytest.mark.planted
def test_planted_power_line_that_counts_the_undetermined_alone__is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare_width, "NOT_SETTLED", ("undetermined",))
    with pytest.raises(AssertionError):
        test_power__says_what_would_settle_what_is_open()


@pytest.mark.parametrize(
    ("is_ensemble", "why"), [(False, "few draws reach few places"), (True, "people and luck of its own")]
)
def test_range__that_does_not_hold_the_mean_says_why(is_ensemble: bool, why: str) -> None:
    inside = Contrast("records", Fraction(10), Fraction(12), (2, 2), (1, 3))
    outside = Contrast("listings", Fraction(10), Fraction(12), (2, 2), (5, 6))
    said = str(outside_words([inside, outside], 2, is_ensemble=is_ensemble))
    assert why in said
    assert said.endswith(": entries on a black list.")
    assert outside_words([inside], 2, is_ensemble=is_ensemble) is None


def test_signs__are_counts_of_each() -> None:
    each = Contrast("records", Fraction(10), Fraction(12), (8, -6, 0, 5), (1, 1, -1))
    told = sign_words(each.seed_signs, len(each.differences)), sign_words(each.draw_signs, len(each.drawn))
    assert told == ("+2 −1 =1", "+2 −1")


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
