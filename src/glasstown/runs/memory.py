"""A town that is lived in memory: no folder, only sums over the whole run.

For many settings of one town.  What the model's parameters do not move is made once: texts, rulebooks, people.
A setting then costs its tables and its months.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeAlias

import numpy as np

from glasstown.compiler import CompiledRules
from glasstown.engine.sides import Layer, Side
from glasstown.engine.town import Town
from glasstown.language.act_numbers import split_acts, with_act_numbers
from glasstown.language.days import month_first
from glasstown.population import Firms, People, Population
from glasstown.rows import as_table
from glasstown.runs.accounts import LIVED, TALLIES, Amount, flow_spans, in_unit, level_spans, step_of
from glasstown.runs.levers import with_settings
from glasstown.runs.plan import Plan, make_plan, make_town, with_parameters
from glasstown.runs.request import RunRequest, check_memory, manifest_of
from glasstown.runs.session import BYTES_EACH_FURTHER, BYTES_EACH_IN_MEMORY
from glasstown.types import EntityKind

Ints: TypeAlias = "np.ndarray[Any, Any]"
Sums: TypeAlias = dict[tuple[EntityKind, str | None], dict[tuple[str, str], Amount]]
"""By kind and rulebook (None for conduct and lives): account and item, summed over all months and groups."""


class KeptPopulation(Population):
    """A population that keeps whom it has made: the same blocks are asked for by every setting."""

    __slots__ = ("_firms", "_people")

    def __init__(self, *of: Any) -> None:
        """Take what `Population` takes."""
        super().__init__(*of)
        self._people: dict[tuple[int, int], People] = {}
        self._firms: dict[tuple[int, int], Firms] = {}

    def people(self, first_block: int, last_block: int) -> People:
        """Return the people of some neighbourhoods, made once; nobody may write into them."""
        asked = (first_block, last_block)
        if asked not in self._people:
            self._people[asked] = super().people(*asked)
        return self._people[asked]

    def firms(self, first_block: int, last_block: int) -> Firms:
        """Return the firms of some blocks, as `people` does."""
        asked = (first_block, last_block)
        if asked not in self._firms:
            self._firms[asked] = super().firms(*asked)
        return self._firms[asked]


@dataclass(slots=True)
class _Counted:
    """Sums of one side on the way, by group: acts, lives, and flow and level of each rulebook."""

    tally: Ints
    lived: Ints
    flows: list[Ints]
    levels: list[Ints]


def plan_in_memory(request: RunRequest, *, towns: int = 1) -> Plan:
    """Return what all settings of a town share; `towns` are to live side by side.

    Errors   GlasstownError where the request is wrong or the memory cannot hold the towns.
    """
    manifest, inputs = manifest_of(request)
    each = BYTES_EACH_IN_MEMORY + (len(manifest.rulebooks) - 1) * BYTES_EACH_FURTHER
    check_memory(manifest.people, manifest.firms, each * towns)
    plan = make_plan(manifest, inputs)
    kept = KeptPopulation(inputs.place, inputs.acts, manifest.people, manifest.firms, manifest.seed)
    return replace(plan, population=kept)


def live_in_memory(plan: Plan, settings: Mapping[str, str]) -> Sums:
    """Let the town of a plan live under these parameters, on one thread, and return its sums.

    Errors   UsageError where a setting names no parameter or lies out of its bounds.
    """
    return summed_in_memory(plan, settings).sums()


def summed_in_memory(plan: Plan, settings: Mapping[str, str]) -> Summing:
    """Let the town of a plan live under these parameters, on one thread, and return its accounts, which can be summed by group.

    Errors   UsageError where a setting names no parameter or lies out of its bounds.
    """
    plan = settled(plan, settings)
    town = make_town(plan, threads=1, shards_per_thread=1)
    summing = Summing(plan, town)
    for _ in months_of(plan, town):
        summing.add(town)
    return summing


class Summing:
    """The accounts of a town of a plan on the way: months are added as they are lived."""

    def __init__(self, plan: Plan, town: Town) -> None:
        """Begin with nothing; the town is asked for its sides and rulebooks alone."""
        self._plan = plan
        self._sides = town.sides
        self._counted = [_nothing(side) for side in town.sides]

    def add(self, town: Town) -> None:
        """Add the month that a town has just lived."""
        for side, sums in zip(town.sides, self._counted, strict=True):
            _add(sums, side, self._plan, town)

    def sums(self) -> Sums:
        """Return the sums of the months added."""
        return {
            place: booked
            for side, sums in zip(self._sides, self._counted, strict=True)
            for place, booked in _told(sums, side, self._plan.compiled, slice(None))
        }

    def of_group(self, kind: EntityKind, group: int) -> Sums:
        """Return the sums of one group of people, or of firms, alone."""
        return {
            place: booked
            for side, sums in zip(self._sides, self._counted, strict=True)
            if side.kind == kind
            for place, booked in _told(sums, side, self._plan.compiled, slice(group, group + 1))
        }


def settled(plan: Plan, settings: Mapping[str, str]) -> Plan:
    """Return the plan under these settings: parameters by name, numbers of acts by acts/ID/share, urban or rural.

    Errors   UsageError where a setting names neither or lies out of its bounds.
    """
    acts, numbers = split_acts(settings)
    inputs = replace(plan.inputs, acts=with_act_numbers(plan.inputs.acts, acts))
    return with_parameters(replace(plan, inputs=inputs), with_settings(plan.inputs.parameters, numbers))


def with_seed(plan: Plan, seed: int) -> Plan:
    """Return the plan of a town with other people and other luck, whom it does not keep."""
    manifest, inputs = plan.manifest.with_changes(seed=seed), plan.inputs
    population = Population(inputs.place, inputs.acts, manifest.people, manifest.firms, seed)
    return replace(plan, manifest=manifest, population=population)


def months_of(plan: Plan, town: Town) -> Iterator[int]:
    """Let a town live to its end, and yield the number of each month that has just been lived; nothing of it is kept."""
    try:
        while town.month < plan.manifest.months:
            town.advance()
            town.cutoffs.clear()
            town.delivered.clear()
            town.heard.clear()
            yield town.month - 1
    finally:
        town.close()


def _nothing(side: Side) -> _Counted:
    flows = [np.zeros_like(layer.flow) for layer in side.layers]
    levels = [np.zeros_like(layer.level) for layer in side.layers]
    return _Counted(np.zeros_like(side.tally), as_table(side.lived) * 0, flows, levels)


def _add(sums: _Counted, side: Side, plan: Plan, town: Town) -> None:
    """Add the month that was just lived."""
    sums.tally += np.asarray(side.tally)
    sums.lived += as_table(side.lived)
    for layer, flow, level in zip(side.layers, sums.flows, sums.levels, strict=True):
        flow += layer.flow
        standing = layer.level.copy()
        standing[:, _not_law(layer, plan, town.month)] = 0
        level += standing


def _not_law(layer: Layer, plan: Plan, months: int) -> list[int]:
    """Return the columns of measures that are not law on the last day of the month before: in force for nobody."""
    last_day = month_first(plan.manifest.start, months) - timedelta(days=1)
    first = layer.slots.level_measures
    return [first + n for n, is_law in enumerate(layer.compiled.law_of_measures(last_day)) if not is_law]


def _told(
    sums: _Counted, side: Side, compiled: Mapping[str, CompiledRules], groups: slice
) -> Iterator[tuple[tuple[EntityKind, str | None], dict[tuple[str, str], Amount]]]:
    """Yield the sums of some groups of a side by account and item: of no rulebook first, then of each."""
    classes = [act_class.id for act_class in side.conduct.classes]
    conduct: dict[tuple[str, str], Amount] = {
        (account, item): int(value)
        for account, row in zip(TALLIES, sums.tally[:, groups].sum(axis=1), strict=True)
        for item, value in zip(classes, row, strict=True)
    }
    lived = sums.lived[groups].sum(axis=0)
    conduct.update({name: int(lived[column]) for column, name in enumerate(LIVED)})
    yield (side.kind, None), conduct
    for layer, flow, level in zip(side.layers, sums.flows, sums.levels, strict=True):
        rules = compiled[layer.name]
        step = step_of(rules.quantum)
        booked: dict[tuple[str, str], Amount] = {}
        for by_group, spans in ((flow, flow_spans(layer, rules)), (level, level_spans(layer, rules))):
            values = by_group[groups].sum(axis=0)
            for account, first, items in spans:
                for place, item in enumerate(items):
                    booked[account, item] = in_unit(account, int(values[first + place]), step)
        yield (side.kind, layer.name), booked
