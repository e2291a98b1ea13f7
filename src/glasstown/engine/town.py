"""A town that lives: shards, threads, months.

A month of a shard is conduct first, then one rulebook after the other (period.py).
A shard is a set of whole neighbourhoods, the unit of threads.  Nothing that a neighbourhood does depends on the shard it is in, so
the digest is the same for any number of shards and threads.
"""

from __future__ import annotations

import hashlib
import queue
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from glasstown.compiler import columns as col
from glasstown.engine import quotas, rounds
from glasstown.engine.beginning import NO_NEWS, News, chance_to_lose, close_gates, closed_by_name, closing_in, names_in
from glasstown.engine.headroom import assert_headroom
from glasstown.engine.kernel import stops
from glasstown.engine.kernel.identities import assert_identities, standing
from glasstown.engine.kernel.straight import straight
from glasstown.engine.office.spilling import NO_ROWS, Ties, mail_for, sends_mail
from glasstown.engine.orders import NO_ORDERS, laid_over, mark
from glasstown.engine.scratch import NO_LOG, Scratch, live_conduct, make_scratch
from glasstown.engine.sides import Layer, Side
from glasstown.engine.tables.bundles import Here
from glasstown.engine.tables.filing_rows import Letter
from glasstown.engine.tables.lived_rows import Lived
from glasstown.engine.tables.log_rows import Log
from glasstown.engine.tables.person_rows import Cursor
from glasstown.engine.tables.scene import Scene, Tally, add_tally, make_tally
from glasstown.engine.tables.shapes import I64, Post, Rules, Shard
from glasstown.engine.tables.state import (
    MOST_ENTRIES,
    MOST_FILED,
    MOST_FILED_IN_GROUPS,
    make_desk,
    make_post,
    shared_bytes,
    status_bytes,
)
from glasstown.engine.turnover import Changes, turn
from glasstown.errors import Fault, RunError
from glasstown.rows import Rows, as_array, as_table, each, make_row, make_rows, total_of
from glasstown.types import EntityKind

NO_POST = make_post(0)
Ordered: TypeAlias = Mapping[tuple[EntityKind, str, int], I64]
"""Orders of desks (orders.py) by kind, rulebook and month."""
OTHER: dict[EntityKind, EntityKind] = {"person": "firm", "firm": "person"}


@dataclass(frozen=True, slots=True)
class Logs:
    """What a replay writes down: one log of conduct, and one for each rulebook."""

    conduct: Log
    layers: tuple[Log, ...]


@dataclass(frozen=True, slots=True)
class Accounts:
    """What a shard's month adds to the accounts: of conduct, of lives, then flow, level and mail sent by rulebook; and who turned."""

    tally: Tally
    lived: Rows[Lived]
    flows: list[I64]
    levels: list[I64]
    posted: list[Rows[Letter]]
    changes: Changes


@dataclass(frozen=True, slots=True)
class CutOff:
    """Where a quota grade begins from a month's first day on, in quanta; None where nobody reaches it."""

    kind: EntityKind
    rulebook: str
    month: int
    grade: int
    quanta: int | None


class Town:
    """People and firms under all rulebooks that are in force; `advance` lives one month.

    waiting     mail that is delivered in the next month, by whom it is for and rulebook, sorted
    delivered   what was delivered since the caller last emptied it, with the month
    heard       the town's news since then, with the month
    went_under  firms that went under in the last month lived, of 2**32; -1 where there are none
    logs        what to write down, by kind and shard; nothing, unless somebody lays logs there
    """

    def __init__(
        self, sides: Sequence[Side], *, threads: int, ties: Ties | None = None, orders: Ordered | None = None
    ) -> None:
        """Take sides that begin on the same day; `threads` only changes how fast the same thing happens.

        ties     who represents whom; needed where a rulebook sends mail between people and firms
        orders   what desks decide; the last column is written as months are lived
        """
        self.sides = tuple(sides)
        self.month = 0
        self.cutoffs: list[CutOff] = []
        self.ties = ties
        self.orders: Ordered = orders or {}
        self.logs: Mapping[tuple[EntityKind, int], Logs] = {}
        self.waiting: dict[tuple[EntityKind, str], Rows[Letter]] = {}
        self.delivered: list[tuple[int, EntityKind, str, Rows[Letter]]] = []
        self.heard: list[tuple[int, News]] = []
        self.went_under = -1
        self._executor = ThreadPoolExecutor(max_workers=threads) if threads > 1 else None
        self._scratch: queue.SimpleQueue[Scratch] = queue.SimpleQueue()
        most_classes = max((len(side.conduct.classes) for side in self.sides), default=0)
        most_blocks = max((len(shard.hashes) for side in self.sides for shard in side.shards), default=0)
        n_filed = max((room_for(layer.rules) for side in self.sides for layer in side.layers), default=MOST_FILED)
        for _ in range(threads):
            self._scratch.put(make_scratch(most_classes, most_blocks, n_filed))

    def close(self) -> None:
        """Let the threads go."""
        if self._executor:
            self._executor.shutdown()

    def advance(self) -> None:
        """Live one month on all sides; `tally` of each side, `flow` and `level` of each layer then hold its accounts."""
        posted: dict[tuple[EntityKind, str], list[Rows[Letter]]] = {}
        for side in self.sides:
            for counts in (*side.tally, as_table(side.lived)):
                counts[:] = 0
            for layer in side.layers:
                layer.flow[:] = 0
                self._publish(side, layer)
                self._deliver(side, layer)
            before = standing(side)
            news = self._gather(side)
            jobs = [(side, number, news) for number in range(len(side.shards))]
            results = self._executor.map(self._live, jobs) if self._executor else map(self._live, jobs)
            for lived in results:
                _book(side, lived)
                for layer, rows in zip(side.layers, lived.posted, strict=True):
                    posted.setdefault((side.kind, layer.name), []).append(rows)
            for layer in side.layers if side.turning is not None else ():
                layer.n_scored = sum(int(np.count_nonzero(status.is_scored)) for status in layer.statuses)
            assert_identities(side, before, self.month)
            assert_headroom(side, self.month)
            if side.kind == "firm":
                self._count(side)
        if self.ties is not None:
            self.waiting = {
                (OTHER[kind], name): self.ties.addressed(parts, kind) for (kind, name), parts in posted.items()
            }
        self.month += 1

    def _gather(self, side: Side) -> News:
        """Return what people learn of the town as the last month ended; firms learn nothing."""
        if side.kind == "firm":
            return NO_NEWS
        by_name = NO_NEWS.by_name
        if side.conduct.model.society.numbers.by_name == 1:
            names = [names_in(shard, side) for shard in side.shards]
            tables = [closing_in(layer, self.month, side).by_list for layer in side.layers]
            by_name = closed_by_name(names, [layer.statuses for layer in side.layers], tables)
        news = News(by_name, self.went_under)
        if len(by_name) or self.went_under >= 0:
            self.heard.append((self.month, news))
        return news

    def _count(self, side: Side) -> None:
        """Remember which share of the firms there were went under this month, for the people to feel in the next."""
        n = sum(int((shard.trade.health != 2).sum()) for shard in side.shards)
        gone = int(total_of(side.lived).went_under)
        self.went_under = (gone << 32) // max(n + gone, 1) if any(len(s.trade.health) for s in side.shards) else -1

    def _deliver(self, side: Side, layer: Layer) -> None:
        """Lay what the others sent last month before the shards that it is for."""
        if not sends_mail(layer.rules):
            return
        rows = self.waiting.get((side.kind, layer.name), NO_ROWS)
        layer.mail[:] = [mail_for(rows, shard) for shard in side.shards]
        if len(rows):
            self.delivered.append((self.month, side.kind, layer.name, rows))

    def _publish(self, side: Side, layer: Layer) -> None:
        """Let what the last month's end brings into force at the town's own level hold from this month on."""
        if not layer.quotas:
            return
        cutoffs: dict[int, int | None] = {}
        months = layer.start.year * 12 + layer.start.month - 1 + self.month
        if quotas.are_published(layer.compiled, layer.start, date(months // 12, months % 12 + 1, 1)):
            month_before = (int(layer.calendar.origin.month) - 1 + self.month - 1) % 12 + 1
            scores = quotas.closing_scores(layer.rules, layer.statuses)
            by_lot = layer.rules.book.lots == 1
            lots = quotas.lots_of(side.chance, side.shards, layer.statuses) if by_lot else None
            cutoffs = quotas.assess(layer.quotas, month_before, scores, lots)
        quotas.publish(layer.begins, cutoffs)
        self.cutoffs += [CutOff(side.kind, layer.name, self.month, row, cutoff) for row, cutoff in cutoffs.items()]

    def _live(self, job: tuple[Side, int, News]) -> Accounts:
        """Live one month in one shard; return its accounts, which the caller adds in shard order."""
        side, number, news = job
        scratch = self._scratch.get()
        try:
            orders = [self.orders.get((side.kind, layer.name, self.month), NO_ORDERS) for layer in side.layers]
            logs = self.logs.get((side.kind, number))
            return live_shard_month(side, number, scratch, self.month, news, logs, orders=orders if self.orders else ())
        finally:
            self._scratch.put(scratch)

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
        layers = [layer for side in self.sides for layer in side.layers]
        pools = [pool for layer in layers for pool in layer.pools]
        dense = sum(shared_bytes(shard) for side in self.sides for shard in side.shards)
        dense += sum(status_bytes(status) for layer in layers for status in layer.statuses)
        ledger = sum(16 * pool.n_entries for pool in pools)
        room = sum(pool.read.nbytes + pool.written.nbytes for pool in pools)
        return {"dense": dense / n, "ledger": ledger / n, "scratch": (room - ledger) / n}


def room_for(rules: Rules) -> int:
    """Return how many new entries a neighbourhood may file in a month under a rulebook."""
    in_groups = bool(any(reach.through == col.GROUP for reach in each(rules.reaches)))
    return MOST_FILED_IN_GROUPS if in_groups else MOST_FILED


def _book(side: Side, lived: Accounts) -> None:
    """Add the accounts of a shard's month to those of its side."""
    add_tally(side.tally, lived.tally)
    total = as_table(side.lived)
    total += as_table(lived.lived)
    for layer, flow, level in zip(side.layers, lived.flows, lived.levels, strict=True):
        layer.flow += flow
        layer.level += level


def live_shard_month(
    side: Side, number: int, scratch: Scratch, month: int, news: News = NO_NEWS, logs: Logs | None = None,
    on_turned: Callable[[Changes], None] | None = None, orders: Sequence[I64] = (),
) -> Accounts:  # fmt: skip
    """Live one month in one shard: who comes and goes, conduct, then every rulebook in its turn; return what it adds to the accounts.

    on_turned   called once places have changed their tenants, before anything else happens
    orders      what desks decide this month, by rulebook; none where nobody does
    """
    logs = logs or Logs(NO_LOG, (NO_LOG,) * len(side.layers))
    lived = make_rows(Lived, len(side.lived))
    booked = [(_nothing(layer.flow), _nothing(layer.level)) for layer in side.layers]
    changes = turn(side, number, month, lived, booked, scratch.work, told=on_turned is not None)
    if on_turned is not None:
        on_turned(changes)
    close_gates(side, number, month, lived, news)
    scratch.fit(len(side.shards[number].hashes))
    scene = scene_of(side, number, scratch, logs.conduct, lived, news)
    live_conduct(scene, scratch, month, side.conduct.own)
    posted = [
        live_layer(side, layer, number, scratch, month, log, each, asked)
        for layer, log, each, asked in zip(
            side.layers, logs.layers, booked, orders or (NO_ORDERS,) * len(side.layers), strict=True
        )
    ]
    flows, levels = [flow for flow, _ in booked], [level for _, level in booked]
    return Accounts(scene.tally, lived, flows, levels, posted, changes)


def _nothing(accounts: I64) -> I64:
    """Return accounts of nothing, as wide as these."""
    return np.zeros(accounts.shape, dtype=np.int64)


def scene_of(side: Side, number: int, scratch: Scratch, log: Log, lived: Rows[Lived], news: News = NO_NEWS) -> Scene:
    """Return what a month of conduct in a shard works on, with a tally of nothing."""
    tally = make_tally(len(side.lived), len(side.conduct.classes))
    shard, lose = side.shards[number], chance_to_lose(side, news)
    return Scene(side.conduct.model, shard, scratch.work, log, side.chance, tally, lived, scratch.found, lose)


def live_layer(
    side: Side, layer: Layer, number: int, scratch: Scratch, month: int, log: Log, booked: tuple[I64, I64],
    orders: I64 = NO_ORDERS,
) -> Rows[Letter]:  # fmt: skip
    """Live one rulebook's month in one shard, giving ledger and post more room when they ask; return the mail sent.

    booked   flow and change of level, added to
    orders   what desks decide under it this month; those that found something to decide are marked
    """
    shard, pool, cursor = side.shards[number], layer.pools[number], make_row(Cursor)
    post = make_post(0) if sends_mail(layer.rules) else NO_POST
    found = laid_over(scratch.found, shard, orders) if len(orders) else scratch.found
    while True:
        here = Here(shard, layer.statuses[number], found, layer.mail[number], post)
        desk = make_desk(scratch.work, layer.begins, log, side.chance, booked, (pool.read, pool.written), cursor)
        why = straight(rounds.live_rules, layer.law, here, desk, month)
        if why == stops.DONE:
            break
        if why == stops.POOL_FULL:
            pool.grow(int(cursor.written), len(scratch.work.filed))
        elif why == stops.POST_FULL:
            post = _larger(post, len(layer.rules.reaches) * len(scratch.work.filed))
        else:
            raise RunError("The run stopped", [_full(why, side, layer, shard, int(cursor.block), month)])
    if found is not scratch.found:
        mark(found, shard, orders)
    pool.swap(int(cursor.written))
    return as_array(post.rows)[: post.written[0]]


def _larger(post: Post, n_more: int) -> Post:
    """Return a post with twice the room and some more, keeping what was posted."""
    larger = make_post(2 * len(post.rows) + n_more)
    as_array(larger.rows)[: len(post.rows)] = as_array(post.rows)
    larger.written[0] = post.written[0]
    return larger


def _full(why: int, side: Side, layer: Layer, shard: Shard, block: int, month: int) -> Fault:
    """Return what to say when a neighbourhood or a person has more entries than there is room for."""
    whole = int(shard.ident.block) + block
    if why == stops.FILED_FULL:
        found, limit = "more new records than there is room for", f"at most {room_for(layer.rules)} a month"
    else:
        found, limit = "one life with more pending entries than there is room for", f"at most {MOST_ENTRIES}"
    return Fault(
        f"{layer.name}, {side.kind} block {whole}, month {month}", None, found, limit,
        "Lower the hazards or the chances of detection.",
    )  # fmt: skip
