"""One neighbourhood of a run lived again, by itself, with a log of all that happened in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol, TypeAlias

import numpy as np

from glasstown.engine.kernel.logbook import lines_of
from glasstown.engine.office.spilling import NO_ROWS, mail_for
from glasstown.engine.quotas import publish, shown_scores
from glasstown.engine.scratch import make_scratch
from glasstown.engine.sides import Layer, Side
from glasstown.engine.tables.log_rows import LogLine
from glasstown.engine.tables.profiles import households_of
from glasstown.engine.tables.shapes import Shard, Status
from glasstown.engine.tables.state import MOST_FILED, make_log
from glasstown.engine.town import Logs, live_shard_month, room_for
from glasstown.engine.turnover import Changes
from glasstown.runs.heard import Heard, heard_of
from glasstown.runs.outside import Outside
from glasstown.runs.plan import Plan, side_of
from glasstown.types import EntityKind

LOG_ROWS = 1 << 15
KEPT = ("means", "owed", "work", "late", "ties")
"""what is kept of people as each month ends"""
Lines: TypeAlias = Mapping[tuple[int, int], list[LogLine]]
"""Lines of a log by place in the neighbourhood, and month in which its tenant came."""
Turns: TypeAlias = tuple[tuple[int, Changes], ...]
"""Months in which places changed their tenants, or an age something, with what changed."""


@dataclass(frozen=True, slots=True)
class LivedUnder:
    """What one rulebook made of a neighbourhood.

    rows       log of all its months
    listed     clause, months since the listing and event of those on a list when the run began, by place
    heard      of records of acts, by place and event: whether there was notice, and an objection
    household  sum and number of the scores of each household's scored members before each month, in quanta
    """

    rulebook: str
    status: Status
    rows: Lines
    listed: Mapping[int, tuple[int, int, int]]
    household: tuple[np.ndarray[Any, Any], ...]
    heard: Mapping[tuple[int, int], Heard] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lived:
    """A neighbourhood lived again.

    rows    log of conduct in all its months
    hashes  running hash after each month
    means   bits of everybody's means as each month ended, (months, people); no column where lives are not lived
    owed    yuan owed by judgment then
    work    work then, as a place in `population.WORK`
    late    months of debt service that were missed and not made up then
    ties    ties to others then
    turns   who came, left and grew older; none where places keep their tenants
    """

    shard: Shard
    rows: Lines
    under: tuple[LivedUnder, ...]
    hashes: tuple[int, ...]
    means: np.ndarray[Any, Any]
    owed: np.ndarray[Any, Any]
    work: np.ndarray[Any, Any]
    late: np.ndarray[Any, Any]
    ties: np.ndarray[Any, Any]
    turns: Turns = ()


class Counts(Protocol):
    """What somebody counts while a neighbourhood is lived again, month by month."""

    def begin(self, side: Side) -> None:
        """Forget all: the months begin, or begin again with more room in the logs."""

    def turn(self, month: int, changes: Changes) -> None:
        """Look once places have changed their tenants, before anything else happens."""

    def end(self, month: int, logs: Logs) -> None:
        """Look as a month ends; the logs hold all months so far."""


def live_again(plan: Plan, kind: EntityKind, block: int, outside: Outside, counts: Counts | None = None) -> Lived:
    """Live one neighbourhood's months again, with logs; more room is given to logs that ran over.

    counts   reads the logs in place of who returns them: the result then has no lines, no turns and no households
    """
    n_rows = LOG_ROWS
    while True:
        side = side_of(plan, kind, first_block=block, n_blocks=1, n_shards=1)
        logs = Logs(make_log(n_rows), tuple(make_log(n_rows) for _ in side.layers))
        n_filed = max((room_for(layer.rules) for layer in side.layers), default=MOST_FILED)
        scratch, shard = make_scratch(len(side.conduct.classes), 1, n_filed), side.shards[0]
        hashes, lives, watched = [], shard.lives, _Watched(side)
        on_turned = watched.look if counts is None else counts.turn
        if counts is not None:
            counts.begin(side)
        kept: tuple[list[np.ndarray[Any, Any]], ...] = tuple([] for _ in KEPT)
        for month in range(plan.manifest.months):
            for layer in side.layers:
                if layer.quotas:
                    publish(layer.begins, outside.cutoffs.get((kind, layer.name, month), {}))
                layer.mail[0] = mail_for(outside.mail.get((kind, layer.name, month, block), NO_ROWS), shard)
            live_shard_month(
                side, 0, scratch, month, outside.news_of(kind, month), logs, partial(on_turned, month),
                outside.orders_for(kind, [layer.name for layer in side.layers], month),
            )  # fmt: skip
            if counts is None:
                watched.read(logs)
            else:
                counts.end(month, logs)
            hashes.append(int(shard.hashes[0]))
            for column, name in zip(kept, KEPT, strict=True):
                column.append(getattr(lives, name).copy())
        most = max(int(log.written[0]) for log in (logs.conduct, *logs.layers))
        if most > n_rows:
            n_rows = most
            continue
        under = tuple(
            LivedUnder(layer.name, layer.statuses[0], found, _listed(layer), tuple(sums), heard_of(side, layer, found))
            for layer, found, sums in zip(side.layers, watched.rows[1:], watched.household, strict=True)
        )
        means, owed, work, late, ties = (np.array(months) for months in kept)
        turns = tuple(watched.turns) if side.turning else ()
        return Lived(shard, watched.rows[0], under, tuple(hashes), means, owed, work, late, ties, turns)


def _listed(layer: Layer) -> Mapping[int, tuple[int, int, int]]:
    """Return the clause, the months since the listing and the event of those on a list when the run began, by place."""
    return {
        place: (before.stock.clause, months, before.stock.event)
        for before in layer.before
        for place, months in zip(before.places.tolist(), before.months.tolist(), strict=True)
    }


class _Watched:
    """What is noted month by month while a neighbourhood is lived again.

    turns      who came, left and grew older
    household  by rulebook, the sums of households before each month, once places have changed their tenants
    rows       lines of conduct, then of each rulebook
    """

    def __init__(self, side: Side) -> None:
        self._side = side
        self.turns: list[tuple[int, Changes]] = []
        self.household: list[list[np.ndarray[Any, Any]]] = [[] for _ in side.layers]
        self.rows: list[dict[tuple[int, int], list[LogLine]]] = [{} for _ in (None, *side.layers)]
        self._read = [0] * len(self.rows)

    def look(self, month: int, changes: Changes) -> None:
        """Note who turned, and the households as they are then."""
        self.turns.append((month, changes))
        for sums, layer in zip(self.household, self._side.layers, strict=True):
            sums.append(_household_sums(self._side.shards[0], layer))

    def read(self, logs: Logs) -> None:
        """Add the lines of a month to those of who lives in each place now."""
        since = self._side.shards[0].lives.since
        for number, log in enumerate((logs.conduct, *logs.layers)):
            for row in lines_of(log, self._read[number]):
                tenant = int(since[row.person]) if len(since) else 0
                self.rows[number].setdefault((row.person, tenant), []).append(row)
            self._read[number] = int(log.written[0])


def _household_sums(shard: Shard, layer: Layer) -> np.ndarray[Any, Any]:
    """Return the sum of scores shown and the number of scored members of each household."""
    status = layer.statuses[0]
    is_scored, scores = status.is_scored != 0, shown_scores(layer.rules, status)
    household = households_of(shard.profile)
    sums = np.zeros((256, 2), dtype=np.int64)
    np.add.at(sums[:, 0], household[is_scored], scores[is_scored])
    np.add.at(sums[:, 1], household[is_scored], 1)
    return sums
