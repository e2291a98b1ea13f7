"""What a month of conduct works on, as bundles by how long they last: the scene of a shard, the purse of a person."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.tables.lived_rows import Lived
from glasstown.engine.tables.log_rows import Log
from glasstown.engine.tables.person_rows import Chance
from glasstown.engine.tables.shapes import Found, Model, Shard, Work
from glasstown.rows import Rows


class Tally(NamedTuple):
    """Acts, and acts found out, by group and class.

    acts   (G, K)
    found  (G, K)
    """

    acts: NDArray[np.int64]
    found: NDArray[np.int64]


def make_tally(n_groups: int, n_classes: int) -> Tally:
    """Return a tally of nothing."""
    return Tally(*(np.zeros((n_groups, n_classes), dtype=np.int64) for _ in Tally._fields))


def add_tally(total: Tally, more: Tally) -> None:
    """Add one tally to another, in place."""
    for sums, numbers in zip(total, more, strict=True):
        sums += numbers


class Scene(NamedTuple):
    """All that a month of conduct in a shard reads and writes: made once for a shard and month.

    model   chances and tables, the same for everybody
    shard   who lives here and how they stand
    work    scratch of the thread
    log     what a replay writes down
    chance  the seed
    tally   acts, by group and class: added to
    lived   accounts of lives, a row a group: added to
    found   what is found out, for the rulebooks to read
    lose    chance of losing a job this month, of 2**32
    """

    model: Model
    shard: Shard
    work: Work
    log: Log
    chance: Chance
    tally: Tally
    lived: Rows[Lived]
    found: Found
    lose: int


class Purse(NamedTuple):
    """One person's month of money, in parts of 1/256 of the own usual month's income.

    position  place in the shard
    income    of this month
    least     what one lives on at least
    due       debt service, 0 for those who owe nothing
    """

    position: int
    group: int
    income: int
    least: int
    due: int
