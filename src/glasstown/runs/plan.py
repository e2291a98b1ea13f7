"""Manifest and inputs to a living town, whole or one neighbourhood of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from glasstown.compiler import CompiledRules, compile_rulebook
from glasstown.engine.before import with_past
from glasstown.engine.conduct.beliefs import Numbers
from glasstown.engine.office.spilling import Ties
from glasstown.engine.own_kernels import own_kernels
from glasstown.engine.sides import InForce, Side, make_side
from glasstown.engine.tables.loads import FORTIES
from glasstown.engine.tables.model import Conduct, make_conduct, numbers_of
from glasstown.engine.tables.own import make_own
from glasstown.engine.tables.practice import make_practice
from glasstown.engine.tables.state import Residents
from glasstown.engine.tables.turning import Turning, make_turning
from glasstown.engine.tables.turning_rows import Covers
from glasstown.engine.town import Town
from glasstown.errors import Fault, RunError
from glasstown.language.model import Rulebook
from glasstown.language.parameters import Parameters
from glasstown.population import BLOCK, Firms, People, Population, role_ids
from glasstown.population.composition import Composition
from glasstown.population.tables import ADULT_AGE, FIRST_RETIRED_AGE, FIRST_WORKING_AGE, OLDEST_AGE
from glasstown.population.turnover import turnover_tables
from glasstown.rows import Rows, in_python, rows_of
from glasstown.runs.driven import check_terms, driven
from glasstown.runs.ordered import rows_of_orders
from glasstown.runs.request import Inputs, inputs_of, scores
from glasstown.runs.trusted import check_trusted
from glasstown.storage.folder import RunFolder
from glasstown.storage.manifest import Manifest
from glasstown.storage.parts import scale_of
from glasstown.types import EntityKind

SHARDS_PER_THREAD = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """What a town is built from: tables made once, people made block by block.

    compiled   tables of each rulebook, by its name in the run
    books      each rulebook, by its name in the run
    in_force   the rulebooks over people and over firms, in the order in which they were named
    """

    manifest: Manifest
    inputs: Inputs
    compiled: Mapping[str, CompiledRules]
    books: Mapping[str, Rulebook]
    population: Population
    conduct: Mapping[EntityKind, Conduct]
    in_force: Mapping[EntityKind, tuple[InForce, ...]]

    @property
    def kinds(self) -> tuple[EntityKind, ...]:
        """Return who lives in the town: people, and firms where there are any."""
        return ("person", "firm") if self.manifest.firms else ("person",)

    @property
    def scale(self) -> int:
        """Return the decimal places that points of this run need."""
        return scale_of(book.score.quantum for book in self.books.values())

    def n_blocks(self, kind: EntityKind) -> int:
        """Return the number of neighbourhoods of people, or of blocks of firms."""
        return self.population.n_blocks if kind == "person" else self.population.n_firm_blocks


def make_plan(manifest: Manifest, inputs: Inputs) -> Plan:
    """Return the tables of a run."""
    books = dict(zip(inputs.names, inputs.books, strict=True))
    compiled = {name: compile_rulebook(book, inputs.acts) for name, book in books.items()}
    if inputs.drive is not None:
        check_terms(inputs.drive, compiled.values())
    population = Population(inputs.place, inputs.acts, manifest.people, manifest.firms, manifest.seed)
    return with_parameters(Plan(manifest, inputs, compiled, books, population, {}, {}), inputs.parameters)


def plan_of(folder: RunFolder) -> Plan:
    """Return the tables of a run on disk; one that is asked life after life is planned once for what its manifest says."""
    return _plan_of(_Planned(folder.manifest.model_dump_json(), folder))


@dataclass(frozen=True, slots=True)
class _Planned:
    """What a plan follows from, word for word, and the folder where it was read."""

    manifest: str
    folder: RunFolder = field(compare=False)


@lru_cache(maxsize=2)
def _plan_of(asked: _Planned) -> Plan:
    return make_plan(asked.folder.manifest, inputs_of(asked.folder))


def with_parameters(plan: Plan, parameters: Parameters) -> Plan:
    """Return the plan with these parameters: conduct and practice are made anew, rulebooks and people stay."""
    acts, numbers = plan.inputs.acts, numbers_of(parameters)
    conduct, in_force = {}, {}
    for kind in plan.kinds:
        roles = role_ids(acts, kind)
        mine = {name: rules for name, rules in plan.compiled.items() if scores(plan.books[name], kind)}
        conduct[kind] = make_conduct(
            tuple(mine.values()), acts, numbers, kind=kind, roles=roles, months=plan.manifest.months,
            people=Composition.of(plan.inputs.place) if kind == "person" else None,
        )  # fmt: skip
        in_force[kind] = tuple(
            InForce(name, rules, make_practice(rules, acts, numbers, kind=kind, roles=roles))
            for name, rules in mine.items()
        )
    conduct["person"] = _with_mechanism(plan, conduct["person"], numbers)
    if plan.inputs.drive is not None:
        conduct["person"], in_force["person"] = driven(
            plan.inputs.drive, plan.manifest, conduct["person"], in_force["person"]
        )
    inputs = replace(plan.inputs, parameters=parameters)
    made = replace(plan, inputs=inputs, conduct=conduct, in_force=in_force)
    conduct["person"] = _with_past(made, is_kept=parameters is plan.inputs.parameters)
    return made


def _with_mechanism(plan: Plan, conduct: Conduct, numbers: Numbers) -> Conduct:
    """Return the conduct of people with the run's own mechanism, if it has one.

    Errors   RunError where it is not trusted, does not compile, or nobody lives a life that it could ask about
    """
    mechanism, document = plan.inputs.mechanism, plan.manifest.mechanism
    if mechanism is None or document is None:
        return conduct
    check_trusted(document)
    if numbers["living.lived"] == 0:
        way_out = "Leave out --set living.lived=0."
        fault = Fault(
            mechanism.head.name, None, "people without lives", "lives, whose age and sex it asks for", way_out
        )
        raise RunError("The mechanism", [fault])
    own = make_own(mechanism.head, conduct.classes, conduct.acts, role_ids(plan.inputs.acts, "person"), numbers)
    return replace(conduct, model=conduct.model._replace(own=own), own=own_kernels(mechanism))


def _with_past(plan: Plan, *, is_kept: bool) -> Conduct:
    """Return the conduct of people with the money of those who lived before them, in a place like theirs."""
    place, acts = plan.inputs.place, plan.inputs.acts

    def residents_of(seed: int, first: int, last: int) -> Residents:
        return residents(plan, Population(place, acts, last * BLOCK, 0, seed).people(first, last))

    return with_past(plan.conduct["person"], residents_of, place.model_dump_json().encode(), is_kept=is_kept)


def make_town(plan: Plan, *, threads: int, shards_per_thread: int = SHARDS_PER_THREAD) -> Town:
    """Return the whole town on the first day."""
    sides = [
        side_of(
            plan,
            kind,
            first_block=0,
            n_blocks=plan.n_blocks(kind),
            n_shards=shards_per_thread * threads,
            threads=threads,
        )
        for kind in plan.kinds
    ]
    return Town(sides, threads=threads, ties=_ties(plan), orders=rows_of_orders(plan.inputs.orders))


def _ties(plan: Plan) -> Ties | None:
    """Return who represents whom, where some rulebook over people and firms asks for it."""
    both = {rules.name for rules in plan.in_force["person"]} & {rules.name for rules in plan.in_force.get("firm", ())}
    if not any(plan.compiled[name].book.posts for name in both):
        return None
    firms = plan.population.firms(0, plan.population.n_firm_blocks)
    return Ties.among(firms.representative.astype(np.int64))


def side_of(plan: Plan, kind: EntityKind, *, first_block: int, n_blocks: int, n_shards: int, threads: int = 1) -> Side:
    """Return some blocks of people or of firms on the first day."""

    def residents_of(first: int, last: int) -> Residents:
        if kind == "person":
            return residents(plan, plan.population.people(first, last))
        return firm_residents(plan, plan.population.firms(first, last))

    return make_side(
        plan.in_force[kind],
        plan.conduct[kind],
        plan.manifest.start,
        residents_of,
        kind=kind,
        seed=plan.manifest.seed,
        n_blocks=n_blocks,
        first_block=first_block,
        n_shards=n_shards,
        threads=threads,
        turning=turning_of(plan) if kind == "person" else None,
    )


def turning_of(plan: Plan) -> Turning | None:
    """Return how places change their tenants; None where nobody leaves, and where people live no lives.

    Nor do they where a list is lived as it was published: the dead and those who moved are among those who left it.
    """
    numbers = numbers_of(plan.inputs.parameters)
    tables = turnover_tables(plan.inputs.place, numbers)
    if tables is None or numbers["living.lived"] == 0 or plan.inputs.drive is not None:
        return None
    matters = np.zeros(OLDEST_AGE + 2, dtype=np.bool_)
    matters[[FIRST_WORKING_AGE, ADULT_AGE, FIRST_RETIRED_AGE, FORTIES[0], FORTIES[1] + 1]] = True
    matters[plan.conduct["person"].from_age] = True
    for role in plan.inputs.place.roles:
        matters[[role.min_age, min(role.max_age, OLDEST_AGE) + 1]] = True
    for book in plan.books.values():
        matters[[subject.min_age or 0 for subject in book.subjects]] = True
    return make_turning(tables, plan.population.tables, plan.conduct["person"], covers_of(plan), matters)


def residents(plan: Plan, people: People) -> Residents:
    """Return people as the engine takes them; a rulebook scores those whom a subject of it covers."""
    is_scored = whom_scored(plan, people.age, people.roles)
    return Residents(
        group=people.income_fifth,
        is_urban=people.is_urban,
        is_scored=is_scored,
        household=people.household,
        roles=people.roles,
        theta=people.theta,
        prosocial=people.prosocial,
        work=people.work,
        owes=people.owes,
        age=people.age,
        is_female=people.is_female,
    )


def whom_scored(plan: Plan, age: np.ndarray, role_bits: np.ndarray) -> np.ndarray:
    """Return (L, n) whom of some people each rulebook scores."""
    is_scored = np.zeros((len(plan.in_force["person"]), len(age)), dtype=np.bool_)
    for covers in in_python(covers_of(plan)):
        mine = (age >= covers.min_age) & (role_bits & np.uint16(covers.role) == covers.role)
        is_scored[covers.rulebook][mine] = covers.leaves_out == 0
    return is_scored


def covers_of(plan: Plan) -> Rows[Covers]:
    """Return whom of all people each rulebook over them scores, by age and role, and whom it leaves out for a role."""
    roles, rows = role_ids(plan.inputs.acts, "person"), []
    for number, rules in enumerate(plan.in_force["person"]):
        book = plan.books[rules.name]
        for subject in book.subjects:
            if subject.kind == "person":
                rows.append([number, subject.min_age or 0, _bit(subject.role, roles), 0])
        for exempt in book.exempt:
            if exempt.kind == "person" and exempt.role is not None:
                rows.append([number, 0, _bit(exempt.role, roles), 1])
    return rows_of(Covers, rows)


def _bit(role: str | None, roles: tuple[str, ...]) -> int:
    """Return a role as a bit; 0 for none."""
    return 1 << roles.index(role) if role else 0


def _is_exempt(book: Rulebook, kind: EntityKind, role_bits: np.ndarray, roles: tuple[str, ...]) -> np.ndarray:
    """Return who is left out for a role; whom a scheme leaves out in words alone is not among its subjects."""
    left_out: np.ndarray = np.zeros(len(role_bits), dtype=np.bool_)
    for exempt in book.exempt:
        if exempt.kind == kind and exempt.role is not None:
            left_out |= (role_bits >> roles.index(exempt.role)) & 1 == 1
    return left_out


def firm_residents(plan: Plan, firms: Firms) -> Residents:
    """Return firms as the engine takes them; their acts are found out as in town."""
    n = len(firms)
    is_scored = [_firms_scored(plan, plan.books[rules.name], firms.roles) for rules in plan.in_force["firm"]]
    return Residents(
        group=firms.size,
        is_urban=np.ones(n, dtype=np.bool_),
        is_scored=np.array(is_scored, dtype=np.bool_).reshape(len(is_scored), n),
        household=np.zeros(n, dtype=np.uint8),
        roles=firms.roles,
        theta=firms.theta,
        prosocial=np.zeros(n, dtype=np.int16),
    )


def _firms_scored(plan: Plan, book: Rulebook, role_bits: np.ndarray) -> np.ndarray:
    """Return which firms a rulebook scores: all, or those with one of the roles that all of its subjects name.

    Firms with a role that the rulebook exempts are not among them.
    """
    subjects = [subject for subject in book.subjects if subject.kind == "firm"]
    roles = role_ids(plan.inputs.acts, "firm")
    scored: np.ndarray = ~_is_exempt(book, "firm", role_bits, roles)
    if not subjects or not all(subject.role for subject in subjects):
        return scored
    bits = sum(1 << roles.index(str(role)) for role in {subject.role for subject in subjects})
    has_role: np.ndarray = (role_bits & np.uint16(bits)) != 0
    both: np.ndarray = has_role & scored
    return both
