"""Offences answer to what is written down; a scheme that frightens by existing is found."""

from __future__ import annotations

from decimal import Decimal

import pytest

from glasstown.engine.tables import deterrence
from verification import deterring
from verification.table import is_fault


@pytest.mark.parametrize(("scheme", "subjects"), [("rongcheng-2013", 6_000), ("jiangsu-env-2019", 6_000)])
def test_offences__fall_with_recording_and_nothing_is_left_without_it(scheme: str, subjects: int) -> None:
    checks = list(deterring.of_scheme(scheme, deterring.SCHEMES[scheme], subjects))
    assert [check.figure for check in checks if is_fault(check)] == []
    assert len(checks) == 2


def test_fear_of_a_clause_that_merely_exists__is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The formula of 0.1: what is feared does not ask whether anything is written down."""
    monkeypatch.setattr(deterrence, "recorded_share", lambda *_, **__: Decimal(1))
    checks = list(deterring.of_scheme("rongcheng-2013", "person", 1_500))
    assert [is_fault(check) for check in checks] == [True, True]
