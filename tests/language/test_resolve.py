"""Which clause answers to an act (docs/the-day.md, rule 3.1), and the bounds of unknown points."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from glasstown.errors import RulebookError
from glasstown.language.acts import ActCatalogue
from glasstown.language.check import check_rulebook
from glasstown.language.load import load_acts, load_rulebook
from glasstown.language.model import Clause, Rulebook
from glasstown.language.resolve import ClauseEntry, LadderEntry, entries_for_act, entry_for_act, with_unknown

GOOD = Path(__file__).resolve().parents[1] / "rulebooks" / "good"


@pytest.fixture(scope="module")
def acts() -> ActCatalogue:
    return load_acts(GOOD / "harbour" / "acts.yaml")


@pytest.fixture(scope="module")
def harbour() -> Rulebook:
    return load_rulebook(str(GOOD / "harbour"))


@pytest.fixture(scope="module")
def small() -> Rulebook:
    return load_rulebook(str(GOOD / "small"))


def answer(book: Rulebook, acts: ActCatalogue, act: str) -> str | None:
    entry = entry_for_act(book, acts, act)
    if isinstance(entry, LadderEntry):
        return f"ladder {book.ladders[entry.ladder_index].id}"
    return book.clauses[entry.clause_index].id if isinstance(entry, ClauseEntry) else None


def changed(book: Rulebook, clause_id: str, **update: object) -> Rulebook:
    clauses = [each.model_copy(update=update) if each.id == clause_id else each for each in book.clauses]
    return book.model_copy(update={"clauses": tuple(clauses)})


def clause_of(book: Rulebook, clause_id: str) -> Clause:
    return next(clause for clause in book.clauses if clause.id == clause_id)


def test_act_with_its_own_clause__goes_there(small: Rulebook, acts: ActCatalogue) -> None:
    assert answer(small, acts, "speeding") == "speed"
    assert answer(small, acts, "traffic-offence") == "traffic"


def test_act_without_a_clause__goes_to_that_of_the_more_general_act(small: Rulebook, acts: ActCatalogue) -> None:
    assert answer(small, acts, "illegal-parking") == "traffic"


def test_act_that_no_clause_covers__has_no_entry(small: Rulebook, acts: ActCatalogue) -> None:
    assert answer(small, acts, "fare-dodging") is None


def test_nearest_act_with_clauses__decides_alone(harbour: Rulebook, acts: ActCatalogue) -> None:
    assert answer(harbour, acts, "harbour-oil") == "h-oil"
    assert answer(harbour, acts, "harbour-offence") == "h-offence"


def test_clause_with_an_exception__gives_way_to_it(harbour: Rulebook, acts: ActCatalogue) -> None:
    assert answer(harbour, acts, "harbour-noise") == "h-noise-feast"
    assert answer(harbour, acts, "harbour-music") == "h-noise-feast"


def test_steps_of_a_ladder__count_as_one_at_the_place_of_the_first(harbour: Rulebook, acts: ActCatalogue) -> None:
    entry = entry_for_act(harbour, acts, "harbour-mooring")
    assert entry == LadderEntry(0, order=[clause.id for clause in harbour.clauses].index("h-moor-1"))


def test_exception_to_a_step__takes_the_place_of_the_ladder(harbour: Rulebook, acts: ActCatalogue) -> None:
    book = changed(harbour, "h-oil", act="harbour-mooring", exception_to="h-moor-2")
    assert answer(book, acts, "harbour-mooring") == "h-oil"


def test_chain_of_exceptions__leaves_the_last(small: Rulebook, acts: ActCatalogue) -> None:
    book = changed(changed(small, "litter", act="speeding", exception_to="speed"), "traffic", act="speeding")
    book = changed(book, "speed", exception_to="traffic")
    assert answer(book, acts, "speeding") == "litter"


def test_two_clauses_alike__are_both_left(small: Rulebook, acts: ActCatalogue) -> None:
    assert len(entries_for_act(changed(small, "litter", act="speeding"), acts, "speeding")) == 2


def test_circle_of_exceptions__leaves_none(small: Rulebook, acts: ActCatalogue) -> None:
    book = changed(small, "litter", act="speeding", exception_to="speed")
    assert entries_for_act(changed(book, "speed", exception_to="litter"), acts, "speeding") == ()


def test_unknown_points__take_the_clauses_own_bounds_first(harbour: Rulebook) -> None:
    assert clause_of(with_unknown(harbour, "low"), "h-petition").points == -1
    assert clause_of(with_unknown(harbour, "high"), "h-petition").points == -20


def test_unknown_points_without_bounds__take_those_of_their_category(harbour: Rulebook) -> None:
    """Category 'quay' has 0.5, 2.5, 5, 10 and the range 20 to 40; oil's 60 stands in another."""
    low, high = (clause_of(with_unknown(harbour, mode), "h-offence") for mode in ("low", "high"))
    assert (low.points, high.points) == (Decimal("-0.5"), Decimal(-40))
    assert low.cite.evidence == high.cite.evidence == "assumed"
    assert "category 'quay'" in str(low.cite.note)


def test_unknown_points_alone_in_their_category__take_those_of_their_direction(harbour: Rulebook) -> None:
    book = changed(harbour, "h-offence", category="alone")
    assert clause_of(with_unknown(book, "high"), "h-offence").points == -60
    book = changed(harbour, "h-rescue", points="unknown", category=None)
    assert clause_of(with_unknown(book, "low"), "h-rescue").points == Decimal("0.5")


def test_known_points__stay_as_they_are(harbour: Rulebook) -> None:
    before = {clause.id: clause for clause in harbour.clauses if clause.points != "unknown"}
    after = {clause.id: clause for clause in with_unknown(harbour, "high").clauses}
    assert all(after[name] is clause for name, clause in before.items())


def test_unknown_points_without_any_known_ones__are_an_error(small: Rulebook) -> None:
    with pytest.raises(RulebookError, match="if_unknown"):
        with_unknown(changed(small, "help", points="unknown"), "low")


@pytest.mark.parametrize("mode", ["low", "high"])
def test_rulebook_at_its_bounds__is_still_sound(mode: str, harbour: Rulebook, acts: ActCatalogue) -> None:
    assert check_rulebook(with_unknown(harbour, mode), acts) == []  # type: ignore[arg-type]
