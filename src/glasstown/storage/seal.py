"""The seal of a run: what each of its files is, and which of them are no longer what they were.

A file is known by its rows, its length and its hash.  One that lacks, one that differs and one that the run did not write are
told apart and named.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow.parquet as pq

from glasstown.errors import Fault, Place
from glasstown.storage.manifest import Sealed
from glasstown.storage.parts import for_arrow
from glasstown.types import HASH_BYTES
from glasstown.wording import as_typed, counted

CHUNK = 1 << 20
AGAIN = "Take the file from a copy of the run, or let `glasstown resume {}` make it again."

Files = Mapping[str, Sealed]


def sealed(path: Path) -> Sealed:
    """Return what a table's file is now."""
    return Sealed(rows=pq.read_metadata(for_arrow(path)).num_rows, bytes=path.stat().st_size, blake2b=hash_of(path))


def hash_of(path: Path) -> str:
    """Return the BLAKE2b of a file, read a piece at a time."""
    digest = hashlib.blake2b(digest_size=HASH_BYTES)
    with path.open("rb", buffering=0) as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def faults_of(folder: Path, files: Files, found: Iterable[Path] = ()) -> list[Fault]:
    """Return what is wrong with the files that a run wrote, by name; then those of `found` that it did not write."""
    faults = [fault for name, was in sorted(files.items()) if (fault := _fault(folder, name, was))]
    further = sorted(path for path in found if path.relative_to(folder).as_posix() not in files)
    way_out = f"Move it away, or let `glasstown resume {as_typed(folder)}` put the run in order."
    faults += [
        Fault("a table of the run", Place(str(path)), "a file that the run did not write", "only its own", way_out)
        for path in further
    ]
    return faults


def _fault(folder: Path, name: str, was: Sealed) -> Fault | None:
    path = folder / name
    found = _found(path, was)
    if found is None:
        return None
    rows = counted(was.rows, "row")
    return Fault(
        "a table of the run",
        Place(str(path)),
        found,
        f"the file of {rows} that the run wrote",
        AGAIN.format(as_typed(folder)),
    )


def _found(path: Path, was: Sealed) -> str | None:
    """Return what stands in the place of a file; None where it is the file itself."""
    try:
        if path.is_symlink() or not path.is_file():
            is_there = path.is_symlink() or path.exists()
            return "something else than a file" if is_there else "no such file"
        n_bytes = path.stat().st_size
        if n_bytes != was.bytes:
            return f"{counted(n_bytes, 'byte')} instead of {was.bytes:,}"
        return None if hash_of(path) == was.blake2b else "other bytes than the run wrote"
    except OSError as error:
        return (error.strerror or str(error)).lower()
