"""Quota grades: where each begins, found from everybody's closing score on an assessed day (docs/the-day.md, section 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from glasstown.compiler import columns as col
from glasstown.compiler.tables import CompiledRules, subject_grades
from glasstown.engine.kernel.cache import as_python
from glasstown.engine.kernel.lots import lot_of
from glasstown.engine.person.scores import NO_CEILING
from glasstown.engine.tables.person_rows import Begins, Chance
from glasstown.engine.tables.shapes import Rules, Shard, Status
from glasstown.rows import Rows, as_array

CutOffs = Mapping[int, int | None]
"""Row of a grade -> quanta, or by lot the rank, from which it is reached, None where nobody reaches it."""
NOBODY: Final = col.UNBOUNDED << col.LOT_BITS
"""A cut-off that no score and no rank reaches."""
EVERYBODY: Final = -(1 << 30) << col.LOT_BITS
"""A rank that everybody reaches."""


@dataclass(frozen=True, slots=True)
class QuotaReading:
    """A grade that a share of the town may have.

    share    of the pool, None where the record does not tell it
    least    quanta that a score must have to be in the pool
    months   calendar months on whose last day it is assessed
    by_lot   whether it begins at a rank, so that exactly its share is in it
    """

    row: int
    share: Decimal | None
    least: int
    months: frozenset[int]
    ties_in: bool
    by_lot: bool = False


def read_quotas(compiled: CompiledRules) -> tuple[QuotaReading, ...]:
    """Return the quota grades of a rulebook, best first."""
    found = []
    for row, grade in enumerate(subject_grades(compiled.rulebook)):
        quota = grade.quota
        if quota is not None:
            least = quota.among_from
            found.append(
                QuotaReading(
                    row=row,
                    share=quota.share if isinstance(quota.share, Decimal) else None,
                    least=-col.UNBOUNDED if least is None else int(-(-least // compiled.quantum)),
                    months=frozenset(int(day[:2]) for day in quota.assessed),
                    ties_in=quota.ties == "in",
                    by_lot=quota.ties == "lot",
                )
            )
    return tuple(found)


def are_published(compiled: CompiledRules, start: date, month: date) -> bool:
    """Return whether a scheme publishes cut-offs on a month's first day: it held on the day before, and still holds.

    start   first day of the town, or of the life
    """
    first, beyond = compiled.days
    return max(start.toordinal(), first) < month.toordinal() < beyond


def publish(begins: Rows[Begins], cutoffs: CutOffs) -> None:
    """Let the cut-offs of the month before hold, and these from the month's first day on."""
    as_array(begins)["before_cut"] = as_array(begins)["after_cut"]
    for row, cutoff in cutoffs.items():
        begins[row].after_cut = NOBODY if cutoff is None else cutoff


def assess(
    quotas: Sequence[QuotaReading],
    calendar_month: int,
    scores: NDArray[np.int64],
    lots: NDArray[np.int64] | None = None,
) -> dict[int, int | None]:
    """Return the cut-offs of the quota grades that are assessed on the last day of a calendar month.

    scores   (n,) closing scores shown of all scored subjects
    lots     (n,) their lots, where some grade breaks ties by them
    """
    cutoffs: dict[int, int | None] = {}
    share: Decimal | None = Decimal(0)
    for quota in (quota for quota in quotas if calendar_month in quota.months):
        share = None if share is None or quota.share is None else share + quota.share
        is_in = scores >= quota.least
        pool = np.sort(ranks(scores[is_in], lots[is_in]) if quota.by_lot and lots is not None else scores[is_in])[::-1]
        k = 0 if share is None else int(share * len(pool))
        if quota.by_lot and len(pool) and k >= len(pool):
            cutoffs[quota.row] = EVERYBODY
        else:  # by lot no two tie
            ties_in = quota.ties_in or quota.by_lot
            cutoffs[quota.row] = None if share is None else _cutoff(pool, k, ties_in=ties_in)
    return cutoffs


def ranks(scores: NDArray[np.int64], lots: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return places in an order by score, and among the same score by lot."""
    placed: NDArray[np.int64] = (scores << col.LOT_BITS) + lots
    return placed


def own_cutoff(cutoff: int | None, lot: int) -> int | None:
    """Return the score from which somebody with a lot reaches a grade that begins at a rank, None where nobody does."""
    if cutoff is None:
        return None
    return (cutoff >> col.LOT_BITS) + int(lot < cutoff & ((1 << col.LOT_BITS) - 1))


def lots_of(chance: Chance, shards: Iterable[Shard], statuses: Iterable[Status]) -> NDArray[np.int64]:
    """Return the lots of all scored subjects, in the order of their closing scores."""
    draw = cast("Callable[[Chance, NDArray[np.int64]], NDArray[np.int64]]", as_python(lot_of))
    parts = [
        draw(chance, int(shard.ident.entity) + np.flatnonzero(status.is_scored != 0))
        for shard, status in zip(shards, statuses, strict=True)
    ]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def _cutoff(pool: NDArray[np.int64], k: int, *, ties_in: bool) -> int | None:
    """Return the score from which k of a pool, best first, have a grade; None where nobody has."""
    if len(pool) == 0 or (ties_in and k == 0):
        return None
    if ties_in:
        return int(pool[min(k, len(pool)) - 1])
    return int(pool[-1]) if k >= len(pool) else int(pool[k]) + 1


def closing_scores(rules: Rules, statuses: Iterable[Status]) -> NDArray[np.int64]:
    """Return the scores shown of all scored subjects."""
    parts = [shown_scores(rules, status)[status.is_scored != 0] for status in statuses]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def shown_scores(rules: Rules, status: Status) -> NDArray[np.int64]:
    """Return everybody's score as it is shown: held within the bounds and below the ceiling of locks."""
    scores = status.score.astype(np.int64)
    if rules.book.latent == 1:
        scores = np.clip(scores, rules.book.lowest, rules.book.highest)
    column = int(rules.book.ceiling)
    ceiling = status.more[:, column].astype(np.int64) if column >= 0 else np.int64(NO_CEILING)
    shown: NDArray[np.int64] = np.minimum(scores, ceiling)
    return shown
