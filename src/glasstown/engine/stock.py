"""Who stands on a list on the first day of a run: drawn neighbourhood by neighbourhood, with what they owe.

How many of a neighbourhood are on the list follows from its number of people alone, who they are from how easily each comes before
an enforcing court; so a neighbourhood can be lived again by itself, and no thread or shard changes anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np
from numpy.typing import NDArray

from glasstown.chance import CERTAIN, drawn
from glasstown.compiler.columns import DAYS, NEVER, NO_SPAN, WORKING
from glasstown.engine.kernel import cache, events
from glasstown.engine.kernel.entries import HOLD, PHASE_ENDS
from glasstown.engine.kernel.ledger_words import pack_hold, pack_key
from glasstown.engine.tables.bundles import Law
from glasstown.engine.tables.lives import CHILD, SELF_EMPLOYED, SUED, UNABLE, hazards_of
from glasstown.engine.tables.means import MOST_OWED
from glasstown.engine.tables.shapes import I64, Calendar, Shard, Society
from glasstown.language.drive import Age
from glasstown.population import BLOCK

SERIAL: Final = 1 << 13
"""Added to the clause in the serial number of an entry from before the run: no status of month 0 has it."""


OWES: Final = 16384
OWES_UNABLE: Final = 6144
"""weights of those who owe by judgment already, and of those of them who could not pay: as a lived list has them"""
USUAL: Final = 16
IN_DEBT: Final = 20
OWN_ACCOUNT: Final = 80
"""weights at a usual hazard: of those who owe nobody, who owe a bank, and who work on their own account"""
MOST_BEYOND: Final = 4 * 256
"""how far somebody's hazard counts above or below the usual one, Q8.8"""


@dataclass(frozen=True, slots=True)
class Stock:
    """The people on a list on the first day.

    clause     place of the clause under which they were entered
    rule       place of the list
    share      people on the list, of 2**32 of all people
    months     (n,) months since the listing that occur
    up_to      (n,) the word below which an age is this one or one before it, of 2**32
    """

    clause: int
    rule: int
    share: int
    months: I64
    up_to: I64

    @property
    def event(self) -> int:
        """Return the number of the event that an entry from before the run belongs to."""
        return event_of_stock(self.clause)


@dataclass(frozen=True, slots=True)
class Before:
    """The people of a shard who stand on a list on the first day: places in the shard, ascending, and months since the listing."""

    stock: Stock
    places: I64
    months: I64

    def entries(self, law: Law) -> list[tuple[int, int, int]]:
        """Return the place and the two words of each entry, in the order of places."""
        return [
            (place, *_hold_of(law, self.stock, place % BLOCK, months))
            for place, months in zip(self.places.tolist(), self.months.tolist(), strict=True)
        ]


def event_of_stock(clause: int) -> int:
    """Return the number of the event that an entry of this clause from before the run belongs to."""
    return int(cache.as_python(events.pack_serial)(0, events.STATUS, SERIAL + clause))


def ages_of(ages: tuple[Age, ...]) -> tuple[I64, I64]:
    """Return the months since the listing that occur, and the words below which each is drawn: months of one band are as likely."""
    months, up_to, before = [], [], Decimal(0)
    for age in ages:
        width = age.to - age.from_ + 1
        for step in range(width):
            months.append(age.from_ + step)
            up_to.append(int(((before + age.share * (step + 1) / width) * CERTAIN).to_integral_value()))
        before += age.share
    up_to[-1] = CERTAIN
    return np.array(months, dtype=np.int64), np.array(up_to, dtype=np.int64)


def before_of(stock: Stock, shard: Shard, may_be: NDArray[np.bool_], judged: I64, seed: int) -> Before:
    """Return who of a shard stands on a list on the first day, and let each owe what is claimed.

    may_be  (P,) whom the rulebook scores and the list can hold
    judged  (P,) lg of how much more easily than usual somebody comes before an enforcing court, Q8.8

    Random   'stock', one draw a person.
    """
    n = len(may_be)
    entities = np.arange(n, dtype=np.uint64) + np.uint64(int(shard.ident.entity))
    listed, aged, _ = (row.astype(np.int64) for row in drawn(seed, "stock", entities))
    weight = _weights(stock, shard, may_be, judged)
    blocks = np.arange(n) // BLOCK
    people = np.bincount(blocks)
    whole = np.zeros(len(people), dtype=np.int64)
    np.add.at(whole, blocks, weight)
    whole = np.maximum(whole, 1)
    chance = np.minimum((stock.share * people)[blocks] // whole[blocks] * weight, CERTAIN)
    places = np.flatnonzero(listed < chance)
    months = stock.months[np.searchsorted(stock.up_to, aged[places], side="right")]
    return Before(stock, places.astype(np.int64), months)


def _weights(stock: Stock, shard: Shard, may_be: NDArray[np.bool_], judged: I64) -> I64:
    """Return how likely each person is to be among them, in whole parts: nearly all owe by judgment, where anybody does."""
    beyond = np.clip(judged, -MOST_BEYOND, MOST_BEYOND).astype(np.int16)
    lives, weight = shard.lives, np.full(len(may_be), USUAL, dtype=np.int64)
    if len(lives.debt):
        weight = np.where(lives.debt > 0, IN_DEBT, weight)
        weight = np.where(lives.work == SELF_EMPLOYED, OWN_ACCOUNT, weight)
        may_be = may_be & (lives.work != CHILD)
    parts = np.maximum(weight * hazards_of(beyond) // hazards_of(np.zeros(1, dtype=np.int16))[0], 1)
    if len(lives.owed):
        owing = np.where(lives.means & UNABLE != 0, OWES_UNABLE, OWES)
        parts = np.where(lives.owed > 0, owing, parts)
    return np.where(may_be, parts, 0).astype(np.int64)


def _hold_of(law: Law, stock: Stock, person: int, months: int) -> tuple[int, int]:
    """Return the two words of a hold that has stood for so many months; it ends with its term, counted from the listing."""
    clause, rule = law.rules.clauses[stock.clause], law.rules.lists[stock.rule]
    term_end = end = NEVER
    if int(clause.entry_unit) != NO_SPAN:
        left = int(clause.entry) - months
        term_end = int(law.cal.month_start[left])
        end = _removed(law.cal, left, int(rule.removed_unit), int(rule.removed))
    key = cache.as_python(pack_key)(end, PHASE_ENDS, stock.clause, stock.event, HOLD)
    return int(key), int(cache.as_python(pack_hold)(person, 0, term_end, 0))


def _removed(cal: Calendar, month: int, unit: int, number: int) -> int:
    """Return the day so much after the first of a month of the calendar."""
    day = int(cal.month_start[month])
    if unit == DAYS or number == 0:
        return day + number
    if unit == WORKING:
        return int(cal.working[int(cal.worked[day]) + number - 1])
    return int(cal.month_start[month + number])


def owe(society: Society, shard: Shard, before: Before, groups: NDArray[np.uint8], seed: int) -> None:
    """Let those on the list from before who owe nothing by judgment owe a claim, as if another person had sued."""
    lives = shard.lives
    if not len(lives.owed):
        return
    places = before.places[lives.owed[before.places] == 0]
    entities = places.astype(np.uint64) + np.uint64(int(shard.ident.entity))
    claims = np.asarray(society.claims)[drawn(seed, "stock", entities)[2] >> np.uint32(22)]
    usual = np.asarray(society.usual)[groups[places], lives.wage[places]]
    owed = np.clip(claims * usual // int(society.numbers.mean_income), 1, MOST_OWED)
    lives.owed[places] = owed.astype(np.int32)
    lives.means[places] |= np.uint8(SUED)
