"""Time and bytes of each step of the month: the step functions called in turn over the same shards."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np

from glasstown.engine.counts import account
from glasstown.engine.kernel.cache import entry
from glasstown.engine.kernel.stops import ACTED, DETECTED, DRAWN, LIVES
from glasstown.engine.period import file_all, live_neighbours
from glasstown.engine.person.carrying import neighbourhood, sort_by_person
from glasstown.engine.person.month import open_person
from glasstown.engine.scratch import Scratch, make_scratch
from glasstown.engine.sides import Layer, Pool, Side
from glasstown.engine.tables.bundles import Desk, Here, Law
from glasstown.engine.tables.lived_rows import Lived
from glasstown.engine.tables.log_rows import Log
from glasstown.engine.tables.person_rows import Cursor
from glasstown.engine.tables.scene import Scene
from glasstown.engine.tables.shapes import Lives, Shard, Status, Trade
from glasstown.engine.tables.state import make_desk, make_log, no_mail
from glasstown.engine.town import NO_POST, Town, live_shard_month, scene_of
from glasstown.rows import each, make_row, make_rows

FILING = DETECTED + 1
BUDGET = {"S1-S2 work, debt": "none", "draws": "8", "S4-S5 acts, detection": "55", "S7, S10 filing": "4 to 14",
          "S8-S10 days, S3, S6, S11, S14, S15": "8 to 35",
          "S16 accounts": "3"}  # fmt: skip
"""Core-nanoseconds a person-month that the engine's first sketch allowed."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: nanoseconds of one core and bytes of state or ledger touched, both a person-month."""

    name: str
    nanoseconds: float
    touched: float


@entry
def live_until(law: Law, here: Here, desk: Desk, scene: Scene, month: int, depth: int) -> int:
    """Take every block of a shard through the month up to a step; return how many entries were filed."""
    shard, n_filed = here.shard, 0
    for block in range(len(shard.hashes)):
        at = neighbourhood(shard, block, month)
        live_neighbours(scene, at, min(depth, DETECTED))
        if depth >= FILING:
            n_entries = file_all(law, here, desk, at)
            sort_by_person(desk.work, n_entries, at.n)
            n_filed += n_entries
    return n_filed


@entry
def account_all(law: Law, shard: Shard, status: Status, desk: Desk) -> None:
    """Move the standing accounts once for every person, each with a grade that changed: the dearest case."""
    for position in range(len(status.score)):
        open_person(law.rules, shard, status, desk.mine.me, position, 0, 0)
        desk.mine.me.grade ^= 1
        account(law, status, desk, position, 0)


@dataclass(slots=True)
class Bench:
    """A town under one rulebook that has lived for a while, and copies of its shards to try steps on."""

    town: Town
    side: Side
    layer: Layer
    scratch: Scratch
    log: Log

    def copied(self) -> Side:
        """Return the side with state of its own, so that a month can be tried again from the same beginning."""
        shards = [
            shard._replace(
                **{name: getattr(shard, name).copy() for name in Shard._fields if name not in ("lives", "trade")},
                lives=Lives._make(array.copy() for array in shard.lives),
                trade=Trade._make(array.copy() for array in shard.trade),
            )
            for shard in self.side.shards
        ]
        statuses = [Status._make(array.copy() for array in status) for status in self.layer.statuses]
        pools = [Pool(pool.read, pool.written.copy(), pool.n_entries) for pool in self.layer.pools]
        layer = replace(self.layer, statuses=statuses, pools=pools)
        return replace(self.side, shards=shards, layers=(layer,))

    def desk(self) -> Desk:
        """Return what a thread works with, accounts of its own, and the first ledger."""
        accounts = np.zeros_like(self.layer.flow), np.zeros_like(self.layer.level)
        pool = self.layer.pools[0]
        ledgers = pool.read, pool.written
        chance, begins = self.side.chance, self.layer.begins
        return make_desk(self.scratch.work, begins, self.log, chance, accounts, ledgers, make_row(Cursor))

    def seconds_until(self, depth: int, repeats: int) -> float:
        """Return the least time of one month up to a step, over all shards."""
        month, layer, scratch, taken = self.town.month, self.layer, self.scratch, []
        for _ in range(repeats + 1):
            copy = self.copied()
            began = time.perf_counter()
            for number, shard in enumerate(copy.shards):
                scratch.fit(len(shard.hashes))
                here = Here(shard, copy.layers[0].statuses[number], scratch.found, no_mail(), NO_POST)
                scene = scene_of(copy, number, scratch, self.log, make_rows(Lived, len(copy.lived)))
                live_until(layer.law, here, self.desk(), scene, month, depth)
            taken.append(time.perf_counter() - began)
        return min(taken)

    def month_seconds(self, repeats: int) -> float:
        """Return the least time of one whole month, over all shards, begun from the same copies."""
        taken = []
        for _ in range(repeats + 1):
            copy = self.copied()
            began = time.perf_counter()
            for number in range(len(copy.shards)):
                live_shard_month(copy, number, self.scratch, self.town.month)
            taken.append(time.perf_counter() - began)
        return min(taken)

    def account_seconds(self, repeats: int) -> float:
        """Return the least time of moving the accounts once for everybody."""
        layer, taken = self.layer, []
        desk = self.desk()
        for _ in range(repeats + 1):
            began = time.perf_counter()
            for shard, status in zip(self.side.shards, layer.statuses, strict=True):
                account_all(layer.law, shard, status, desk)
            taken.append(time.perf_counter() - began)
        return min(taken)


def steps_of(town: Town, repeats: int) -> tuple[list[Step], float]:
    """Return every step's time and bytes, and the month's time; what it takes beyond the others is the days' own."""
    side = town.sides[0]
    most_blocks = max(len(shard.hashes) for shard in side.shards)
    bench = Bench(town, side, side.layers[0], make_scratch(len(side.conduct.classes), most_blocks), make_log(0))
    until = [0.0] + [bench.seconds_until(depth, repeats) for depth in (LIVES, DRAWN, ACTED, DETECTED, FILING)]
    busy = _records_each(side)
    accounts = bench.account_seconds(repeats) * busy
    month_seconds = bench.month_seconds(repeats)
    to_ns = 1e9 / side.n_people
    times = (until[LIVES], until[DRAWN] - until[LIVES], until[DETECTED] - until[DRAWN], until[FILING] - until[DETECTED],
             month_seconds - until[FILING] - accounts, accounts)  # fmt: skip
    touched = _touched(side, busy)
    steps = [Step(name, seconds * to_ns, size) for name, seconds, size in zip(BUDGET, times, touched, strict=True)]
    return steps, month_seconds * to_ns


def _records_each(side: Side) -> float:
    """Return last month's records that took effect, a person."""
    layer = side.layers[0]
    first, last = layer.slots.records, layer.slots.points
    return float(layer.flow[:, first:last].sum()) / side.n_people


def _touched(side: Side, busy: float) -> tuple[float, ...]:
    """Return bytes of state and ledger that each step reads or writes a person; scratch in the first cache is left out.

    S1-S2   every array of lives
    draws   none
    S4-S5   every propensity; for those who acted also roles, profile, count of detections
    S7-S10  lists, where a procedure ends one; a filed entry is two words of scratch
    S8-S10  entries read and written, and the row of state of the busy
    S16     score, grade, lists of the busy
    """
    shard, layer, status = side.shards[0], side.layers[0], side.layers[0].statuses[0]
    propensity = shard.propensity.nbytes / len(shard.roles)
    acted = float(side.tally.acts.sum()) / side.n_people
    entries = sum(pool.n_entries for pool in layer.pools) / side.n_people
    state = status.score.itemsize + status.grade.itemsize + status.lists.shape[1]
    has_procedures = any(procedure.exists for procedure in each(layer.rules.procedures))
    lives = sum(array.nbytes for array in shard.lives) / len(shard.roles)
    return (2 * lives, 0.0, propensity + 7 * acted, float(status.lists.shape[1] * has_procedures),
            32 * entries + 2 * (state + shard.profile.itemsize) * busy, state * busy)  # fmt: skip


def plain_pass(side: Side, repeats: int) -> tuple[float, float]:
    """Return nanoseconds a person to read and write every byte of the dense state once, and those bytes."""
    shared = [
        a
        for shard in side.shards
        for a in (shard.propensity, shard.detections, shard.roles, shard.profile, *shard.lives)
    ]
    stood = [a for status in side.layers[0].statuses for a in (status.score, status.grade, status.lists)]
    arrays = [array.reshape(-1).view(np.uint8) for array in (*shared, *stood)]
    words = [array[: len(array) // 8 * 8].view(np.uint64) for array in arrays]
    taken = []
    for _ in range(2 * repeats):
        began = time.perf_counter()
        for array in words:
            np.invert(array, out=array)
        taken.append(time.perf_counter() - began)
    n_bytes = sum(array.nbytes for array in words)
    return min(taken) * 1e9 / side.n_people, n_bytes / side.n_people
