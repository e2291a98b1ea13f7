"""Where everybody of a town stands at a month's end, one byte each: what the map is painted from.

The lower four bits are the place of the grade, from 1, in the first rulebook that has grades; UNGRADED for those whom only rulebooks
without grades score, 0 for those whom none scores.  Above them stand BLACK, WRONGLY, BARRED and UNABLE.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from glasstown.compiler import CompiledRules
from glasstown.engine.kernel.cache import as_python
from glasstown.engine.kernel.entries import HOLD, clause_of_condition
from glasstown.engine.kernel.ledger_words import CLAUSE, KIND, PERSON
from glasstown.engine.kernel.ledger_words import WRONGLY as WRONGLY_HELD
from glasstown.engine.sides import Layer, Side
from glasstown.engine.tables.listed import lists_of_all
from glasstown.engine.tables.lives import ALL_DOORS
from glasstown.engine.tables.lives import UNABLE as CANNOT_PAY
from glasstown.population import BLOCK
from glasstown.rows import in_python

Bytes: TypeAlias = NDArray[np.uint8]
UNGRADED: Final = 15
MOST_GRADES: Final = 14
BLACK, WRONGLY, BARRED, UNABLE = 16, 32, 64, 128


@dataclass(frozen=True, slots=True)
class Book:
    """What the map needs of one rulebook: which lists are black, and the list that each clause holds somebody on."""

    black: int
    list_of_clause: NDArray[np.int64]
    n_grades: int


def book_of(compiled: CompiledRules) -> Book:
    """Return what the map needs of a rulebook."""
    black = sum(1 << place for place, rule in enumerate(compiled.rulebook.lists) if rule.colour == "black")
    lists = np.full(1 << 10, -1, dtype=np.int64)
    for place, clause in enumerate(in_python(compiled.clauses)):
        lists[place] = clause.list
    for place in range(len(compiled.rulebook.lists)):
        lists[as_python(clause_of_condition)(place)] = place
    return Book(black, lists, len(compiled.grade_ids()))


def frame_of(side: Side, books: Sequence[Book]) -> Bytes:
    """Return (P,) a byte for each person or firm of a side; `books` are those of its layers, in their order."""
    found = [_shard(side, books, number) for number in range(len(side.shards))]
    return np.concatenate(found) if found else np.zeros(0, dtype=np.uint8)


def _shard(side: Side, books: Sequence[Book], number: int) -> Bytes:
    shard = side.shards[number]
    frame = np.zeros(len(shard.roles), dtype=np.uint8)
    is_black = np.zeros(len(frame), dtype=np.bool_)
    graded = next((place for place, book in enumerate(books) if book.n_grades), None)
    for place, (layer, book) in enumerate(zip(side.layers, books, strict=True)):
        status = layer.statuses[number]
        is_scored = status.is_scored != 0
        if place == graded:
            has_grade = is_scored & (status.grade < min(book.n_grades, MOST_GRADES))
            frame[:] = np.where(has_grade, status.grade + 1, np.where(is_scored, UNGRADED, frame))
        frame[is_scored & (frame & 15 == 0)] |= UNGRADED
        on_black = (lists_of_all(status.lists).astype(np.int64) & book.black) != 0
        is_black |= on_black
        if on_black.any():
            frame[_wrongly(layer, book, number) != 0] |= WRONGLY
    frame[is_black] |= BLACK
    lives = shard.lives
    if len(lives.closed):
        is_barred = ((lives.closed & np.uint32(ALL_DOORS)) != 0) & ~is_black
        is_unable = ((lives.means & CANNOT_PAY) != 0) & (lives.owed > 0)
        frame |= (BARRED * is_barred + UNABLE * is_unable).astype(np.uint8)
    return frame


def _wrongly(layer: Layer, book: Book, number: int) -> NDArray[np.int64]:
    """Return (P,) the black lists, as bits, on which nothing but wrong records holds everybody of a shard: `holds.wrongly_on`."""
    status, pool = layer.statuses[number], layer.pools[number]
    keys, pays = pool.read[: pool.n_entries].T
    place = np.repeat(np.arange(len(status.n_entries)) * BLOCK, status.n_entries) + (pays & PERSON.mask)
    is_hold = (keys & KIND.mask) == HOLD
    held = book.list_of_clause[(keys[is_hold] >> CLAUSE.at) & CLAUSE.mask]
    bits, is_wrong = np.int64(1) << held, (pays[is_hold] & WRONGLY_HELD) != 0
    right = np.zeros(len(status.lists), dtype=np.int64)
    wrong = np.zeros_like(right)
    np.bitwise_or.at(right, place[is_hold][~is_wrong], bits[~is_wrong])
    np.bitwise_or.at(wrong, place[is_hold][is_wrong], bits[is_wrong])
    return wrong & ~right & lists_of_all(status.lists).astype(np.int64) & book.black
