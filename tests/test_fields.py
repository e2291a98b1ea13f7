"""The register of columns and the arrays themselves agree."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from glasstown.engine.tables.shapes import Lives, Shard, Status, Trade
from glasstown.fields import FIRMS, LIVES, PEOPLE, SHARD, STATUS, TRADE, Field
from glasstown.language.load import load_acts, load_place
from glasstown.population import Firms, People, Population


@pytest.fixture(scope="module")
def town() -> Population:
    return Population(load_place("china-2020"), load_acts(), 300, 20, 1)


@pytest.mark.parametrize(("fields", "kind"), [(PEOPLE, People), (FIRMS, Firms)])
def test_register__names_every_column_with_its_type(fields: tuple[Field, ...], kind: type, town: Population) -> None:
    values = town.people(0, 2) if kind is People else town.firms(0, 1)
    assert [field.name for field in fields] == list(kind.__slots__)
    for field in fields:
        assert str(getattr(values, field.name).dtype) == field.dtype


@pytest.mark.parametrize("field", [*PEOPLE, *FIRMS, *SHARD, *LIVES, *TRADE, *STATUS], ids=lambda field: field.name)
def test_register__says_unit_and_meaning(field: Field) -> None:
    assert set(field.dims) <= set("PFKBEL,+0123456789")
    assert field.unit
    assert field.meaning.endswith(".")


def kinds_of(dtype: np.dtype[Any]) -> set[str]:
    """Return the types of an array's numbers; a row has one for each of its columns."""
    return {str(dtype[name]) for name in dtype.names} if dtype.names else {str(dtype)}


def test_register__names_every_array_of_the_live_state() -> None:
    import numpy as np

    from glasstown.engine.nobody import no_conduct
    from glasstown.engine.tables.state import Residents, make_shard, make_status
    from glasstown.engine.warm import empty_rules

    residents = Residents(*(np.zeros(1, dtype=np.uint8) for _ in Residents.__slots__))
    shard = make_shard(no_conduct(), residents, kind="person", first_block=0)
    status = make_status(empty_rules(), np.ones(1, dtype=np.bool_), n_blocks=1, grade=31, lists=0)
    assert [*(field.name for field in SHARD), "lives", "trade"] == list(Shard._fields)
    assert [field.name for field in LIVES] == list(Lives._fields)
    assert [field.name for field in TRADE] == list(Trade._fields)
    assert [field.name for field in STATUS] == list(Status._fields)
    for fields, arrays in ((SHARD, shard), (LIVES, shard.lives), (TRADE, shard.trade), (STATUS, status)):
        for field in fields:
            assert kinds_of(getattr(arrays, field.name).dtype) == {field.dtype}, field.name
