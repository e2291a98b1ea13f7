"""What of a rulebook's redress a town lives by, as `check` tells it."""

from __future__ import annotations

from typing import Any

import pytest

from glasstown.answers.check import examine
from glasstown.compiler.redress import Statement, objection_of, redress_in_towns
from glasstown.language.load import load_rulebook, shipped
from golden.harness import book_from

CITE = {"source": "s", "at": "article 1", "evidence": "invented"}
CLAUSE = {"id": "a", "direction": "deduct", "points": -5}


def said(**parts: Any) -> dict[str, Statement]:
    """Return the statements of a rulebook with one clause, by key."""
    return {each.key: each for each in redress_in_towns(book_from("x", {"clauses": [CLAUSE], **parts}))}


def test_rule__is_lived_by_and_what_it_leaves_open_is_a_parameter() -> None:
    rule = {"answered_within": {"days": 15}, "stays": "unknown", "cite": CITE}
    found = said(objection=rule)
    assert found["answered_within"].standing == "lived"
    assert "after 15 days" in found["answered_within"].words
    assert {key: each.standing for key, each in found.items() if each.standing == "parameter"} == {
        "corrected_within": "parameter", "stays": "parameter"
    }  # fmt: skip
    assert found["stays"].parameters == ("objection.stays",)


def test_no_rule__leaves_the_parameters() -> None:
    found = said()["rule"]
    assert (found.standing, found.subject) == ("parameter", "objection of records")
    assert found.parameters == ("objection.share", "objection.months", "objection.stays")


@pytest.mark.parametrize("name", shipped())
def test_every_statement_of_a_shipped_rulebook__is_told_of(name: str) -> None:
    book = load_rulebook(name)
    found = redress_in_towns(book)
    assert [each.subject for each in found if each.standing == "words"] == [each.id for each in book.redress]
    rules = [rule for rule in (book.objection, *(each.objection for each in book.lists)) if rule is not None]
    stated = sum(
        key in rule.model_fields_set for rule in rules for key in ("answered_within", "review_within", "reviewer")
    )
    keys = ("answered_within", "review_within", "reviewer")
    lived = [each for each in found if each.standing == "lived" and each.key in keys and "nobody" not in each.words]
    assert len(lived) >= stated


def test_rule_of_a_record__is_the_list_s_before_the_rulebook_s() -> None:
    book = load_rulebook("cn-court-list-2017")
    found = {clause.id: objection_of(book, clause) for clause in book.clauses}
    assert found["E1"] is not None
    assert found["C1"] is None


def test_check__says_what_a_town_lives_by() -> None:
    told = examine("cn-court-list-2017")
    assert {each.standing for each in told.redress} == {"lived", "parameter", "words"}
