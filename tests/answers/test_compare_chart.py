"""The two panels of a comparison's picture have one line for each measure, level with its label, whatever each of them knows."""

from __future__ import annotations

import json
from fractions import Fraction

import altair as alt
import pytest

from glasstown.answers.compare_chart import panel, widths_of
from glasstown.answers.contrast import Contrast

NAMES = ("offences", "records", "fines")
CONTRASTS = [Contrast(name, Fraction(100), Fraction(110), (10, 10), (5, 20)) for name in NAMES]
KNOWN = [{"offences": (100, 110), "records": (100, 120), "fines": (100, 90)}] * 2
OF_DRAWS = [{"offences": (100, 130), "records": (0, 0), "fines": (100, 80)}] * 2


def test_widths__leave_out_what_has_no_share_of_the_first() -> None:
    rows = widths_of(CONTRASTS, OF_DRAWS, is_middle=False)
    assert [row["measure"] for row in rows] == ["offences done", "fines, yuan"]
    assert [row["least"] for row in rows] == [30, -20]


def test_panels__lie_level_where_one_knows_fewer_measures() -> None:
    both = [widths_of(CONTRASTS, counts, is_middle=False) for counts in (KNOWN, OF_DRAWS)]
    names = [row["measure"] for row in both[0]]
    drawn = [panel(rows, names, alt.TitleParams("width"), None).to_dict() for rows in both]
    domains = [json.dumps(each["layer"][0]["encoding"]["y"]["scale"]["domain"]) for each in drawn]
    assert domains[0] == domains[1] == json.dumps(names)


@pytest.mark.parametrize("side", [0, 1])
def test_dot__is_the_mean_difference_of_the_seeds(side: int) -> None:
    rows = widths_of(CONTRASTS, (KNOWN, OF_DRAWS)[side], is_middle=False)
    assert {row["difference"] for row in rows} == {10.0}
