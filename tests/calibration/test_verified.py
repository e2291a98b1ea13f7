"""Members lived anew and hold-outs: what may be asked, which ensemble is taken, and what a miss needs."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import glasstown
from ensembles import write_whole
from glasstown.answers.ensemble import Members
from glasstown.calibration.ensemble import file_hash
from glasstown.calibration.targets import TARGETS, load_targets
from glasstown.calibration.verified import LivedAnew, _lucks, faults_of_coverage, lived_anew, open_ensemble, unseen
from glasstown.errors import RecordError, UsageError
from glasstown.paths import data_folder
from glasstown.render.terminal import joined, lines
from glasstown.storage.ensemble_file import Ensemble, read_ensemble

pytestmark = pytest.mark.usefixtures("short_past")

COVERED = "33 of 33 hold-outs (100 %) lie in intervals of 80 %."


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_whole(tmp_path_factory.mktemp("whole") / "2019.parquet")


@pytest.mark.parametrize(("n", "seed", "named"), [(0, 1, "--verify"), (3, 1, "--verify"), (1, -1, "--seed")])
def test_lived_anew__refuses_what_it_cannot_draw(n: int, seed: int, named: str) -> None:
    ensemble = Ensemble({}, {"member": (0, 1)})
    with pytest.raises(UsageError, match=f"{named}: found"):
        lived_anew(ensemble, load_targets(), n, seed)


def test_ensemble_that_was_made_from_what_is_here__is_opened(whole: Path) -> None:
    assert len(open_ensemble(whole)) == 100


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"targets": "0" * 64}, r"targets.yaml: found 000000000000, made with another"),
        ({"unknowns": "0" * 64}, r"unknowns.yaml: found 000000000000, made with another"),
        ({"version": "0.0.1", "probes": []}, r"version: found 0.0.1, made with another"),
        ({"texts": {"rulebook suining-2010": "1" * 64}, "probes": []}, r"rulebook suining-2010: found 111111111111, made"),
        ({"train": ["unemployment-2024"]}, r"target 'unemployment-2024': found a hold-out that a wave has seen"),
    ],
)  # fmt: skip
def test_ensemble_of_something_else__is_refused_in_one_message(
    tmp_path: Path, changed: dict[str, Any], said: str
) -> None:
    path = write_whole(tmp_path / "2019.parquet", **changed)
    with pytest.raises(UsageError, match=said) as refused:
        open_ensemble(path)
    assert len(refused.value.faults) == 1


def test_manifest_without_a_key__is_refused(tmp_path: Path, whole: Path) -> None:
    manifest = json.loads(whole.with_name("2019.manifest.json").read_text("utf-8"))
    del manifest["lucks"]
    (tmp_path / "2019.parquet").write_bytes(whole.read_bytes())
    (tmp_path / "2019.manifest.json").write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(RecordError, match="no 'lucks'"):
        open_ensemble(tmp_path / "2019.parquet")


def test_cause_of_a_miss__leaves_an_ensemble_what_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Causes are written once members are there; a figure that changes makes another ensemble."""
    before, text = file_hash(TARGETS), (data_folder() / TARGETS).read_text("utf-8")
    monkeypatch.setattr("glasstown.calibration.ensemble.data_folder", lambda: tmp_path)
    line = '    unit: "per 1,000 people and year"\n'
    assert line in text
    for cause in ("a cause", ">-\n      a cause\n      in two lines"):
        (tmp_path / TARGETS).write_text(text.replace(line, f"{line}    miss: {cause}\n", 1), "utf-8")
        assert file_hash(TARGETS) == before
    (tmp_path / TARGETS).write_text(text.replace("sd_obs: 0.05", "sd_obs: 0.06", 1), "utf-8")
    assert file_hash(TARGETS) != before


def test_luck__is_that_of_the_measure_whichever_target_named_it(whole: Path) -> None:
    """Several years of one measure are one output, whose luck the manifest keeps under the first of them."""
    train = load_targets().of("train")
    first, second = (each for each in train if each.id in ("court-entries-2019", "court-entries-2020"))
    ensemble = read_ensemble(whole)
    lucks = _lucks(replace(ensemble, manifest={**ensemble.manifest, "lucks": {first.id: 0.04}}), train)
    assert lucks == {second.measure: 0.04}


def test_hold_outs_that_are_missed__need_a_cause(whole: Path) -> None:
    rows = tuple(
        replace(each, target=each.target.model_copy(update={"miss": None}))
        for each in unseen(read_ensemble(whole), load_targets())
    )
    assert faults_of_coverage(rows) == ["100 % of the hold-outs are covered, where 60 to 95 % should be."]
    caused = rows[1].target.model_copy(update={"miss": "towns have no spring"})
    missed = (
        replace(rows[0], low=math.nan, middle=math.nan, high=math.nan),
        replace(rows[1], low=9e9, target=caused),
        *rows[2:],
    )
    assert faults_of_coverage(missed) == [
        f"'{rows[0].target.id}' is missed, and no cause stands in its `miss` in data/targets.yaml."
    ]
    answer = Members(read_ensemble(whole), (LivedAnew(3, 9, 10, {"a": math.inf}),), missed)
    assert json.dumps(answer.as_json(), allow_nan=False)
    shown = joined(lines(answer.blocks(), 120))
    assert "no cause is written" in shown
    assert "towns have no spring" in shown
    assert "a (nothing to divide by)" in shown
    assert answer.exit_code == 1


def test_installed_ensemble__is_told_and_held_to_what_it_has_not_seen(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("glasstown.answers.ensemble.shipped_ensemble", lambda: whole)
    assert glasstown.ensemble().exit_code == 0
    answer = glasstown.ensemble(holdout=True)
    assert COVERED in joined(lines(answer.blocks(), 120))
    assert answer.exit_code == 1
