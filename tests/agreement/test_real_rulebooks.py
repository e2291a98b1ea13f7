"""The two readings agree on the shipped rulebooks and all their variants: worked cases, and random lives."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings

from agreement.both import Example, disagreements
from agreement.choices import Choices, choices
from agreement.lives import life_under
from glasstown.cases.case import load_cases
from glasstown.language.acts import ActCatalogue
from glasstown.language.load import load_acts, load_rulebook, shipped
from glasstown.language.model import Rulebook
from glasstown.ledger import Life
from glasstown.paths import rulebook_folder
from longer import few
from rulebooks.worked import worked

SHORT, WHOLE = 12, 40
"""random lives of each reading"""
acts = cache(load_acts)


def readings() -> list[str]:
    """Return every shipped rulebook with a clause to record, and every variant of it, as ID or ID@VARIANT."""
    books = [(name, load_rulebook(name)) for name in shipped()]
    recorded = [(name, book) for name, book in books if book.clauses]
    return [ref for name, book in recorded for ref in (name, *(f"{name}@{variant.id}" for variant in book.variants))]


def is_for_the_engine(life: Life) -> bool:
    """Return whether the engine has words for a life: no part of an hour, no hearing (cases alone)."""
    heard = {decision.procedure for decision in life.decisions} & {"object", "decide", "end"}
    return not heard and all(each.amount is None or each.amount % 1 == 0 for each in life.records)


@pytest.mark.parametrize("name", worked())
def test_worked_cases__are_told_alike(name: str) -> None:
    cases = load_cases(rulebook_folder() / name)
    told = [(case.file, disagreements(book, acts(), case.life)) for book, case in cases if is_for_the_engine(case.life)]
    assert told
    assert [each for each in told if each[1]] == []


@pytest.mark.parametrize("examples", few([SHORT, WHOLE], [SHORT]))
@pytest.mark.parametrize("reference", readings())
def test_random_lives__are_told_alike(reference: str, examples: int) -> None:
    book = load_rulebook(reference)

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(choices().map(lambda drawn: _example(drawn, book, acts())))
    def are_told_alike(example: Example) -> None:
        assert disagreements(example.book, example.acts, example.life) == []

    are_told_alike()


def _example(drawn: Choices, book: Rulebook, catalogue: ActCatalogue) -> Example:
    """Return a life under a shipped rulebook; its book is kept out of the shrinking."""
    return Example(book, catalogue, life_under(drawn, book, catalogue))
