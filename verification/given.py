"""Records that are handed to a town from outside, so that its kernels live what a check prescribes and not what people do.

A record is entered where S7 would have filed it: into the ledger that its month reads.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.kernel.cache import as_python
from glasstown.engine.kernel.entries import PHASE_RECORDS, RECORD
from glasstown.engine.kernel.ledger_words import pack_key, pack_record
from glasstown.engine.sides import SLACK, Layer, Pool
from glasstown.engine.tables.shapes import I64, Status
from glasstown.engine.town import Town
from glasstown.population import BLOCK
from verification.towns import layer_of


def give(town: Town, person: I64, clause: I64, *, day_of_month: int, number: int = 0) -> None:
    """Enter one record for each of these people, under these clauses, on a day of the month that comes.

    person   positions in block order, in rising order, each at most once
    clause   places in the rulebook's file
    number   tells the calls of one month apart, from 0 to 15
    """
    layer = layer_of(town)
    day = int(layer.calendar.month_start[town.month]) + day_of_month - 1
    first = 0
    for shard, status, place in zip(town.sides[0].shards, layer.statuses, range(len(layer.pools)), strict=True):
        n = len(shard.roles)
        mine = slice(*np.searchsorted(person, (first, first + n)).tolist())
        position = person[mine] - first
        keys, pays = _words(position % BLOCK, clause[mine], day, (town.month << 4) | number)
        layer.pools[place] = _with(layer.pools[place], status, position // BLOCK, keys, pays)
        first += n


def scores_of(layer: Layer) -> I64:
    """Return everybody's score, in block order."""
    return np.concatenate([status.score for status in layer.statuses]).astype(np.int64)


def _words(person: I64, clause: I64, day: int, event: int) -> tuple[I64, I64]:
    """Return both words of a record for each person."""
    key, pay = as_python(pack_key), as_python(pack_record)
    keys = [key(day, PHASE_RECORDS, each, event, RECORD) for each in clause.tolist()]
    pays = [pay(who, day, 0, 0, 0, each) for who, each in zip(person.tolist(), clause.tolist(), strict=True)]
    return np.array(keys, dtype=np.int64), np.array(pays, dtype=np.int64)


def _with(pool: Pool, status: Status, block: I64, keys: I64, pays: I64) -> Pool:
    """Return a shard's ledger with further entries, in the order of blocks, people and keys; `status` counts them."""
    standing = pool.read[: pool.n_entries]
    blocks = np.concatenate([np.repeat(np.arange(len(status.n_entries)), status.n_entries), block])
    rows = np.concatenate([standing, np.stack([keys, pays], axis=1)])
    order = np.lexsort((rows[:, 1], rows[:, 0], rows[:, 1] & 255, blocks))
    status.n_entries[:] += np.bincount(block, minlength=len(status.n_entries)).astype(status.n_entries.dtype)
    return Pool(_room(rows[order]), _room(rows[:0], len(rows)), len(rows))


def _room(rows: NDArray[np.int64], more: int = 0) -> I64:
    """Return rows with the room behind them that a month may need."""
    found = np.zeros((2 * (len(rows) + more) + SLACK, 2), dtype=np.int64)
    found[: len(rows)] = rows
    return found
