"""Accounts of the engine to the tidy months table: one row for each number that is not zero."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

import numpy as np

from glasstown.compiler import CompiledRules
from glasstown.compiler.columns import NO_GRADE
from glasstown.engine.sides import Layer, Side
from glasstown.engine.tables.lived_rows import Lived, accounts_of
from glasstown.engine.tables.practice_rows import REDRESS, RETURNS, TRUTHS
from glasstown.engine.tables.shapes import I64
from glasstown.fields import is_points
from glasstown.language.days import month_first
from glasstown.population import FIRM_SIZES
from glasstown.population.tables import INCOME_FIFTHS
from glasstown.rows import as_table
from glasstown.types import EntityKind

GROUPS: Mapping[EntityKind, tuple[str, ...]] = {"person": INCOME_FIFTHS, "firm": FIRM_SIZES}
STANDING = frozenset({"grades", "lists", "score_sum"})
"""Accounts whose zeros are rows too, so that a grade that nobody has is seen to be empty."""

TALLIES = ("acts", "detections")
"""Accounts that belong to no rulebook, in the order of `Tally`: what was done, and what of it was found out, by class of conduct."""
LIVED = accounts_of(Lived)
"""Account and item of each number of the accounts of lives; they belong to no rulebook."""
COLUMNS = ("month", "date", "kind", "group", "rulebook", "account", "item", "value")
Amount: TypeAlias = int | Decimal
"""A number of an account in its unit: points are exact decimals where a quantum is no whole number."""

Spans = tuple[tuple[str, int, tuple[str, ...]], ...]
People = Mapping[str | None, tuple[int, ...]]
"""How many there are by group: those scored by each rulebook, and under None all."""


def flow_spans(layer: Layer, compiled: CompiledRules) -> Spans:
    """Return account, first column and items of everything that happens in a month under a rulebook."""
    slots, clauses, lists = layer.slots, compiled.clause_ids(), compiled.list_ids()
    return (
        ("truth", slots.truth, TRUTHS),
        ("records", slots.records, clauses),
        ("points", slots.points, clauses),
        ("points_wrong", slots.points_wrong, clauses),
        ("unknown_fired", slots.unknown, clauses),
        ("dropped", slots.dropped, clauses),
        ("fines", slots.fines, clauses),
        ("corrections", slots.corrections, ("granted",)),
        ("spared", slots.spared, ("found unable",)),
        ("too_late", slots.too_late, ("not made",)),
        ("redress", slots.redress, REDRESS),
        ("returned", slots.returned, RETURNS),
        ("list_in", slots.list_in, lists),
        ("list_out", slots.list_out, lists),
        ("list_in_wrong", slots.list_in_wrong, lists),
        ("list_died", slots.list_died, lists),
        ("list_moved", slots.list_moved, lists),
    )


def level_spans(layer: Layer, compiled: CompiledRules) -> Spans:
    """Return account, first column and items of everything that stands at a month's end under a rulebook."""
    slots = layer.slots
    return (
        ("grades", slots.level_grades, compiled.grade_ids()),
        ("grades", slots.level_grades + NO_GRADE, ("none",)),
        ("lists", slots.level_lists, compiled.list_ids()),
        ("lists_wrong", slots.level_lists_wrong, compiled.list_ids()),
        ("measures", slots.level_measures, compiled.measure_ids()),
        ("score_sum", slots.level_score, ("score",)),
    )


def step_of(quantum: Decimal) -> Amount:
    """Return a quantum in points, as a whole number where it is one."""
    return int(quantum) if quantum == quantum.to_integral_value() else quantum


def in_unit(account: str, value: int, step: Amount) -> Amount:
    """Return an account's number in its unit, where points are counted in quanta of so many points."""
    return value * step if is_points(account) else value


class MonthRows:
    """Collects the rows of the months since the last part."""

    def __init__(self, start: date) -> None:
        self._start = start
        self.columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.columns["value"])

    def add(self, month: int, side: Side, compiled: Mapping[str, CompiledRules], people: People) -> None:
        """Add one month of one side; `compiled` holds the rulebooks by name."""
        first = month_first(self._start, month)
        groups = GROUPS[side.kind]
        last_day = month_first(self._start, month + 1) - timedelta(days=1)
        for group, rulebook, account, item, value in _numbers(side, compiled, people, last_day):
            row = (month, first, side.kind, groups[group], rulebook, account, item, value)
            for column, entry in zip(self.columns.values(), row, strict=True):
                column.append(entry)


def _numbers(
    side: Side, compiled: Mapping[str, CompiledRules], people: People, last_day: date
) -> Iterator[tuple[int, str | None, str, str, Amount]]:
    """Yield group, rulebook, account, item and value in the account's unit: conduct first, then one rulebook after the other.

    A measure that is not law on the month's last day is in force for nobody, whoever is on its list.
    """
    for group, count in enumerate(people[None]):
        yield group, None, "people", "all", int(count)
    classes = tuple(act_class.id for act_class in side.conduct.classes)
    for account, counts in zip(TALLIES, side.tally, strict=True):
        for group, item, value in _of_span(counts, account, classes):
            yield group, None, account, item, value
    lived = as_table(side.lived)
    for column, (account, item) in enumerate(LIVED):
        for group, _, value in _of_span(lived[:, column : column + 1], account, (item,)):
            yield group, None, account, item, value
    for layer in side.layers:
        for group, count in enumerate(people[layer.name]):
            yield group, layer.name, "people", "scored", int(count)
        rules = compiled[layer.name]
        step = step_of(rules.quantum)
        law = zip(rules.measure_ids(), rules.law_of_measures(last_day), strict=True)
        not_law = {measure for measure, is_law in law if not is_law}
        for source, spans in ((layer.flow, flow_spans(layer, rules)), (layer.level, level_spans(layer, rules))):
            for account, first, items in spans:
                for group, item, value in _of_span(source[:, first : first + len(items)], account, items):
                    if account != "measures" or item not in not_law:
                        yield group, layer.name, account, item, in_unit(account, value, step)


def _of_span(part: I64, account: str, items: tuple[str, ...]) -> Iterator[tuple[int, str, int]]:
    """Yield group, item and value of an account's numbers; zeros only of what stands."""
    keep = np.ones_like(part, dtype=bool) if account in STANDING else part != 0
    for group, column in np.argwhere(keep).tolist():
        yield group, items[column], int(part[group, column])
