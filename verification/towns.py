"""Small towns of people for measurement: no run folder, no firms, every parameter open to change.

A town here is a synthetic population like any other; only what it is measured for differs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

import numpy as np

from glasstown.compiler import compile_rulebook
from glasstown.compiler.tables import CompiledRules
from glasstown.engine.before import with_past
from glasstown.engine.sides import InForce, Layer, make_side
from glasstown.engine.tables.model import Conduct, make_conduct, numbers_of
from glasstown.engine.tables.practice import make_practice
from glasstown.engine.tables.shapes import I64
from glasstown.engine.tables.state import Residents
from glasstown.engine.town import Town
from glasstown.language.acts import ActCatalogue
from glasstown.language.load import load_acts, load_parameters, load_place, load_rulebook
from glasstown.population import BLOCK, Population
from glasstown.population.composition import Composition
from glasstown.population.tables import role_ids

PLACE = "china-2020"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to build.

    changes     parameters that differ from data/parameters.yaml
    everyone    role that every adult gets, in a town where everyone lives in town; None for the place as it is
    past        whether anything was before the first day; without, nobody is in debt's trouble and nothing is ever forgotten
    """

    rulebook: str
    people: int
    months: int
    start: date
    changes: Mapping[str, Decimal]
    seed: int = 1
    threads: int = 1
    shards: int = 8
    everyone: str | None = None
    past: bool = False


NOTHING_BEFORE = {"start.lived_months": Decimal(0), "adaptation_half_life": Decimal(0)}
"""What a closed form asks for that says nothing of a past."""


@cache
def catalogue() -> ActCatalogue:
    """Return the act catalogue, read once."""
    return load_acts()


@cache
def compiled(rulebook: str) -> CompiledRules:
    """Return a rulebook's tables, made once: in force on all days, so that a town can live under it in any years."""
    book = load_rulebook(rulebook)
    always = book.in_force.model_copy(update={"from_": date.min, "until": None})
    return compile_rulebook(book.model_copy(update={"in_force": always}), catalogue())


def numbers(changes: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return all parameters with some of them changed; a name that does not exist is an error."""
    known = numbers_of(load_parameters())
    unknown = sorted(set(changes) - set(known))
    if unknown:
        raise KeyError(f"no parameter {unknown[0]}")
    return {**known, **changes}


def conduct_of(plan: Plan) -> Conduct:
    """Return the tables of conduct of a plan."""
    roles = role_ids(catalogue(), "person")
    changes = dict(plan.changes) if plan.past else {**NOTHING_BEFORE, **plan.changes}
    known = make_conduct(
        (compiled(plan.rulebook),), catalogue(), numbers(changes), kind="person", roles=roles, months=plan.months,
        people=Composition.of(load_place(PLACE)),
    )  # fmt: skip
    if not plan.past:
        return known

    def others(seed: int, first: int, last: int) -> Residents:
        return residents_of(plan, Population(load_place(PLACE), catalogue(), last * BLOCK, 0, seed))(first, last)

    return with_past(known, others, f"{PLACE} {plan.everyone}".encode(), is_kept=False)


def in_force(plan: Plan) -> InForce:
    """Return the plan's rulebook with the practice of its offices."""
    rules, roles = compiled(plan.rulebook), role_ids(catalogue(), "person")
    practice = make_practice(rules, catalogue(), numbers(plan.changes), kind="person", roles=roles)
    return InForce(plan.rulebook, rules, practice)


def residents_of(plan: Plan, population: Population) -> Callable[[int, int], Residents]:
    """Return the function that gives the engine the people of a range of blocks."""
    roles = role_ids(catalogue(), "person")
    subjects = [s for s in compiled(plan.rulebook).rulebook.subjects if s.kind == "person"]
    extra = np.uint16(1 << roles.index(plan.everyone)) if plan.everyone else np.uint16(0)

    def residents(first: int, last: int) -> Residents:
        people = population.people(first, last)
        held = people.roles | np.where(people.age >= 18, extra, np.uint16(0)).astype(np.uint16)
        scored = np.zeros(len(people), dtype=np.bool_)
        for subject in subjects:
            has_role = (held >> np.uint16(roles.index(subject.role))) & 1 == 1 if subject.role else True
            scored |= (people.age >= (subject.min_age or 0)) & has_role
        urban = np.ones_like(people.is_urban) if plan.everyone else people.is_urban
        return Residents(
            people.income_fifth, urban, scored[np.newaxis], people.household, held, people.theta, people.prosocial,
            people.work, people.owes, people.age, people.is_female,
        )  # fmt: skip

    return residents


def build(plan: Plan) -> Town:
    """Return the town of a plan on its first day."""
    place = load_place(PLACE)
    population = Population(place, catalogue(), plan.people, 0, plan.seed)
    side = make_side(
        (in_force(plan),),
        conduct_of(plan),
        plan.start,
        residents_of(plan, population),
        kind="person",
        seed=plan.seed,
        n_blocks=population.n_blocks,
        n_shards=plan.shards,
    )
    return Town([side], threads=plan.threads)


def layer_of(town: Town) -> Layer:
    """Return the only rulebook over the people of a town."""
    return town.sides[0].layers[0]


def live(town: Town, months: int) -> I64:
    """Live some months and return the accounts of the people, all groups together, as (months, columns)."""
    layer = layer_of(town)
    flows = np.zeros((months, layer.flow.shape[1]), dtype=np.int64)
    for month in range(months):
        town.advance()
        flows[month] = layer.flow.sum(axis=0)
    return flows


def scores(town: Town) -> I64:
    """Return the score of every person, in block order."""
    return np.concatenate([status.score for status in layer_of(town).statuses]).astype(np.int64)


def is_scored(town: Town) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Return who is scored, in block order."""
    return np.concatenate([status.is_scored != 0 for status in layer_of(town).statuses])
