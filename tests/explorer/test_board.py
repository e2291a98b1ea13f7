"""The public board: the lists that a rule publishes and no others, its entries those of the run, and what they do not say."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import glasstown
from glasstown.explorer.asked import View
from glasstown.explorer.board import boards_of, published_by, silence_of
from glasstown.explorer.offered import books
from glasstown.explorer.towns import live
from glasstown.outcomes.finding import WHO

PEOPLE, MONTHS = 1_200, 24
VIEW = View("cn-court-list-2017", PEOPLE, MONTHS, 3)
QUERY = f"town=cn-court-list-2017&people={PEOPLE}&months={MONTHS}&seed=3"
LIST = "cn-court-list-2017.spc_dishonest"


@pytest.fixture(scope="module")
def run(short_past: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the run of the town whose board is looked at."""
    folder = tmp_path_factory.mktemp("board") / "town"
    glasstown.run("cn-court-list-2017", people=PEOPLE, months=MONTHS, seed=3, out=folder)
    return folder


def test_boards__have_those_whom_the_run_lists(run: Path) -> None:
    boards = boards_of(run)
    asked = "select id from final where kind = 'person' and lists like '%spc_dishonest%' order by id"
    listed = list(glasstown.query(run, asked).columns()["id"])
    shown = next(each for each in boards.boards if each.rule.id == "spc_dishonest")
    assert listed
    assert sorted(each.number for each in shown.entries) == listed
    assert [each.name for each in shown.entries] == sorted(each.name for each in shown.entries)
    assert boards.named() == frozenset(listed)


def test_boards__a_list_that_no_rule_publishes_is_not_on_the_board(run: Path) -> None:
    boards = boards_of(run)
    assert [each.rule.id for each in boards.published] == ["spc_dishonest"]
    assert [each.rule.id for each in boards.kept] == ["spc_spending"]


def test_silence__is_counted_over_the_same_people(run: Path) -> None:
    lived = live(VIEW, lambda done, of: None)
    boards = boards_of(run)
    found = silence_of(boards, lived)
    assert found.named == len(boards.named())
    assert 0 <= found.wrongly <= found.named
    assert found.wrongly <= lived.series["wrongly listed"][-1]
    assert found.left >= 0


def test_published_by__says_nothing_for_lists_on_request_or_of_honours_unnamed() -> None:
    shelf = books()
    named = {f"{name}.{rule.id}" for name, book in shelf.items() for rule in book.lists if published_by(book, rule)}
    assert {LIST, "cn-rail-list-2018.rail_notrain", "cn-air-list-2018.caac_nofly"} <= named
    assert (
        not {"cn-court-list-2017.spc_spending", "cn-cadre-files-1991.file", "rongcheng-2013.sector-red-lists"} & named
    )


def test_board__entries_lead_to_what_they_do_not_say(opened: Callable[[str], str], client: TestClient) -> None:
    text = opened(f"/town/board?{QUERY}")
    entries = re.findall(r'href="(/town/board/\d+\?[^"]+)"', text)
    assert entries
    page = opened(entries[0].replace("&amp;", "&"))
    assert "What the entry does not say" in page
    assert "Is it so?" in page
    answer = client.get(f"/town/board.csv?{QUERY}")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == len(entries)
    assert set(WHO) & set(rows[0]) == set()  # the board knows no work, no debt, no health


@pytest.mark.parametrize(
    "address",
    [f"/town/board?{QUERY}&under=Q", f"/town/board?{QUERY}&list=nothing", f"/town/board?{QUERY}&under=-1"],
)
def test_board__odd_addresses_are_told(opened: Callable[[str], str], client: TestClient, address: str) -> None:
    opened(f"/town/board?{QUERY}")
    assert client.get(address).status_code == 400


def test_entry__of_nobody_listed_is_none(opened: Callable[[str], str], client: TestClient) -> None:
    opened(f"/town/board?{QUERY}")
    assert client.get(f"/town/board/99999?{QUERY}&list={LIST}").status_code == 404
