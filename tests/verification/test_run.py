"""The parts of the verification hold in towns small enough for every test run."""

from __future__ import annotations

from decimal import Decimal

import pytest

from verification import filing, identities, listing
from verification.table import Check, is_fault
from verification.towns import numbers


def faults(checks: list[Check]) -> list[Check]:
    return [check for check in checks if is_fault(check)]


@pytest.mark.long
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


@pytest.mark.long
def test_list_with_one_way_out__keeps_the_stock_that_is_worked_out_by_hand() -> None:
    checks = list(listing.checks(60_000))
    assert len(checks) == 23
    assert faults(checks) == []


@pytest.mark.long
def test_performance_at_another_rate__is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(listing.PLAIN, "procedure.perform_per_month", Decimal("0.02"))
    found = faults(list(listing._able_and_unable(60_000)))
    assert any("who could pay: mean stay" in check.figure for check in found)


def test_debts_of_others__cannot_be_performed() -> None:
    """Somebody listed for what another did leaves by the term alone, whatever the rate of performance."""
    changes = {"filing.wrong_person": Decimal(1), "procedure.perform_per_month": Decimal("0.5")}
    found = listing.live_listed(20_000, changes)
    assert found.wrong_stock == found.stock
    assert set(found.lone.tolist()) == {listing.TERM}
