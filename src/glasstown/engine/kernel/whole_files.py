"""Files that are read as they were written or not at all: the first bytes of each are a hash of its name and of the rest.

For what can be made again: a reader of a damaged file gets nothing and makes the content anew.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from glasstown.types import HASH_BYTES

BEGUN = ".begun-"
"""what the name of a file begins with while it is written"""


def read_whole(path: Path) -> bytes | None:
    """Return what was written there, or None where nothing, or something else, lies there now."""
    try:
        with path.open("rb") as file:
            told, content = file.read(HASH_BYTES), file.read()
    except OSError:
        return None
    return content if told == _hash(path.name, content) else None


def write_whole(path: Path, content: bytes) -> OSError | None:
    """Put a file in its place in one step; return why it could not be done, and leave then what was there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=BEGUN)
    except OSError as error:
        return error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_hash(path.name, content) + content)
        os.replace(temporary, path)
    except BaseException as problem:
        with suppress(OSError):
            os.unlink(temporary)
        if isinstance(problem, OSError):
            return problem
        raise
    return None


def _hash(name: str, content: bytes) -> bytes:
    digest = hashlib.blake2b(name.encode() + b"\0", digest_size=HASH_BYTES)
    digest.update(content)
    return digest.digest()
