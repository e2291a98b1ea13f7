"""Orders of a desk, laid over what was found out in a shard: the noon of a month, between conduct and what offices do with it.

An order is a row: who did the act (person or firm by number), its class, its number among those of the class and month, what is
decided about it (found_words.py), and 1 once it found something to decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from glasstown.engine.office.filing import MOST_OF_A_CLASS
from glasstown.engine.tables.found_words import CLASS, FALSE_REPORT, FIRST, FOUND, HEEDED, ORDER, PERSON
from glasstown.engine.tables.shapes import I64, Found, Shard
from glasstown.population import BLOCK

NO_ORDERS: Final = np.zeros((0, 5), dtype=np.int64)
BESIDE_ACTS: Final = ~(FOUND.mask | FIRST.mask << FIRST.at)


def laid_over(found: Found, shard: Shard, orders: I64) -> Found:
    """Return what was found out, with a word of its own for each act that an order is about; as it is where none is of the shard."""
    asked: dict[int, dict[tuple[int, int, int], int]] = {}
    for entity, conduct, number, what, _ in orders.tolist():
        position = entity - int(shard.ident.entity)
        if 0 <= position < len(shard.roles):
            asked.setdefault(position // BLOCK, {})[position % BLOCK, conduct, number] = what
    if not asked:
        return found
    parts, starts = [], np.zeros(len(shard.hashes) + 1, dtype=np.int64)
    for block in range(len(shard.hashes)):
        words = found.rows[found.starts[block] : found.starts[block + 1]]
        if block in asked:
            mine = [part for word in words.tolist() for part in _ordered(word, asked[block])]
            words = np.array(mine, dtype=np.int64)
        parts.append(words)
        starts[block + 1] = starts[block] + len(words)
    return Found(starts, np.concatenate(parts))


def _ordered(word: int, asked: Mapping[tuple[int, int, int], int]) -> Iterator[int]:
    """Yield a word of acts found out in parts: what stands before an act that an order is about, the act, what stands behind it."""
    person, conduct = (word >> PERSON.at) & PERSON.mask, (word >> CLASS.at) & CLASS.mask
    if word & FALSE_REPORT:
        yield word | asked.get((person, conduct, MOST_OF_A_CLASS), 0) << ORDER.at
        return
    first = (word >> FIRST.at) & FIRST.mask
    end = first + min(word & FOUND.mask, MOST_OF_A_CLASS)
    about = sorted(n for who, k, n in asked if (who, k) == (person, conduct) and first <= n < end)
    if not about:
        yield word
        return
    for number in about:
        if number > first:
            yield _part(word, first, number - first)
        yield _part(word, number, 1) | asked[person, conduct, number] << ORDER.at
        first = number + 1
    if end > first:
        yield _part(word, first, end - first)


def _part(word: int, first: int, n: int) -> int:
    return word & BESIDE_ACTS | first << FIRST.at | n


def mark(found: Found, shard: Shard, orders: I64) -> None:
    """Write into the orders of a shard which of them found something to decide in its month."""
    heeded = set()
    for block in range(len(shard.hashes)):
        words = found.rows[found.starts[block] : found.starts[block + 1]]
        for word in words[words & HEEDED != 0].tolist():
            number = MOST_OF_A_CLASS if word & FALSE_REPORT else (word >> FIRST.at) & FIRST.mask
            entity = int(shard.ident.entity) + block * BLOCK + ((word >> PERSON.at) & PERSON.mask)
            heeded.add((entity, (word >> CLASS.at) & CLASS.mask, number))
    for row in orders:
        if (int(row[0]), int(row[1]), int(row[2])) in heeded:  # other shards write theirs at the same time
            row[-1] = 1
