"""An ensemble that fits what is here, in the place of the shipped one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

import glasstown
from glasstown.runs.request import RunRequest, manifest_of
from glasstown.storage.ensemble_file import FEWEST, write_ensemble
from glasstown.storage.identity import code_hash
from glasstown.studies.members import hashes_of


def ship(path: Path, asked: Sequence[RunRequest], patch: pytest.MonkeyPatch) -> Path:
    """Write an ensemble that fits some requests, have it taken for the shipped one, and return its path; one parameter differs."""
    columns: Mapping[str, Sequence[object]] = {
        "member": list(range(FEWEST)),
        "seed": [50 + k for k in range(FEWEST)],
        "weight": [1 / FEWEST] * FEWEST,
        "set.detection.certainty": [f"{1 + k / 100}" for k in range(FEWEST)],
        "set.acts/unleashed-dog/share": ["0.1"] * FEWEST,
    }
    texts = {name: value for each in asked for name, value in hashes_of(manifest_of(each)[0]).items()}
    made = {"version": glasstown.__version__, "code": code_hash(), "texts": texts, "free": []}
    write_ensemble(path, columns, made)
    patch.setattr("glasstown.studies.members.shipped_ensemble", lambda: path)
    return path
