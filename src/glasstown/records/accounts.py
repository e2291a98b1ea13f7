"""Accounts of the engine to the tidy months table: one row for each number that is not zero."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np

from glasstown.compiler import CompiledRules
from glasstown.compiler.columns import NO_GRADE
from glasstown.engine.town import Side
from glasstown.population import FIRM_SIZES
from glasstown.population.tables import INCOME_FIFTHS
from glasstown.types import EntityKind

TRUTHS = ("right", "wrong person", "wrong content", "duplicate", "lost", "not recorded")
RETURNS = ("lapsed", "corrected", "reset")
GROUPS: Mapping[EntityKind, tuple[str, ...]] = {"person": INCOME_FIFTHS, "firm": FIRM_SIZES}
STANDING = frozenset({"grades", "lists", "score_sum"})
"""Accounts whose zeros are rows too, so that a grade that nobody has is seen to be empty."""

Spans = tuple[tuple[str, int, tuple[str, ...]], ...]


def flow_spans(side: Side, compiled: CompiledRules) -> Spans:
    """Return account, first column and items of everything that happens in a month."""
    slots, clauses, lists = side.slots, compiled.clause_ids(), compiled.list_ids()
    classes = tuple(act_class.id for act_class in side.conduct.classes)
    return (
        ("acts", slots.acts, classes),
        ("detections", slots.detections, classes),
        ("truth", slots.truth, TRUTHS),
        ("records", slots.records, clauses),
        ("points", slots.points, clauses),
        ("points_wrong", slots.points_wrong, clauses),
        ("unknown_fired", slots.unknown, clauses),
        ("dropped", slots.dropped, clauses),
        ("fines", slots.fines, clauses),
        ("corrections", slots.corrections, ("granted",)),
        ("returned", slots.returned, RETURNS),
        ("list_in", slots.list_in, lists),
        ("list_out", slots.list_out, lists),
    )


def level_spans(side: Side, compiled: CompiledRules) -> Spans:
    """Return account, first column and items of everything that stands at a month's end."""
    slots = side.slots
    return (
        ("grades", slots.level_grades, compiled.grade_ids()),
        ("grades", slots.level_grades + NO_GRADE, ("none",)),
        ("lists", slots.level_lists, compiled.list_ids()),
        ("measures", slots.level_measures, compiled.measure_ids()),
        ("score_sum", slots.level_score, ("score",)),
    )


def month_first(start: date, month: int) -> date:
    """Return the first day of a month of the run."""
    number = start.year * 12 + start.month - 1 + month
    return date(number // 12, number % 12 + 1, 1)


class MonthRows:
    """Collects the rows of the months since the last part."""

    def __init__(self, start: date) -> None:
        self._start = start
        self.columns: dict[str, list[Any]] = {
            name: [] for name in ("month", "date", "kind", "group", "account", "item", "value")
        }

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.columns["value"])

    def add(self, month: int, side: Side, compiled: CompiledRules, population: Mapping[str, tuple[int, ...]]) -> None:
        """Add one month of one side; `population` gives all and scored people by group."""
        first = month_first(self._start, month)
        groups = GROUPS[side.kind]
        for group, account, item, value in self._numbers(side, compiled, population):
            row = (month, first, side.kind, groups[group], account, item, value)
            for column, entry in zip(self.columns.values(), row, strict=True):
                column.append(entry)

    def _numbers(
        self, side: Side, compiled: CompiledRules, population: Mapping[str, tuple[int, ...]]
    ) -> Iterator[tuple[int, str, str, int]]:
        for item, counts in population.items():
            for group, count in enumerate(counts):
                yield group, "people", item, int(count)
        for source, spans in (
            (side.flow, flow_spans(side, compiled)),
            (side.level, level_spans(side, compiled)),
        ):
            for account, first, items in spans:
                part = source[:, first : first + len(items)]
                keep = np.ones_like(part, dtype=bool) if account in STANDING else part != 0
                for group, column in np.argwhere(keep).tolist():
                    yield group, account, items[column], int(part[group, column])
