"""Manifest and inputs to a living town, whole or one neighbourhood of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from glasstown.compiler import CompiledRules, compile_rulebook
from glasstown.engine.calendar import make_calendar
from glasstown.engine.model import Conduct, make_conduct, numbers_of
from glasstown.engine.state import Residents
from glasstown.engine.town import Side, Town, make_side
from glasstown.population import Firms, People, Population, role_ids
from glasstown.records.manifest import Manifest
from glasstown.records.request import Inputs
from glasstown.rulebook.model import Subject
from glasstown.types import EntityKind

SHARDS_PER_THREAD = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """What a town is built from: tables made once, people made block by block."""

    manifest: Manifest
    inputs: Inputs
    compiled: CompiledRules
    population: Population
    conduct: dict[EntityKind, Conduct]

    @property
    def kinds(self) -> tuple[EntityKind, ...]:
        """Return who lives in the town: people, and firms where there are any."""
        return ("person", "firm") if self.manifest.firms else ("person",)

    def n_blocks(self, kind: EntityKind) -> int:
        """Return the number of neighbourhoods of people, or of blocks of firms."""
        return self.population.n_blocks if kind == "person" else self.population.n_firm_blocks


def make_plan(manifest: Manifest, inputs: Inputs) -> Plan:
    """Return the tables of a run."""
    compiled = compile_rulebook(inputs.book, inputs.acts)
    population = Population(inputs.place, inputs.acts, manifest.people, manifest.firms, manifest.seed)
    numbers = numbers_of(inputs.parameters)
    kinds: tuple[EntityKind, ...] = ("person", "firm") if manifest.firms else ("person",)
    conduct = {
        kind: make_conduct(
            compiled, inputs.acts, numbers, kind=kind, roles=role_ids(inputs.acts, kind), months=manifest.months
        )
        for kind in kinds
    }
    return Plan(manifest, inputs, compiled, population, conduct)


def make_town(plan: Plan, *, threads: int) -> Town:
    """Return the whole town on the first day."""
    sides = [
        side_of(plan, kind, first_block=0, n_blocks=plan.n_blocks(kind), n_shards=SHARDS_PER_THREAD * threads)
        for kind in plan.kinds
    ]
    return Town(sides, start=plan.manifest.start, threads=threads)


def side_of(plan: Plan, kind: EntityKind, *, first_block: int, n_blocks: int, n_shards: int) -> Side:
    """Return some blocks of people or of firms on the first day."""

    def residents_of(first: int, last: int) -> Residents:
        if kind == "person":
            return residents(plan, plan.population.people(first, last))
        return firm_residents(plan, plan.population.firms(first, last))

    return make_side(
        plan.compiled,
        plan.conduct[kind],
        make_calendar(plan.manifest.start),
        residents_of,
        kind=kind,
        seed=plan.manifest.seed,
        n_blocks=n_blocks,
        first_block=first_block,
        n_shards=n_shards,
    )


def residents(plan: Plan, people: People) -> Residents:
    """Return people as the engine takes them; scored are those whom a subject of the rulebook covers."""
    is_scored = np.zeros(len(people), dtype=np.bool_)
    if plan.inputs.scores("person"):
        roles = role_ids(plan.inputs.acts, "person")
        for subject in plan.inputs.book.subjects:
            if subject.kind == "person":
                is_scored |= _covers(subject, people.age, people.roles, roles)
    return Residents(
        group=people.income_fifth,
        is_urban=people.is_urban,
        is_scored=is_scored,
        household=people.household,
        roles=people.roles,
        theta=people.theta,
        prosocial=people.prosocial,
    )


def _covers(
    subject: Subject, age: np.ndarray, role_bits: np.ndarray, roles: tuple[str, ...]
) -> np.ndarray:  # fmt: skip
    """Return whom a subject of the rulebook covers, by age and role."""
    covered = age >= (subject.min_age or 0)
    if subject.role:
        covered &= (role_bits >> roles.index(subject.role)) & 1 == 1
    return covered


def firm_residents(plan: Plan, firms: Firms) -> Residents:
    """Return firms as the engine takes them; their acts are found out as in town."""
    n = len(firms)
    is_scored = np.full(n, plan.inputs.scores("firm"), dtype=np.bool_)
    subjects = [subject for subject in plan.inputs.book.subjects if subject.kind == "firm"]
    roles = role_ids(plan.inputs.acts, "firm")
    if subjects and all(subject.role for subject in subjects):
        has_role = np.zeros(n, dtype=np.bool_)
        for subject in subjects:
            has_role |= (firms.roles >> roles.index(str(subject.role))) & 1 == 1
        is_scored &= has_role
    return Residents(
        group=firms.size,
        is_urban=np.ones(n, dtype=np.bool_),
        is_scored=is_scored,
        household=np.zeros(n, dtype=np.uint8),
        roles=firms.roles,
        theta=firms.theta,
        prosocial=np.zeros(n, dtype=np.int16),
    )
