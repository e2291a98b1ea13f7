"""Published marginals and a seed in, who lives there out: `Population(place, acts, n_people, n_firms, seed)`.

Any neighbourhood's people and any block's firms follow from the seed and the tables alone, so that a shard, a replay
and the whole town see the same people.  Nobody here exists: this is a synthetic population.
"""

from __future__ import annotations

from typing import Final

from glasstown.chance import MOST_ENTITIES
from glasstown.errors import Fault, Place, PopulationError
from glasstown.language.acts import ActCatalogue
from glasstown.language.parameters import PlaceFile
from glasstown.population.check import check_place
from glasstown.population.firms import Firms, firms_in
from glasstown.population.people import People, people_in
from glasstown.population.tables import BLOCK, FIRM_SIZES, WORK, PlaceTables, role_ids, tables_from
from glasstown.population.tenants import Homes, Tenants, tenants_of
from glasstown.wording import between, count

__all__ = ["BLOCK", "FIRM_SIZES", "WORK", "Firms", "People", "Population", "check_place", "role_ids"]

MOST_PEOPLE: Final = MOST_ENTITIES // BLOCK


class Population:
    """A synthetic town, made block by block on request; it holds tables, not people."""

    __slots__ = ("_tables", "n_firms", "n_people", "place_id", "seed")

    def __init__(
        self,
        place: PlaceFile,
        acts: ActCatalogue,
        n_people: int,
        n_firms: int,
        seed: int,
        *,
        where: Place | None = None,
    ) -> None:
        """Check the aggregates and make their tables; `PopulationError` tells all faults at once, with their file."""
        faults = [*check_place(place, acts, where), *_check_size(n_people, n_firms, seed)]
        if faults:
            raise PopulationError(f"Population of '{place.id}'", faults)
        self.place_id = place.id
        self.n_people = n_people
        self.n_firms = n_firms
        self.seed = seed
        self._tables = tables_from(place, acts)

    @property
    def tables(self) -> PlaceTables:
        """What people and firms are drawn from."""
        return self._tables

    @property
    def n_blocks(self) -> int:
        """Number of neighbourhoods; the last may be smaller."""
        return -(-self.n_people // BLOCK)

    @property
    def n_firm_blocks(self) -> int:
        """Number of firm blocks; the last may be smaller."""
        return -(-self.n_firms // BLOCK)

    def people(self, first_block: int, last_block: int) -> People:
        """Return the people of neighbourhoods first_block to last_block - 1.

        The result for a neighbourhood never depends on the range it is asked in.
        """
        _within(first_block, last_block, self.n_blocks)
        return people_in(self._tables, self.seed, first_block, last_block, self.n_people)

    def tenants(self, homes: Homes) -> Tenants:
        """Return who lives in some homes, whoever came when."""
        return tenants_of(self._tables, self.seed, homes)

    def firms(self, first_block: int, last_block: int) -> Firms:
        """Return the firms of firm blocks first_block to last_block - 1, as `people` does."""
        _within(first_block, last_block, self.n_firm_blocks)
        return firms_in(self._tables, self.seed, first_block, last_block, n_people=self.n_people, n_firms=self.n_firms)


def _within(first_block: int, last_block: int, n_blocks: int) -> None:
    """Refuse a range of blocks that the town does not have."""
    if not 0 <= first_block <= last_block <= n_blocks:
        raise IndexError(f"blocks {first_block} to {last_block} of a population with {n_blocks}")


def _check_size(n_people: int, n_firms: int, seed: int) -> list[Fault]:
    """Return the faults of the numbers a population is asked for."""
    faults = []
    if not 1 <= n_people <= MOST_PEOPLE:
        way_out = "Ask for at least one person." if n_people < 1 else "Ask for fewer."
        faults.append(Fault("number of people", None, count(n_people), between(1, MOST_PEOPLE), way_out))
    if not 0 <= n_firms <= MOST_PEOPLE:
        faults.append(
            Fault("number of firms", None, count(n_firms), between(0, MOST_PEOPLE), "Ask for a number in this range.")
        )
    if not 0 <= seed < 1 << 64:
        faults.append(Fault("seed", None, str(seed), "0 to 2**64 - 1", "Give a smaller whole number without a sign."))
    return faults
