"""Time and bytes of each step of the month: the step functions called in turn over the same shards."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from glasstown.engine.cache import entry
from glasstown.engine.conduct import act, detect
from glasstown.engine.filing import file_records, seek_procedures
from glasstown.engine.grants import ME_GRADE
from glasstown.engine.period import account, live_shard, open_person, sort_by_person
from glasstown.engine.philox import fill
from glasstown.engine.shapes import I64, Calendar, Log, Model, Rules, Shard, Slots, Work
from glasstown.engine.state import make_log, make_work
from glasstown.engine.town import Side, Town

DRAWS, ACTS, DETECTION, FILING = 1, 2, 3, 4
BUDGET = {"draws": "8", "S4-S5 acts, detection": "55", "S7, S10 filing": "4 to 14", "S8-S10 days": "8 to 35",
          "S16 accounts": "3"}  # fmt: skip
"""Core-nanoseconds a person-month that the engine's first sketch allowed."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: nanoseconds of one core and bytes of state or ledger touched, both a person-month."""

    name: str
    nanoseconds: float
    touched: float


@entry
def live_until(
    rules: Rules, cal: Calendar, model: Model, slots: Slots, log: Log, shard: Shard, work: Work, chance: I64,
    flow: I64, month: int, depth: int,
) -> int:  # fmt: skip
    """Take every block of a shard through the first `depth` steps of a month; return what the last one counted."""
    n_classes, counted = shard.propensity.shape[1], 0
    for block in range(len(shard.n_entries)):
        first = shard.first[block]
        n = shard.first[block + 1] - first
        fill(chance, shard.ident[3], shard.ident[0] + first, n, month, (n_classes + 3) >> 2, work.draws)
        if depth == DRAWS:
            continue
        n_rows = act(model, shard, work, work.did, first, n, month)
        if depth >= DETECTION:
            n_rows = detect(model, slots, log, shard, work, chance, flow, work.did, n_rows, first, month)
        if depth >= FILING:
            n_rows = file_records(rules, cal, model, slots, log, shard, work, chance, flow, n_rows, first, n, month)
            n_rows = seek_procedures(rules, cal, model, log, shard, work.filed, chance, n_rows, first, n, month)
            sort_by_person(work, n_rows, n)
        counted += n_rows
    return counted


@entry
def account_all(rules: Rules, slots: Slots, shard: Shard, work: Work, flow: I64, level: I64) -> None:
    """Move the standing accounts once for every person, each with a grade that changed: the dearest case."""
    for position in range(len(shard.score)):
        open_person(shard, work.me, position, 0, 0)
        work.me[ME_GRADE] ^= 1
        account(rules, slots, shard, work.me, flow[0], level[0], position)


@dataclass(slots=True)
class Bench:
    """A town that has lived for a while, and copies of its shards to try steps on."""

    town: Town
    side: Side
    work: Work
    log: Log

    def seconds_until(self, depth: int, repeats: int) -> float:
        """Return the least time of one month up to a step, over all shards."""
        side, month = self.side, self.town.month
        taken = []
        for _ in range(repeats + 1):
            copies = [Shard._make(array.copy() for array in shard) for shard in side.shards]
            began = time.perf_counter()
            for shard in copies:
                live_until(
                    side.rules, self.town.calendar, side.conduct.model, side.slots, self.log, shard, self.work,
                    side.chance, np.zeros_like(side.flow), month, depth,
                )  # fmt: skip
            taken.append(time.perf_counter() - began)
        return min(taken)

    def month_seconds(self, repeats: int) -> float:
        """Return the least time of one whole month, over all shards, begun from the same copies."""
        side, month = self.side, self.town.month
        flow, level = np.zeros_like(side.flow), np.zeros_like(side.level)
        taken = []
        for _ in range(repeats + 1):
            copies = [Shard._make(array.copy() for array in shard) for shard in side.shards]
            pools = [pool.written.copy() for pool in side.pools]
            began = time.perf_counter()
            for shard, pool, written in zip(copies, side.pools, pools, strict=True):
                live_shard(
                    side.rules, self.town.calendar, side.conduct.model, side.slots, self.log, shard, self.work,
                    side.chance, flow, level, pool.read, written, np.zeros(3, dtype=np.int64), month,
                )  # fmt: skip
            taken.append(time.perf_counter() - began)
        return min(taken)

    def account_seconds(self, repeats: int) -> float:
        """Return the least time of moving the accounts once for everybody."""
        side, taken = self.side, []
        flow, level = np.zeros_like(side.flow), np.zeros_like(side.level)
        for _ in range(repeats + 1):
            began = time.perf_counter()
            for shard in side.shards:
                account_all(side.rules, side.slots, shard, self.work, flow, level)
            taken.append(time.perf_counter() - began)
        return min(taken)


def steps_of(town: Town, repeats: int) -> tuple[list[Step], float]:
    """Return every step's time and bytes, and the month's time; what it takes beyond the others is the days' own."""
    side = town.sides[0]
    bench = Bench(town, side, make_work(len(side.conduct.classes)), make_log(0))
    until = [0.0] + [bench.seconds_until(depth, repeats) for depth in (DRAWS, ACTS, DETECTION, FILING)]
    busy = _per_person(side, "records")
    accounts = bench.account_seconds(repeats) * busy
    month_seconds = bench.month_seconds(repeats)
    to_ns = 1e9 / side.n_people
    times = (until[DRAWS], until[DETECTION] - until[DRAWS], until[FILING] - until[DETECTION],
             month_seconds - until[FILING] - accounts, accounts)  # fmt: skip
    touched = _touched(side, busy)
    steps = [Step(name, seconds * to_ns, size) for name, seconds, size in zip(BUDGET, times, touched, strict=True)]
    return steps, month_seconds * to_ns


def _per_person(side: Side, account_name: str) -> float:
    """Return last month's sum of one account, a person."""
    starts = sorted(getattr(side.slots, name) for name in side.slots._fields if not name.startswith("level"))
    first = getattr(side.slots, account_name)
    after = [start for start in starts if start > first]
    return float(side.flow[:, first : after[0] if after else None].sum()) / side.n_people


def _touched(side: Side, busy: float) -> tuple[float, ...]:
    """Return bytes of state and ledger that each step reads or writes a person; scratch in the first cache is left out.

    draws   none
    S4-S5   every propensity; for those who acted also roles, profile, count of detections
    S7-S10  lists, where a procedure ends one; a filed entry is two words of scratch
    S8-S10  entries read and written, and the row of state of the busy
    S16     score, grade, lists of the busy
    """
    shard, n = side.shards[0], len(side.shards[0].score)
    propensity = shard.propensity.nbytes / n
    acted = _per_person(side, "acts")
    entries = sum(pool.n_entries for pool in side.pools) / side.n_people
    state = shard.score.itemsize + shard.grade.itemsize + shard.lists.itemsize
    has_procedures = bool(side.rules.procedures[:, 0].any())
    return (0.0, propensity + 7 * acted, float(shard.lists.itemsize * has_procedures),
            32 * entries + 2 * (state + shard.profile.itemsize) * busy, state * busy)  # fmt: skip


def plain_pass(side: Side, repeats: int) -> tuple[float, float]:
    """Return nanoseconds a person to read and write every byte of the dense state once, and those bytes."""
    arrays = [
        array.reshape(-1).view(np.uint8)
        for shard in side.shards
        for array in (
            shard.propensity,
            shard.detections,
            shard.roles,
            shard.profile,
            shard.score,
            shard.grade,
            shard.lists,
        )
    ]
    words = [array[: len(array) // 8 * 8].view(np.uint64) for array in arrays]
    taken = []
    for _ in range(2 * repeats):
        began = time.perf_counter()
        for array in words:
            np.invert(array, out=array)
        taken.append(time.perf_counter() - began)
    n_bytes = sum(array.nbytes for array in words)
    return min(taken) * 1e9 / side.n_people, n_bytes / side.n_people
