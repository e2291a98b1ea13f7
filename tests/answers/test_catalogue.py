"""The generated catalogue, and blocks as Markdown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from glasstown.answers import brief, catalogue
from glasstown.language.load import load_rulebook, shipped
from glasstown.language.model import Cite, Clause, DatedPoints, PointsDated, Rulebook
from glasstown.render.blocks import Grid, Heading, Item, Paragraph, Verbatim
from glasstown.render.markdown import as_markdown, escaped

BOOKS = [load_rulebook(each) for each in shipped()]
PAGES = catalogue.pages(BOOKS)


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.id)
def test_page__has_every_clause_list_measure_and_source(book: Rulebook) -> None:
    page = PAGES[f"{book.id}.md"]
    parts = (book.clauses, book.grades, book.lists, book.measures, book.publicity, book.redress, book.process)
    for part in (*parts, book.observations, book.procedures):
        for each in part:
            assert f"- **{escaped(each.id)}** " in page, each.id
    for source in book.sources:
        assert f"- **{escaped(source.key)}** " in page
    for variant in book.variants:
        assert f"**@{escaped(variant.id)}**" in page
    for question in book.open_questions:
        assert escaped(question) in page


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.id)
def test_page__every_gap_is_named(book: Rulebook) -> None:
    gaps = catalogue.gaps(book)
    unknown = [clause.id for clause in book.clauses if clause.points == "unknown"]
    assert set(unknown) <= set(gaps["points of clauses"].split(", "))
    head = PAGES[f"{book.id}.md"].split("## The scheme")[0]
    assert [name for name, words in gaps.items() if words and f"- **{name}** {escaped(words)}" not in head] == []


def test_index__has_one_row_for_each_with_a_link_to_its_page() -> None:
    rows = [line for line in PAGES["README.md"].splitlines() if line.startswith("| [")]
    assert [line.split("](")[0].removeprefix("| [") for line in rows] == list(shipped())
    assert all(f"({book.id}.md)" in line for book, line in zip(BOOKS, rows, strict=True))
    assert {line.count(" | ") for line in rows} == {13}


def test_markdown__escapes_what_would_be_markup_and_links_addresses() -> None:
    assert escaped("a_b *c* [d](e) <f> | g\nh") == r"a\_b \*c\* \[d\](e) \<f\> \| g h"
    assert escaped("https://example.org/a_b") == "<https://example.org/a_b>"


def test_markdown__parts_lists_from_what_follows() -> None:
    blocks = [Heading("T", 1), Item("a", "b", ("c",), ("d",)), Item("e", "f"), Paragraph("g"), Verbatim("h\n")]
    expected = "# T\n\n- **a** b\n  - c\n  - d\n- **e** f\n\ng\n\n```text\nh\n```\n\n"
    assert as_markdown(blocks) == expected


def test_markdown__table_has_its_alignment() -> None:
    grid = Grid(("a", "b"), (("1", "x|y"),), frozenset({0}))
    assert as_markdown([grid]) == "| a | b |\n|--:|---|\n| 1 | x\\|y |\n\n"


def test_brief__dated_points_are_those_of_the_day_or_all() -> None:
    from datetime import date

    entries = [{"until": date(2018, 1, 1), "value": Decimal(-5)}, {"from": date(2019, 1, 1), "value": "unknown"}]
    dated = PointsDated(dated=tuple(DatedPoints.model_validate(each) for each in entries))
    cite = Cite(source="s", at="p. 1", evidence="invented")
    clause = Clause(id="c", label="c", direction="deduct", points=dated, cite=cite)
    assert brief.points(clause) == "−5 until 2018-01-01; unknown from 2019-01-01"
    days = (date(2017, 12, 31), date(2018, 6, 1), date(2019, 1, 1))
    assert [brief.points(clause, day) for day in days] == ["−5", "–", "unknown"]
