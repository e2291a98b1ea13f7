"""Rulebooks side by side: which clauses of each answer to an act, and what one record brings by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasstown.archive.library import Held, find_act, hold, known_acts, library, measures_after, n_answering, replies
from glasstown.errors import UsageError
from glasstown.language.load import shipped

GOOD = Path(__file__).resolve().parents[1] / "rulebooks" / "good"


@pytest.fixture(scope="module")
def harbour() -> Held:
    return hold(str(GOOD / "harbour"))


def told(held: Held, act: str) -> list[tuple[str, str | None, int | None]]:
    """Return clause, act through which it answers, and step of a ladder, of every reply."""
    found = replies(held, act, held.acts)
    return [(each.clause.id, each.through, each.step.number if each.step else None) for each in found]


def test_replies__a_clause_of_the_act_itself(harbour: Held) -> None:
    assert told(harbour, "harbour-oil") == [("h-oil", "harbour-oil", None)]


def test_replies__through_the_nearest_more_general_act_that_has_a_clause(harbour: Held) -> None:
    assert told(harbour, "harbour-music") == [("h-noise-feast", "harbour-noise", None)]


def test_replies__an_exception_stands_in_place_of_what_it_is_an_exception_to(harbour: Held) -> None:
    assert told(harbour, "harbour-noise") == [("h-noise-feast", "harbour-noise", None)]


def test_replies__a_ladder_with_every_step(harbour: Held) -> None:
    expected = [(f"h-moor-{n}", "harbour-mooring", n) for n in (1, 2, 3)]
    assert told(harbour, "harbour-mooring") == expected


def test_replies__none_where_the_act_is_not_covered(harbour: Held) -> None:
    assert told(harbour, "littering") == []


def test_library__has_what_ships_and_further_ones_once() -> None:
    path = str(GOOD / "harbour")
    books = library((path, path, "suining-2010"))
    assert [held.reference for held in books] == [*shipped(), path]
    assert "harbour-noise" in known_acts(books)
    assert "harbour-noise" not in known_acts(library())


def test_n_answering__agrees_with_the_replies_for_every_act() -> None:
    books = library((str(GOOD / "harbour"), str(GOOD / "small")))
    for name, (act, acts) in known_acts(books).items():
        assert n_answering(books, name, acts) == sum(any(replies(held, act.id, acts)) for held in books), name


@pytest.mark.parametrize(
    ("word", "way_out"),
    [
        ("late-utility-bil", "Did you mean 'late-utility-bill'?"),
        ("warning", "The word is in: party-serious-warning"),
        ("zzz", "--about WORD"),
    ],
)
def test_find_act__leads_from_a_wrong_word_to_an_act(word: str, way_out: str) -> None:
    known = known_acts(library())
    few = {name: known[name] for name in ("littering", "late-utility-bill", "party-serious-warning")}
    with pytest.raises(UsageError) as problem:
        find_act(word, few)
    assert way_out in str(problem.value)


@pytest.mark.parametrize(
    ("name", "brought"),
    [
        ("h-papers", ["no-berth", "boat-held"]),
        ("h-dumping", ["no-berth"]),
        ("h-noise", []),
        ("h-rescue", ["free-ferry"]),
    ],
)
def test_measures_after__come_by_clause_list_and_grade(harbour: Held, name: str, brought: list[str]) -> None:
    clause = next(each for each in harbour.book.clauses if each.id == name)
    assert [measure.id for measure in measures_after(harbour.book, clause)] == brought
