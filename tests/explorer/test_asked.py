"""The address holds the view: what is read of one, what is refused, and that it is written as it was read."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from glasstown.errors import UsageError
from glasstown.explorer.asked import MOST_SETTINGS, TOWN_KEYS, View, read, settings_of, view_of

TOWNS = ("cn-2019", "suining-2010", "rongcheng-2013@one-point-b")


def view(query: str) -> View:
    """Return the view of a query."""
    return view_of(read(parse_qsl(query, keep_blank_values=True), TOWN_KEYS), TOWNS)


@pytest.mark.parametrize(
    "query",
    [
        "town=cn-2019",
        "town=rongcheng-2013@one-point-b&people=300&months=12&seed=18446744073709551615&m=3&colour=fifth&h=0123abcd",
        "town=suining-2010&set=filing.lost:0,suining-2010/clauses/su-d06/points:-20",
    ],
)
def test_view__is_written_as_it_was_read(query: str) -> None:
    assert view(view(query).query()) == view(query)


def test_view__what_is_usual_is_left_out() -> None:
    assert view("town=cn-2019&people=2000&months=60&seed=1&colour=lists").query() == "town=cn-2019"


def test_view__what_is_looked_at_makes_no_other_town() -> None:
    assert view("town=cn-2019&m=7&colour=pay&h=00000000").made_of == view("town=cn-2019").made_of


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("town=cn-2019&town=cn-2019", "town"),
        ("name=Zhang", "its keys"),
        ("town=../../etc/passwd", "town"),
        ("town=/etc/passwd", "town"),
        ("people=149", "people"),
        ("people=100001", "people"),
        ("people=1e5", "people"),
        ("people=-5", "people"),
        ("people=٣٠٠", "people"),
        ("months=0", "months"),
        ("months=121", "months"),
        ("seed=18446744073709551616", "seed"),
        ("seed=" + "9" * 50, "seed"),
        ("m=61", "m"),
        ("m=0", "m"),
        ("colour=red", "colour"),
        ("h=xyz", "h"),
        ("set=filing.lost", "set"),
        ("set=filing.lost:0,filing.lost:0", "set"),
        ("set=" + ",".join(f"a{n}:1" for n in range(MOST_SETTINGS + 1)), "set"),
        ("set=a b:1", "set"),
        ("set=filing.lost:<script>", "set"),
        ("colour=a\x00b", "colour"),
        ("town=" + "a" * 2000, "town"),
    ],
)
def test_view__names_the_key_that_is_wrong(query: str, key: str) -> None:
    with pytest.raises(UsageError) as caught:
        view(query)
    assert caught.value.faults[0].subject == key
    assert all(letter.isprintable() for letter in str(caught.value.faults[0]))


def test_settings__keep_colons_of_no_kind_apart() -> None:
    assert settings_of("a/b/c:-0.5,d.e:true") == (("a/b/c", "-0.5"), ("d.e", "true"))
    assert settings_of("") == ()
