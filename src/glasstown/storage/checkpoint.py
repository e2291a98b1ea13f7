"""Checkpoints: the live arrays of a run in two slots that take turns, each with its own hash.

A slot is overwritten only while the other one is whole, so that a kill at any instant leaves a state to go on from.
The file is raw binary without pickled objects: a line that names the format, a header, the arrays, SHA-256 of it all.
A slot may come from somebody else and have a right hash: nothing in it is believed unseen, and one that is not what a run writes
is passed over with the reason.
"""

from __future__ import annotations

import hashlib
import math
import re
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from glasstown.errors import Fault, RecordError, RunWarning
from glasstown.machine import sync_folder
from glasstown.storage.atomic import remove, remove_leftovers, write_atomically
from glasstown.storage.inside import is_file, is_folder, make_folder
from glasstown.storage.manifest import MOST_MONTHS, Sealed, TableFile
from glasstown.types import HASH_BYTES
from glasstown.wording import counted

MAGIC: Final = b"GLASSTOWN CHECKPOINT 5\n"
LENGTH_BYTES: Final = 8
MOST_HEADER: Final = 1 << 24
"""bytes that a header may have; it names some hundred arrays and files"""
SECONDS_BETWEEN = 20.0
N_SLOTS = 2
SLOT = re.compile(r"slot-[01]\.bin")

Bytes = np.ndarray[Any, np.dtype[np.uint8]]
Arrays = Mapping[str, np.ndarray[Any, Any]]
Numbers = Literal["bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"]
"""What an array of a checkpoint may hold."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ArrayEntry(_Strict):
    """One array of a checkpoint: its name, what it holds, and its shape."""

    name: str
    dtype: Numbers
    shape: list[int] = Field(max_length=8)


class Header(_Strict):
    """What stands before the arrays of a checkpoint."""

    month: int = Field(ge=1, le=MOST_MONTHS)
    part: int = Field(ge=0, le=MOST_MONTHS)
    identity: str
    files: dict[TableFile, Sealed]
    arrays: list[ArrayEntry]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A state to go on from: the arrays after `month` months, with `part` parts written before it.

    identity  of the run whose state it is (`identity_of`)
    files     what the files of those parts were
    sha256    hash of the slot that holds it, hexadecimal; empty before it is written
    """

    month: int
    part: int
    arrays: dict[str, np.ndarray[Any, Any]]
    identity: str = ""
    files: Mapping[str, Sealed] = field(default_factory=dict)
    sha256: str = ""


Misfit = Callable[[Checkpoint], str | None]
"""Returns why a checkpoint is not to be gone on from; None where it is."""


class BadSlotError(Exception):
    """A slot is not what a run writes; the text says why."""


def fits_any(checkpoint: Checkpoint) -> None:
    """Return that a checkpoint fits, whatever run it is of."""


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
    ) -> str:
        """Write a checkpoint into the slot that is not the newest whole one, and return its hash.

        The parts before it must be on the disk already; the manifest may learn of it afterwards.
        """
        checkpoint = Checkpoint(month, part, dict(arrays), identity, files or {})
        if not self._looked:
            self.newest_whole()
        slot = 0 if self._newest_slot is None else (self._newest_slot + 1) % N_SLOTS
        make_folder(self.folder)
        digest = hashlib.sha256()
        write_atomically(self.slot_path(slot), lambda file: _write(file, checkpoint, digest))
        self._newest_slot = slot
        self._last = self._clock()
        return digest.hexdigest()

    def newest_whole(self, misfit: Misfit = fits_any) -> Checkpoint | None:
        """Return the whole checkpoint with the most months that fits, or None; each other slot is passed over with a word."""
        whole: list[tuple[int, int, Checkpoint]] = []
        for slot in self._slots():
            try:
                found = _read(self.slot_path(slot))
            except BadSlotError as why:
                self._pass_over(f"checkpoint/{self.slot_path(slot).name}", str(why))
                continue
            whole.append((found.month, slot, found))
        self._looked, self._newest_slot = True, None
        for _, slot, checkpoint in sorted(whole, key=lambda entry: entry[:2], reverse=True):
            reason = misfit(checkpoint)
            if reason is None:
                self._newest_slot = slot
                return checkpoint
            self._pass_over(f"the checkpoint after {counted(checkpoint.month, 'month')}", reason)
        return None

    def _slots(self) -> list[int]:
        """Return the slots that are there; RecordError where one is no plain file."""
        return [slot for slot in range(N_SLOTS) if is_folder(self.folder) and is_file(self.slot_path(slot))]

    def _pass_over(self, what: str, why: str) -> None:
        warnings.warn(f"{self.folder.parent}: {what} is passed over: {why}.", RunWarning, stacklevel=3)

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


def _write(file: BinaryIO, checkpoint: Checkpoint, digest: hashlib._Hash) -> None:
    for piece in _pieces(checkpoint):
        digest.update(piece)
        file.write(piece)
    file.write(digest.digest())


def _pieces(checkpoint: Checkpoint) -> Iterator[bytes | memoryview]:
    """Yield the bytes of a checkpoint in order, the arrays' own memory without a copy."""
    header = _header_of(checkpoint).model_dump_json().encode()
    yield MAGIC
    yield len(header).to_bytes(LENGTH_BYTES, "little")
    yield header
    for array in checkpoint.arrays.values():
        whole = array if array.flags.c_contiguous else array.copy(order="C")
        yield whole.reshape(-1).view(np.uint8).data


def _header_of(checkpoint: Checkpoint) -> Header:
    """Return what stands before the arrays; RecordError where one holds anything but whole numbers."""
    arrays = []
    for name, array in checkpoint.arrays.items():
        try:
            arrays.append(ArrayEntry.model_validate({"name": name, "dtype": str(array.dtype), "shape": [*array.shape]}))
        except ValidationError:
            raise _kind_error(name, array) from None
    values = {name: getattr(checkpoint, name) for name in ("month", "part", "identity")}
    return Header(**values, files=dict(checkpoint.files), arrays=arrays)


def _read(path: Path) -> Checkpoint:
    """Return the checkpoint of a slot; BadSlotError where it is cut short, changed, or not what a run writes."""
    try:
        content = np.memmap(path, dtype=np.uint8, mode="r")
    except (OSError, ValueError) as error:  # an empty file cannot be mapped
        raise BadSlotError("it is empty or cannot be read") from error
    if bytes(content[: len(MAGIC)]) != MAGIC or content.size < len(MAGIC) + LENGTH_BYTES + HASH_BYTES:
        raise BadSlotError("it is no checkpoint of this format")
    body, told = content[:-HASH_BYTES], bytes(content[-HASH_BYTES:])
    if hashlib.sha256(body.data).digest() != told:
        raise BadSlotError("it was cut short or changed")
    return _parse(body, told.hex())


def _parse(body: Bytes, sha256: str) -> Checkpoint:
    """Return the checkpoint from bytes whose hash was right."""
    at = len(MAGIC) + LENGTH_BYTES
    n_header = int.from_bytes(bytes(body[len(MAGIC) : at]), "little")
    if n_header > min(MOST_HEADER, body.size - at):
        raise BadSlotError("its header is longer than it")
    try:
        header = Header.model_validate_json(bytes(body[at : at + n_header]))
    except ValidationError as error:
        place = "/".join(str(step) for step in error.errors()[0]["loc"])
        raise BadSlotError(f"its header is not what a run writes{place and f' ({place})'}") from error
    arrays = _arrays_of(header.arrays, body[at + n_header :])
    return Checkpoint(header.month, header.part, arrays, header.identity, header.files, sha256)


def _arrays_of(entries: list[ArrayEntry], content: Bytes) -> dict[str, np.ndarray[Any, Any]]:
    """Return the arrays that stand one after the other in these bytes, in memory of their own."""
    sizes = [_bytes_of(entry, content.size) for entry in entries]
    if sum(sizes) != content.size or len({entry.name for entry in entries}) < len(entries):
        raise BadSlotError("its arrays are not those that its header names")
    arrays: dict[str, np.ndarray[Any, Any]] = {}
    at = 0
    for entry, size in zip(entries, sizes, strict=True):
        piece = content[at : at + size]
        if entry.dtype == "bool" and (piece > 1).any():
            raise BadSlotError(f"its array '{entry.name}' holds what is neither true nor false")
        array = np.empty(entry.shape, dtype=entry.dtype)
        array.reshape(-1).view(np.uint8)[:] = piece
        arrays[entry.name], at = array, at + size
    return arrays


def _bytes_of(entry: ArrayEntry, most: int) -> int:
    """Return the bytes of an array; BadSlotError where there are not so many."""
    size = math.prod(entry.shape) * np.dtype(entry.dtype).itemsize
    if any(not 0 <= length <= most for length in entry.shape) or size > most:
        raise BadSlotError(f"its array '{entry.name}' has a shape that it has no bytes for")
    return size


def _kind_error(name: str, array: np.ndarray[Any, Any]) -> RecordError:
    fault = Fault(
        subject=f"array '{name}'",
        place=None,
        found="Python objects" if array.dtype.hasobject else f"{array.dtype}",
        expected="whole numbers",
        way_out="Keep what a checkpoint holds in numeric arrays.",
    )
    return RecordError("cannot write a checkpoint", [fault])
