"""A town that lives: sides (people, firms), shards, threads, months.

A shard is a set of whole neighbourhoods, the unit of threads.  Nothing that a neighbourhood does depends on the shard it is in, so
the digest is the same for any number of shards and threads.
"""

from __future__ import annotations

import hashlib
import queue
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from glasstown.compiler import columns as col
from glasstown.compiler.tables import CompiledRules
from glasstown.engine import entries, grants, lists, period
from glasstown.engine.calendar import make_calendar
from glasstown.engine.model import Conduct
from glasstown.engine.shapes import I64, Calendar, Log, Rules, Shard, Slots, Work
from glasstown.engine.state import (
    MOST_ENTRIES,
    MOST_FILED,
    Residents,
    as_rules,
    chance_of,
    dense_bytes,
    make_log,
    make_shard,
    make_slots,
    make_work,
)
from glasstown.errors import Fault, RunError
from glasstown.types import EntityKind

N_GROUPS: Mapping[EntityKind, int] = {"person": 5, "firm": 4}
SLACK = 6 * (MOST_FILED + 512)
"""Room that a neighbourhood may need in the written ledger beyond what it read."""


@dataclass(slots=True)
class Pool:
    """A shard's ledger: read from one array, written to the other, then swapped."""

    read: I64
    written: I64
    n_entries: int = 0

    def grow(self, n_written: int) -> None:
        """Give the written side more room, keeping what stands there."""
        larger = np.zeros((2 * len(self.written) + SLACK, 2), dtype=np.int64)
        larger[:n_written] = self.written[:n_written]
        self.written = larger

    def swap(self, n_written: int) -> None:
        """Let what was written be what is read next month."""
        self.read, self.written = self.written, self.read
        self.n_entries = n_written


@dataclass(slots=True)
class Side:
    """The people, or the firms, of a town: their rules, their shards and their accounts.

    flow   (G, columns) what happened this month, by group
    level  (G, columns) what stands at the month's end, by group
    """

    kind: EntityKind
    rules: Rules
    conduct: Conduct
    slots: Slots
    shards: list[Shard]
    pools: list[Pool]
    flow: I64
    level: I64
    chance: I64
    n_people: int
    n_scored: int
    flow_width: int = field(default=0)


def first_status(rules: Rules, cal: Calendar, start_day: int = 0) -> tuple[int, int, list[tuple[int, int]]]:
    """Return grade, lists and entries of someone at the base on the first day (docs/the-day.md, section 8)."""
    me = np.zeros(16, dtype=np.int64)
    me[grants.ME_SCORE] = rules.book[col.B_BASE]
    keys, pays = np.zeros(MOST_ENTRIES, dtype=np.int64), np.zeros(MOST_ENTRIES, dtype=np.int64)
    lists.settle(rules, cal, keys, pays, me, start_day, 0)
    n = int(me[grants.ME_N])
    found = sorted(zip(keys[:n].tolist(), pays[:n].tolist(), strict=True))
    return int(me[grants.ME_GRADE]), int(me[grants.ME_LISTS]), found


def make_side(
    compiled: CompiledRules,
    known: Conduct,
    cal: Calendar,
    residents_of: Callable[[int, int], Residents],
    *,
    kind: EntityKind,
    seed: int,
    n_blocks: int,
    first_block: int = 0,
    n_shards: int,
) -> Side:
    """Return the side of a town that consists of blocks first_block to first_block + n_blocks - 1."""
    rules = as_rules(compiled)
    grade, on_lists, first_entries = first_status(rules, cal)
    slots, flow_width, level_width = make_slots(
        len(known.classes), len(rules.clauses), len(rules.lists), len(rules.measures)
    )
    bounds = np.linspace(first_block, first_block + n_blocks, min(n_shards, max(n_blocks, 1)) + 1).astype(int)
    shards, pools = [], []
    level = np.zeros((N_GROUPS[kind], level_width), dtype=np.int64)
    n_people = n_scored = 0
    for first, last in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        if last == first:
            continue
        residents = residents_of(first, last)
        shard = make_shard(known, rules, residents, kind=kind, first_block=first, grade=grade, lists=on_lists)
        shards.append(shard)
        pools.append(_first_pool(shard, residents, first_entries))
        _open_levels(level, slots, rules, residents, grade, on_lists)
        n_people += len(residents.roles)
        n_scored += int(residents.is_scored.sum())
    return Side(
        kind=kind,
        rules=rules,
        conduct=known,
        slots=slots,
        shards=shards,
        pools=pools,
        flow=np.zeros((N_GROUPS[kind], flow_width), dtype=np.int64),
        level=level,
        chance=chance_of(seed, kind),
        n_people=n_people,
        n_scored=n_scored,
    )


def _first_pool(shard: Shard, residents: Residents, first_entries: list[tuple[int, int]]) -> Pool:
    """Return a ledger with the entries that everyone begins with: holds of lists that the base is on."""
    rows = []
    for block in range(len(shard.n_entries)) if first_entries else ():
        for position in range(int(shard.first[block]), int(shard.first[block + 1])):
            if residents.is_scored[position]:
                person = position - int(shard.first[block])
                rows += [(key, pay & ~255 | person) for key, pay in first_entries]
                shard.n_entries[block] += len(first_entries)
    read = np.zeros((len(rows) + SLACK, 2), dtype=np.int64)
    if rows:
        read[: len(rows)] = rows
    return Pool(read=read, written=np.zeros((len(rows) + SLACK, 2), dtype=np.int64), n_entries=len(rows))


def _open_levels(level: I64, slots: Slots, rules: Rules, residents: Residents, grade: int, on_lists: int) -> None:
    """Enter everyone's first grade, lists, measures and score into the standing accounts."""
    scored = np.bincount(residents.group[residents.is_scored], minlength=len(level))[: len(level)]
    level[:, slots.level_grades + grade] += scored
    level[:, slots.level_score] += scored * int(lists.shown(rules, int(rules.book[col.B_BASE])))
    for rule in range(len(rules.lists)):
        level[:, slots.level_lists + rule] += scored * ((on_lists >> rule) & 1)
    for measure in range(len(rules.measures)):
        level[:, slots.level_measures + measure] += scored * int(period.in_force(rules, measure, grade, on_lists))


class Town:
    """People and firms under one rulebook; `advance` lives one month."""

    def __init__(self, sides: Sequence[Side], *, start: date, threads: int) -> None:
        """Take sides that share a calendar; `threads` only changes how fast the same thing happens."""
        self.sides = tuple(sides)
        self.calendar = make_calendar(start)
        self.month = 0
        self._executor = ThreadPoolExecutor(max_workers=threads) if threads > 1 else None
        self._log = make_log(0)
        self._works: queue.SimpleQueue[Work] = queue.SimpleQueue()
        most_classes = max((len(side.conduct.classes) for side in self.sides), default=0)
        for _ in range(threads):
            self._works.put(make_work(most_classes))

    def close(self) -> None:
        """Let the threads go."""
        if self._executor:
            self._executor.shutdown()

    def advance(self) -> None:
        """Live one month on all sides; `flow` and `level` of each side then hold its accounts."""
        for side in self.sides:
            side.flow[:] = 0
            jobs = [(side, number) for number in range(len(side.shards))]
            results = self._executor.map(self._live, jobs) if self._executor else map(self._live, jobs)
            for flow, level in results:
                side.flow += flow
                side.level += level
        self.month += 1

    def _live(self, job: tuple[Side, int]) -> tuple[I64, I64]:
        """Live one month in one shard; return its accounts, which the caller adds in shard order."""
        side, number = job
        work = self._works.get()
        try:
            return live_shard_month(side, number, self.calendar, work, self._log, self.month)
        finally:
            self._works.put(work)

    def block_hashes(self, kind: EntityKind) -> NDArray[np.uint64]:
        """Return the running hash of every block of a side, in block order."""
        parts = [shard.hashes for side in self.sides if side.kind == kind for shard in side.shards]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint64)

    def digest(self) -> str:
        """Return the digest of all months so far: a tree hash over the blocks' hashes, people first, then firms."""
        tree = hashlib.sha256()
        for side in self.sides:
            hashes = self.block_hashes(side.kind).astype("<u8")
            tree.update(f"{side.kind} {len(hashes)} {self.month}".encode())
            for first in range(0, len(hashes), 256):
                tree.update(hashlib.sha256(hashes[first : first + 256].tobytes()).digest())
        return tree.hexdigest()

    def bytes_per_person(self) -> dict[str, float]:
        """Return bytes a person: dense state, live ledger, and scratch told apart."""
        n = max(sum(side.n_people for side in self.sides), 1)
        dense = sum(dense_bytes(shard) for side in self.sides for shard in side.shards)
        ledger = sum(16 * pool.n_entries for side in self.sides for pool in side.pools)
        room = sum(pool.read.nbytes + pool.written.nbytes for side in self.sides for pool in side.pools)
        return {"dense": dense / n, "ledger": ledger / n, "scratch": (room - ledger) / n}


def live_shard_month(side: Side, number: int, cal: Calendar, work: Work, log: Log, month: int) -> tuple[I64, I64]:
    """Live one month in one shard, giving the ledger more room when it asks; return flow and change of level."""
    shard, pool = side.shards[number], side.pools[number]
    flow, level = np.zeros_like(side.flow), np.zeros_like(side.level)
    cursor = np.zeros(3, dtype=np.int64)
    while True:
        status = period.live_shard(
            side.rules, cal, side.conduct.model, side.slots, log, shard, work, side.chance, flow, level,
            pool.read, pool.written, cursor, month,
        )  # fmt: skip
        if status == period.DONE:
            break
        if status != period.POOL_FULL:
            raise RunError("The run stopped", [_full(status, side, shard, int(cursor[0]), month)])
        pool.grow(int(cursor[2]))
    pool.swap(int(cursor[2]))
    return flow, level


def _full(status: int, side: Side, shard: Shard, block: int, month: int) -> Fault:
    """Return what to say when a neighbourhood or a person has more entries than there is room for."""
    whole = int(shard.ident[1]) + block
    if status == period.FILED_FULL:
        found, limit = "more new records than there is room for", f"at most {MOST_FILED} a month"
    else:
        found, limit = "one life with more pending entries than there is room for", f"at most {MOST_ENTRIES}"
    return Fault(
        f"{side.kind} block {whole}, month {month}", None, found, limit,
        "Lower the hazards or the chances of detection.",
    )  # fmt: skip


def entry_words(entry: Sequence[int]) -> dict[str, int]:
    """Return the parts of an entry's key, for messages and tests."""
    key = int(entry[0])
    return {
        "day": key >> entries.DAY_SHIFT,
        "phase": (key >> entries.PHASE_SHIFT) & 7,
        "clause": (key >> entries.CLAUSE_SHIFT) & entries.CLAUSE_MASK,
        "event": (key >> entries.EVENT_SHIFT) & entries.EVENT_MASK,
        "kind": key & 15,
    }
