"""Tenants of places in households: what is drawn once a life of some people, each known by place and month of arrival."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from glasstown.chance import DRAWS, Entities, Words, philox
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

_SELF_EMPLOYED: Final = WORK.index("self-employed")
_RETIRED: Final = WORK.index("retired")


@dataclass(frozen=True, slots=True)
class Homes:
    """Places in households and who lives there, one array a column.

    person     number of the place
    since      month in which its tenant came, 0 for the first
    age        of the tenant now
    household  number inside the neighbourhood
    """

    person: Entities
    since: Entities
    age: NDArray[np.uint8]
    is_urban: NDArray[np.bool_]
    household: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Tenants:
    """Who they are at their age: sex, work as it was drawn, debts, roles, traits."""

    is_female: NDArray[np.bool_]
    work: NDArray[np.uint8]
    owes: NDArray[np.bool_]
    roles: NDArray[np.uint16]
    theta: NDArray[np.int16]
    prosocial: NDArray[np.int16]


def first_words(seed: int, person: Entities, since: Entities) -> Words:
    """Return (4, n) words of those who came in these months: age, sex, work, traits."""
    return philox(seed, DRAWS["age"].stream, person, since, 0)


def tenants_of(tables: PlaceTables, seed: int, homes: Homes) -> Tenants:
    """Return who lives in these homes."""
    words = first_words(seed, homes.person, homes.since)
    work = tables.work.choose(words[DRAWS["work"].lane]) + np.uint8(1)
    work[homes.age < FIRST_WORKING_AGE] = 0
    work[homes.age >= FIRST_RETIRED_AGE] = _RETIRED
    owes = _owes(tables, seed, homes) & (homes.age >= ADULT_AGE)
    roles = roles_of(
        seed, "person-roles", homes.person, tables.roles, age=homes.age, is_urban=homes.is_urban, month=homes.since
    )
    if tables.debtor_bit is not None:
        roles |= owes.astype(np.uint16) << np.uint16(tables.debtor_bit)
    if tables.trader_bit is not None:
        roles |= (work == _SELF_EMPLOYED).astype(np.uint16) << np.uint16(tables.trader_bit)
    traits = words[DRAWS["traits"].lane]
    return Tenants(
        is_female=words[DRAWS["sex"].lane] < np.uint64(tables.female),
        work=work,
        owes=owes,
        roles=roles,
        theta=normal_table()[traits >> np.uint32(16)],
        prosocial=normal_table()[traits & np.uint32(0xFFFF)],
    )


def _owes(tables: PlaceTables, seed: int, homes: Homes) -> NDArray[np.bool_]:
    """Return whether the household of each home owes."""
    block = homes.person // np.uint64(BLOCK)
    house = block * np.uint64(BLOCK) + homes.household.astype(np.uint64)
    word = philox(seed, DRAWS["owes"].stream, house, 0, 0)[DRAWS["owes"].lane]
    found: NDArray[np.bool_] = word < np.where(
        homes.is_urban, np.uint64(tables.owes_urban), np.uint64(tables.owes_rural)
    )
    return found
