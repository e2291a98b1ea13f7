"""A kill or a damaged file never leaves a run without the checkpoint before it."""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest

from glasstown.errors import RecordError, RunWarning
from glasstown.storage import Checkpoints
from glasstown.storage.checkpoint import MAGIC

ARRAYS = {
    "score": np.arange(1000, dtype=np.int32),
    "table": np.arange(12, dtype=np.uint64).reshape(3, 4)[:, ::2],
    "none": np.empty((0, 5), dtype=np.int64),
    "one": np.array(7, dtype=np.uint8),
    "is_listed": np.array([True, False]),
    "columns": np.asfortranarray(np.arange(6, dtype=np.int16).reshape(2, 3)),
}


def test_newest_whole__gives_back_what_was_written(tmp_path: Path) -> None:
    Checkpoints(tmp_path / "c").write(ARRAYS, month=12, part=3)
    found = Checkpoints(tmp_path / "c").newest_whole()
    assert found is not None
    assert (found.month, found.part, list(found.arrays)) == (12, 3, list(ARRAYS))
    for name, array in ARRAYS.items():
        assert found.arrays[name].dtype == array.dtype
        assert found.arrays[name].flags.writeable
        np.testing.assert_array_equal(found.arrays[name], array)


def test_write__takes_turns_between_two_slots(tmp_path: Path) -> None:
    checkpoints = Checkpoints(tmp_path / "c")
    for month in (1, 2, 3):
        checkpoints.write({"m": np.array([month])}, month=month, part=month)
    assert sorted(p.name for p in (tmp_path / "c").iterdir()) == ["slot-0.bin", "slot-1.bin"]
    found = checkpoints.newest_whole()
    assert found is not None
    assert found.month == 3
    checkpoints.slot_path(0).unlink()
    found = checkpoints.newest_whole()
    assert found is not None
    assert found.month == 2


@pytest.mark.parametrize("damage", ["cut", "empty", "flip", "other", "gone"])
def test_newest_whole__passes_over_a_damaged_slot(tmp_path: Path, damage: str) -> None:
    checkpoints = Checkpoints(tmp_path / "c")
    for month in (1, 2):
        checkpoints.write({"m": np.full(500, month)}, month=month, part=month)
    slot = checkpoints.slot_path(1)
    content = bytearray(slot.read_bytes())
    if damage == "gone":
        slot.unlink()
    elif damage == "flip":
        content[len(content) // 2] ^= 1
        slot.write_bytes(content)
    else:
        slot.write_bytes({"cut": content[:-1], "empty": b"", "other": b"PAR1" * 50}[damage])
    with (
        nullcontext()
        if damage == "gone"
        else pytest.warns(RunWarning, match=r"slot-1\.bin is passed over: it (is|was)")
    ):
        found = Checkpoints(tmp_path / "c").newest_whole()
    assert found is not None
    assert found.month == 1
    assert found.arrays["m"].tolist() == [1] * 500


def test_write__never_replaces_the_only_whole_slot(tmp_path: Path) -> None:
    first = Checkpoints(tmp_path / "c")
    for month in (1, 2):
        first.write({"m": np.array([month])}, month=month, part=0)
    first.slot_path(1).write_bytes(b"damaged")
    later = Checkpoints(tmp_path / "c")  # another process that goes on, and did not look first
    with pytest.warns(RunWarning, match="passed over"):
        later.write({"m": np.array([5])}, month=5, part=0)
    later.slot_path(1).write_bytes(b"damaged again")
    with pytest.warns(RunWarning, match="passed over"):
        found = later.newest_whole()
    assert found is not None
    assert found.month == 1


def test_newest_whole__is_none_without_a_folder(tmp_path: Path) -> None:
    assert Checkpoints(tmp_path / "c").newest_whole() is None


def test_due__after_twenty_seconds_from_the_start_and_from_the_last_one(tmp_path: Path) -> None:
    now = [100.0]
    checkpoints = Checkpoints(tmp_path / "c", clock=lambda: now[0])
    answers = []
    for now[0] in (100.0, 119.9, 120.0):
        answers.append(checkpoints.due())
    checkpoints.write({}, month=1, part=0)
    for now[0] in (121.0, 139.9, 140.0):
        answers.append(checkpoints.due())
    assert answers == [False, False, True, False, False, True]


def test_remove__leaves_no_folder(tmp_path: Path) -> None:
    checkpoints = Checkpoints(tmp_path / "c")
    checkpoints.write(ARRAYS, month=1, part=0)
    checkpoints.remove()
    checkpoints.remove()
    assert not (tmp_path / "c").exists()


def test_write__refuses_python_objects(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="array 'names': found Python objects"):
        Checkpoints(tmp_path / "c").write({"names": np.array(["a", None], dtype=object)}, month=1, part=0)
    assert list((tmp_path / "c").iterdir()) == []


def forged(header: bytes, content: bytes = b"") -> bytes:
    """Return a slot with a right hash that holds this header and what follows it."""
    body = MAGIC + len(header).to_bytes(8, "little") + header + content
    return body + hashlib.sha256(body).digest()


def header(**changes: object) -> bytes:
    """Return the header of a slot with one array of four numbers, altered."""
    array = {"name": "m", "dtype": "int32", "shape": [2, 2]}
    plain = {"month": 12, "part": 3, "identity": "", "files": {}, "arrays": [array]}
    return json.dumps({**plain, **changes}).encode()


def arrays(*entries: tuple[object, object, object]) -> list[dict[str, object]]:
    return [dict(zip(("name", "dtype", "shape"), entry, strict=True)) for entry in entries]


WITHOUT_END = b'{"month": 12, "part": 3'
HEADERS: dict[str, bytes] = {
    "no JSON": b"\x00\xff not JSON",
    "cut": WITHOUT_END,
    "a list": b"[]",
    "lists in lists": b"[" * 100_000,
    "a long number": b'{"month": ' + b"9" * 5000 + b"}",
    "no month": json.dumps({"part": 3}).encode(),
    **{f"month {value}": header(month=value) for value in (-5, 0, 10**12, True, 1.5, "12", None)},
    **{f"part {value}": header(part=value) for value in (-1, 10**12, 2.0, None)},
    "an identity of numbers": header(identity=7),
    "a file elsewhere": header(files={"../../x.parquet": {"rows": 1, "bytes": 1, "blake2b": ""}}),
    "a file of less than nothing": header(files={"months/part-0000.parquet": {"rows": -1, "bytes": 1, "blake2b": ""}}),
    "a key more": header(more=1),
    **{
        f"{dtype}": header(arrays=arrays(("m", dtype, [2, 2])))
        for dtype in ("object", "O", "float64", "<i4", "str", "M8[s]")
    },
    **{
        f"shape {shape}": header(arrays=arrays(("m", "int32", shape)))
        for shape in ([2], [5, 2], [-2, -2], [2**62, 2], [2**40, 2**40], [0, 2**62], [1] * 99, [2.0, 2], "4")
    },
    "one name twice": header(arrays=arrays(("m", "int32", [2]), ("m", "int32", [2]))),
    "no array": header(arrays=[]),
    "neither true nor false": header(arrays=arrays(("m", "bool", [16]))),
}


@pytest.mark.parametrize("name", HEADERS)
def test_newest_whole__passes_over_a_forged_header(name: str, tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    slot = Checkpoints(tmp_path / "c").slot_path(1)
    slot.write_bytes(forged(HEADERS[name], bytes(range(2, 18))))
    with pytest.warns(RunWarning, match=r"slot-1\.bin is passed over: its "):
        assert Checkpoints(tmp_path / "c").newest_whole() is None


@pytest.mark.parametrize("length", [2**62, 2**64 - 1, 10**6])
def test_newest_whole__passes_over_a_header_longer_than_its_file(length: int, tmp_path: Path) -> None:
    body = MAGIC + length.to_bytes(8, "little") + header()
    (tmp_path / "c").mkdir()
    Checkpoints(tmp_path / "c").slot_path(0).write_bytes(body + hashlib.sha256(body).digest())
    with pytest.warns(RunWarning, match="its header is longer than it"):
        assert Checkpoints(tmp_path / "c").newest_whole() is None


def test_forged__is_taken_where_nothing_is_altered(tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    Checkpoints(tmp_path / "c").slot_path(0).write_bytes(forged(header(), bytes(16)))
    found = Checkpoints(tmp_path / "c").newest_whole()
    assert found is not None
    assert found.arrays["m"].tolist() == [[0, 0], [0, 0]]


LOOP = """
import sys
from pathlib import Path
import numpy as np
from glasstown.storage.checkpoint import Checkpoints
checkpoints = Checkpoints(Path(sys.argv[1]))
month = 0
while True:
    month += 1
    checkpoints.write({"m": np.full(40_000, month)}, month=month, part=month)
    print(month, flush=True)
"""


@pytest.mark.parametrize("milliseconds", [0, 3, 7, 13, 29])
def test_newest_whole__after_sigkill_is_the_last_one_finished_or_the_next(tmp_path: Path, milliseconds: int) -> None:
    with subprocess.Popen([sys.executable, "-c", LOOP, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(3):
            process.stdout.readline()
        time.sleep(milliseconds / 1000)
        process.send_signal(signal.SIGKILL)
        last = int((["3", *process.stdout.read().split()])[-1])
    found = Checkpoints(tmp_path).newest_whole()
    assert found is not None
    assert found.month in (last, last + 1)
    assert np.unique(found.arrays["m"]).tolist() == [found.month]
