"""What kernels take: bundles by lifetime, each made of what lives as long as the others (decision 8).

A kernel takes the smallest bundle that has what it reads.  `Law`, `Here` and `Desk` are made once a shard and month, outside kernels;
`At`, `Due`, `Matter` and `Hit` are numbers that kernels make, every one a whole number of 64 bits (`bits.whole` widens).
"""

from __future__ import annotations

from typing import NamedTuple

from glasstown.engine.tables.log_rows import Log
from glasstown.engine.tables.person_rows import Begins, Chance, Cursor, Me
from glasstown.engine.tables.shapes import (
    Calendar,
    Found,
    Mail,
    Post,
    Practice,
    Rules,
    Shard,
    Slots,
    Status,
    Work,
)
from glasstown.rows import Grid, Ints, Rows


class Law(NamedTuple):
    """What is fixed for a run: the rulebook, its calendar, what its offices do, and where its accounts stand."""

    rules: Rules
    cal: Calendar
    practice: Practice
    slots: Slots


class Here(NamedTuple):
    """What one shard holds under one rulebook: people, where they stand, what was found out, and the mail."""

    shard: Shard
    status: Status
    found: Found
    mail: Mail
    post: Post


class Mine(NamedTuple):
    """The person in hand: their entries, in no order, and their numbers.

    keys, pays  (E,) the first `me.n_entries` are theirs
    begins      where each grade begins for them, and for everybody else, this month
    """

    keys: Ints
    pays: Ints
    me: Me
    begins: Rows[Begins]


class Desk(NamedTuple):
    """What a thread works with during a shard's month under one rulebook.

    mine              the person in hand, in arrays of `work`
    flow, level       (G, columns) accounts by group: of this month, and standing
    pool_in, pool_out (n, 2) the ledger: read in person order, written in person order
    """

    work: Work
    mine: Mine
    log: Log
    chance: Chance
    flow: Grid
    level: Grid
    pool_in: Grid
    pool_out: Grid
    cursor: Cursor


class At(NamedTuple):
    """A neighbourhood's month: its place in the shard, its first person's, how many they are, the month."""

    block: int
    first: int
    n: int
    month: int


class Due(NamedTuple):
    """What a month brings to a neighbourhood beside its entries: lists assessed, as bits, and whether something turns."""

    assessed: int
    turns: bool


class Matter(NamedTuple):
    """A record that takes effect, or an instalment of it.

    until    end of the record's state, 0 for none
    choice   choice or amount
    wrong    how the record is wrong, 0 where it is right
    """

    clause: int
    event: int
    counting_day: int
    effect_day: int
    until: int
    choice: int
    wrong: int


class Hold(NamedTuple):
    """What puts the person in hand on a list.

    clause      the clause behind it, or entries.clause_of_condition
    extension   months that are added to the term
    wrongly     ledger_words.WRONGLY, and NOT_OWED, where the record behind it is wrong, else 0
    """

    clause: int
    rule: int
    event: int
    extension: int
    wrongly: int


class Told(NamedTuple):
    """What an entry did, for the log and for the lists.

    clause     the clause, or what stands in its place in a line
    detail     bits: 1 dropped by a cap, 2 cut by one, 4 value unknown, 8 requirement not met
    fine       yuan
    silenced   lists that it ended by procedure, as bits: their own condition does not bring them back yet
    """

    clause: int
    detail: int
    fine: int
    silenced: int


class Hit(NamedTuple):
    """Somebody's act that was found out: place in the shard, class, number among the acts of the class.

    named   the act, where what found it says which; -1
    order   what a desk decides about it (found_words.py); 0 where its office does as usual
    row     of what was found out, where such an order stands
    """

    position: int
    k: int
    number: int
    named: int = -1
    order: int = 0
    row: int = 0
