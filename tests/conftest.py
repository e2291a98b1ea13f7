"""Towns with invented accounts, for the tests of outcomes, studies and pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import towns
from glasstown.engine import before
from glasstown.studies import members

settings.register_profile(
    "any machine", deadline=None
)  # a busy machine is slow at times, which is no fault of what is tested
settings.load_profile("any machine")


@pytest.fixture(scope="session", autouse=True)
def _no_ensemble() -> Iterator[None]:
    """Let no ensemble ship in this process, so that a test holds whether one does or not.

    One that is about an ensemble lays its own in (`ensembles.py`); the one that ships is held in `calibration/test_shipped.py`.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(members, "FILE", "ensemble/none.parquet")
        yield


@pytest.fixture(scope="module")
def short_past() -> Iterator[None]:
    """Let 3,000 people have lived 60 months before a town of this process, a fortieth of the usual past.

    For files that live towns under many sets of parameters, each of which has a past of its own, and that ask nothing of its length.
    What is kept of a past has its size in its name, so that no run outside the test meets this one.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(before, "N_BEFORE", 20)
        patch.setattr(before, "LONG_AGO", 60)
        yield


@pytest.fixture
def suining(tmp_path: Path) -> Path:
    """Return the folder of a run of Suining 2010 with invented accounts."""
    return towns.make_town(tmp_path / "suining", "suining-2010", towns.plausible_cells("suining-2010"))
