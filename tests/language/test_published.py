"""Items of publicity: whom each reaches, how often, of whom it tells, and how long it is found."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, get_args

import pytest

from glasstown.language import published
from glasstown.language.load import load_rulebook, shipped
from glasstown.language.model import Cite, Publicity, Span

CITE = Cite(source="x", at="y", evidence="assumed")


def item(**fields: Any) -> Publicity:
    return Publicity(id="one", text="something is shown", cite=CITE, **fields)


@pytest.mark.parametrize(
    ("what", "where", "reached"),
    [
        (("name",), ("loudspeaker", "notice-board"), {"neighbours"}),
        (("name",), ("newspaper", "website"), {"readers", "searchers"}),
        (("grade",), ("certificate",), {"asked"}),
        (("grade",), (), {"searchers"}),
        (("nothing",), ("loudspeaker",), set()),
    ],
)
def test_audiences__follow_the_place(what: tuple[str, ...], where: tuple[str, ...], reached: set[str]) -> None:
    assert published.audiences(item(what=what, where=where)) == reached


def test_every_place__has_an_audience() -> None:
    field = Publicity.model_fields["where"].annotation
    assert set(get_args(get_args(field)[0])) == set(published.AUDIENCES)


@pytest.mark.parametrize(
    ("every", "times"), [("day", "1"), ("week", "1"), ("month", "1"), ("quarter", "1/3"), ("year", "1/12"), (None, "1")]
)
def test_rhythm__is_times_a_month_at_most_once(every: str | None, times: str) -> None:
    assert published.rhythm(item(every=every)) == Fraction(times)


def test_standing__is_until_it_is_shown_anew_or_for_as_long_as_it_lasts() -> None:
    week = Span(working_days=5)
    assert published.standing(item(every="year")) == published.standing(item(lasts=week)) == 1
    assert published.standing(item(every="week", lasts=week)) == 1
    assert published.standing(item(every="month", lasts=week)) == 7 / published.DAYS_A_MONTH


@pytest.mark.parametrize(
    ("what", "where", "tells"),
    [(("points",), ("screen",), False), (("name", "points"), ("screen",), True), (("grade",), ("door-sign",), True)],
)
def test_neighbours__learn_who_it_is_by_a_name_or_at_the_door(
    what: tuple[str, ...], where: tuple[str, ...], tells: bool
) -> None:
    assert published.tells_who(item(what=what, where=where)) is tells


def test_honour_boards__show_models() -> None:
    of_models = {
        (name, each.id) for name in shipped() for each in load_rulebook(name).publicity if published.is_of_models(each)
    }
    assert ("rongcheng-2013", "honour-boards") in of_models
    assert ("dibaoquan", "four-virtues") in of_models
    assert ("tengjia-2019", "friday-names") not in of_models


def test_allowed_channels__are_told_of_as_such() -> None:
    optional = {(name, each.id) for name in shipped() for each in load_rulebook(name).publicity if each.optional}
    assert ("cn-court-list-2017", "local-media") in optional
    assert {name for name, _ in optional} == {"cn-court-list-2017", "cn-court-list-party-exempt"}
