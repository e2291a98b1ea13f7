"""Firms of a range of firm blocks, each with the adult who represents it.

Firms are dealt to representatives, and representatives to neighbourhoods and adults, by keyed permutations: nothing is
shuffled as a whole, so any firm's representative follows from the tables, the seed and the numbers of people and firms.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Final

import numpy as np
from numpy.typing import NDArray

from glasstown.chance import Entities, drawn, permuted
from glasstown.population.normal import normal_table
from glasstown.population.people import ages_in
from glasstown.population.roles import roles_of
from glasstown.population.tables import ADULT_AGE, BLOCK, PlaceTables

_CHUNK: Final = 64  # blocks worked on at once, of firms and of the people who represent them


@dataclass(frozen=True, slots=True)
class Firms:
    """The firms of whole firm blocks, as read-only arrays of one length F; `fields.py` says what each holds."""

    firm_id: NDArray[np.int64]
    size: NDArray[np.uint8]
    sector: NDArray[np.uint8]
    roles: NDArray[np.uint16]
    theta: NDArray[np.int16]
    representative: NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of firms."""
        return int(self.firm_id.shape[0])


def firms_in(
    tables: PlaceTables, seed: int, first_block: int, last_block: int, *, n_people: int, n_firms: int
) -> Firms:
    """Return the firms of blocks first_block to last_block - 1; those from n_firms on do not exist."""
    firm_id = np.arange(first_block * BLOCK, max(first_block * BLOCK, min(last_block * BLOCK, n_firms)), dtype=np.int64)
    entities = firm_id.astype(np.uint64)
    firms = Firms(
        firm_id=firm_id,
        size=tables.firm_size.choose(drawn(seed, "firm-size", entities)[0]),
        sector=tables.firm_sector.choose(drawn(seed, "firm-sector", entities)[0]),
        roles=roles_of(seed, "firm-roles", entities, tables.firm_roles),
        theta=normal_table()[drawn(seed, "firm-theta", entities)[0] >> np.uint32(16)],
        representative=_representatives(tables, seed, entities, n_people=n_people, n_firms=n_firms),
    )
    for column in (firms.firm_id, firms.size, firms.sector, firms.roles, firms.theta, firms.representative):
        column.setflags(write=False)
    return firms


def n_representatives(n_firms: int, firms_per_representative: Decimal) -> int:
    """Return how many people represent this many firms; at least one where there is a firm."""
    return int((n_firms / firms_per_representative).to_integral_value(rounding=ROUND_CEILING))


def _representatives(
    tables: PlaceTables, seed: int, firms: Entities, *, n_people: int, n_firms: int
) -> NDArray[np.int64]:
    """Return the person who represents each firm, always an adult.

    A firm's place in a permutation, modulo the number of representatives, names one of them.  Representatives go round
    the neighbourhoods in a permuted order; inside one, each further round takes the next adult of a permuted order.
    Only with more representatives than adults does somebody take several of their places.
    """
    if firms.size == 0:
        return np.empty(0, dtype=np.int64)
    n_blocks = -(-n_people // BLOCK)
    n_seats = n_representatives(n_firms, tables.firms_per_representative)
    seat = permuted(seed, "firm-to-representative", firms, n_firms) % np.uint64(n_seats)
    turn, place = seat // np.uint64(n_blocks), seat % np.uint64(n_blocks)
    block = permuted(seed, "representative-block", place, n_blocks).astype(np.int64)
    needed, position = np.unique(block, return_inverse=True)
    adults, n_adults = _adults(tables, seed, needed, n_people)
    here = n_adults[position]
    nth = permuted(seed, "representative-adult", turn % here, here, number=block.astype(np.uint64))
    return block * BLOCK + adults[position, nth.astype(np.int64)]


def _adults(
    tables: PlaceTables, seed: int, blocks: NDArray[np.int64], n_people: int
) -> tuple[NDArray[np.uint8], Entities]:
    """Return where the adults stand in each neighbourhood, first ones first, as (B, 150), and how many there are."""
    order = np.empty((blocks.shape[0], BLOCK), dtype=np.uint8)
    count = np.empty(blocks.shape[0], dtype=np.uint64)
    for start in range(0, blocks.shape[0], _CHUNK):
        part = blocks[start : start + _CHUNK]
        exists = part[:, None] * BLOCK + np.arange(BLOCK) < n_people
        is_adult = (ages_in(tables, seed, part) >= ADULT_AGE) & exists
        order[start : start + _CHUNK] = np.argsort(~is_adult, axis=1, kind="stable").astype(np.uint8)
        count[start : start + _CHUNK] = is_adult.sum(axis=1).astype(np.uint64)
    return order, count
