"""Tables that take long to make and never change: made once for an installation, and read again from the cache folder.

A file's name holds a hash of all that its table is made from, its first bytes a hash of the rest.  One that is missing, cut short or
changed is made anew, and where nothing can be written the table is simply made each time.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasstown.engine import cache

HASH_BYTES = 32


def kept_table(
    name: str, made_from: bytes, make: Callable[[], NDArray[Any]], *, dtype: str, shape: tuple[int, ...]
) -> NDArray[Any]:
    """Return a table, read from the cache folder where it lies there whole, else made and kept there.

    name       what it is called on disk, before the hash
    made_from  everything that its values follow from: the text of the code that makes it, and constants from elsewhere
    dtype      of the table, byte order included, such as "<u4"
    """
    path = table_path(name, made_from)
    content = _read(path)
    if content is not None and len(content) == np.dtype(dtype).itemsize * int(np.prod(shape)):
        native = np.dtype(dtype).newbyteorder("=")
        return (
            np.frombuffer(content, dtype=dtype).reshape(shape).astype(native)
        )  # a copy: kernels take no read-only array
    table = make()
    _write(path, table.astype(dtype).tobytes())
    return table


def table_path(name: str, made_from: bytes) -> Path:
    """Return where a table lies, or would lie."""
    return cache.base_folder() / "tables" / f"{name}-{hashlib.blake2b(made_from, digest_size=8).hexdigest()}.bin"


def _hash(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=HASH_BYTES).digest()


def _read(path: Path) -> bytes | None:
    """Return what was written there, or None where that is not what lies there now."""
    try:
        whole = path.read_bytes()
    except OSError:
        return None
    content = whole[HASH_BYTES:]
    return content if whole[:HASH_BYTES] == _hash(content) else None


def _write(path: Path, content: bytes) -> None:
    """Put a file in its place in one step; a folder that cannot be written leaves things as they are."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_hash(content) + content)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
