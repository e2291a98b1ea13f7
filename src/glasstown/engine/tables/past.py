"""What others who lived before came to own and owe: the money with which people of the same kind begin.

Debts fall behind, are sued for and paid over many years, so that no town can live them all before its first month.  A smaller town
of its own luck has lived them (before.py); whoever begins here has the money of somebody of the same income fifth and work there, as
indebted, whom creditors go to court with about as often.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasstown.chance import DRAWS, Entities, philox
from glasstown.engine.conduct.memory import MOST_FELT
from glasstown.engine.tables.lives import ARREARS, CHILD, EMPLOYED, UNEMPLOYED
from glasstown.engine.tables.propensity import NEVER_SHIFT, move_all
from glasstown.engine.tables.shapes import I64, Model, Shard
from glasstown.engine.tables.turning_rows import Money
from glasstown.population.tables import BLOCK
from glasstown.rows import columns_of

MONEY = tuple(columns_of(Money))
"""what somebody takes over from somebody who lived before, as `Lives` names it"""
ALIKE = 64
"""Of how many of the same kind, those nearest in how often creditors go to court, one is drawn."""


class Past(NamedTuple):
    """Adults who lived before, in the order of `key`.

    key      (N,) kind of person, then the propensity to be before a court
    money    arrays of `MONEY`, each (N,)
    joint    (N,) what of it another owes too: twice the yuan, and 1 more where both are of one household
    judged   (N,) uint8: judgments that are remembered
    """

    key: I64
    money: dict[str, NDArray[np.generic]]
    joint: I64
    judged: NDArray[np.uint8]


def keys_of(
    group: NDArray[np.uint8], work: NDArray[np.uint8], owes: NDArray[np.bool_], court: NDArray[np.int16]
) -> I64:  # fmt: skip
    """Return of which kind everybody is, and within it how often before a court; employees and job seekers are one kind.

    court   propensity to be before a court on the first day
    """
    is_employee = (work == EMPLOYED) | (work == UNEMPLOYED)
    kind = (group.astype(np.int64) * 2 + (owes & (work != CHILD))) * 8 + np.where(is_employee, EMPLOYED, work)
    key: I64 = (kind << 16) + (court.astype(np.int64) - NEVER_SHIFT)
    return key


def drawn_from(past: Past, key: I64, seed: int, persons: I64, month: Entities | int = 0) -> I64:
    """Return for everybody who begins in a month a place in the past, drawn among those most alike; -1 where there is
    nobody of the kind.

    persons   their numbers
    month     one for all, or one for each
    """
    low, high = (np.searchsorted(past.key, ((key >> 16) + more) << 16) for more in (0, 1))
    width = np.minimum(high - low, ALIKE)
    start = np.clip(np.searchsorted(past.key, key) - width // 2, low, high - width)
    draw = DRAWS["past"]
    word = philox(seed, draw.stream, persons.astype(np.uint64), month, draw.block)[draw.lane]
    place: I64 = start + ((word.astype(np.int64) * width) >> 32)
    return np.where(width > 0, place, -1)


def take(past: Past, model: Model, shard: Shard, at: I64, source: I64) -> None:
    """Give those at some positions the money and the judgments of some of the past; what they do is left as it was."""
    for name in MONEY:
        getattr(shard.lives, name)[at] = past.money[name][source]
    if model.society.numbers.judged >= 0:
        shard.detections[int(model.society.numbers.judged), at] = past.judged[source]


def lay(past: Past, model: Model, shard: Shard, place: I64) -> None:
    """Give everybody the money of somebody of the past, and fold strain, arrears and judgments into what they do."""
    at = np.flatnonzero(place >= 0)
    source, lives, society = place[at], shard.lives, model.society
    strained, sued, fall = (np.asarray(each) for each in (society.strain_shift, society.arrears_shift, model.fall))
    shift = -strained[lives.strain[at]]
    take(past, model, shard, at, source)
    is_late = (lives.means[at] & np.uint8(ARREARS)) != 0
    shift += strained[lives.strain[at]] + is_late[:, None] * sued[None, :]
    judged = int(society.numbers.judged)
    if judged >= 0:
        n_felt = np.minimum(past.judged[source], MOST_FELT)
        shift[:, judged] += fall[judged, n_felt]
    for k in range(shift.shape[1]):
        move_all(shard.propensity[:, k], at // BLOCK, at % BLOCK, shift[:, k])
