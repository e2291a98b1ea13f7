"""Towns with invented accounts, for the tests of outcomes, studies and pages."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import pasts
import towns
from glasstown.engine import before
from glasstown.studies import members

settings.register_profile(
    "any machine", deadline=None
)  # a busy machine is slow at times, which is no fault of what is tested
settings.load_profile("any machine")


gc.disable()  # until all tests are read: nothing of that is garbage, and looking for it takes a fifth of the time


def pytest_collection_finish() -> None:
    """Let garbage be looked for among what tests make, and not among the tests."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _no_ensemble() -> Iterator[None]:
    """Let no ensemble ship in this process, so that a test holds whether one does or not.

    One that is about an ensemble lays its own in (`ensembles.py`); the one that ships is held in `calibration/test_shipped.py`.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(members, "FILE", "ensemble/none.parquet")
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_wait_for_the_disk() -> Iterator[None]:
    """Let nothing that this process writes be forced onto the disk, which is waited for: no test ends with the machine.

    That it is asked for, and in which order, is held in `storage/test_atomic.py` and `storage/test_folder.py`.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="module")
def short_past() -> Iterator[None]:
    """Let a fortieth of the usual past lie before towns of a file that asks nothing of its length.

    Each set of parameters has a past of its own, which takes longer than the months of a small town.
    What is kept of a past has its size in its name, so that no run outside the test meets this one.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(before, "N_BEFORE", pasts.SHORT[0])
        patch.setattr(before, "LONG_AGO", pasts.SHORT[1])
        yield


@pytest.fixture
def suining(tmp_path: Path) -> Path:
    """Return the folder of a run of Suining 2010 with invented accounts."""
    return towns.make_town(tmp_path / "suining", "suining-2010", towns.plausible_cells("suining-2010"))
