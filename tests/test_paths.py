"""Rulebooks and data are found beside the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasstown import paths
from glasstown.errors import UsageError


def test_folders__lie_under_the_root() -> None:
    assert paths.rulebook_folder() == paths.root() / "rulebooks"
    assert (paths.data_folder() / "acts.yaml").is_file()


def test_installation_without_data__is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "a" / "b" / "paths.py"))
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    with pytest.raises(UsageError, match="complete copy"):
        paths.root()
