"""The register of columns and the arrays themselves agree."""

from __future__ import annotations

import pytest

from glasstown.fields import FIRMS, PEOPLE, Field
from glasstown.population import Firms, People, Population
from glasstown.rulebook.load import load_acts, load_place


@pytest.fixture(scope="module")
def town() -> Population:
    return Population(load_place("china-2020"), load_acts(), 300, 20, 1)


@pytest.mark.parametrize(("fields", "kind"), [(PEOPLE, People), (FIRMS, Firms)])
def test_register__names_every_column_with_its_type(fields: tuple[Field, ...], kind: type, town: Population) -> None:
    values = town.people(0, 2) if kind is People else town.firms(0, 1)
    assert [field.name for field in fields] == list(kind.__slots__)
    for field in fields:
        assert str(getattr(values, field.name).dtype) == field.dtype


@pytest.mark.parametrize("field", [*PEOPLE, *FIRMS], ids=lambda field: field.name)
def test_register__says_unit_and_meaning(field: Field) -> None:
    assert field.dims in {"P", "F"}
    assert field.unit
    assert field.meaning.endswith(".")
