"""Checkpoints: the live arrays of a run in two slots that take turns, each with its own hash.

A slot is overwritten only while the other one is whole, so that a kill at any instant leaves a state to go on from.
The file is raw binary without pickled objects: a line that names the format, a header, the arrays, SHA-256 of it all.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.lib import format as npy

from glasstown.errors import Fault, RecordError
from glasstown.machine import sync_folder
from glasstown.storage.atomic import remove, remove_leftovers, write_atomically
from glasstown.storage.inside import is_file, is_folder, make_folder
from glasstown.storage.manifest import Sealed

MAGIC = b"GLASSTOWN CHECKPOINT 4\n"
HASH_BYTES = 32
SECONDS_BETWEEN = 20.0
N_SLOTS = 2
SLOT = re.compile(r"slot-[01]\.bin")

Arrays = Mapping[str, np.ndarray[Any, Any]]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A state to go on from: the arrays after `month` months, with `part` parts written before it.

    identity  of the run whose state it is (`identity_of`)
    files     what the files of those parts were
    """

    month: int
    part: int
    arrays: dict[str, np.ndarray[Any, Any]]
    identity: str = ""
    files: Mapping[str, Sealed] = field(default_factory=dict)


def is_any(checkpoint: Checkpoint) -> bool:
    """Return that a checkpoint fits, whatever run it is of."""
    return True


class Checkpoints:
    """The two slots of one run's checkpoint folder, and the clock that says when the next one is due."""

    def __init__(
        self,
        folder: Path,
        *,
        seconds_between: float = SECONDS_BETWEEN,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.folder = folder
        self._seconds_between = seconds_between
        self._clock = clock
        self._last = clock()
        self._newest_slot: int | None = None
        self._looked = False

    def due(self) -> bool:
        """Return whether enough time has passed since the start or the last checkpoint."""
        return self._clock() - self._last >= self._seconds_between

    def write(
        self, arrays: Arrays, *, month: int, part: int, identity: str = "", files: Mapping[str, Sealed] | None = None
    ) -> None:
        """Write a checkpoint into the slot that is not the newest whole one.

        The parts before it must be on the disk already; the manifest may learn of it afterwards.
        """
        checkpoint = Checkpoint(month, part, dict(arrays), identity, files or {})
        if not self._looked:
            self.newest_whole()
        slot = 0 if self._newest_slot is None else (self._newest_slot + 1) % N_SLOTS
        make_folder(self.folder)
        write_atomically(self.slot_path(slot), lambda file: _write(file, checkpoint))
        self._newest_slot = slot
        self._last = self._clock()

    def newest_whole(self, fits: Callable[[Checkpoint], bool] = is_any) -> Checkpoint | None:
        """Return the checkpoint with the most months whose hash is right and which fits, or None where there is none."""
        if is_folder(self.folder):
            for slot in range(N_SLOTS):
                is_file(self.slot_path(slot))
        whole = [(found.month, slot, found) for slot in range(N_SLOTS) if (found := _read(self.slot_path(slot)))]
        self._looked, self._newest_slot = True, None
        for _, slot, checkpoint in sorted(whole, key=lambda entry: entry[:2], reverse=True):
            if fits(checkpoint):
                self._newest_slot = slot
                return checkpoint
        return None

    def remove(self) -> None:
        """Remove the slots and their folder: the run has ended.  What else lies there stays, and the folder with it."""
        if not is_folder(self.folder):
            return
        remove_leftovers(self.folder, SLOT)
        for slot in range(N_SLOTS):
            remove(self.slot_path(slot))
        if any(self.folder.iterdir()):
            return
        self.folder.rmdir()
        sync_folder(self.folder.parent)

    def slot_path(self, slot: int) -> Path:
        """Return the file of a slot."""
        return self.folder / f"slot-{slot}.bin"


def _write(file: BinaryIO, checkpoint: Checkpoint) -> None:
    digest = hashlib.sha256()
    for piece in _pieces(checkpoint):
        digest.update(piece)
        file.write(piece)
    file.write(digest.digest())


def _pieces(checkpoint: Checkpoint) -> Iterator[bytes | memoryview]:
    """Yield the bytes of a checkpoint in order, the arrays' own memory without a copy."""
    names = ("month", "part", "identity")
    values = {
        **{name: getattr(checkpoint, name) for name in names},
        "files": {name: each.model_dump() for name, each in checkpoint.files.items()},
        "arrays": list(checkpoint.arrays),
    }
    header = json.dumps(values).encode()
    yield MAGIC
    yield len(header).to_bytes(8, "little")
    yield header
    for name, array in checkpoint.arrays.items():
        if array.dtype.hasobject:
            raise _object_error(name)
        whole = array if array.flags.c_contiguous else array.copy(order="C")
        yield _npy_header(whole)
        yield whole.reshape(-1).view(np.uint8).data


def _npy_header(array: np.ndarray[Any, Any]) -> bytes:
    buffer = io.BytesIO()
    npy.write_array_header_2_0(buffer, npy.header_data_from_array_1_0(array))
    return buffer.getvalue()


def _read(path: Path) -> Checkpoint | None:
    """Return the checkpoint of a slot, or None when it is missing, cut short or changed."""
    try:
        content = np.memmap(path, dtype=np.uint8, mode="r")
    except (OSError, ValueError):  # no file, or an empty one
        return None
    if content.size < len(MAGIC) + 8 + HASH_BYTES or bytes(content[: len(MAGIC)]) != MAGIC:
        return None
    body = content[:-HASH_BYTES]
    if hashlib.sha256(body.data).digest() != bytes(content[-HASH_BYTES:]):
        return None
    return _parse(body)


def _parse(body: np.ndarray[Any, Any]) -> Checkpoint:
    """Return the checkpoint from bytes whose hash was right."""
    at = len(MAGIC)
    n_header = int.from_bytes(bytes(body[at : at + 8]), "little")
    at += 8
    header = json.loads(bytes(body[at : at + n_header]))
    at += n_header
    arrays: dict[str, np.ndarray[Any, Any]] = {}
    for name in header["arrays"]:
        arrays[name], at = _parse_array(body, at)
    files = {name: Sealed.model_validate(each) for name, each in header["files"].items()}
    return Checkpoint(header["month"], header["part"], arrays, header["identity"], files)


def _parse_array(body: np.ndarray[Any, Any], at: int) -> tuple[np.ndarray[Any, Any], int]:
    """Return the array that begins at a position, in memory of its own, and the position after it."""
    n_npy_header = 12 + int.from_bytes(bytes(body[at + 8 : at + 12]), "little")
    buffer = io.BytesIO(bytes(body[at : at + n_npy_header]))
    npy.read_magic(buffer)
    shape, _, dtype = npy.read_array_header_2_0(buffer)
    array = np.empty(shape, dtype=dtype)
    start = at + n_npy_header
    array.reshape(-1).view(np.uint8)[:] = body[start : start + array.nbytes]
    return array, start + array.nbytes


def _object_error(name: str) -> RecordError:
    fault = Fault(
        subject=f"array '{name}'",
        place=None,
        found="Python objects",
        expected="numbers",
        way_out="Keep what a checkpoint holds in numeric arrays.",
    )
    return RecordError("cannot write a checkpoint", [fault])
