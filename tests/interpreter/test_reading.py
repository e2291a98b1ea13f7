"""Quanta and points."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasstown.interpreter.reading import to_quanta
from glasstown.ledger import in_points


@pytest.mark.parametrize(
    ("quanta", "quantum", "shown"),
    [
        (965, "1", "965"),
        (1000, "1", "1000"),
        (5, "0.5", "2.5"),
        (2000, "0.5", "1000"),
        (0, "0.5", "0"),
        (-1, "0.5", "-0.5"),
    ],
)
def test_in_points__is_an_exact_decimal_string(quanta: int, quantum: str, shown: str) -> None:
    assert in_points(quanta, Decimal(quantum)) == shown


@given(st.integers(-(10**9), 10**9), st.sampled_from([Decimal(1), Decimal("0.5"), Decimal("0.1"), Decimal(5)]))
def test_to_quanta__undoes_in_points(quanta: int, quantum: Decimal) -> None:
    assert to_quanta(Decimal(in_points(quanta, quantum)), quantum) == quanta


def test_to_quanta__refuses_what_is_no_whole_number_of_steps() -> None:
    with pytest.raises(ValueError, match="whole number"):
        to_quanta(Decimal("0.3"), Decimal("0.5"))
