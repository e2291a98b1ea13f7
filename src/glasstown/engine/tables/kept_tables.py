"""Tables that take long to make and never change: made once for an installation, and read again from the cache folder.

A file's name holds a hash of all that its table is made from, its first bytes a hash of the rest.  One that is missing, cut short or
changed is made anew, and where nothing can be written the table is simply made each time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.kernel import cache
from glasstown.engine.kernel.whole_files import read_whole, write_whole


def kept_table(
    name: str, made_from: bytes, make: Callable[[], NDArray[Any]], *, dtype: str, shape: tuple[int, ...]
) -> NDArray[Any]:
    """Return a table, read from the cache folder where it lies there whole, else made and kept there.

    name       what it is called on disk, before the hash
    made_from  everything that its values follow from: the text of the code that makes it, and constants from elsewhere
    dtype      of the table, byte order included, such as "<u4"
    """
    path = table_path(name, made_from)
    content = read_whole(path)
    if content is not None and len(content) == np.dtype(dtype).itemsize * int(np.prod(shape)):
        native = np.dtype(dtype).newbyteorder("=")
        return (
            np.frombuffer(content, dtype=dtype).reshape(shape).astype(native)
        )  # a copy: kernels take no read-only array
    table = make()
    write_whole(path, table.astype(dtype).tobytes())
    return table


def table_path(name: str, made_from: bytes) -> Path:
    """Return where a table lies, or would lie."""
    return cache.base_folder() / "tables" / f"{name}-{hashlib.blake2b(made_from, digest_size=8).hexdigest()}.bin"
