"""The eve of a month: the month lived dry, with what its offices write down, and laid back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

import numpy as np

from glasstown.engine.scratch import NO_LOG
from glasstown.engine.tables.log_rows import Log, LogLine
from glasstown.engine.tables.state import make_log
from glasstown.engine.town import Logs, Town
from glasstown.population import BLOCK
from glasstown.rows import Rows, as_array, in_python
from glasstown.runs.living import Living
from glasstown.types import EntityKind


@dataclass(frozen=True, slots=True)
class Written:
    """A line that an office wrote: under which rulebook, about whom, by number."""

    kind: EntityKind
    rulebook: str
    number: int
    line: LogLine


@contextmanager
def next_month(living: Living, kinds: Collection[int]) -> Iterator[tuple[tuple[Written, ...], Town]]:
    """Give the lines of these kinds that the next month would bring, and the town as it would end; lay it back at the end.

    Errors   UsageError where the town has lived all its months
    """
    while True:
        n_rows = living.log_rows
        town = living.town
        town.logs = pages = _pages(town, n_rows)
        try:
            with living.dry() as then:
                needed = max(int(log.written[0]) for logs in pages.values() for log in logs.layers)
                if needed <= n_rows:
                    yield tuple(_lines(then, pages, kinds)), then
                    return
        finally:
            town.logs = {}
        living.log_rows = needed + needed // 4


def _pages(town: Town, n_rows: int) -> dict[tuple[EntityKind, int], Logs]:
    """Return room for what offices write, a log for each shard and rulebook; conduct writes nothing."""
    return {
        (side.kind, number): Logs(NO_LOG, tuple(make_log(n_rows) for _ in side.layers))
        for side in town.sides
        for number in range(len(side.shards))
    }


def _lines(town: Town, pages: Mapping[tuple[EntityKind, int], Logs], kinds: Collection[int]) -> Iterator[Written]:
    for side in town.sides:
        for number, shard in enumerate(side.shards):
            for layer, log in zip(side.layers, pages[side.kind, number].layers, strict=True):
                for line in _of_kinds(log, kinds):
                    about = int(shard.ident.entity) + line.block * BLOCK + line.person
                    yield Written(side.kind, layer.name, about, line)


def _of_kinds(log: Log, kinds: Collection[int]) -> list[LogLine]:
    """Return the lines of some kinds; the many others are not made into Python's numbers."""
    rows = as_array(log.rows)[: int(log.written[0])]
    return in_python(cast("Rows[LogLine]", rows[np.isin(rows["kind"], list(kinds))]))
