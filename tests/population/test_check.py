"""Bad aggregates: each is told with its object, what was found, what was expected and a way out, all at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from glasstown.errors import Fault, Place, PopulationError
from glasstown.language.acts import ActCatalogue, Basis
from glasstown.language.parameters import AgeCell, Marginal, PlaceFile, RoleShare, Share, SourcedShare
from glasstown.population import Population, check_place

BASIS = Basis(source="made up for a test", evidence="invented", note=None)


def altered(place: PlaceFile, **changes: Any) -> PlaceFile:
    return place.model_copy(update=changes)


def marginal(*cells: tuple[str, str]) -> Marginal:
    shares = tuple(Share.model_construct(id=cell, label=cell, share=Decimal(share)) for cell, share in cells)
    return Marginal(cells=shares, basis=BASIS)


def ages(place: PlaceFile, *bands: tuple[int, int, str]) -> PlaceFile:
    cells = tuple(AgeCell.model_construct(from_=a, to=b, share=Decimal(share)) for a, b, share in bands)
    return altered(place, age=place.age.model_copy(update={"cells": cells}))


def role(name: str, share: str = "0.1", **more: Any) -> RoleShare:
    full = {"min_age": 18, "max_age": 120, "among": "all"} | more
    return RoleShare.model_construct(role=name, share=Decimal(share), basis=BASIS, **full)


def number(value: str) -> SourcedShare:
    return SourcedShare.model_construct(value=Decimal(value), basis=BASIS)


def only(faults: list[Fault]) -> str:
    assert len(faults) == 1, [str(fault) for fault in faults]
    return str(faults[0])


def test_shipped_place__has_no_fault(place: PlaceFile, acts: ActCatalogue) -> None:
    assert check_place(place, acts) == []


@pytest.mark.parametrize(
    ("share", "found"), [("0.2999", "0.9999"), ("0.3001", "1.0001"), ("0.30000000000000000000000000000001", "1.0")]
)
def test_sum__must_be_exactly_one(place: PlaceFile, acts: ActCatalogue, share: str, found: str) -> None:
    sizes = marginal(("1", "0.3"), ("2", "0.4"), ("3", share))
    message = only(check_place(altered(place, household_size=sizes), acts))
    assert message.startswith(f"'household_size': found shares that sum to {found}")
    assert "expected exactly 1" in message


def test_sum__tells_the_change_that_mends_it(place: PlaceFile, acts: ActCatalogue) -> None:
    sizes = marginal(("1", "0.3"), ("2", "0.7001"))
    assert "by -0.0001" in only(check_place(altered(place, household_size=sizes), acts))


@pytest.mark.parametrize(
    ("bands", "words"),
    [
        ([(0, 20, "0.3"), (20, 90, "0.7")], "overlapping bands 0 to 20, then 20 to 90"),
        ([(0, 20, "0.3"), (22, 90, "0.7")], "a gap between bands 0 to 20, then 22 to 90"),
        ([(0, 20, "0.3"), (90, 21, "0.7")], "the band 90 to 21"),
    ],
)
def test_age_bands__must_follow_each_other(
    place: PlaceFile, acts: ActCatalogue, bands: list[tuple[int, int, str]], words: str
) -> None:
    assert any(words in str(fault) for fault in check_place(ages(place, *bands), acts))


def test_age_bands__may_come_in_any_order(place: PlaceFile, acts: ActCatalogue) -> None:
    assert check_place(ages(place, (21, 90, "0.7"), (0, 20, "0.3")), acts) == []


@pytest.mark.parametrize("size", ["0", "-1", "7+", "151", "two"])
def test_household_size__is_a_whole_number_from_one(place: PlaceFile, acts: ActCatalogue, size: str) -> None:
    message = only(check_place(altered(place, household_size=marginal(("2", "0.5"), (size, "0.5"))), acts))
    assert f"the size '{size}'" in message


def test_smallest_cell__is_at_least_ten(place: PlaceFile, acts: ActCatalogue) -> None:
    assert "found 9; expected at least 10 people" in only(check_place(altered(place, smallest_cell=9), acts))


def test_negative_share__is_refused(place: PlaceFile, acts: ActCatalogue) -> None:
    sector = marginal(("trade", "-0.1"), ("other", "1.1"))
    assert "'firm_sector/trade': found -0.1" in only(check_place(altered(place, firm_sector=sector), acts))


@pytest.mark.parametrize("name", ["female", "urban", "registered_urban", "debt_urban", "debt_rural"])
def test_share_above_one__is_refused(place: PlaceFile, acts: ActCatalogue, name: str) -> None:
    message = only(check_place(altered(place, **{name: number("56.5")}), acts))
    assert message == f"'{name}': found 56.5; expected a share from 0 to 1. Write 56.5 percent as 0.565."


def test_firms_per_representative__is_at_least_one(place: PlaceFile, acts: ActCatalogue) -> None:
    assert "at least 1" in only(check_place(altered(place, firms_per_representative=number("0")), acts))


def test_unknown_role__gets_the_nearest_name(place: PlaceFile, acts: ActCatalogue) -> None:
    rows = (*place.roles, role("drivr"))
    assert "Did you mean 'driver'?" in only(check_place(altered(place, roles=rows), acts))


def test_missing_role__is_told(place: PlaceFile, acts: ActCatalogue) -> None:
    rows = tuple(row for row in place.roles if row.role != "driver")
    assert only(check_place(altered(place, roles=rows), acts)).startswith("'roles/driver': found no share")


def test_role_that_follows_from_a_column__takes_no_share(place: PlaceFile, acts: ActCatalogue) -> None:
    rows = (*place.roles, role("trader"))
    assert "it follows from work/self-employed" in only(check_place(altered(place, roles=rows), acts))


def test_role_rows__may_differ_by_area_but_not_overlap(place: PlaceFile, acts: ActCatalogue) -> None:
    others = tuple(row for row in place.roles if row.role != "driver")
    apart = (role("driver", "0.6", among="urban"), role("driver", "0.2", among="rural"))
    assert check_place(altered(place, roles=(*others, *apart)), acts) == []
    overlapping = (role("driver", "0.6", among="urban"), role("driver", "0.2"))
    assert "two rows for the same people" in only(check_place(altered(place, roles=(*others, *overlapping)), acts))


def test_role_within_one_that_comes_later__is_a_fault(place: PlaceFile, acts: ActCatalogue) -> None:
    row = next(row for row in place.roles if row.role == "key-polluter")
    for within in ("polluterr", "driver", "key-polluter"):
        rows = tuple(each if each is not row else row.model_copy(update={"within": within}) for each in place.roles)
        assert only(check_place(altered(place, roles=rows), acts)).startswith(
            f"'roles/key-polluter': found within '{within}'"
        )


def test_fixed_cells__are_all_there_and_nothing_else(place: PlaceFile, acts: ActCatalogue) -> None:
    size = marginal(("mikro", "0.9"), ("small", "0.1"), ("medium", "0"), ("large", "0"))
    found = [str(fault) for fault in check_place(altered(place, firm_size=size), acts)]
    assert any("Did you mean 'micro'?" in message for message in found)
    assert any("no cell 'micro'" in message for message in found)


def test_income_fifths__are_fifths(place: PlaceFile, acts: ActCatalogue) -> None:
    shares = zip(
        ("fifth-1", "fifth-2", "fifth-3", "fifth-4", "fifth-5"), ("0.1", "0.3", "0.2", "0.2", "0.2"), strict=True
    )
    assert len(check_place(altered(place, income_fifth=marginal(*shares)), acts)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002X",
        "call 13912345678",
        "li@example.org",
        "born on 3 May 1985",
        "phone",
        "ID number of the head",
    ],
)
def test_row_that_looks_like_a_person__is_refused(place: PlaceFile, acts: ActCatalogue, text: str) -> None:
    cell = place.firm_sector.cells[0].model_copy(update={"label": text})
    sector = place.firm_sector.model_copy(update={"cells": (cell, *place.firm_sector.cells[1:])})
    assert "published aggregates only" in only(check_place(altered(place, firm_sector=sector), acts))


def test_table_of_rows__is_refused(place: PlaceFile, acts: ActCatalogue) -> None:
    rows = marginal(*((f"row-{k}", "0.005") for k in range(200)))
    assert "never rows of people" in only(check_place(altered(place, firm_sector=rows), acts))


def test_more_households_than_adults__is_refused(place: PlaceFile, acts: ActCatalogue) -> None:
    alone = altered(place, household_size=marginal(("1", "1")))
    assert "1.000 households for each person, and only 0.7" in only(check_place(alone, acts))


def test_town_of_adults_alone__can_be_built(place: PlaceFile, acts: ActCatalogue) -> None:
    alone = ages(altered(place, household_size=marginal(("1", "1"))), (18, 30, "1"))
    people = Population(alone, acts, 300, 0, 1).people(0, 2)
    assert people.household.tolist()[:3] == [0, 1, 2]
    assert people.age.min() >= 18


def test_all_faults__are_told_at_once_with_the_file(place: PlaceFile, acts: ActCatalogue) -> None:
    bad = altered(place, smallest_cell=1, female=number("2"), household_size=marginal(("0", "0.5")))
    with pytest.raises(PopulationError) as problem:
        Population(bad, acts, 0, -1, 1 << 64, where=Place("own.yaml"))
    assert len(problem.value.faults) == 7
    assert "own.yaml: 'smallest_cell'" in str(problem.value)
    assert "number of people: found 0" in str(problem.value)


def test_a_range_outside_the_town__is_refused(place: PlaceFile, acts: ActCatalogue) -> None:
    town = Population(place, acts, 300, 0, 1)
    for first, last in ((0, 3), (-1, 1), (2, 1)):
        with pytest.raises(IndexError):
            town.people(first, last)
