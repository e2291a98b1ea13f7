"""Who leaves a place and who comes: the ages of the place stand, and rates of 0 leave everybody where they are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from glasstown.language.acts import ActCatalogue
from glasstown.language.load import load_parameters
from glasstown.language.parameters import MoveCell, PlaceFile
from glasstown.population import People, Population, check_place
from glasstown.population.tenants import Homes
from glasstown.population.turnover import HEAD, MEMBER, turnover_tables

ON = {"people.deaths": Decimal("0.54"), "people.moves": Decimal(1)}
NUMBERS = {each.id: each.value for each in load_parameters().parameters} | ON
BANDS = ((0, 15), (16, 29), (30, 44), (45, 59), (60, 79), (80, 120))


def shares(age: NDArray[Any]) -> NDArray[np.float64]:
    return np.array([((age >= low) & (age <= high)).mean() for low, high in BANDS])


def lived_on(people: People, place: PlaceFile, years: int, **numbers: str) -> NDArray[np.uint8]:
    """Return everybody's age after so many years."""
    tables = turnover_tables(
        place, {**NUMBERS, **{f"people.{name}": Decimal(value) for name, value in numbers.items()}}
    )
    assert tables is not None
    draw = np.random.default_rng(3)
    place_of = np.arange(len(people))
    head = ((place_of % 150 == 0) | (people.household != np.roll(people.household, 1))).astype(np.int64)
    age, sex = people.age.copy(), people.is_female.astype(np.int64)
    for _ in range(years):
        luck = draw.integers(0, 1 << 32, len(age), dtype=np.uint64)
        gone = luck < tables.dies[sex, age] + tables.moves[head, age]
        words = draw.integers(0, 1 << 32, len(age), dtype=np.uint32)
        came = np.where(head == HEAD, tables.enters[HEAD].choose(words), tables.enters[MEMBER].choose(words))
        age = np.where(gone, came, age + 1).astype(np.uint8)
        assert (age[head == HEAD] >= 18).all()
    return age


def test_ages__of_the_place_stand_over_ten_years(people: People, place: PlaceFile) -> None:
    before, after = shares(people.age), shares(lived_on(people, place, 10))
    assert (np.abs(after / before - 1) < 0.02).all(), (before, after)  # in ten years; a year may bring as much


def test_ages__drift_where_the_rates_do_not_make_up_for_them(people: People, place: PlaceFile) -> None:
    after = shares(lived_on(people, place, 10, births="0.5"))
    assert after[0] < 0.9 * shares(people.age)[0]
    assert (np.abs(shares(lived_on(people, place, 10, moves="0")) / shares(people.age) - 1) > 0.05).any()


def test_deaths_and_births__are_as_often_as_published(people: People, place: PlaceFile) -> None:
    tables = turnover_tables(place, NUMBERS)
    assert tables is not None
    dies = tables.dies[people.is_female.astype(np.int64), people.age].mean() / (1 << 32)
    assert 0.0068 < dies < 0.0074  # 7.08 and 7.15 per 1,000
    newborn = (lived_on(people, place, 1) == 0).mean()
    assert 0.010 < newborn < 0.014


@pytest.mark.parametrize("without", ["deaths", "moves"])
def test_tables__are_none_where_nobody_leaves(place: PlaceFile, without: str) -> None:
    off = {"people.deaths": Decimal(0), "people.moves": Decimal(0)}
    assert turnover_tables(place, {**NUMBERS, **off}) is None
    assert turnover_tables(place.model_copy(update={"deaths": None, "moves": None}), NUMBERS) is None
    assert turnover_tables(place.model_copy(update={without: None}), NUMBERS) is not None


def test_tenants__who_came_first_are_the_people_of_the_place(town: Population, people: People) -> None:
    first = np.zeros(len(people), dtype=np.uint64)
    homes = Homes(people.person_id.astype(np.uint64), first, people.age, people.is_urban, people.household)
    who = town.tenants(homes)
    for name in ("is_female", "work", "owes", "roles", "theta", "prosocial"):
        assert (getattr(who, name) == getattr(people, name)).all(), name


def test_tenants__who_came_later_are_others_in_the_same_household(town: Population, people: People) -> None:
    later = np.full(len(people), 7, dtype=np.uint64)
    homes = Homes(people.person_id.astype(np.uint64), later, people.age, people.is_urban, people.household)
    who = town.tenants(homes)
    assert 0.4 < (who.is_female == people.is_female).mean() < 0.6
    assert (who.owes == people.owes).all()  # the household's
    assert abs(np.corrcoef(who.theta, people.theta)[0, 1]) < 0.02


@pytest.mark.parametrize(
    ("bands", "said"),
    [(((9, 0),), "the band 9 to 0"), (((0, 9), (9, 20)), "0 to 9, then 9 to 20")],
)
def test_place__is_refused_where_its_bands_go_backwards_or_overlap(
    place: PlaceFile, acts: ActCatalogue, bands: tuple[tuple[int, int], ...], said: str
) -> None:
    assert place.moves is not None
    cells = tuple(MoveCell.model_validate({"from": low, "to": high, "share": Decimal("0.1")}) for low, high in bands)
    moves = place.moves.model_copy(update={"cells": cells})
    faults = check_place(place.model_copy(update={"moves": moves}), acts)
    assert [(fault.subject, fault.found) for fault in faults] == [("'moves'", said)]
