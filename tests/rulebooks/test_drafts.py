"""What is being written loads and passes every check, and does not pass for shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasstown.api import test as run_cases_of
from glasstown.paths import rulebook_folder
from glasstown.rulebook.load import faults_of, shipped

DRAFTS_ROOT = rulebook_folder() / "drafts"
DRAFTS = sorted(DRAFTS_ROOT.glob("*/rules.yaml"))
WITH_CASES = sorted({case.parents[1].name for case in DRAFTS_ROOT.glob("*/cases/*.yaml")})


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.parent.name)
def test_draft__has_no_faults(path: Path) -> None:
    assert faults_of(str(path)) == []


def test_drafts__are_not_shipped() -> None:
    assert len(DRAFTS) > 50
    assert not {path.parent.name for path in DRAFTS} & set(shipped())


@pytest.mark.parametrize("name", WITH_CASES)
def test_cases_of_a_draft__come_out_as_worked_by_hand(name: str) -> None:
    told = run_cases_of(str(DRAFTS_ROOT / name))
    assert told.n_cases > 0
    assert told.n_failed == 0
