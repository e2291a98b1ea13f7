"""Towns with invented accounts, for the tests of outcomes, studies and pages."""

from __future__ import annotations

from pathlib import Path

import pytest

import towns


@pytest.fixture
def suining(tmp_path: Path) -> Path:
    """Return the folder of a run of Suining 2010 with invented accounts."""
    return towns.make_town(tmp_path / "suining", "suining-2010", towns.plausible_cells("suining-2010"))
