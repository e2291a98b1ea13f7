"""How far clauses and rulebooks can be executed, whether a scheme only rewards, and what its evidence is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from glasstown.archive.extent import (
    Halves,
    clause_extent,
    count_clauses,
    count_lists,
    count_measures,
    count_redress,
    evidence_counts,
    extent_of,
    only_rewards,
)
from glasstown.language.days import covers, holds_on, years
from glasstown.language.load import load_rulebook, shipped
from glasstown.language.model import (
    Cite,
    Clause,
    DatedPoints,
    Enters,
    Measure,
    Period,
    PointsDated,
    PointsRange,
    Rulebook,
)

GOOD = Path(__file__).resolve().parents[1] / "rulebooks" / "good"
CITE = Cite(source="s", at="p. 1", evidence="invented")
UNKNOWN_RANGE = PointsRange(least="unknown", most="unknown")
HALF_KNOWN_RANGE = PointsRange(least="unknown", most=Decimal(-20))


def clause(**changes: object) -> Clause:
    """Return a clause with these keys."""
    return Clause.model_validate({"id": "c", "label": "c", "direction": "deduct", "cite": CITE, **changes})


@pytest.fixture(scope="module")
def small() -> Rulebook:
    return load_rulebook(str(GOOD / "small"))


def changed(book: Rulebook, **changes: object) -> Rulebook:
    """Return the rulebook with some of its parts replaced."""
    return book.model_copy(update=changes)


@pytest.mark.parametrize(
    ("changes", "extent"),
    [
        ({"points": Decimal(-5)}, "executable"),
        ({"points": HALF_KNOWN_RANGE}, "executable"),
        ({"points": UNKNOWN_RANGE}, "unknown"),
        ({"points": PointsDated(dated=(DatedPoints(value="unknown"),))}, "unknown"),
        ({"points": PointsDated(dated=(DatedPoints(value="unknown"), DatedPoints(value=Decimal(-1))))}, "executable"),
        ({"points": "unknown"}, "unknown"),
        ({"points": "unknown", "enters": Enters(list="black")}, "executable"),
        ({"points": "unknown", "fine": 50}, "executable"),
        ({"points": "unknown", "effect": "the boat is taken"}, "unknown"),
        ({"fine": "unknown"}, "unknown"),
        ({"effect": "the boat is taken"}, "shown"),
    ],
)
def test_clause_extent__is_what_the_clause_does_by_rule(changes: dict[str, object], extent: str) -> None:
    assert clause_extent(clause(**changes)) == extent


def test_count_clauses__sums_to_all_and_counts_unknown_points_apart(small: Rulebook) -> None:
    more = (clause(points="unknown", enters=Enters(list="black")), clause(points="unknown"), clause(effect="a word"))
    counts = count_clauses(changed(small, clauses=small.clauses + more))
    assert (counts.executable, counts.unknown, counts.shown, counts.points_unknown) == (5, 1, 1, 2)
    assert counts.all == 7


def test_extent__of_a_whole_scheme_is_runnable(small: Rulebook) -> None:
    assert extent_of(small).extent == "runnable"
    assert extent_of(small).because == ()


def test_extent__without_an_executable_clause_is_a_record_card(small: Rulebook) -> None:
    for clauses in ((), (clause(points="unknown"),), (clause(effect="a word"),)):
        assert extent_of(changed(small, clauses=clauses)).extent == "record card"


def test_extent__each_reason_alone_keeps_it_from_being_runnable(small: Rulebook) -> None:
    base = small.score.base.model_copy(update={"value": "unknown"})
    grades = tuple(grade.model_copy(update={"from_": "unknown"}) for grade in small.grades)
    less = {
        "start": changed(small, score=small.score.model_copy(update={"base": base})),
        "half": changed(small, clauses=(small.clauses[0], clause(points="unknown"), clause(effect="a word"))),
        "grade": changed(small, grades=grades, lists=()),
    }
    for word, book in less.items():
        told = extent_of(book)
        assert told.extent == "runnable in part"
        assert len(told.because) == 1
        assert word in told.because[0]


def test_extent__half_of_the_clauses_is_enough(small: Rulebook) -> None:
    assert extent_of(changed(small, clauses=(small.clauses[0], clause(points="unknown")))).extent == "runnable"


def test_extent__a_list_that_a_clause_enters_can_be_reached(small: Rulebook) -> None:
    bare = small.lists[0].model_copy(update={"entry": type(small.lists[0].entry)()})
    without = changed(small, grades=(), lists=(bare,))
    assert extent_of(without).extent == "runnable in part"
    entering = clause(enters=Enters(list="black"))
    assert extent_of(changed(without, clauses=(*small.clauses, entering))).extent == "runnable"


def test_only_rewards__needs_something_that_gives_and_nothing_that_takes(small: Rulebook) -> None:
    giving = [each for each in small.clauses if each.direction == "reward"]
    kind = changed(small, clauses=tuple(giving), measures=(), lists=())
    reward = Measure(id="m", label="m", kind="reward", when="unknown", cite=CITE)
    restrict = reward.model_copy(update={"kind": "restrict"})
    assert only_rewards(kind)
    assert only_rewards(changed(kind, clauses=(), measures=(reward,)))
    assert not only_rewards(changed(kind, clauses=()))
    assert not only_rewards(changed(kind, measures=(restrict,)))
    assert not only_rewards(changed(kind, lists=small.lists))
    assert not only_rewards(changed(kind, clauses=(*giving, clause(points="unknown"))))


@pytest.mark.parametrize("name", shipped())
def test_evidence_counts__name_every_kind_and_sum_to_the_statements(name: str) -> None:
    book = load_rulebook(name)
    counts = evidence_counts(book)
    assert list(counts) == ["official", "reported", "recalled", "assumed", "fitted", "invented"]
    assert sum(counts.values()) >= len(book.clauses) + len(book.measures) + len(book.grades)
    assert counts["invented"] == 0 or book.status == "invented"


@pytest.mark.parametrize(
    ("until", "day", "holds", "words"),
    [
        (None, date(2019, 12, 31), "no", "2020–now"),
        (None, date(2020, 1, 1), "yes", "2020–now"),
        (date(2021, 5, 1), date(2021, 4, 30), "yes", "2020–2021"),
        (date(2021, 5, 1), date(2021, 5, 1), "no", "2020–2021"),
        ("unknown", date(2030, 1, 1), "unknown", "2020–unknown"),
    ],
)
def test_holds_on__counts_the_first_day_and_not_the_last(
    small: Rulebook, until: object, day: date, holds: str, words: str
) -> None:
    book = changed(small, in_force=small.in_force.model_copy(update={"until": until}))
    assert holds_on(book, day) == holds
    assert years(book) == words


def test_covers__an_open_end_does_not_bind() -> None:
    first, last = date(2020, 1, 1), date(2021, 1, 1)
    period = Period.model_validate({"from": first, "until": last})
    assert [covers(period, day) for day in (date(2019, 12, 31), first, date(2020, 12, 31), last)] == [
        *(False, True, True, False)
    ]
    assert covers(Period.model_validate({"until": last}), date.min)
    assert covers(None, first)
    assert covers(period, None)


def test_counts__tell_what_of_lists_measures_and_redress_can_be_executed() -> None:
    court, samr = load_rulebook("cn-court-list-2017"), load_rulebook("cn-penalty-list-2021")
    assert (count_lists(court), count_measures(court), count_redress(court)) == (
        Halves(2, 0),
        Halves(47, 0),
        Halves(3, 16),
    )
    assert count_measures(samr) == Halves(18, 5)
    assert count_lists(load_rulebook("putian-petition")) == Halves(0, 1)  # its term is unknown
