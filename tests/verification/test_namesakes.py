"""Check 6 holds, and sees a town in which names bar nobody, or everybody."""

from __future__ import annotations

import numpy as np
import pytest

from glasstown.engine import town
from glasstown.engine.beginning import N_NAMES
from verification import namesakes
from verification.table import is_fault


def test_names__bar_as_many_as_they_are_common() -> None:
    found = list(namesakes.checks(40_000))
    assert len(found) >= 8
    assert [check.figure for check in found if not check.agrees] == []


@pytest.mark.parametrize("bits", [0, 4095])
def test_planted_fault__is_seen(monkeypatch: pytest.MonkeyPatch, bits: int) -> None:
    monkeypatch.setattr(town, "closed_by_name", lambda *_: np.full(N_NAMES, bits, dtype=np.uint16))
    assert any(is_fault(check) for check in namesakes.checks(20_000))
