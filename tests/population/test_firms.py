"""Firms: marginals met, blocks addressable, every representative an adult."""

from __future__ import annotations

import numpy as np
import pytest

from glasstown.language.acts import ActCatalogue
from glasstown.language.parameters import PlaceFile
from glasstown.population import BLOCK, FIRM_SIZES, Firms, People, Population, role_ids
from glasstown.population.firms import n_representatives


def near(found: float, share: float, n: int) -> bool:
    return abs(found - share) <= 5 * (share * (1 - share) / n) ** 0.5


def test_firms__meet_sizes_sectors_and_roles(firms: Firms, place: PlaceFile, acts: ActCatalogue) -> None:
    shares = {cell.id: cell.share for cell in place.firm_size.cells}
    for code, name in enumerate(FIRM_SIZES):
        assert near((firms.size == code).mean(), float(shares[name]), len(firms))
    for code, cell in enumerate(place.firm_sector.cells):
        assert near((firms.sector == code).mean(), float(cell.share), len(firms))
    rows, ids = {row.role: row for row in place.roles}, role_ids(acts, "firm")
    for bit, role in enumerate(ids):
        within = rows[role].within
        among = firms.roles[(firms.roles >> ids.index(within)) & 1 == 1] if within else firms.roles
        assert near(((among >> bit) & 1).mean(), float(rows[role].share), len(among))


def test_key_polluters__are_polluters(firms: Firms, acts: ActCatalogue) -> None:
    wide, key = (1 << role_ids(acts, "firm").index(role) for role in ("polluter", "key-polluter"))
    assert (firms.roles & key != 0).any()
    assert not (firms.roles[firms.roles & wide == 0] & key).any()


def test_representatives__are_adults(firms: Firms, people: People) -> None:
    assert firms.representative.min() >= 0
    assert people.age[firms.representative].min() >= 18


def test_representatives__have_as_many_firms_as_the_place_says(firms: Firms, place: PlaceFile) -> None:
    people, n_each = np.unique(firms.representative, return_counts=True)
    expected = n_representatives(len(firms), place.firms_per_representative.value)
    assert people.shape[0] == expected
    assert n_each.max() - n_each.min() <= 1
    assert abs(len(firms) / people.shape[0] - float(place.firms_per_representative.value)) < 0.01


def test_representatives__are_spread_over_the_town(firms: Firms) -> None:
    per_block = np.bincount(np.unique(firms.representative) // BLOCK, minlength=1334)
    assert per_block.max() - per_block.min() <= 1
    place_in_block = np.unique(firms.representative) % BLOCK
    counts = np.bincount(place_in_block // 30, minlength=5)
    assert counts.min() > 0.8 * counts.mean()


@pytest.mark.parametrize(("first", "last"), [(0, 1), (3, 9), (56, 57), (4, 4)])
def test_firm_blocks__do_not_depend_on_the_range_asked(town: Population, firms: Firms, first: int, last: int) -> None:
    part = town.firms(first, last)
    for name in Firms.__slots__:
        np.testing.assert_array_equal(getattr(part, name), getattr(firms, name)[first * BLOCK : last * BLOCK])


@pytest.mark.parametrize(("n_people", "n_firms"), [(1, 1), (1, 400), (151, 40), (160, 1_000), (1_000, 0)])
def test_small_towns__have_representatives_that_exist(
    place: PlaceFile, acts: ActCatalogue, n_people: int, n_firms: int
) -> None:
    town = Population(place, acts, n_people, n_firms, 9)
    people, firms = town.people(0, town.n_blocks), town.firms(0, town.n_firm_blocks)
    assert len(firms) == n_firms
    assert bool((people.age[firms.representative] >= 18).all())
    for block in range(town.n_firm_blocks):
        alone = town.firms(block, block + 1).representative
        np.testing.assert_array_equal(alone, firms.representative[block * BLOCK : (block + 1) * BLOCK])


def test_columns__are_read_only(firms: Firms) -> None:
    assert not any(getattr(firms, name).flags.writeable for name in Firms.__slots__)
