"""A town that is lived in memory, month by month: the few accounts that are asked for, a number for each month.

Beside the accounts of the months table there is `standing`: who is on a list at the month's end by sex and age, and who has a record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.sides import Layer, Side
from glasstown.engine.tables.listed import lists_of_all
from glasstown.engine.town import Town
from glasstown.population import role_ids
from glasstown.rows import as_table
from glasstown.runs.accounts import GROUPS, LIVED, TALLIES, flow_spans, level_spans
from glasstown.runs.heads import FORTIES, OF, RECORDED, STANDING, TRAITS
from glasstown.runs.memory import months_of, settled
from glasstown.runs.plan import Plan, make_town
from glasstown.runs.snapshot import people_by_group
from glasstown.types import EntityKind

Reader: TypeAlias = Callable[[], int]
Series: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Term:
    """Items of one account of people or firms, under a rulebook where it belongs to one; `group` None is everybody."""

    kind: EntityKind
    rulebook: str
    account: str
    items: tuple[str, ...]
    group: str | None = None


def lived_series(plan: Plan, settings: Mapping[str, str], terms: Sequence[Term]) -> dict[Term, Series]:
    """Let the town of a plan live under these settings, on one thread, and return each term's sum over its items, by month.

    Errors   UsageError where a setting names nothing or lies out of its bounds.
    Raises   KeyError for an item that its account does not have.
    """
    plan = settled(plan, settings)
    town = make_town(plan, threads=1, shards_per_thread=1)
    found = {term: np.zeros(plan.manifest.months, dtype=np.int64) for term in terms}
    readers = {term: _reader(plan, town, term) for term in found}
    for month in months_of(plan, town):
        for term, read in readers.items():
            found[term][month] = read()
    return found


def _reader(plan: Plan, town: Town, term: Term) -> Reader:
    """Return what reads a term of the month that a town has just lived."""
    side = next(each for each in town.sides if each.kind == term.kind)
    group = None if term.group is None else GROUPS[term.kind].index(term.group)
    if term.account == "people":
        return _people_reader(side, term, group)
    if term.account in TALLIES:
        return _tally_reader(side, term, group)
    if any(account == term.account for account, _ in LIVED):
        columns = [LIVED.index((term.account, item)) for item in term.items]
        return lambda: _summed(as_table(side.lived), columns, group)
    layer = next(each for each in side.layers if each.name == term.rulebook)
    if term.account == STANDING:
        return _standing_reader(plan, side, layer, term.items)
    return _layer_reader(plan, layer, term, group)


def _summed(table: Series, columns: Sequence[int], group: int | None) -> int:
    """Return a sum over columns of (groups, columns), of all groups or of one."""
    return int(table[:, columns].sum()) if group is None else int(table[group, columns].sum())


def _people_reader(side: Side, term: Term, group: int | None) -> Reader:
    name = term.rulebook if term.items == ("scored",) else None

    def read() -> int:
        by_group = people_by_group(side)[name]
        return sum(by_group) if group is None else by_group[group]

    return read


def _tally_reader(side: Side, term: Term, group: int | None) -> Reader:
    classes = [act_class.id for act_class in side.conduct.classes]
    row, columns = TALLIES.index(term.account), [classes.index(item) for item in term.items]
    return lambda: _summed(np.asarray(side.tally[row]), columns, group)


def _layer_reader(plan: Plan, layer: Layer, term: Term, group: int | None) -> Reader:
    compiled = plan.compiled[layer.name]
    places: dict[str, int] = {}
    is_flow = False
    for of_flow, spans in ((True, flow_spans(layer, compiled)), (False, level_spans(layer, compiled))):
        for account, first, items in spans:
            if account == term.account:
                places.update({item: first + number for number, item in enumerate(items)})
                is_flow = of_flow
    columns = [places[item] for item in term.items]
    return lambda: _summed(layer.flow if is_flow else layer.level, columns, group)


def _standing_reader(plan: Plan, side: Side, layer: Layer, items: Sequence[str]) -> Reader:
    """Return what counts heads at a month's end."""
    return lambda: sum(_heads(plan, side, layer, item) for item in items)


def _heads(plan: Plan, side: Side, layer: Layer, item: str) -> int:
    if item == RECORDED:
        return sum(int((status.n_records > 0).sum()) for status in layer.statuses)
    grade, of, role = item.partition(OF)
    if of and grade in plan.compiled[layer.name].grade_ids():
        return _graded(plan, side, layer, grade, role)
    lists = plan.compiled[layer.name].list_ids()
    name, trait = next(
        (name, item.removeprefix(name).strip())
        for name in lists
        if item == name or item.removeprefix(f"{name} ") in TRAITS
    )
    bit, found = 1 << lists.index(name), 0
    for shard, status in zip(side.shards, layer.statuses, strict=True):
        is_on = lists_of_all(status.lists) & np.uint32(bit) != 0
        if trait == TRAITS[0]:
            is_on = is_on & (shard.lives.is_female == 0)
        elif trait == TRAITS[1]:
            is_on = is_on & (shard.lives.age >= FORTIES[0]) & (shard.lives.age <= FORTIES[1])
        found += int(is_on.sum())
    return found


def _graded(plan: Plan, side: Side, layer: Layer, grade: str, role: str) -> int:
    """Return how many of those with a role stand in a grade."""
    bit = 1 << role_ids(plan.inputs.acts, side.kind).index(role)
    number = plan.compiled[layer.name].grade_ids().index(grade)
    return sum(
        int(((status.grade == number) & (shard.roles & bit != 0)).sum())
        for shard, status in zip(side.shards, layer.statuses, strict=True)
    )
