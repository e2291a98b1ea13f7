"""How many entries a year a list has by the model's own equations, where they are too few for a town to be lived."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from glasstown.engine.tables.deterrence import answered
from glasstown.engine.tables.recording import recorded_share
from glasstown.language.acts import Act
from glasstown.language.load import load_place
from glasstown.population.composition import Composition
from verification.towns import PLACE, catalogue, compiled, numbers


def entries_a_year(rulebook: str, name: str, changes: Mapping[str, Decimal]) -> Decimal:
    """Return records that put somebody onto a list, per person and year: acts done, found out, written down and not lost (S4 to S7).

    Nobody has learnt anything yet, and nobody objects; acts that only some roles can do count as if all could.
    """
    rules, known = compiled(rulebook), numbers(changes)
    place = [rule.id for rule in rules.rulebook.lists].index(name)
    every = tuple(act for act in catalogue().acts if act.share > 0)
    answers = answered(rules, catalogue(), every, sign=-1)
    mine = [act for act in every if act.id in answers and rules.clauses[answers[act.id].clause].list == place]
    found = sum((_found(act, known) * recorded_share(act, rulebook, known, good=False) for act in mine), Decimal(0))
    return found * (1 - known["filing.lost"])


def _found(act: Act, known: Mapping[str, Decimal]) -> Decimal:
    """Return how many of an act are found out per person and year."""
    place = load_place(PLACE)
    people = Composition.of(place)
    act_class = next(each for each in catalogue().classes if each.id == act.class_)
    since = act_class.from_age.years if act_class.from_age else 0
    adults = sum(people.ages[max(since, 18) :], Decimal(0))
    seen = act.detected.urban * place.urban.value + act.detected.rural * (1 - place.urban.value)
    return 12 * known[f"hazard.{act.class_}"] * act.share * seen * adults
