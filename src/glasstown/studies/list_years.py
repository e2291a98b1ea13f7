"""A list over the years of a run: who came onto it, who left, who stood there, beside what was published of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from glasstown.engine.tables.shapes import I64
from glasstown.errors import Fault, UsageError, did_you_mean
from glasstown.runs.memory import plan_in_memory
from glasstown.runs.plan import Plan, make_town
from glasstown.runs.request import RunRequest


class Year(NamedTuple):
    """A calendar year of a run, or the part of one that it lives: people per 1,000 and year; the stock at its end."""

    year: int
    months: int
    entries: float
    exits: float
    stock: float


@dataclass(frozen=True, slots=True)
class ListYears:
    """What a town's list did, month by month.

    start    the first month's first day
    entries  (months,) people who came onto the list; `exits`, `stock` likewise
    """

    start: date
    people: int
    entries: I64
    exits: I64
    stock: I64

    def years(self) -> tuple[Year, ...]:
        """Return the calendar years."""
        first = self.start.year * 12 + self.start.month - 1
        year_of = (first + np.arange(len(self.entries))) // 12
        found = []
        for year in np.unique(year_of).tolist():
            mine = year_of == year
            months = int(mine.sum())
            a_year = 1000 / self.people * 12 / months
            entries, exits = (float(count[mine].sum()) * a_year for count in (self.entries, self.exits))
            found.append(Year(year, months, entries, exits, 1000 * float(self.stock[mine][-1]) / self.people))
        return tuple(found)


def live_list(request: RunRequest, list_id: str) -> ListYears:
    """Let the town of a request live in memory and return what one list of its first rulebook did.

    Errors   GlasstownError where the request is wrong, UsageError where the rulebook has no such list.
    """
    return list_of(plan_in_memory(request), list_id)


def list_of(plan: Plan, list_id: str) -> ListYears:
    """Return what one list of a plan's first rulebook over people does; errors as of `live_list`."""
    town = make_town(plan, threads=1, shards_per_thread=1)
    layer = town.sides[0].layers[0]
    names = layer.compiled.list_ids()
    if list_id not in names:
        fault = Fault("list", None, f"'{list_id}'", f"a list of '{layer.name}'", did_you_mean(list_id, list(names)))
        raise UsageError("The list", [fault])
    rule, slots = names.index(list_id), layer.slots
    counts = np.zeros((3, plan.manifest.months), dtype=np.int64)
    for month in range(plan.manifest.months):
        town.advance()
        flow, level = layer.flow.sum(axis=0), layer.level.sum(axis=0)
        counts[:, month] = flow[slots.list_in + rule], flow[slots.list_out + rule], level[slots.level_lists + rule]
    town.close()
    return ListYears(plan.manifest.start.replace(day=1), plan.manifest.people, *counts)
