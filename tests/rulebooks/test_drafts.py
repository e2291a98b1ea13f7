"""What is being written loads and passes every check, and does not pass for shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasstown.paths import rulebook_folder
from glasstown.rulebook.load import faults_of, shipped

DRAFTS = sorted((rulebook_folder() / "drafts").glob("*/rules.yaml"))


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.parent.name)
def test_draft__has_no_faults(path: Path) -> None:
    assert faults_of(str(path)) == []


def test_drafts__are_not_shipped() -> None:
    assert len(DRAFTS) > 50
    assert not {path.parent.name for path in DRAFTS} & set(shipped())
