"""A place's shares as integer tables: what a 32-bit word chooses among, and the codes of the columns.

Shares are exact decimals; a table holds cumulative thresholds up to 2**32, so that the same word chooses the same cell
on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Final

import numpy as np
from numpy.typing import NDArray

from glasstown.chance import CERTAIN, Words, threshold
from glasstown.language.acts import ActCatalogue
from glasstown.language.parameters import AgeMarginal, Marginal, PlaceFile, RoleShare
from glasstown.types import EntityKind

BLOCK: Final = 150
"""People of a neighbourhood, and firms of a block of firms.  Part of the model: neighbours are those of the block."""

ADULT_AGE: Final = 18
FIRST_WORKING_AGE: Final = 16
FIRST_RETIRED_AGE: Final = 60
OLDEST_AGE: Final = 120

WORK: Final = ("child", "employed", "self-employed", "unemployed", "inactive", "retired")
"""Codes of the column `work`.  The place file gives the middle four, for people of 16 to 59."""

WORK_CELLS: Final = WORK[1:5]
INCOME_FIFTHS: Final = ("fifth-1", "fifth-2", "fifth-3", "fifth-4", "fifth-5")
FIRM_SIZES: Final = ("micro", "small", "medium", "large")

STATE_ROLES: Final = {"debtor": "debt_urban and debt_rural", "trader": "work/self-employed"}
"""Roles that follow from another column, so that both say the same; a place gives no share for them."""

MOST_ROLES: Final = 16
_GUIDE_BITS: Final = 12


class Chooser:
    """Chooses a cell for each 32-bit word, in proportion to the cells' shares."""

    __slots__ = ("_cumulative", "_guide", "_most_steps")

    def __init__(self, shares: Sequence[Decimal]) -> None:
        """Build the table from shares that sum to 1."""
        cumulative = _cumulative(shares)
        starts = np.arange(1 << _GUIDE_BITS, dtype=np.uint64) << np.uint64(32 - _GUIDE_BITS)
        ends = starts + np.uint64((1 << (32 - _GUIDE_BITS)) - 1)
        first = np.searchsorted(cumulative, starts, side="right")
        self._cumulative = cumulative
        self._guide: NDArray[np.uint8] = first.astype(np.uint8)
        self._most_steps = int((np.searchsorted(cumulative, ends, side="right") - first).max())

    @property
    def cumulative(self) -> NDArray[np.uint64]:
        """Return for each cell the threshold below which words choose it or an earlier one."""
        return self._cumulative

    def choose(self, words: Words) -> NDArray[np.uint8]:
        """Return the cell of each word.  The guide leads to the first cell that the word's high bits allow."""
        cell: NDArray[np.uint8] = self._guide[words >> np.uint32(32 - _GUIDE_BITS)]
        for _ in range(self._most_steps):
            cell += words >= self._cumulative[cell]
        return cell


def _cumulative(shares: Sequence[Decimal]) -> NDArray[np.uint64]:
    """Return for each cell the threshold below which words choose it or an earlier one; the last is 2**32."""
    sums: list[int] = []
    total = Decimal(0)
    with localcontext() as context:
        context.prec = 60
        for share in shares:
            total += share
            sums.append(threshold(min(total, Decimal(1))))
    last = max(position for position, share in enumerate(shares) if share > 0)
    sums[last:] = [CERTAIN] * (len(sums) - last)
    return np.array(sums, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class RoleRule:
    """Who has a role: a word below the threshold, between two ages, in town (1), the countryside (0) or both (-1).

    within   bit of a role that they have as well; 0 for none
    """

    bit: int
    threshold: int
    min_age: int
    max_age: int
    urban: int
    within: int


@dataclass(frozen=True, slots=True)
class PlaceTables:
    """All that the generator of people and firms looks up."""

    urban: int
    household_size: Chooser
    sizes: NDArray[np.int32]
    head_age: Chooser
    member_age: Chooser
    female: int
    income_fifth: Chooser
    work: Chooser
    registered_urban: int
    registered_rural: int
    owes_urban: int
    owes_rural: int
    roles: tuple[RoleRule, ...]
    debtor_bit: int | None
    trader_bit: int | None
    firm_size: Chooser
    firm_sector: Chooser
    firm_roles: tuple[RoleRule, ...]
    firms_per_representative: Decimal


def role_ids(acts: ActCatalogue, kind: EntityKind) -> tuple[str, ...]:
    """Return the ids of a kind's roles, in catalogue order: the k-th is bit k of the column `roles`."""
    return tuple(role.id for role in acts.roles if role.kind == kind)


def tables_from(place: PlaceFile, acts: ActCatalogue) -> PlaceTables:
    """Return the tables of a place that `check_place` has found sound."""
    heads, members = age_shares(place)
    sizes = sorted(place.household_size.cells, key=lambda cell: int(cell.id))
    persons, firms = role_ids(acts, "person"), role_ids(acts, "firm")
    return PlaceTables(
        urban=threshold(place.urban.value),
        household_size=Chooser([cell.share for cell in sizes]),
        sizes=np.array([int(cell.id) for cell in sizes], dtype=np.int32),
        head_age=Chooser(heads),
        member_age=Chooser(members),
        female=threshold(place.female.value),
        income_fifth=Chooser(in_order(place.income_fifth, INCOME_FIFTHS)),
        work=Chooser(in_order(place.work, WORK_CELLS)),
        registered_urban=threshold(place.registered_urban.value),
        registered_rural=threshold(place.registered_rural.value),
        owes_urban=threshold(place.debt_urban.value),
        owes_rural=threshold(place.debt_rural.value),
        roles=_role_rules(place.roles, persons),
        debtor_bit=persons.index("debtor") if "debtor" in persons else None,
        trader_bit=persons.index("trader") if "trader" in persons else None,
        firm_size=Chooser(in_order(place.firm_size, FIRM_SIZES)),
        firm_sector=Chooser([cell.share for cell in place.firm_sector.cells]),
        firm_roles=_role_rules(place.roles, firms),
        firms_per_representative=place.firms_per_representative.value,
    )


def in_order(marginal: Marginal, ids: Iterable[str]) -> list[Decimal]:
    """Return the shares of the cells in the order of these ids."""
    shares = {cell.id: cell.share for cell in marginal.cells}
    return [shares[cell_id] for cell_id in ids]


def _role_rules(rows: Iterable[RoleShare], ids: Sequence[str]) -> tuple[RoleRule, ...]:
    """Return the rules of those rows whose role is among these ids."""
    urban = {"all": -1, "urban": 1, "rural": 0}
    return tuple(
        RoleRule(
            ids.index(row.role),
            threshold(row.share),
            row.min_age,
            row.max_age,
            urban[row.among],
            1 << ids.index(row.within) if row.within else 0,
        )
        for row in rows
        if row.role in ids
    )


def by_year(age: AgeMarginal) -> list[Decimal]:
    """Return the share of each age from 0 to 120, even inside a band."""
    shares = [Decimal(0)] * (OLDEST_AGE + 1)
    with localcontext() as context:
        context.prec = 60
        for cell in age.cells:
            for year in range(cell.from_, cell.to + 1):
                shares[year] += cell.share / (cell.to - cell.from_ + 1)
    return shares


def adult_share(place: PlaceFile) -> Decimal:
    """Return the share of people who are adults."""
    return sum(by_year(place.age)[ADULT_AGE:], Decimal(0))


def households_per_person(place: PlaceFile) -> Decimal:
    """Return the mean number of households in a neighbourhood, for each of its people.

    Households follow each other until the neighbourhood is full, and the last is cut there; so this is the mean number
    of starts among its places, a little more than one over the mean size.
    """
    sizes = [(int(cell.id), cell.share) for cell in place.household_size.cells]
    starts = [Decimal(1)]
    with localcontext() as context:
        context.prec = 60
        for position in range(1, BLOCK):
            starts.append(sum((share * starts[position - n] for n, share in sizes if n <= position), Decimal(0)))
        return sum(starts, Decimal(0)) / BLOCK


def age_shares(place: PlaceFile) -> tuple[list[Decimal], list[Decimal]]:
    """Return the ages of first members and of the others, so that together they meet the place's ages.

    First members are adults with the adults' ages; the others are what then remains of each age.
    """
    everyone = by_year(place.age)
    with localcontext() as context:
        context.prec = 60
        heads_share, adults = households_per_person(place), adult_share(place)
        heads = [share / adults if year >= ADULT_AGE else Decimal(0) for year, share in enumerate(everyone)]
        if heads_share == 1:
            return heads, heads
        rest = [max(share - heads_share * head, Decimal(0)) for share, head in zip(everyone, heads, strict=True)]
        total = sum(rest, Decimal(0))
        return heads, [share / total for share in rest]
