"""What the population's tests share: the shipped place and acts, and towns built from them."""

from __future__ import annotations

import pytest

from glasstown.language.acts import ActCatalogue
from glasstown.language.load import load_acts, load_place
from glasstown.language.parameters import PlaceFile
from glasstown.population import Firms, People, Population

SEED = 20_111


@pytest.fixture(scope="session")
def acts() -> ActCatalogue:
    return load_acts()


@pytest.fixture(scope="session")
def place() -> PlaceFile:
    return load_place("china-2020")


@pytest.fixture(scope="session")
def town(place: PlaceFile, acts: ActCatalogue) -> Population:
    return Population(place, acts, 200_000, 8_520, SEED)


@pytest.fixture(scope="session")
def people(town: Population) -> People:
    return town.people(0, town.n_blocks)


@pytest.fixture(scope="session")
def firms(town: Population) -> Firms:
    return town.firms(0, town.n_firm_blocks)
