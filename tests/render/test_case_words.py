"""A hypothetical life is told without a score that its scheme does not keep, and events by their days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from glasstown.answers.case import tell
from glasstown.language.load import load_rulebook
from glasstown.ledger import Decision, Life, Line, Record
from glasstown.render import case_words, terminal

FIRST, SECOND = date(2021, 6, 1), date(2021, 7, 1)


def record(name: str, day: date = FIRST) -> Record:
    return Record(name, 0, day, day, clause="E1")


def said(why: str, *records: Record, is_kept: bool = False) -> str:
    life = Life(FIRST, date(2021, 12, 31), records, (Decision("d1", 3, SECOND, "repair"),))
    return case_words.reason(why, case_words.event_words(life), is_kept=is_kept)


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("The wait of event grave-1 for the list 'A' is over.", "The wait before the list 'A' is over."),
        ("The objection to the record of event grave-1 is open.", "The objection to the record of 2021-06-01 is open."),
        ("The −3 points of event grave-1 return.", "The −3 points of the record of 2021-06-01 return."),
        ("Event grave-1 is carried over.", "The record of 2021-06-01 is carried over."),
        ("event d1: this rulebook has no procedure", "the event of 2021-07-01: this rulebook has no procedure"),
        ("Refuses (clause E1). It has no points of its own. More.", "Refuses (clause E1). More."),
        ("The record of event grave-1 counts no longer: no points of it stand.", "The record of 2021-06-01 counts no longer."),
    ],
)  # fmt: skip
def test_reason__names_no_event(why: str, told: str) -> None:
    assert said(why, record("grave-1"), record("grave-10", SECOND)) == told


def test_events_of_one_day__keep_their_names() -> None:
    assert said("through event b", record("a"), record("b")) == "through the record of 2021-06-01 (b)"


def test_points__of_a_score_are_told() -> None:
    assert said("It has no points of its own. More.", is_kept=True) == "It has no points of its own. More."


@pytest.mark.parametrize("name", ["able-and-performs", "objects-in-time-and-is-listed", "extension-of-36-months"])
def test_case_of_a_list__has_no_score_and_no_grade(name: str) -> None:
    text = "\n".join(terminal.lines(tell("cn-court-list-2017", name).blocks(), 100))
    for phrase in ("0 → 0", "grade none", "points", " event ", "score  "):
        assert phrase not in text
    assert "on the list 'dishonest persons subject to enforcement'" in text


def test_case_of_a_score__keeps_both() -> None:
    text = "\n".join(terminal.lines(tell("suining-2010", "red-light-and-found-money").blocks(), 100))
    assert "2010-01-01: starts at 1,000 points." in text
    assert "1,000 → 950   grade B" in text


def test_line__tells_the_grade_of_the_day_beside_a_published_one() -> None:
    book = load_rulebook("cn-tax-credit-2014-2020")
    line = Line(date(2021, 5, 18), "record", None, None, 450, 425, None, (), (), running="B")
    assert case_words.moved(line, book) == "90 → 85   no grade (of the day: B)"
    assert case_words.moved(replace(line, grade="A"), book) == "90 → 85   grade A (of the day: B)"
