"""A small manifest and tables that look like a run's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from glasstown.storage import Document, Manifest, RulebookDocuments, RunFolder, installed_versions, table_of


def make_manifest(**changes: object) -> Manifest:
    book = RulebookDocuments(
        id="harbour",
        rules=Document.of("rules.yaml", "glasstown: 1\nid: harbour\ntitle_zh: 港\n"),
        sources=Document.of("sources.yaml", "sources: []\n"),
    )
    manifest = Manifest(
        command="glasstown run harbour --people 100",
        versions=installed_versions(),
        rulebooks=(book,),
        acts=(Document.of("acts.yaml", "glasstown_acts: 1\n"),),
        parameters=Document.of("parameters.yaml", "glasstown_parameters: 1\n"),
        place=Document.of("county.yaml", "glasstown_place: 1\n"),
        seed=1,
        people=100,
        firms=7,
        months=36,
        start=date(2013, 1, 1),
    )
    return manifest.with_changes(**changes)


def make_months(first: int, n: int = 12) -> pa.Table:
    month = np.arange(first, first + n, dtype=np.int32)
    return table_of(
        "months",
        {
            "month": month,
            "date": [date(2013 + m // 12, m % 12 + 1, 1) for m in month.tolist()],
            "kind": ["person"] * n,
            "group": ["fifth-1"] * n,
            "rulebook": [None] * n,
            "account": ["people"] * n,
            "item": ["all"] * n,
            "value": month * 10,
        },
    )


@pytest.fixture
def manifest() -> Manifest:
    return make_manifest()


@pytest.fixture
def months() -> Callable[..., pa.Table]:
    return make_months


@pytest.fixture
def run(tmp_path: Path, manifest: Manifest) -> RunFolder:
    """A run of three parts with hashes and a final table."""
    folder = RunFolder.create(tmp_path / "run", manifest)
    for part in range(3):
        folder.write_part("months", part, make_months(12 * part))
    folder.write_single("hashes", table_of("hashes", {"kind": ["person"], "block": [0], "year": [12], "hash": [2**63]}))
    folder.write_single(
        "final", table_of("final", {"kind": ["person"], "id": [41], "rulebook": ["suining-2010"], "grade": ["A"]})
    )
    return folder
