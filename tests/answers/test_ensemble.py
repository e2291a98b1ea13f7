"""`ensemble` says where there is none, and verifies none that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

import glasstown
from glasstown.answers.ensemble import Members
from glasstown.calibration.verified import LivedAnew, Unseen
from glasstown.errors import UsageError
from glasstown.render.terminal import joined, lines
from glasstown.storage.ensemble_file import Ensemble


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


def test_members__are_told_with_what_they_miss() -> None:
    target = next(each for each in glasstown.targets(use="hold-out").targets if each.miss is None)
    manifest = {
        "free": [["hazard.c11", "0.0001", "0.001", "log"]], "waves": [{"points": 600, "left": 0.02}], "distinct": 90,
        "effective": 120.0, "train": ["a", "b"], "hold_out": [target.id], "out_of_reach": ["b"],
    }  # fmt: skip
    columns = {"member": list(range(100)), "set.hazard.c11": [f"0.000{k}" for k in range(100, 200)]}
    lived = (LivedAnew(3, 10, 10, {}), LivedAnew(4, 8, 10, {"a": 3.4, "b": 9.0}))
    value = target.value.value
    rows = (Unseen(target, value / 2, value, value * 2), Unseen(target, value * 2, value * 3, value * 4))
    answer = Members(Ensemble(manifest, columns), lived, rows)
    told = answer.as_json()
    assert [each["near"] for each in told["verified"]] == [10, 8]
    assert [each["covered"] for each in told["hold_outs"]] == [True, False]
    assert answer.exit_code == 1
    assert told["faults"] == [
        "Member 4 comes near 8 of 10 targets, fewer than 90%.",
        "50 % of the hold-outs are covered, where 60 to 95 % should be.",
        f"'{target.id}' is missed, and no cause stands in its `miss` in data/targets.yaml.",
    ]
    text = joined(lines(answer.blocks(), 100))
    assert "Out of reach, and set aside: b." in text
    assert "a (3.4), b (9)" in text
    assert answer.table().num_rows == 1
    assert Members(Ensemble(manifest, columns), lived[:1]).exit_code == 0
