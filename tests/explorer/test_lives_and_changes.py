"""Lives that are opened, and rules that are changed: what the commands beside them say."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import glasstown
from glasstown.errors import UsageError
from glasstown.explorer.asked import View
from glasstown.explorer.change_pages import pair_for
from glasstown.outcomes.counted import MEASURES

LISTED = "town=cn-court-list-2017&people=600&months=24&seed=3"
CHANGED = "town=rongcheng-2013&people=300&months=6&lever=rongcheng-2013/clauses/rc13-d01/points&value=-20"


def test_lives__tell_whom_something_befell(opened: Callable[[str], str]) -> None:
    text = opened(f"/lives?{LISTED}&befell=black")
    numbers = [int(number) for number in re.findall(r'href="/lives/(\d+)\?', text)]
    assert numbers == sorted(numbers)
    assert numbers
    assert "on a black list" in text


def test_lives__those_found_are_those_of_the_command(opened: Callable[[str], str], tmp_path: Path) -> None:
    text = opened(f"/lives?{LISTED}&befell=black")
    numbers = {int(number) for number in re.findall(r'href="/lives/(\d+)\?', text)}
    glasstown.run("cn-court-list-2017", people=600, months=24, seed=3, out=tmp_path / "town")
    found = glasstown.lives(tmp_path / "town", listed=True, most=1000).as_json()["lives"]
    at_the_end = {each["id"] for each in found}
    assert at_the_end <= numbers  # the page also tells of places whose earlier tenant was listed


def test_life__is_told_in_both_readings_with_its_sources(opened: Callable[[str], str], client: TestClient) -> None:
    text = opened(f"/lives?{LISTED}&befell=black")
    address = unescape(re.findall(r'href="(/lives/\d+\?[^"]*)"', text)[0])
    life = opened(address)
    assert "Told twice, by the interpreter and the engine" in life
    assert "an invented name" in life
    assert "Supreme People" in life
    assert "<svg" in life
    drawn = client.get(address.replace("?", ".svg?"))
    assert drawn.status_code == 200
    assert "glasstown life town" in drawn.text


def test_life__of_somebody_whom_nothing_befell_says_so(opened: Callable[[str], str]) -> None:
    assert "<h1>" in opened("/lives/7?town=suining-2010&people=300&months=6")


def test_change__lays_the_towns_side_by_side(opened: Callable[[str], str], client: TestClient) -> None:
    text = opened(f"/change?{CHANGED}")
    assert "What the change does" in text
    assert "glasstown compare first second" in unescape(text)
    assert "rongcheng-2013/clauses/rc13-d01/points=-20" in text
    table = client.get(f"/change.csv?{CHANGED}").text
    assert table.startswith("measure,words,first,second,difference")
    assert len(table.splitlines()) > 20


def test_change__says_what_the_comparison_says(opened: Callable[[str], str], tmp_path: Path) -> None:
    text = unescape(opened(f"/change?{CHANGED}"))
    changed = {"rongcheng-2013/clauses/rc13-d01/points": -20}
    glasstown.run("rongcheng-2013", people=300, months=6, out=tmp_path / "first")
    glasstown.run("rongcheng-2013", people=300, months=6, set=changed, out=tmp_path / "second")
    differing = [
        each
        for each in glasstown.compare(tmp_path / "first", tmp_path / "second").contrasts
        if each.verdict not in ("same", "not kept")
    ]
    for each in differing:
        words = MEASURES[each.name]
        assert words[:1].upper() + words[1:] in text
        assert each.shown()[2] in text


@pytest.mark.parametrize(("value", "found"), [("-5", "already"), ("x y", "x y"), ("", "''")])
def test_change__nothing_moved_is_no_change(value: str, found: str) -> None:
    lever = next(each for each in glasstown.levers("rongcheng-2013").levers if each.path.endswith("rc13-d01/points"))
    with pytest.raises(UsageError, match=found):
        pair_for(View(town="rongcheng-2013"), lever, value)


def test_change__a_lever_takes_the_place_of_one_that_was_set() -> None:
    lever = next(each for each in glasstown.levers(about="filing.lost").levers if each.path == "filing.lost")
    view = View(settings=(("filing.lost", "0.01"), ("eps_p", "0.2")))
    first, second = pair_for(view, lever, "0.02")
    assert first.settings == (("eps_p", "0.2"),)
    assert second.settings == (("eps_p", "0.2"), ("filing.lost", "0.02"))
