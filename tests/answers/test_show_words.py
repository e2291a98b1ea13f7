"""What `show` and its like say of sources and of redress is plain, and a search in vain is no redress."""

from __future__ import annotations

import re

import pytest

import glasstown
from glasstown.answers.entries import entries
from glasstown.archive.extent import count_redress
from glasstown.language.load import load_rulebook, shipped
from glasstown.render import terminal

SUINING = load_rulebook("suining-2010")


def said(*rulebooks: str) -> str:
    answer = glasstown.show(rulebooks[0]) if len(rulebooks) == 1 else glasstown.compare_rules(*rulebooks)
    return " ".join(terminal.joined(terminal.lines(answer.blocks(), 100)).split())


def test_source__is_told_by_how_it_was_read() -> None:
    text = said("cn-court-list-2017")
    assert "[assumed, from memory] background" in text
    assert "[reported, from a summary]" in text
    assert ", seen " not in text


def test_search_in_vain__is_no_redress() -> None:
    assert [each.id for each in SUINING.redress if each.found_nothing] == ["no-appeal-found"]
    assert count_redress(SUINING).unknown == 1
    assert "a search that found nothing: neither a right nor the absence of one" in said("suining-2010")
    assert "turned up" not in said("suining-2010", "rongcheng-2013")
    assert "no-appeal-found" not in str(glasstown.check("suining-2010").as_json())


def test_channel__that_shows_nothing_of_anybody__names_nobody() -> None:
    assert "names nobody; where: notice board" in said("suining-2010")


@pytest.mark.parametrize("name", [name for name in shipped() if name != "no-scheme"])
def test_lists__are_said_by_their_labels_and_never_by_their_keys(name: str) -> None:
    book = load_rulebook(name)
    keys = re.compile(
        rf"\blists? '?({'|'.join(re.escape(each.id) for each in book.lists if {*'_-'} & {*each.id}) or '(?!)'})(?![\w-])"
    )
    told = [said for part in entries(book).values() for each in part for said in each.says]
    rows = [cell for cell in glasstown.compare_rules(name, "no-scheme").columns()["says"] if cell]
    assert [said for said in (*told, *rows) if keys.search(said)] == []
