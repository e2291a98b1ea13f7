"""People: marginals met, neighbourhoods addressable, households whole.

Tolerances are five standard errors of the count in question, so that a sound generator fails once in a million seeds.
What all members of a household share counts its households; 200,000 people live in some 77,000.
"""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from numpy.typing import NDArray

from glasstown.language.acts import ActCatalogue
from glasstown.language.parameters import PlaceFile
from glasstown.population import BLOCK, WORK, People, Population, role_ids
from glasstown.population.tables import INCOME_FIFTHS, WORK_CELLS


def assert_share(found: NDArray[np.bool_], share: Decimal | float, n_independent: int | None = None) -> None:
    """Assert that a share is met within five standard errors of as many independent draws."""
    expected = float(share)
    n = found.shape[0] if n_independent is None else n_independent
    assert abs(found.mean() - expected) <= 5 * (expected * (1 - expected) / n) ** 0.5 + 1e-9


def first_members(people: People) -> NDArray[np.bool_]:
    block = people.person_id // BLOCK
    new = (np.diff(people.household, prepend=255) != 0) | (np.diff(block, prepend=-1) != 0)
    return new.astype(np.bool_)


def columns(people: People) -> dict[str, NDArray[np.generic]]:
    return {name: getattr(people, name) for name in People.__slots__}


def test_ages__meet_the_bands(people: People, place: PlaceFile) -> None:
    for cell in place.age.cells:
        assert_share((people.age >= cell.from_) & (people.age <= cell.to), cell.share)


def test_sex__meets_its_share(people: People, place: PlaceFile) -> None:
    assert_share(people.is_female, place.female.value)


def test_urban__is_one_for_a_neighbourhood_and_meets_its_share(people: People, place: PlaceFile) -> None:
    n_whole = len(people) // BLOCK
    by_block = people.is_urban[: n_whole * BLOCK].reshape(n_whole, BLOCK)
    assert bool((by_block.all(axis=1) | ~by_block.any(axis=1)).all())
    assert abs(by_block[:, 0].mean() - float(place.urban.value)) < 3 / n_whole


def test_income_fifths__meet_their_shares_and_agree_within_a_household(people: People) -> None:
    heads = first_members(people)
    for fifth in range(len(INCOME_FIFTHS)):
        assert_share(people.income_fifth[heads] == fifth, 0.2)
    of_head = people.income_fifth[heads][np.cumsum(heads) - 1]
    assert bool((of_head == people.income_fifth).all())


def test_work__meets_the_shares_of_working_age(people: People, place: PlaceFile) -> None:
    of_working_age = (people.age >= 16) & (people.age < 60)
    shares = {cell.id: cell.share for cell in place.work.cells}
    for name in WORK_CELLS:
        assert_share(people.work[of_working_age] == WORK.index(name), shares[name])
    assert set(people.work[people.age < 16].tolist()) == {WORK.index("child")}
    assert set(people.work[people.age >= 60].tolist()) == {WORK.index("retired")}


def test_debt__meets_the_shares_of_adults_in_town_and_countryside(people: People, place: PlaceFile) -> None:
    adults = people.age >= 18
    for area, share in ((people.is_urban, place.debt_urban.value), (~people.is_urban, place.debt_rural.value)):
        assert_share(people.owes[adults & area], share, int((first_members(people) & area).sum()))
    assert not people.owes[~adults].any()


def test_registration__meets_its_shares_and_is_a_households(people: People, place: PlaceFile) -> None:
    heads = first_members(people)
    assert_share(people.is_registered_urban[people.is_urban & heads], place.registered_urban.value)
    assert not people.is_registered_urban[~people.is_urban].any()
    number = np.cumsum(heads)
    of_head = people.is_registered_urban[heads][number - 1]
    assert (people.is_registered_urban == of_head).all()


def test_roles__meet_their_shares_among_the_eligible(people: People, place: PlaceFile, acts: ActCatalogue) -> None:
    ids = role_ids(acts, "person")
    for row in place.roles:
        if row.role not in ids:
            continue
        has_role = (people.roles >> ids.index(row.role)) & 1 == 1
        eligible = (people.age >= row.min_age) & (people.age <= row.max_age)
        if row.among != "all":
            eligible &= people.is_urban == (row.among == "urban")
        assert_share(has_role[eligible], row.share)
        assert not has_role[~eligible].any()


def test_roles__of_debtors_and_traders_follow_from_debt_and_work(people: People, acts: ActCatalogue) -> None:
    ids = role_ids(acts, "person")
    debtor, trader = ((people.roles >> ids.index(name)) & 1 == 1 for name in ("debtor", "trader"))
    np.testing.assert_array_equal(debtor, people.owes)
    np.testing.assert_array_equal(trader, people.work == WORK.index("self-employed"))


def test_first_members__are_adults(people: People) -> None:
    assert people.age[first_members(people)].min() >= 18


def test_households__meet_their_sizes(people: People, place: PlaceFile) -> None:
    """The first ten households of a neighbourhood are never cut by its end."""
    block = (people.person_id // BLOCK)[people.household < 10]
    number = people.household[people.household < 10]
    _, sizes = np.unique(block * BLOCK + number, return_counts=True)
    for cell in place.household_size.cells:
        assert_share(sizes == int(cell.id), cell.share)


def test_households__are_numbered_from_zero_without_gaps(people: People) -> None:
    heads = first_members(people)
    first_of_block = people.person_id % BLOCK == 0
    assert set(people.household[first_of_block].tolist()) == {0}
    assert set(np.diff(people.household.astype(np.int64))[~first_of_block[1:]].tolist()) == {0, 1}
    assert bool(heads[first_of_block].all())


def test_traits__are_standard_normal_and_unrelated(people: People) -> None:
    theta, prosocial = people.theta / 256, people.prosocial / 256
    width = 5 / len(people) ** 0.5
    for trait in (theta, prosocial):
        assert abs(trait.mean()) < width
        assert abs(trait.std() - 1) < width
        assert abs((trait < -1).mean() - 0.1587) < width  # 0.1587: a standard normal below -1
    assert abs(np.corrcoef(theta, prosocial)[0, 1]) < width


@pytest.mark.parametrize(("first", "last"), [(0, 1), (7, 9), (63, 66), (1300, 1334), (1333, 1334), (5, 5)])
def test_neighbourhoods__do_not_depend_on_the_range_asked(
    town: Population, people: People, first: int, last: int
) -> None:
    part = columns(town.people(first, last))
    for name, column in columns(people).items():
        np.testing.assert_array_equal(part[name], column[first * BLOCK : last * BLOCK], err_msg=name)


def test_neighbourhoods__stay_when_the_town_grows(place: PlaceFile, acts: ActCatalogue) -> None:
    small, large = (Population(place, acts, n, 0, 3).people(0, 2) for n in (300, 30_000))
    for name, column in columns(small).items():
        np.testing.assert_array_equal(column, getattr(large, name), err_msg=name)


def test_last_neighbourhood__is_cut_where_the_people_end(place: PlaceFile, acts: ActCatalogue) -> None:
    town = Population(place, acts, 151, 0, 3)
    assert town.n_blocks == 2
    assert len(town.people(0, 2)) == 151
    assert town.people(1, 2).person_id.tolist() == [150]


def test_columns__are_read_only(people: People) -> None:
    assert not any(column.flags.writeable for column in columns(people).values())


def test_seed__changes_the_people(place: PlaceFile, acts: ActCatalogue) -> None:
    one, other = (Population(place, acts, 150, 0, seed).people(0, 1) for seed in (1, 2))
    assert one.age.tolist() != other.age.tolist()
