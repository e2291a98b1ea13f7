"""The act catalogue and the shipped rulebooks fit each other."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest

from glasstown.language.acts import Act, ActCatalogue
from glasstown.language.load import load_acts, load_rulebook, shipped
from glasstown.language.model import Rulebook
from glasstown.language.resolve import answering, entries_for_act

PERSON_CLASSES = tuple(f"c{n}" for n in range(12))
FIRM_CLASSES = tuple(f"k{n}" for n in range(7))
DRAWN_BY_NOBODY = ("customs-certification",)
"""acts that no firm draws: whether one seeks the certificate is in no source"""
OWN_CLASSES = ("k7",)
"""classes that the model's text does not have: good deeds of firms, which a rulebook rewards"""


@pytest.fixture(scope="module")
def catalogue() -> ActCatalogue:
    return load_acts()


@pytest.fixture(scope="module", params=shipped())
def book(request: pytest.FixtureRequest) -> Rulebook:
    return load_rulebook(request.param)


def test_classes__are_those_of_the_model_in_its_order(catalogue: ActCatalogue) -> None:
    assert tuple(c.id for c in catalogue.classes) == PERSON_CLASSES + FIRM_CLASSES + OWN_CLASSES


def test_lawful_expression__is_c7_and_nothing_else(catalogue: ActCatalogue) -> None:
    assert [c.id for c in catalogue.classes if c.tone == "lawful expression"] == ["c7"]
    petitions = [act for act in catalogue.acts if "petition" in act.id]
    assert {act.class_ for act in petitions} == {"c7"}


def test_shares__sum_to_at_most_one_in_each_class(catalogue: ActCatalogue) -> None:
    total: dict[str, Decimal] = defaultdict(Decimal)
    for act in catalogue.acts:
        total[act.class_] += act.share
    assert {name: share for name, share in total.items() if share > 1} == {}


def test_ids__are_given_once_and_name_what_exists(catalogue: ActCatalogue) -> None:
    ids, roles = catalogue.ids(), [role.id for role in catalogue.roles]
    assert len(ids) == len(set(ids)) < 220
    assert len(roles) == len(set(roles))
    assert {act.is_a for act in catalogue.acts} - {None} <= set(ids)
    assert {act.role for act in catalogue.acts} - {None} <= set(roles)


def test_kinds_of_an_act__stand_below_it_without_a_circle(catalogue: ActCatalogue) -> None:
    for act in catalogue.acts:
        line = catalogue.lineage(act.id)
        assert catalogue.act(line[-1]).is_a is None, act.id
        assert {catalogue.kind_of(catalogue.act(above)) for above in line} == {catalogue.kind_of(act)}, act.id


def test_every_clause__can_fire_on_an_act_that_somebody_does(book: Rulebook, catalogue: ActCatalogue) -> None:
    """A clause that names no act answers to a record of its own name: what an office, a court or a status enters."""
    done = [act for act in catalogue.acts if act.share > 0]
    named = [clause for clause in book.clauses if clause.act is not None and clause.act not in DRAWN_BY_NOBODY]
    assert [clause.id for clause in named if not any(answers(act, clause.act, catalogue) for act in done)] == []


def answers(act: Act, named: str | None, catalogue: ActCatalogue) -> bool:
    """Say whether the act is the named one or a kind of it."""
    return named in catalogue.lineage(act.id)


def test_every_act__leads_to_one_clause_at_most(book: Rulebook, catalogue: ActCatalogue) -> None:
    bands = [clause.amount for clause in book.clauses if clause.amount is not None]
    for amount in {None, *(edge for band in bands for edge in (band.from_, band.below))}:
        answers_to = answering(book, amount)
        for act in catalogue.acts:
            assert len(entries_for_act(answers_to, catalogue, act.id)) <= 1, (act.id, amount)


def test_every_act__is_open_to_those_whom_its_clause_is_about(book: Rulebook, catalogue: ActCatalogue) -> None:
    for clause in book.clauses:
        if clause.act is None:
            continue
        act = catalogue.act(clause.act)
        assert catalogue.kind_of(act) == clause.applies_to.kind, clause.id
        assert clause.applies_to.role in (None, act.role), clause.id


def test_a_clause_that_repeats__answers_to_an_act_that_lasts(book: Rulebook, catalogue: ActCatalogue) -> None:
    for clause in book.clauses:
        if clause.repeats is not None and clause.act is not None:
            assert catalogue.act(clause.act).spell is not None, clause.id
