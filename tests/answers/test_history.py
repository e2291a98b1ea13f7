"""Timeline, agencies, areas and claims as they are asked for."""

from __future__ import annotations

import pytest

import glasstown
from glasstown.errors import UsageError


def test_timeline__keeps_both_ends_and_dates_of_any_exactness() -> None:
    dates = [event.date for event in glasstown.timeline(since="2015-08", until="2016-09").events]
    assert (dates[0], dates[-1]) == ("2015", "2016-09-25")
    assert "2015-07-22" not in dates


@pytest.mark.parametrize(("since", "until"), [("2016", "2013"), ("2016-05", "2016-04"), ("2016-05-02", "2016-04")])
def test_timeline__refuses_a_span_that_is_turned_round(since: str, until: str) -> None:
    with pytest.raises(UsageError, match="Turn the two round"):
        glasstown.timeline(since=since, until=until)


@pytest.mark.parametrize(("since", "until"), [("2016", "2016"), ("2016-05", "2016"), ("2016", "2016-06")])
def test_timeline__takes_the_two_ends_of_one_span_in_any_exactness(since: str, until: str) -> None:
    dates = [event.date for event in glasstown.timeline(since=since, until=until).events]
    assert dates
    assert all(each.startswith("2016") for each in dates)


def test_timeline__of_a_rulebook_is_what_show_tells_of_it() -> None:
    book = "cn-rail-list-2018"
    told = glasstown.timeline(rulebook=book).as_json()["events"]
    assert glasstown.show(book).as_json()["timeline"] == told != []
    assert [agency["id"] for agency in glasstown.show(book).as_json()["agencies"]] == ["railway"]


def test_timeline__names_who_wrote_or_printed_each_source() -> None:
    text = "".join(str(block) for block in glasstown.timeline().blocks())
    assert "[reported] : " not in text
    assert "[reported] China Law Translate: What is a social credit demonstration city?" in text


def test_claims__are_found_by_number_and_by_verdict() -> None:
    assert [claim.n for claim in glasstown.claims(70, 3).claims] == [3, 70]
    assert {claim.verdict for claim in glasstown.claims(verdict="not found").claims} == {"not found"}
    assert glasstown.claims().table().num_rows == 78


def test_claims__about_a_word_answers_whether_there_is_a_national_score() -> None:
    told = glasstown.claims(about="National Score")
    assert [claim.n for claim in told.claims] == [1]
    assert "no national score exists" in "".join(str(block) for block in told.blocks())
    assert glasstown.claims(verdict="conflicting", about="national score").claims == ()
    (said,) = glasstown.claims(about="no such words").blocks()
    assert "No claim that was asked for has 'no such words' in it." in str(said)


def test_areas__tell_pilots_and_local_schemes_apart() -> None:
    words = "".join(str(block) for block in glasstown.areas().blocks())
    assert "43 areas, 12 with a known name" in words
    assert "The local schemes on file are others" in words


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: glasstown.claims(79), "1 to 78"),
        (lambda: glasstown.claims(verdict="trace"), "traced"),
        (lambda: glasstown.timeline(rulebook="suinning-2010"), "suining-2010"),
        (lambda: glasstown.agencies("court"), "courts"),
        (lambda: glasstown.sources("nowhere"), "nowhere"),
    ],
)
def test_unknown_names__are_refused_with_a_way_out(ask: object, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        ask()  # type: ignore[operator]
