"""What must hold of tables in the cache folder: the values as made, whatever has happened to the file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from glasstown.engine.tables import hazards
from glasstown.engine.tables.kept_tables import kept_table, table_path


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("GLASSTOWN_CACHE", str(tmp_path))
    return tmp_path


class Maker:
    """Makes a small table and counts how often it is asked to."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> NDArray[np.uint32]:
        self.asked += 1
        return np.arange(6, dtype=np.uint32).reshape(2, 3)

    def kept(self, made_from: bytes = b"first") -> NDArray[np.uint32]:
        return kept_table("small", made_from, self, dtype="<u4", shape=(2, 3))


def test_kept_table__is_made_once() -> None:
    make = Maker()
    first, second = make.kept(), make.kept()
    assert make.asked == 1
    assert first.tolist() == second.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert first.dtype == second.dtype == np.uint32
    assert second.flags.writeable
    assert second.flags.c_contiguous


def test_kept_table__is_made_anew_from_other_inputs() -> None:
    make = Maker()
    make.kept(b"first")
    make.kept(b"second")
    assert make.asked == 2
    assert table_path("small", b"first").is_file()
    assert table_path("small", b"second").is_file()


@pytest.mark.parametrize("damage", ["changed", "cut", "longer", "empty", "another"])
def test_kept_table__is_made_anew_from_a_damaged_file(damage: str) -> None:
    make = Maker()
    make.kept()
    path = table_path("small", b"first")
    whole = path.read_bytes()
    if damage == "another":  # whole, but of another shape
        kept_table("small", b"first!", lambda: np.zeros((9, 9)), dtype="<u4", shape=(9, 9))
        table_path("small", b"first!").replace(path)
    else:
        changed = whole[:-1] + bytes([whole[-1] ^ 1])
        path.write_bytes({"changed": changed, "cut": whole[:-4], "longer": whole + b"0000", "empty": b""}[damage])
    assert make.kept().tolist() == [[0, 1, 2], [3, 4, 5]]
    assert make.asked == 2
    assert path.read_bytes() == whole


def test_kept_table__is_made_each_time_where_nothing_can_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("GLASSTOWN_CACHE", str(blocked))
    make = Maker()
    assert make.kept().tolist() == make.kept().tolist()
    assert make.asked == 2


def test_kept_table__leaves_no_other_file(folder: Path) -> None:
    make = Maker()
    make.kept()
    assert [path for path in folder.rglob("*") if path.is_file()] == [table_path("small", b"first")]


def test_kept_table__leaves_no_half_written_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr("os.replace", refuse)
    make = Maker()
    make.kept()
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_poisson_thresholds__are_the_same_kept_and_worked_out(folder: Path) -> None:
    made = hazards.make_poisson_thresholds()
    for _ in range(2):
        hazards.poisson_thresholds.cache_clear()
        assert np.array_equal(hazards.poisson_thresholds(), made)
    assert len(list((folder / "glasstown" / "tables").glob("poisson-*.bin"))) == 1
    hazards.poisson_thresholds.cache_clear()
