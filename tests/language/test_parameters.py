"""Parameters are found by id, and each lies in its range."""

from __future__ import annotations

from decimal import Decimal

import pytest

from glasstown.language.check import check_parameters
from glasstown.language.load import load_parameters


def test_number__is_the_default_of_the_parameter() -> None:
    parameters = load_parameters()
    first = parameters.parameters[0]
    assert parameters.number(first.id) == first.value
    with pytest.raises(KeyError):
        parameters.number("nowhere")


def test_parameter_outside_its_range_or_named_twice__is_a_fault() -> None:
    parameters = load_parameters()
    first = parameters.parameters[0]
    outside = first.model_copy(update={"value": first.high + Decimal(1)})
    changed = parameters.model_copy(update={"parameters": (outside, first)})
    assert [fault.expected for fault in check_parameters(changed)] == ["each id once", "low <= value <= high"]
    assert check_parameters(parameters) == []
