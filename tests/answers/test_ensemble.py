"""`ensemble` says where there is none, and verifies none that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

import glasstown
from glasstown.errors import UsageError
from glasstown.render.terminal import joined, lines


@pytest.fixture(autouse=True)
def _none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("glasstown.answers.ensemble.shipped_ensemble", lambda: tmp_path / "2019.parquet")


def test_no_ensemble__is_said() -> None:
    answer = glasstown.ensemble()
    assert answer.exit_code == 0
    assert answer.as_json()["manifest"] is None
    assert "There is none in this installation" in joined(lines(answer.blocks(), 100))


@pytest.mark.parametrize("asked", [{"verify": 3}, {"holdout": True}])
def test_no_ensemble__is_verified_by_nobody(asked: dict[str, int]) -> None:
    with pytest.raises(UsageError, match="none in this installation"):
        glasstown.ensemble(**asked)  # type: ignore[arg-type]
