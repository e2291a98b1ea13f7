"""People of a range of neighbourhoods, from the place's tables and the seed alone.

A neighbourhood never depends on which others are asked for.  Its 150 people stand in households one after another; the
first member of each is an adult, and the last household is cut where the neighbourhood is full.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from glasstown.chance import DRAWS, Entities, Words, drawn, philox
from glasstown.population.normal import normal_table
from glasstown.population.roles import roles_of
from glasstown.population.tables import (
    ADULT_AGE,
    BLOCK,
    FIRST_RETIRED_AGE,
    FIRST_WORKING_AGE,
    WORK,
    PlaceTables,
)

Blocks = NDArray[np.int64]

_SELF_EMPLOYED: Final = WORK.index("self-employed")
_RETIRED: Final = WORK.index("retired")
_WORDS_AT_ONCE: Final = 4
_QUARTERS: Final = -(-BLOCK // _WORDS_AT_ONCE)
_CHUNK: Final = 64  # neighbourhoods worked on at once: their arrays stay in the processor's cache
_GOLDEN: Final = 0x9E3779B9


@dataclass(frozen=True, slots=True)
class People:
    """The people of whole neighbourhoods, as read-only arrays of one length P; `fields.py` says what each holds."""

    person_id: NDArray[np.int64]
    age: NDArray[np.uint8]
    is_female: NDArray[np.bool_]
    is_urban: NDArray[np.bool_]
    is_registered_urban: NDArray[np.bool_]
    income_fifth: NDArray[np.uint8]
    work: NDArray[np.uint8]
    owes: NDArray[np.bool_]
    roles: NDArray[np.uint16]
    household: NDArray[np.uint8]
    theta: NDArray[np.int16]
    prosocial: NDArray[np.int16]

    def __len__(self) -> int:
        """Return the number of people."""
        return int(self.person_id.shape[0])


PEOPLE_DTYPES: Final = {
    "person_id": np.int64,
    "age": np.uint8,
    "is_female": np.bool_,
    "is_urban": np.bool_,
    "is_registered_urban": np.bool_,
    "income_fifth": np.uint8,
    "work": np.uint8,
    "owes": np.bool_,
    "roles": np.uint16,
    "household": np.uint8,
    "theta": np.int16,
    "prosocial": np.int16,
}


def people_in(tables: PlaceTables, seed: int, first_block: int, last_block: int, n_people: int) -> People:
    """Return the people of neighbourhoods first_block to last_block - 1; those from n_people on do not exist."""
    first = first_block * BLOCK
    n_here = max(0, min(last_block * BLOCK, n_people) - first)
    columns: dict[str, NDArray[Any]] = {name: np.empty(n_here, dtype=dtype) for name, dtype in PEOPLE_DTYPES.items()}
    for block in range(first_block, last_block, _CHUNK):
        blocks = np.arange(block, min(block + _CHUNK, last_block), dtype=np.int64)
        start = block * BLOCK - first
        for name, values in _columns(tables, seed, blocks).items():
            target = columns[name][start : start + blocks.shape[0] * BLOCK]
            target[:] = values[: target.shape[0]]
    for column in columns.values():
        column.setflags(write=False)
    return People(**columns)


def ages_in(tables: PlaceTables, seed: int, blocks: Blocks) -> NDArray[np.uint8]:
    """Return the ages in these neighbourhoods, as a (B, 150) array; the neighbourhoods need not follow each other."""
    is_head = _heads(tables, seed, blocks).ravel()
    words = drawn(seed, "age", _persons(blocks))[0]
    return _ages(tables, is_head, words).reshape(-1, BLOCK)


def urban_blocks(tables: PlaceTables, seed: int, blocks: Blocks) -> NDArray[np.bool_]:
    """Return which neighbourhoods are urban, all their people alike.

    A sequence of even steps with a drawn start: the share is met closely in any run of neighbourhoods, and exactly in
    expectation over seeds.
    """
    start = drawn(seed, "urban-start", np.zeros(1, dtype=np.uint64))[0, 0].astype(np.uint64)
    points: Entities = (start + blocks.astype(np.uint64) * np.uint64(_GOLDEN)) & np.uint64(0xFFFFFFFF)
    is_urban: NDArray[np.bool_] = points < np.uint64(tables.urban)
    return is_urban


def _persons(blocks: Blocks) -> Entities:
    """Return the ids of all places in these neighbourhoods, in order."""
    return (blocks[:, None] * BLOCK + np.arange(BLOCK)).ravel().astype(np.uint64)


def _heads(tables: PlaceTables, seed: int, blocks: Blocks) -> NDArray[np.bool_]:
    """Return who is the first member of a household, as a (B, 150) array."""
    quarters = (blocks[:, None] * _QUARTERS + np.arange(_QUARTERS)).ravel().astype(np.uint64)
    words = drawn(seed, "household-sizes", quarters)
    in_order = np.ascontiguousarray(words.T).reshape(blocks.shape[0], -1)[:, : BLOCK - 1]
    sizes = tables.sizes[tables.household_size.choose(in_order)]
    ends = np.cumsum(sizes, axis=1, dtype=np.int32)
    row, column = np.nonzero(ends < BLOCK)
    is_head = np.zeros((blocks.shape[0], BLOCK), dtype=np.bool_)
    is_head[:, 0] = True
    is_head[row, ends[row, column]] = True
    return is_head


def _ages(tables: PlaceTables, is_head: NDArray[np.bool_], words: Words) -> NDArray[np.uint8]:
    """Return each person's age: first members are adults, the others make up the rest of each age."""
    return np.where(is_head, tables.head_age.choose(words), tables.member_age.choose(words))


def _columns(tables: PlaceTables, seed: int, blocks: Blocks) -> dict[str, NDArray[np.generic]]:
    """Return all columns of these neighbourhoods, each flat in order of persons."""
    persons = _persons(blocks)
    stream = DRAWS["age"].stream
    first = philox(seed, stream, persons, 0, 0)
    heads = _heads(tables, seed, blocks)
    household = (np.cumsum(heads, axis=1, dtype=np.uint8) - np.uint8(1)).ravel()
    is_urban = np.repeat(urban_blocks(tables, seed, blocks), BLOCK)
    age = _ages(tables, heads.ravel(), first[DRAWS["age"].lane])
    work = _work(tables, age, first[DRAWS["work"].lane])
    income_fifth, in_debt, registered = _of_households(tables, seed, blocks, heads, is_urban)
    owes = in_debt & (age >= ADULT_AGE)
    traits = first[DRAWS["traits"].lane]
    return {
        "person_id": persons.astype(np.int64),
        "age": age,
        "is_female": first[DRAWS["sex"].lane] < np.uint64(tables.female),
        "is_urban": is_urban,
        "is_registered_urban": registered,
        "income_fifth": income_fifth,
        "work": work,
        "owes": owes,
        "roles": _roles(tables, seed, persons, age=age, is_urban=is_urban, work=work, owes=owes),
        "household": household,
        "theta": normal_table()[traits >> np.uint32(16)],
        "prosocial": normal_table()[traits & np.uint32(0xFFFF)],
    }


def _work(tables: PlaceTables, age: NDArray[np.uint8], words: Words) -> NDArray[np.uint8]:
    """Return each person's work: a draw from 16 to 59, child before and retired after."""
    work = tables.work.choose(words) + np.uint8(1)
    work[age < FIRST_WORKING_AGE] = 0
    work[age >= FIRST_RETIRED_AGE] = _RETIRED
    return work


def _of_households(
    tables: PlaceTables, seed: int, blocks: Blocks, heads: NDArray[np.bool_], is_urban: NDArray[np.bool_]
) -> tuple[NDArray[np.uint8], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return each person's income fifth, whether the household owes, and whether it is registered in town: members have the same."""
    row, _ = np.nonzero(heads)
    number = (np.cumsum(heads, axis=1) - 1)[heads]
    words = philox(seed, DRAWS["owes"].stream, (blocks[row] * BLOCK + number).astype(np.uint64), 0, 0)
    limit = np.where(is_urban[heads.ravel()], np.uint64(tables.owes_urban), np.uint64(tables.owes_rural))
    where = np.where(is_urban[heads.ravel()], np.uint64(tables.registered_urban), np.uint64(tables.registered_rural))
    fifth = tables.income_fifth.choose(words[DRAWS["income-fifth"].lane])
    in_debt = words[DRAWS["owes"].lane] < limit
    registered = words[DRAWS["registration"].lane] < where
    household = np.cumsum(heads.ravel()) - 1
    return fifth[household], in_debt[household], registered[household]


def _roles(
    tables: PlaceTables,
    seed: int,
    persons: Entities,
    *,
    age: NDArray[np.uint8],
    is_urban: NDArray[np.bool_],
    work: NDArray[np.uint8],
    owes: NDArray[np.bool_],
) -> NDArray[np.uint16]:
    """Return each person's roles as bits; debtors and traders follow from debt and work."""
    roles = roles_of(seed, "person-roles", persons, tables.roles, age=age, is_urban=is_urban)
    if tables.debtor_bit is not None:
        roles |= owes.astype(np.uint16) << np.uint16(tables.debtor_bit)
    if tables.trader_bit is not None:
        roles |= (work == _SELF_EMPLOYED).astype(np.uint16) << np.uint16(tables.trader_bit)
    return roles
