"""How places change their tenants, as kernels take it: who leaves, who comes with which traits, and whom a rulebook is about (S0)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasstown.compiler.rulebook_rows import Book, Clause, Measure
from glasstown.engine.tables.bundles import Mine
from glasstown.engine.tables.model import Conduct
from glasstown.engine.tables.shapes import I64, Slots, Status
from glasstown.engine.tables.turning_rows import (
    Covers,
    FirstStanding,
    Money,
    RoleChance,
    TenantSlots,
    Turn,
    TurnNumbers,
)
from glasstown.population.normal import normal_table
from glasstown.population.tables import PlaceTables
from glasstown.population.turnover import TurnoverTables
from glasstown.rows import Grid, Ints, Rows, as_array, columns_of, make_row, make_rows, rows_of


class Turning(NamedTuple):
    """How the places of a town change their tenants, and what somebody is like before anything happens.

    numbers                    single chances
    dies, moves                (2, 121) chances of 2**32 of dying by sex, of moving out by place in the household, and age
    enters                     (2, 121) summed shares of the ages of those who come, further members and first ones
    work                       (4,) summed shares of the works of those of working age
    roles                      who has which role, in the order in which they are drawn
    covers                     whom each rulebook scores
    matters                    (122,) 1 for an age at which something changes for somebody who stays
    normal                     (65536,) traits by word
    base, lift                 (K, masks), (K, masks, 2) as in `Conduct`
    loading, is_good, from_age (K,)
    loads                      (K, 2, 2)
    past_key, past, past_judged  those who lived before, as in `Past`
    """

    numbers: TurnNumbers
    dies: Grid
    moves: Grid
    enters: Grid
    work: Ints
    roles: Rows[RoleChance]
    covers: Rows[Covers]
    matters: Ints
    normal: Ints
    base: Grid
    lift: I64
    loading: Ints
    is_good: Ints
    from_age: Ints
    loads: I64
    past_key: Ints
    past: Rows[Money]
    past_judged: Ints


class Turned(NamedTuple):
    """What a look at the places of a shard writes.

    turns   who turned
    x       (n, K) what they do in the classes in which it changed, at first without what rulebooks add
    luck    room for words
    """

    turns: Rows[Turn]
    x: I64
    luck: NDArray[np.uint32]


class Who(NamedTuple):
    """Somebody as the place and the month of arrival make them: what is drawn once a life, at their age."""

    age: int
    is_urban: int
    is_female: int
    group: int
    work: int
    owes: int
    roles: int
    theta: int
    prosocial: int


class Begin(NamedTuple):
    """How somebody begins under a rulebook this month, and where its accounts stand.

    entries   (n, 2) key and pay of what waits from the first day on
    """

    first: FirstStanding
    slots: TenantSlots
    entries: Grid


class Under(NamedTuple):
    """What a change of tenants works on under one rulebook in one shard.

    number             of the rulebook, among those in force
    book, clauses, measures  of its tables
    borders, felt      where a score stands, and what that adds to a propensity
    first, profile     of the shard
    flow, level        (G, columns) accounts by group
    pool_in, pool_out  (n, 2) the ledger, read and written
    mine               room for the entries of one person
    """

    number: int
    book: Book
    clauses: Rows[Clause]
    measures: Rows[Measure]
    borders: Ints
    felt: I64
    begin: Begin
    first: I64
    profile: NDArray[np.uint16]
    status: Status
    flow: Grid
    level: Grid
    pool_in: Grid
    pool_out: Grid
    mine: Mine


def make_turning(
    tables: TurnoverTables, place: PlaceTables, known: Conduct, covers: Rows[Covers], matters: NDArray[np.bool_]
) -> Turning:
    """Return how the places of a town change their tenants, from its tables.

    matters   (122,) the ages at which something changes for somebody who stays
    """
    key, past, judged = _past(known)
    return Turning(
        numbers=_numbers(place),
        dies=tables.dies.astype(np.int64),
        moves=tables.moves.astype(np.int64),
        enters=np.stack([each.cumulative for each in tables.enters]).astype(np.int64),
        work=place.work.cumulative.astype(np.int64),
        roles=rows_of(RoleChance, [[1 << r.bit, r.threshold, r.min_age, r.max_age, r.urban, r.within] for r in place.roles]),
        covers=covers,
        matters=matters.astype(np.int64),
        normal=normal_table().copy(),
        base=known.base,
        lift=known.lift,
        loading=known.loading,
        is_good=np.array(known.is_good, dtype=np.int64),
        from_age=known.from_age,
        loads=known.loads,
        past_key=key,
        past=past,
        past_judged=judged,
    )  # fmt: skip


def tenant_slots(slots: Slots) -> TenantSlots:
    """Return where the accounts stand that a change of tenants moves."""
    row = make_row(TenantSlots)
    for name in columns_of(TenantSlots):
        setattr(row, name, getattr(slots, name))
    return row


def _numbers(place: PlaceTables) -> TurnNumbers:
    numbers = make_row(TurnNumbers)
    numbers.female, numbers.owes_urban, numbers.owes_rural = place.female, place.owes_urban, place.owes_rural
    numbers.debtor = 0 if place.debtor_bit is None else 1 << place.debtor_bit
    numbers.trader = 0 if place.trader_bit is None else 1 << place.trader_bit
    return numbers


def _past(known: Conduct) -> tuple[I64, Rows[Money], NDArray[np.uint8]]:
    """Return key, money and judgments of those who lived before; nobody where there are none."""
    if known.past is None:
        return np.zeros(0, dtype=np.int64), make_rows(Money, 0), np.zeros(0, dtype=np.uint8)
    rows = make_rows(Money, len(known.past.key))
    for name, column in known.past.money.items():
        as_array(rows)[name] = column
    return known.past.key, rows, known.past.judged
