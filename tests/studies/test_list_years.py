"""studies/list_years.py and its picture: years of a list, and what of them nobody published."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest

from glasstown.archive.series import load_series
from glasstown.errors import UsageError
from glasstown.render import style
from glasstown.render.list_years import list_picture
from glasstown.runs.request import RunRequest
from glasstown.studies.list_years import ListYears, live_list


def flat(start: date, months: int) -> ListYears:
    """Return a list of 1,000 people onto which one comes a month, and which two leave."""
    one = np.ones(months, dtype=np.int64)
    return ListYears(start, 1000, one, 2 * one, np.cumsum(one))


def test_years__are_calendar_years_and_their_parts_are_counted_as_a_year() -> None:
    years = flat(date(2013, 10, 1), 15).years()
    assert [(each.year, each.months) for each in years] == [(2013, 3), (2014, 12)]
    assert [(each.entries, each.exits) for each in years] == [(12.0, 24.0), (12.0, 24.0)]
    assert [each.stock for each in years] == [3.0, 15.0]


def test_list_that_the_rulebook_has_not__is_told() -> None:
    with pytest.raises(UsageError, match="spc_dishonest"):
        live_list(RunRequest("cn-court-list-2017", people=150, months=1), "spc_dishonets")


def test_picture__shades_years_of_which_nothing_was_published_and_leaves_held_out_figures_hollow() -> None:
    series, lived = load_series("courts-list"), [flat(date(2013, 10, 1), 147)]
    drawn = list_picture(series, lived, frozenset({"entries-2025"})).to_dict()
    layers = list(drawn["datasets"].values())
    shaded = [{row["from"] for row in rows} for rows in layers if set(rows[0]) == {"from", "to"}]
    assert {2021, 2022} in shaded
    told = [row for rows in layers for row in rows if "colour" in row]
    assert {row["fill"] for row in told if row["from"] == 2025.0 and row["colour"] == style.ORANGE} == {0.0, 0.22}
    assert "ynthetic population" in json.dumps(drawn)
