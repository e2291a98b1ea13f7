"""The ensemble that ships, where one does: it is of what is here, and what it misses has its cause."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasstown.calibration.targets import load_targets
from glasstown.calibration.verified import open_ensemble, unseen
from glasstown.paths import data_folder
from glasstown.storage.ensemble_file import manifest_path

FOLDER = data_folder() / "ensemble"
SHIPPED = sorted(FOLDER.glob("*.parquet"))


def test_folder__holds_members_with_their_manifest_and_nothing_else() -> None:
    assert {*FOLDER.glob("*")} == {each for path in SHIPPED for each in (path, manifest_path(path))}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped__was_made_from_what_is_here_or_lives_as_it_did(path: Path) -> None:
    assert len(open_ensemble(path)) >= 200


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped__has_a_cause_for_each_hold_out_that_it_misses(path: Path) -> None:
    rows = unseen(open_ensemble(path), load_targets())
    assert [each.target.id for each in rows if not each.is_covered and each.target.miss is None] == []
