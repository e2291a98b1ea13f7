"""Members on disk come back as they were written, or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from glasstown.errors import RecordError
from glasstown.storage.ensemble_file import FEWEST, manifest_path, read_ensemble, write_ensemble


def _columns(n: int) -> dict[str, list[Any]]:
    return {
        "member": list(range(n)),
        "seed": [10**12 + k for k in range(n)],
        "weight": [0.1] * n,
        "set.hazard.c11": [f"0.000{k:03d}" for k in range(n)],
        "set.acts/a/share": ["0.5"] * n,
    }


def test_members__come_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "ensemble" / "2019.parquet"
    write_ensemble(path, _columns(FEWEST), {"version": "1", "free": []})
    ensemble = read_ensemble(path)
    assert len(ensemble) == FEWEST
    assert ensemble.settings(7) == {"hazard.c11": "0.000007", "acts/a/share": "0.5"}
    assert ensemble.seed(7) == 10**12 + 7
    assert (ensemble.manifest["version"], ensemble.manifest["population"]) == ("1", "synthetic population")
    assert [each.name for each in path.parent.iterdir()] != []


def test_too_few_members__are_neither_written_nor_read(tmp_path: Path) -> None:
    path = tmp_path / "2019.parquet"
    with pytest.raises(RecordError, match=f"found {FEWEST - 1} members; expected at least {FEWEST}"):
        write_ensemble(path, _columns(FEWEST - 1), {})
    assert not list(tmp_path.iterdir())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("glasstown.storage.ensemble_file.FEWEST", 3)
        write_ensemble(path, _columns(5), {})
    with pytest.raises(RecordError, match="found 5 members"):
        read_ensemble(path)


def test_what_was_altered__is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "2019.parquet"
    write_ensemble(path, _columns(FEWEST), {})
    content = path.read_bytes()
    path.write_bytes(content[:-9] + b"x" + content[-8:])
    with pytest.raises(RecordError, match="other members than the manifest was written for"):
        read_ensemble(path)
    path.unlink()
    with pytest.raises(RecordError, match="no such file"):
        read_ensemble(path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"glasstown_ensemble": 2}', '{"glasstown_ensemble": true}', "{"])
def test_manifest_of_another_form__is_not_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "2019.parquet"
    write_ensemble(path, _columns(FEWEST), {})
    assert json.loads(manifest_path(path).read_text("utf-8"))["members"] == FEWEST
    manifest_path(path).write_text(text, encoding="utf-8")
    with pytest.raises(RecordError, match="no manifest of this format"):
        read_ensemble(path)
    manifest_path(path).unlink()
    with pytest.raises(RecordError, match="no such file"):
        read_ensemble(path)
