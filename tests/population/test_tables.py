"""Tables: a word chooses the cell that the exact shares say, and the two age tables make up the place's ages."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasstown.chance import threshold
from glasstown.language.parameters import PlaceFile
from glasstown.population.tables import ADULT_AGE, Chooser, age_shares, by_year, households_per_person


@given(st.lists(st.integers(0, 50), min_size=1, max_size=130).filter(any), st.integers(0, (1 << 32) - 1))
def test_choose__gives_the_cell_whose_thresholds_hold_the_word(weights: list[int], word: int) -> None:
    shares = [Decimal(weight) / sum(weights) for weight in weights]
    edges = [threshold(min(sum(shares[: k + 1], Decimal(0)), Decimal(1))) for k in range(len(shares))]
    last = max(k for k, weight in enumerate(weights) if weight)
    words = {word, 0, (1 << 32) - 1, *(edge for edge in edges if edge < 1 << 32), *(edge - 1 for edge in edges if edge)}
    chosen = Chooser(shares).choose(np.array(sorted(words), dtype=np.uint32))
    for one, cell in zip(sorted(words), chosen.tolist(), strict=True):
        assert cell == min(last, next((k for k, edge in enumerate(edges) if one < edge), last))


def test_choose__never_gives_an_empty_cell() -> None:
    chooser = Chooser([Decimal(0), Decimal("0.5"), Decimal(0), Decimal("0.5"), Decimal(0)])
    words = np.array([0, 1, (1 << 31) - 1, 1 << 31, (1 << 32) - 1], dtype=np.uint32)
    assert chooser.choose(words).tolist() == [1, 1, 1, 3, 3]


def test_age_shares__of_first_members_and_others_make_up_the_place(place: PlaceFile) -> None:
    heads, members = age_shares(place)
    share = households_per_person(place)
    assert abs(sum(heads) - 1) < Decimal("1e-25")
    assert abs(sum(members) - 1) < Decimal("1e-25")
    for age, everyone in enumerate(by_year(place.age)):
        assert abs(share * heads[age] + (1 - share) * members[age] - everyone) < Decimal("1e-25")
    assert not any(heads[:ADULT_AGE])


@pytest.mark.parametrize(
    ("size", "expected"), [("1", Decimal(1)), ("2", Decimal("0.5")), ("3", Decimal(50) / 150), ("4", Decimal(38) / 150)]
)
def test_households_per_person__counts_the_last_cut_one(place: PlaceFile, size: str, expected: Decimal) -> None:
    cell = place.household_size.cells[0].model_copy(update={"id": size, "share": Decimal(1)})
    sizes = place.household_size.model_copy(update={"cells": (cell,)})
    found = households_per_person(place.model_copy(update={"household_size": sizes}))
    assert abs(found - expected) < Decimal("1e-27")
