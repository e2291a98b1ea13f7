"""Rulebooks by topic: states of cells, their sources, the table, and the page."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

import glasstown
from glasstown.answers.matrix import COLUMNS, Matrix, csv_of
from glasstown.answers.matrix_cells import MATRICES, spot_of
from glasstown.answers.rights import RIGHTS, rights_rows
from glasstown.archive.library import hold
from glasstown.cli import output
from glasstown.errors import UsageError
from glasstown.language.load import shipped
from glasstown.language.model import Section

SOME = ("cn-court-list-2017", "cn-henan-credit-2019", "cn-cadre-files-1991", "no-scheme", "suining-2010")


def laid_out(*references: str, kind: str = "rights", **files: Any) -> Matrix:
    """Return a matrix."""
    found = glasstown.compare_rules(*(references or SOME), matrix=kind, **files)
    assert isinstance(found, Matrix)
    return found


def states(answer: Matrix, topic: str) -> dict[str, str]:
    """Return the state of each rulebook's cell under a topic."""
    return {spot.held.reference: spot.state for spot in answer.spots() if spot.row.key == topic}


def test_rights__are_the_twelve() -> None:
    answer = laid_out()
    assert [row.key for row in answer.rows] == list(RIGHTS)
    assert len(RIGHTS) == 12


def test_states__tell_unread_silent_denied_and_said_apart() -> None:
    answer = laid_out()
    assert states(answer, "access") == dict(zip(SOME, ("unread", "says", "denies", "silent", "unread"), strict=True))
    assert states(answer, "stay")["cn-court-list-2017"] == "denies"


def test_section_that_is_reported_absent__is_absent() -> None:
    held = hold("no-scheme")
    sections = held.book.sections.model_copy(update={"redress": Section(read="reported absent")})
    absent = type(held)(held.reference, held.book.model_copy(update={"sections": sections}), held.acts)
    row = next(iter(rights_rows((absent,), None)))
    assert spot_of(absent, row, row.cells[0].statements, "redress").state == "absent"


def test_rule_of_objection__answers_in_the_cells_of_its_clocks() -> None:
    answer = laid_out("cn-court-list-2017")
    said = {spot.row.key: [each.text for each in spot.statements] for spot in answer.spots()}
    assert "an objection is answered within 15 days" in said["time-limits"]
    assert "a refusal is reviewed by next higher court" in said["review"]
    assert "corrected within 3 working days of the decision" in said["correction"]
    assert "minors are left out" in said["minors"]


@pytest.mark.parametrize("kind", MATRICES)
def test_every_statement__has_a_source_that_its_rulebook_lists(kind: str) -> None:
    answer = laid_out(*shipped(), kind=kind)
    n_said = 0
    for spot in answer.spots():
        assert bool(spot.statements) is (spot.state in ("says", "denies"))
        for each in spot.statements:
            assert each.cite is not None
            assert each.cite.source in {work.key for work in spot.held.book.sources}
            n_said += 1
    assert n_said > 100


def test_nothing_found_by_us__is_no_right() -> None:
    """That no rule on appeal turned up is said by us, and no answer of the rulebook."""
    texts = [each.text for spot in laid_out("suining-2010").spots() for each in spot.statements]
    assert "On paper the person is to be told" in " ".join(texts)
    assert "turned up" not in " ".join(texts)


def test_table__is_tidy() -> None:
    answer = laid_out()
    rows = list(csv.DictReader(io.StringIO(csv_of(answer))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(answer.columns()["says"]) >= len(RIGHTS) * len(SOME)
    (denied,) = [row for row in rows if row["topic"] == "access" and row["says"].startswith("Nobody may look")]
    assert (denied["state"], denied["source"], denied["seen"]) == ("denies", "files1991", "quoted")
    assert denied["work"]
    unread = next(row for row in rows if row["topic"] == "hearing" and row["rulebook"] == "suining-2010")
    assert (unread["state"], unread["says"], unread["source"]) == ("unread", "", "")
    assert unread["section"].startswith("a step of notice is reported")


def test_files__are_written_and_written_again_and_nothing_else_is_replaced(tmp_path: Path) -> None:
    table, page = tmp_path / "rights.csv", tmp_path / "rights.html"
    for _ in range(2):
        assert laid_out(csv=table, html=page).files == (table, page)
    assert table.read_text("utf-8") == csv_of(laid_out())
    theirs = tmp_path / "mine.csv"
    theirs.write_text("a,b\n", "utf-8")
    other = tmp_path / "new.html"
    with pytest.raises(UsageError, match="there already"):
        laid_out(csv=theirs, html=other)
    assert theirs.read_text("utf-8") == "a,b\n"
    assert not other.exists()
    with pytest.raises(UsageError, match="a folder that does not exist"):
        laid_out(html=tmp_path / "none" / "x.html")


@pytest.mark.parametrize(("kind", "n_sections"), [("rights", 14), ("acts", 3)])
def test_page__has_every_statement_its_source_and_a_label_for_narrow_screens(
    tmp_path: Path, kind: str, n_sections: int
) -> None:
    page = tmp_path / "page.html"
    answer = laid_out("cn-court-list-2017", "suining-2010", "rongcheng-2013", kind=kind, html=page)
    text = page.read_text("utf-8")
    assert text.count("<section ") == n_sections
    for spot in answer.spots():
        for each in spot.statements:
            assert html_of(each.text) in text
    assert 'data-label="suining-2010"' in text
    assert "@media (max-width:52rem)" in text
    assert "@media print" in text
    assert "http-equiv" in text


def html_of(text: str) -> str:
    """Return a text as a page has it."""
    from glasstown.render.words import escaped

    return escaped(text)


def test_long_matrices__have_no_overview_in_columns() -> None:
    assert laid_out(*shipped(), kind="acts").grid() is None
    grid = laid_out(*shipped()).grid()
    assert grid is not None
    assert len(grid[0]) == 13


def test_words__name_who_is_silent_and_who_was_not_read() -> None:
    told = output.rendered(laid_out("cn-henan-credit-2019", "cn-court-list-2017").blocks())
    assert "silent: cn-henan-credit-2019 (Articles 28, 31 and 40 to 42)" in told
    assert "Nobody" not in told


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"matrix": "duties"}, "one of rights, acts, measures"),
        ({"csv": "x.csv"}, "no matrix="),
        ({"matrix": "rights", "part": ("grades",)}, "part= grades beside it"),
        ({"matrix": "rights", "only_differences": True}, "only_differences= beside it"),
    ],
)
def test_requests_that_are_none__are_refused(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        glasstown.compare_rules("suining-2010", "no-scheme", **asked)


def test_rulebook_twice__is_refused() -> None:
    with pytest.raises(UsageError, match="twice"):
        laid_out("suining-2010", "suining-2010")
