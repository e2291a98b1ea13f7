"""The towns of the explorer: lived as a run lives them, and every dot of the map as the accounts count it."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient

import glasstown
from explored import TOWN
from glasstown.explorer.asked import View
from glasstown.explorer.frames import BARRED, BLACK, WRONGLY
from glasstown.explorer.layout import NARROW, WIDE, layout_of
from glasstown.explorer.legend import counts_of, marks_of
from glasstown.explorer.towns import Lived, Stepping, live, packed
from glasstown.outcomes.counted import MEASURED, number_of
from glasstown.outcomes.opened import open_all


@pytest.fixture(scope="module")
def view() -> View:
    """Return a town in which courts list people, some of them wrongly."""
    return View(town="cn-court-list-2017", people=3_000, months=24, seed=3)


@pytest.fixture(scope="module")
def lived(short_past: None, view: View) -> Lived:
    """Return that town, lived."""
    return live(view, lambda done, of: None)


@pytest.fixture(scope="module")
def run(short_past: None, view: View, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same as a run on disk."""
    folder = tmp_path_factory.mktemp("run") / "town"
    glasstown.run(view.town, people=view.people, months=view.months, seed=view.seed, out=folder)
    return folder


def test_live__has_the_digest_of_the_run(lived: Lived, run: Path) -> None:
    assert lived.digest == open_all(run)[0].manifest.digest


def test_live__every_measure_sums_to_that_of_the_run(lived: Lived, run: Path) -> None:
    runs = open_all(run)
    assert lived.series
    assert {name: sum(series) for name, series in lived.series.items()} == {
        name: number_of(name, runs, runs[0].acts) for name in lived.series
    }
    assert set(lived.series) <= set(MEASURED)


def test_frames__count_what_the_accounts_count(lived: Lived) -> None:
    on_black = [int(((frame & BLACK) != 0).sum()) for frame in lived.frames]
    wrongly = [int(((frame & WRONGLY) != 0).sum()) for frame in lived.frames]
    assert on_black == list(lived.series["on a black list"])
    assert wrongly == list(lived.series["wrongly listed"])
    assert max(on_black) > max(wrongly) > 0


def test_frames__nobody_is_barred_and_listed_at_once_and_the_wrongly_listed_are_listed(lived: Lived) -> None:
    assert not ((lived.frames & BLACK != 0) & (lived.frames & BARRED != 0)).any()
    assert ((lived.frames & BLACK != 0) | (lived.frames & WRONGLY == 0)).all()


def test_who__is_known_of_everybody_whom_something_befell(lived: Lived) -> None:
    ever = np.flatnonzero((np.bitwise_or.reduce(lived.frames) & (BLACK | BARRED)) != 0)
    assert set(ever.tolist()) <= set(lived.who)
    assert all(who["age"] is not None for who in lived.who.values())


@pytest.mark.parametrize("colour", ["lists", "pay", "fifth"])
def test_legend__counts_everybody_once(lived: Lived, colour: str) -> None:
    counts = counts_of(lived, colour, 24)
    assert sum(counts) == lived.people
    assert len(counts) == len(marks_of(lived, colour))


def test_packed__gives_back_every_frame(lived: Lived) -> None:
    content = gzip.decompress(packed(lived, b"head"))
    n = lived.people
    assert content[:4] == b"head"
    assert content[4 : 4 + n] == lived.fixed.tobytes()
    moved = np.frombuffer(content[4 + n :], dtype=np.uint8).reshape(24, n)
    assert (np.bitwise_xor.accumulate(moved) == lived.frames).all()


@pytest.mark.parametrize("n_town", [0, 1, 9, 20])
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_layout__all_stand_on_the_map_and_nobody_on_somebody_else(n_town: int, size: tuple[int, int]) -> None:
    is_town = np.arange(20) < n_town
    found = layout_of(3_000, is_town, size)
    assert found.x.min() > 0
    assert found.x.max() < size[0]
    assert found.y.min() > 0
    assert found.y.max() < size[1]
    places = np.stack([found.x, found.y], axis=1)
    far = np.sqrt(((places[None, :300] - places[:, None]) ** 2).sum(axis=2))
    far[np.arange(300), np.arange(300)] = np.inf
    assert far.min() > found.step * 0.4


def test_firms__are_shown_where_only_firms_are_scored(short_past: None) -> None:
    found = live(View(town="jiangsu-env-2019", people=300, months=2), lambda done, of: None)
    assert found.kind == "firm"
    assert found.frames.shape[1] == found.firms
    assert all(name.startswith("firms: ") for name in found.series)


def test_months__are_lived_one_by_one_and_none_after_the_last_is_taken(short_past: None) -> None:
    stepping = Stepping(View(town="suining-2010", people=300, months=6))
    months = stepping.months()
    assert [next(months).number for _ in range(2)] == [0, 1]
    assert stepping._living.month == 2
    months.close()
    assert stepping._living._town is None


def test_live_api__gives_a_line_a_month(client: TestClient, opened: Callable[[str], str]) -> None:
    answer = client.post("/api/live", json={"town": "suining-2010", "people": 300, "months": 3})
    lines = [line for line in answer.text.splitlines() if line]
    assert answer.status_code == 200
    assert len(lines) == 3
    assert '"month": 3' in lines[-1]


def test_shared_address__tells_which_texts_are_others(opened: Callable[[str], str]) -> None:
    text = opened(f"/town?{TOWN}")
    shared = text.split('data-share href="', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    assert "&h=" in shared
    assert "other texts" not in opened(shared)
    other = opened(shared[:-8] + "00000000")
    assert "This address was made with other texts" in other
    assert "suining-2010" in other


def test_shared_address__shows_the_month_it_names(opened: Callable[[str], str]) -> None:
    assert 'month <span id="month">3</span> of 6' in opened(f"/town?{TOWN}&m=3")
    assert 'value="3" aria-label="Month"' in opened(f"/town?{TOWN}&m=3")
