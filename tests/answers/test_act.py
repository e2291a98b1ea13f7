"""What rulebooks do about one act."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import glasstown
from glasstown.answers.act import Conduct
from glasstown.archive.library import known_acts, library
from glasstown.errors import UsageError
from glasstown.language.load import shipped

HARBOUR = str(Path(__file__).resolve().parents[1] / "rulebooks" / "good" / "harbour")


def asked(*acts: str, **options: Any) -> dict[str, dict[str, Any]]:
    """Return the replies of the harbour, by clause."""
    answer = glasstown.act(*acts, with_=[HARBOUR], **options).as_json()
    told = [each for act in answer["acts"] for each in act["replies"]]
    return {each["clause"]: each for each in told if each["rulebook"] == HARBOUR}


def test_act__says_points_fine_lapse_agency_and_source() -> None:
    told = asked("harbour-oil")["h-oil"]
    assert (told["points"], told["fine"], told["list"], told["grade"]) == ("−60", "unknown", "black-water", "C")
    assert told["lapse"] is None
    assert (told["evidence"], told["source"], told["at"]) == ("invented", "harbour-rules", "article 7 (4)")
    assert [each["id"] for each in told["measures"]] == ["no-berth", "boat-held"]


def test_act__a_first_record_is_told_by_the_interpreter() -> None:
    first = asked("harbour-oil")["h-oil"]["first"]
    assert first == {"before": "100", "after": "40", "grade_before": "B", "grade": "D", "lists": first["lists"]}
    assert set(first["lists"]) == {"watched", "black-water"}


def test_act__no_first_record_where_an_official_chooses_or_on_a_later_step() -> None:
    steps = asked("harbour-mooring")
    assert [each["step"] for each in steps.values()] == [1, 2, 3]
    assert steps["h-moor-1"]["first"]["after"] == "95"
    assert steps["h-moor-2"]["first"] is None
    assert asked("harbour-rescue")["h-rescue"]["first"] is None
    assert asked("harbour-petition")["h-petition"]["first"] is None


def test_act__through_is_the_more_general_act_and_null_for_its_own() -> None:
    assert asked("harbour-music")["h-noise-feast"]["through"] == "harbour-noise"
    assert asked("harbour-noise")["h-noise-feast"]["through"] is None


def test_act__everyone_replies_or_is_silent_and_unread_is_not_silence() -> None:
    answer = glasstown.act("harbour-oil", with_=[HARBOUR]).as_json()
    act = answer["acts"][0]
    assert answer["rulebooks"] == len(shipped()) + 1
    assert {each["rulebook"] for each in act["replies"]} == {HARBOUR}
    assert sorted(act["silent"]["nothing"] + act["silent"]["unknown"]) == list(shipped())
    books = {each: glasstown.rulebook(each).book for each in shipped()}
    assert act["silent"]["unknown"] == [n for n, b in books.items() if b.sections.catalogue.read == "unread"]


def test_act__as_at_says_who_is_not_in_force() -> None:
    early = asked("harbour-oil", as_at=date(2014, 12, 31))["h-oil"]
    assert early["holds"] == "no"
    assert asked("harbour-oil", as_at=date(2015, 1, 1))["h-oil"]["holds"] == "yes"
    assert asked("harbour-oil")["h-oil"]["holds"] is None


def test_about__finds_clauses_by_their_own_words_and_by_their_act() -> None:
    assert "h-papers" in asked(about="BOAT MAY")
    assert "h-noise" in asked(about="夜间")
    assert "h-clean" in asked(about="volunteering")


def test_about__nothing_found_is_said_and_an_empty_word_refused() -> None:
    answer = glasstown.act(about="zzzz")
    assert answer.as_json()["acts"] == []
    assert "No clause" in answer._repr_html_()
    with pytest.raises(UsageError, match="empty word"):
        glasstown.act(about=" ")
    with pytest.raises(UsageError, match="one of the two"):
        glasstown.act("littering", about="litter")


def test_all_acts__are_listed_once_each_by_class() -> None:
    answer = glasstown.act()
    acts = answer.as_json()["acts"]
    assert sorted(each["id"] for each in acts) == sorted(known_acts(library()))
    classes = [each["class"] for each in acts]
    order = list(dict.fromkeys(classes))
    assert classes == sorted(classes, key=order.index)
    assert answer.table().num_rows == len(acts)


def test_table__has_one_row_for_each_reply() -> None:
    answer = glasstown.act("harbour-mooring", "harbour-oil", with_=[HARBOUR])
    assert isinstance(answer, Conduct)
    table = answer.table()
    assert table.column("clause").to_pylist() == ["h-moor-1", "h-moor-2", "h-moor-3", "h-oil"]
    assert table.column("act").to_pylist() == ["harbour-mooring"] * 3 + ["harbour-oil"]
