"""What a page says of a town or a life leaves zeros out, adds up, names lists by their labels, and says what a citation is for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from glasstown.answers.brief import first_record
from glasstown.answers.case import tell
from glasstown.archive.library import hold
from glasstown.language.load import load_rulebook
from glasstown.render import case_words, findings, got_and_cost, life_sums, terminal, words
from glasstown.render.summary import summarise
from tests import towns


def told_of(folder: Path, cells: list[towns.Cell], book: str) -> str:
    people: list[towns.Cell] = [
        ("person", "fifth-1", "people", "scored", lambda n: 10),
        ("person", "fifth-1", "people", "all", lambda n: 10),
        ("person", "fifth-1", "score_sum", "score", lambda n: 10_000),
    ]
    folder = towns.make_town(folder, book, people + cells, months=1, firms=5)
    return " ".join(summarise(folder).text().split())


def booked(account: str, kind: str = "person", **items: int) -> list[towns.Cell]:
    group = "fifth-1" if kind == "person" else "micro"
    return [
        (kind, group, account, item.replace("_", " "), lambda n, number=number: number)  # type: ignore[misc]
        for item, number in items.items()
    ]


@pytest.mark.parametrize(
    ("verb", "done", "seen", "said"),
    [
        ("committed", 20, 3, ["committed 20 offences, of which 3 were found out"]),
        ("committed", 20, 1, ["committed 20 offences, of which 1 was found out"]),
        ("committed", 20, 0, ["committed 20 offences, of which none was found out"]),
        ("committed", 1, 1, ["committed 1 offence, which was found out"]),
        ("committed", 1, 0, ["committed 1 offence, which was not found out"]),
        ("committed", 0, 94, []),
    ],
)
def test_what_was_done__is_told_without_zeros(verb: str, done: int, seen: int, said: list[str]) -> None:
    assert list(got_and_cost._deeds(verb, "offence", done, seen, "found out")) == said


@pytest.mark.parametrize(
    ("objected", "granted", "averted", "said"),
    [
        (1, 0, 0, "it was refused"),
        (1, 1, 1, "it was granted, before the record was made"),
        (5, 0, 0, "all were refused"),
        (5, 5, 0, "all were granted, after the record was made"),
        (16, 1, 0, "15 were refused and 1 was granted, after the record was made"),
        (16, 7, 5, "9 were refused and 7 were granted, 5 before the record was made and 2 after the record was made"),
    ],
)
def test_objections__are_told_in_parts_that_add_up(objected: int, granted: int, averted: int, said: str) -> None:
    assert got_and_cost._decided(objected, granted, averted) == said


@pytest.mark.parametrize(
    ("back", "off", "owed", "said"),
    [
        (5, 3, 2, "Creditors recovered 5 yuan and wrote off 3; 2 yuan are still owed at the end."),
        (0, 0, 7, "Creditors recovered nothing; 7 yuan are still owed at the end."),
        (0, 3, 0, "Creditors recovered nothing and wrote off 3 yuan; nothing is owed at the end."),
    ],
)
def test_money__is_told_without_zeros(back: int, off: int, owed: int, said: str) -> None:
    assert got_and_cost._yuan(back, "", off, owed) == said


def test_wrong_records_of_two_kinds__are_told_apart(tmp_path: Path) -> None:
    cells = booked("truth", right=86, duplicate=10) + booked("truth", "firm", right=10, duplicate=1)
    cells += booked("people", "firm", scored=5, all=5)
    text = told_of(tmp_path / "run", cells, "cn-court-list-2017")
    assert "11 records of 107 (10.3 %; 10 of 96 of people and 1 of 11 of firms) are wrong" in text


def test_no_clause_applied__speaks_of_scores_only_where_they_are_kept() -> None:
    assert "score" not in findings.nothing_applied(load_rulebook("cn-court-list-2017"))
    assert "no score moved" in findings.nothing_applied(load_rulebook("suining-2010"))


@pytest.mark.parametrize(("shown", "said"), [("0.0", "0"), ("0", "0"), ("0.1", "0.1"), ("−0.0", "0"), ("10.0", "10.0")])
def test_nothing__is_0_without_places(shown: str, said: str) -> None:
    assert words.without_idle_places(shown) == said


LABELS = {"spc_dishonest": "the dishonest"}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("open only to those on list spc_dishonest, so", "open only to those on the list 'the dishonest', so"),
        ("Its entry on list spc_dishonest has a term", "Its entry on the list 'the dishonest' has a term"),
        ("the list 'spc_dishonest' begins", "the list 'spc_dishonest' begins"),
        ("on list spc_dishonest_2, so", "on list spc_dishonest_2, so"),
    ],
)
def test_lists__are_told_by_their_labels(told: str, said: str) -> None:
    assert case_words.with_labels(told, LABELS) == said


def test_flags_of_several_lists__are_told_together_by_their_labels() -> None:
    book = load_rulebook("cn-court-list-2017")
    flags = [f"list {each.id}: how long an entry lasts is unknown" for each in book.lists]
    (said,) = life_sums.flags_together(flags, book)
    assert said.startswith(f"{len(flags)} lists ('{book.lists[0].label}'")
    assert life_sums.flags_together(flags[:1], book) == [
        f"The list '{book.lists[0].label}': how long an entry lasts is unknown."
    ]


def test_case__names_lists_by_labels_and_says_what_each_citation_is_for() -> None:
    told = tell("cn-court-list-2017", "able-and-performs")
    text = " ".join(terminal.lines(told.blocks(), 1000))
    ids = [each.id for each in told.book.lists]
    assert [name for name in ids if name in text] == []
    listings = [line for line in told.account.ledger if line.phase == "listing"]
    assert listings
    for line in listings:
        (said,) = told.source(line)
        assert "its ground; the list: Articles" in said
    assert told.source(replace(listings[0], phase="record")) == (listings[0].source,)


def test_first_record__names_the_list() -> None:
    held = hold("cn-court-list-2017")
    first = first_record(held, next(each for each in held.book.clauses if each.id == "C1"), None)
    assert first is not None
    assert first.words == "a first record: on the list 'order against high spending'"
