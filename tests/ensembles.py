"""Ensembles in the place of the shipped one: of one parameter, or of every unknown, with probes and counts."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import glasstown
from glasstown.calibration.design import settings_at
from glasstown.calibration.ensemble import file_hash
from glasstown.calibration.targets import TARGETS, load_targets
from glasstown.calibration.unknowns import UNKNOWNS, load_unknowns
from glasstown.language.load import load_acts
from glasstown.runs.request import RunRequest, manifest_of
from glasstown.storage.ensemble_file import FEWEST, SET, write_ensemble
from glasstown.storage.identity import code_hash
from glasstown.studies.members import hashes_of
from glasstown.studies.probes import PROBES, probes_of, told


def ship(path: Path, asked: Sequence[RunRequest], patch: pytest.MonkeyPatch) -> Path:
    """Write an ensemble that fits some requests, have it taken for the shipped one, and return its path; one parameter differs."""
    columns: Mapping[str, Sequence[object]] = {
        "member": list(range(FEWEST)),
        "seed": [50 + k for k in range(FEWEST)],
        "weight": [1 / FEWEST] * FEWEST,
        "set.detection.certainty": [f"{1 + k / 100}" for k in range(FEWEST)],
        "set.acts/unleashed-dog/share": ["0.1"] * FEWEST,
    }
    free = [["detection.certainty", "0.1", "2", "log"]]
    write_ensemble(path, columns, {**_made(asked), "free": free})
    patch.setattr("glasstown.studies.members.shipped_ensemble", lambda: path)
    return path


def write_whole(path: Path, **changed: Any) -> Path:
    """Write an ensemble of the form that a calibration writes, made from what is here, and return its path.

    Its members lie around the defaults, the first two free unknowns against one another.  They come near every target.
    changed   of the manifest
    """
    targets, unknowns = load_targets(), load_unknowns()
    columns = _columns()
    small = [each.model_copy(update={"people": 300, "firms": 0, "months": 4}) for each in targets.towns[:1]]
    settings = [
        {name.removeprefix(SET): each[k] for name, each in columns.items() if name.startswith(SET)} for k in (0, 1)
    ]
    manifest = {
        **_made([]), "targets": file_hash(TARGETS), "unknowns": file_hash(UNKNOWNS), "libraries": {},
        "train": [each.id for each in targets.of("train")], "hold_out": [each.id for each in targets.of("hold-out")],
        "out_of_reach": [], "free": [[each.path, str(each.low), str(each.high), each.scale] for each in unknowns.free],
        "seed": 1, "share": 0.02, "final": 400, "effective": 120.5, "distinct": FEWEST, "lucks": {},
        "waves": [{"points": 600, "left": 0.02, "foretold": {}}], PROBES: told(probes_of(small), settings, columns["seed"]),
    }  # fmt: skip
    write_ensemble(path, columns, {**manifest, **changed})
    return path


@functools.cache
def _columns() -> dict[str, list[Any]]:
    """Return the columns of that ensemble."""
    targets, unknowns, acts = load_targets(), load_unknowns(), load_acts()
    chance = np.random.default_rng([7])
    usual = np.array([each.usual for each in unknowns.free])
    places = np.clip(usual + 0.1 * (chance.random((FEWEST, len(usual))) - 0.5), 0, 1)
    places[:, 1] = np.clip(usual[1] - (places[:, 0] - usual[0]), 0, 1)
    settings = [settings_at(unknowns, row.tolist(), acts, (k,)) for k, row in enumerate(places)]
    columns: dict[str, list[Any]] = {
        "member": list(range(FEWEST)), "seed": [50 + k for k in range(FEWEST)], "weight": [1 / FEWEST] * FEWEST,
        "point": list(range(FEWEST)),
    }  # fmt: skip
    columns.update({f"{SET}{name}": [each[name] for each in settings] for name in settings[0]})
    for target in targets.measured:
        base, times = 10**7, float(target.measure.times) if target.measure else 1.0
        spread = np.exp(0.02 * chance.standard_normal(FEWEST))
        columns[f"count.{target.id}"] = [math.ceil(target.value.value / times * base * each) for each in spread]
        columns[f"per.{target.id}"] = [base] * FEWEST
    return columns


def _made(asked: Sequence[RunRequest]) -> dict[str, Any]:
    """Return what an ensemble says of what it was made from: what is here now."""
    texts = {name: value for each in asked for name, value in hashes_of(manifest_of(each)[0]).items()}
    return {"version": glasstown.__version__, "code": code_hash(), "texts": texts}
