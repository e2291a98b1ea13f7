"""All that a month changes in a town, copied and laid back: what lets a month be lived dry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from glasstown.engine.beginning import News
from glasstown.engine.sides import SLACK, Pool
from glasstown.engine.tables.filing_rows import Letter
from glasstown.engine.tables.shapes import Mail
from glasstown.engine.town import CutOff, Town
from glasstown.rows import Rows
from glasstown.types import EntityKind

Array: TypeAlias = "np.ndarray[Any, Any]"


@dataclass(frozen=True, slots=True)
class Held:
    """A town's state at a month's beginning.

    arrays   copies, in the order of `arrays_of`
    ledgers  (n, 2) the entries of each pool, in the order of `_pools`
    mail     of each layer, a shard each
    scored   people whom each layer scores
    """

    month: int
    went_under: int
    arrays: tuple[Array, ...]
    ledgers: tuple[Array, ...]
    mail: tuple[tuple[Mail, ...], ...]
    scored: tuple[int, ...]
    waiting: dict[tuple[EntityKind, str], Rows[Letter]]
    cutoffs: tuple[CutOff, ...]
    delivered: tuple[tuple[int, EntityKind, str, Rows[Letter]], ...]
    heard: tuple[tuple[int, News], ...]


def hold(town: Town) -> Held:
    """Return a copy of all that the months of a town change."""
    layers = [layer for side in town.sides for layer in side.layers]
    return Held(
        month=town.month,
        went_under=town.went_under,
        arrays=tuple(array.copy() for array in arrays_of(town)),
        ledgers=tuple(pool.read[: pool.n_entries].copy() for pool in _pools(town)),
        mail=tuple(tuple(layer.mail) for layer in layers),
        scored=tuple(layer.n_scored for layer in layers),
        waiting=dict(town.waiting),
        cutoffs=tuple(town.cutoffs),
        delivered=tuple(town.delivered),
        heard=tuple(town.heard),
    )


def lay_back(town: Town, held: Held) -> None:
    """Put a town where it stood when it was held; it must be the same town, in the same shards."""
    for array, kept in zip(arrays_of(town), held.arrays, strict=True):
        array[...] = kept
    for pool, entries in zip(_pools(town), held.ledgers, strict=True):
        if len(pool.read) < len(entries):
            pool.read = np.zeros((len(entries) + SLACK, 2), dtype=np.int64)
        pool.read[: len(entries)] = entries
        pool.n_entries = len(entries)
    layers = [layer for side in town.sides for layer in side.layers]
    for layer, mail, n_scored in zip(layers, held.mail, held.scored, strict=True):
        layer.mail[:], layer.n_scored = mail, n_scored
    town.month, town.went_under, town.waiting = held.month, held.went_under, dict(held.waiting)
    town.cutoffs[:], town.delivered[:], town.heard[:] = held.cutoffs, held.delivered, held.heard


def arrays_of(town: Town) -> Iterator[Array]:
    """Yield every array that a month writes into in place: of shards and of where people stand, and accounts."""
    for side in town.sides:
        yield from _of_bundle(side.tally)
        yield np.asarray(side.lived)
        for shard in side.shards:
            yield from _of_bundle(shard)
        for layer in side.layers:
            yield from (layer.flow, layer.level, np.asarray(layer.begins))
            for status in layer.statuses:
                yield from _of_bundle(status)


def _of_bundle(bundle: tuple[Any, ...]) -> Iterator[Array]:
    """Yield the arrays of a named bundle and of those in it, in the order of their names."""
    for part in bundle:
        if isinstance(part, np.ndarray):
            yield part
        elif isinstance(part, tuple):
            yield from _of_bundle(part)


def _pools(town: Town) -> Iterator[Pool]:
    for side in town.sides:
        for layer in side.layers:
            yield from layer.pools
