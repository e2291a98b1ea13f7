"""What the last month's end lets hold at a month's beginning, shard by shard: closed gates, names listed, firms that went under.

What a town's people learn of the whole town at a month's beginning: whose names are listed, and how many firms went under.

A neighbourhood reads nothing else of the town, so that with a month's news it can be lived again by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from glasstown.chance import DRAWS, Entities, philox
from glasstown.engine.kernel.straight import straight
from glasstown.engine.sides import Closing, Layer, Side
from glasstown.engine.society import gates
from glasstown.engine.society.trade import listed_of
from glasstown.engine.tables.listed import lists_of_all
from glasstown.engine.tables.lived_rows import Lived
from glasstown.engine.tables.lives import ALL_DOORS, BLACK, SEEN
from glasstown.engine.tables.profiles import groups_of
from glasstown.engine.tables.shapes import I64, Shard, Status
from glasstown.language.days import month_first
from glasstown.rows import Rows, as_array, as_table

N_NAMES = 1 << 18
FLATNESS = 830
"""A name's share falls with 1 / (rank + FLATNESS): the first of 2**18 names then has 0.00021 of all people, as 294,282 of 1,411.78
million have the commonest name of the country (names report of the Ministry of Public Security 2020; census 2020)."""
Bits = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class News:
    """The news of one month.

    by_name     (N_NAMES,) the bits that are closed to everybody of a name; empty where gates do not go by names
    went_under  firms that went under last month, of 2**32 firms that there were; -1 where the town has no firms
    """

    by_name: Bits
    went_under: int = -1


NO_NEWS = News(np.zeros(0, dtype=np.uint32))


@lru_cache(maxsize=1)
def _cumulated() -> I64:
    """Return the sum of the names' weights up to each rank; weights are whole numbers."""
    weights = (1 << 40) // (np.arange(N_NAMES, dtype=np.int64) + FLATNESS)
    total: I64 = np.cumsum(weights)
    return total


@lru_cache(maxsize=256)
def names_of(seed: int, first: int, n: int) -> I64:
    """Return the rank of the name of every place's first tenant, the commonest first: (n,), drawn once a life."""
    return _ranks(seed, np.arange(first, first + n, dtype=np.uint64), 0)


def _ranks(seed: int, person: Entities, since: int | Entities) -> I64:
    """Return the rank of the names of tenants, by place and month of arrival."""
    draw = DRAWS["name-rank"]
    word = philox(seed, draw.stream, person, since, draw.block)[draw.lane]
    sums = _cumulated()
    place = (word.astype(np.uint64) * np.uint64(int(sums[-1]) >> 20)) >> np.uint64(12)
    ranks: I64 = np.searchsorted(sums, place.astype(np.int64), side="right").astype(np.int64)
    return np.minimum(ranks, N_NAMES - 1)


def shares_of_names() -> NDArray[np.float64]:
    """Return the share of people who have each name, the commonest first."""
    sums = _cumulated()
    shares: NDArray[np.float64] = np.diff(sums, prepend=0) / float(sums[-1])
    return shares


def closed_by_name(names: Sequence[I64], statuses: Sequence[Sequence[Status]], tables: Sequence[I64]) -> Bits:
    """Return what is closed to everybody of a name, since somebody of that name is on a list.

    names      by shard
    statuses   by rulebook and shard
    tables     by rulebook, (32,) what each list closes
    """
    by_name = np.zeros(N_NAMES, dtype=np.uint32)
    for shards, table in zip(statuses, tables, strict=True):
        for mine, status in zip(names, shards, strict=True):
            lists = lists_of_all(status.lists)
            listed = np.flatnonzero(lists)
            for place in np.flatnonzero(table):
                on = listed[(lists[listed] >> np.uint32(place)) & np.uint32(1) == 1]
                np.bitwise_or.at(by_name, mine[on], np.uint32(table[place]))
    return by_name


def closing_in(layer: Layer, month: int, side: Side) -> Closing:
    """Return what lists and grades of a rulebook close in a month, and whether they show anybody."""
    found = layer.closed.get(month)
    if found is None:
        day = month_first(layer.start, month)
        is_law = layer.compiled.is_law(day)
        law = (is_law, layer.compiled.law_of_measures(day))
        if law not in layer.closed_by:  # it stays the same until the law does not
            joined = int(side.conduct.model.society.numbers.joined)
            layer.closed_by[law] = gates.closing(layer.compiled, day, joined)
        shows = is_law and bool(as_table(layer.practice.shown).any())
        found = layer.closed[month] = Closing(*layer.closed_by[law], shows)
    return found


def close_gates(side: Side, number: int, month: int, lived: Rows[Lived], news: News) -> None:
    """S7, S11, S12. Let what the last month's end closes hold in this month, under all rulebooks together."""
    shard, society = side.shards[number], side.conduct.model.society
    is_firm = len(shard.trade.health) > 0
    if len(shard.lives.closed) == 0 and not is_firm:
        return
    bits = np.zeros(len(shard.roles), dtype=np.uint32)
    for layer in side.layers:
        status, closing = layer.statuses[number], closing_in(layer, month, side)
        straight(gates.gather, bits, status, closing.by_list, closing.by_grade)
        if closing.shows:
            straight(gates.show, bits, status, shard, layer.practice.shown, side.chance, month)
    if is_firm:
        shard.trade.listed[:] = listed_of(bits, SEEN)
        return
    if society.numbers.inherits > 0:
        straight(gates.inherit, society, shard, bits, np.zeros(256, dtype=np.int64), lived, side.chance)
    if len(news.by_name):
        added = news.by_name[names_in(shard, side)] & np.uint32(ALL_DOORS) & ~bits
        is_barred = (added != 0) & (bits & np.uint32(BLACK) == 0)
        bits |= added
        groups = groups_of(shard.profile[is_barred])
        as_array(lived)["namesakes"] += np.bincount(groups, minlength=len(lived))[: len(lived)]
    if side.conduct.own is not None and side.conduct.own.close is not None:
        side.conduct.own.close(side.conduct.model.own, shard, bits, side.chance, month)
    straight(gates.renew, society, shard, bits, lived, side.chance, month)


def chance_to_lose(side: Side, news: News) -> int:
    """S1. Return the month's chance of losing a job, of 2**32: more firms going under than is usual cost jobs."""
    numbers = side.conduct.model.society.numbers
    beyond = news.went_under - int(numbers.usual_exits) if news.went_under >= 0 else 0
    more = (int(numbers.jobs) * beyond) >> 8
    return min(max(int(numbers.lose) + more, 0), 1 << 32)


def names_in(shard: Shard, side: Side) -> I64:
    """Return the rank of the name of everybody who lives in a shard now."""
    seed, first = int(side.chance.key_0) | int(side.chance.key_1) << 32, int(shard.ident.entity)
    later = np.flatnonzero(shard.lives.since)
    names = names_of(seed, first, len(shard.roles))
    if len(later) == 0:
        return names
    names = names.copy()
    names[later] = _ranks(seed, (later + first).astype(np.uint64), shard.lives.since[later].astype(np.uint64))
    return names
