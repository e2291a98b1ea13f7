"""Nothing of the record was dropped in silence: each id of the fact files stands in a rulebook that ships.

`tests/data/facts_ids.json` names for each scheme its clauses, and for each list, measure, rating and step of redress the
rulebook and the part of it that carries it.  A rating is carried by its grades, or by what was counted of it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from glasstown.language.load import load_rulebook
from glasstown.language.model import Rulebook

FACTS: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "facts_ids.json").read_text(encoding="utf-8")
)
EXPECTED = {"schemes": 43, "lists": 17, "measures": 90, "ratings": 9, "redress": 38}
"""how many of each the fact files have"""

N_CLAUSES = 187
"""clauses of local schemes: 185 that the fact files give an id, and two of Suining that came with the review of them"""

CARRIED = [(kind, name) for kind in ("lists", "measures", "ratings", "redress") for name in FACTS[kind]]


@cache
def book_of(name: str) -> Rulebook:
    """Return a rulebook that ships, in its default reading."""
    return load_rulebook(name)


def ids_in(book: Rulebook, part: str) -> set[str]:
    """Return the ids of the statements of one part of a rulebook."""
    return {each.id for each in getattr(book, part)}


def test_list_of_ids__is_as_long_as_the_record() -> None:
    assert {kind: len(entries) for kind, entries in FACTS.items()} == EXPECTED
    assert sum(len(clauses) for clauses in FACTS["schemes"].values()) == N_CLAUSES


@pytest.mark.parametrize("name", FACTS["schemes"])
def test_scheme__has_a_rulebook_with_its_clauses(name: str) -> None:
    book = book_of(name)
    assert book.id == name
    assert set(FACTS["schemes"][name]) - ids_in(book, "clauses") == set()


@pytest.mark.parametrize(("kind", "name"), CARRIED)
def test_national_entry__stands_in_its_rulebook(kind: str, name: str) -> None:
    entry = FACTS[kind][name]
    assert set(entry.get("ids", [name])) - ids_in(book_of(entry["book"]), entry["part"]) == set()
