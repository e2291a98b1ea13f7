"""Towns for the tests of outcomes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # test modules share `towns.py` under importlib mode

import towns


@pytest.fixture
def suining(tmp_path: Path) -> Path:
    """Return the folder of a run of Suining 2010 with invented accounts."""
    return towns.make_town(tmp_path / "suining", "suining-2010", towns.plausible_cells("suining-2010"))
