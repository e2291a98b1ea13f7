"""The parts of the verification hold in towns small enough for every test run."""

from __future__ import annotations

from decimal import Decimal

import pytest

from verification import filing, identities
from verification.table import Check, is_fault
from verification.towns import numbers


def faults(checks: list[Check]) -> list[Check]:
    return [check for check in checks if is_fault(check)]


def test_stocks__change_by_what_came_in_and_went_out() -> None:
    checks = list(identities.checks(1_500))
    assert len(checks) >= 4
    assert faults(checks) == []


def test_filing__goes_wrong_as_often_as_the_parameters_say() -> None:
    checks = list(filing.checks(9_000))
    assert len(checks) >= 8
    assert faults(checks) == []


def test_numbers__refuse_a_parameter_that_does_not_exist() -> None:
    with pytest.raises(KeyError, match=r"no parameter filing\.lots"):
        numbers({"filing.lots": Decimal(1)})
