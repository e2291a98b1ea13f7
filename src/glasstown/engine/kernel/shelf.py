"""Where compiled code is kept: in the cache folder, or where that cannot be written in a temporary one of the user's own.

Code is run as it is read, so that a temporary folder counts only where nobody else can have written it.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
import warnings
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from glasstown.engine.kernel.whole_files import BEGUN, read_whole, write_whole
from glasstown.errors import RunWarning

COMPILING: Final = "Compiling the kernels, which takes about a minute and is done once for an installation ..."
UNKEPT: Final = (
    "Compiled kernels cannot be kept in {} ({}): compiling them takes about a minute, {}. "
    "GLASSTOWN_CACHE can name another folder."
)
EACH_TIME: Final = "each time"
FOR_A_WHILE: Final = "and they go to {} until that is emptied"
PROBE: Final = ".probe"
LEAST_FREE: Final = 32 << 20
"""bytes that a disk must have free for the kernels, which take some ten million"""
OLD_SECONDS: Final = 24 * 60 * 60


class Shelf:
    """One cache folder and what takes its place where it cannot be written; says once what becomes of compiled code."""

    def __init__(self, folder: Path) -> None:
        """Take a folder that need not exist, and perhaps cannot."""
        self._folder = folder
        self._target: Path | None = folder
        self._has_said = False

    def read(self, name: str) -> bytes | None:
        """Return what was kept under a name, here or in the temporary folder; None where it has to be made."""
        content = read_whole(self._folder / name)
        spare = None if content is not None else spare_folder(self._folder, make=False)
        return content if spare is None else read_whole(spare / name)

    def begin(self) -> None:
        """Say, the first time that code has to be compiled, what that takes and where it is kept."""
        if self._has_said:
            return
        self._has_said = True
        why = _why_not(self._folder)
        if why is None:
            _clear(self._folder)
            warnings.warn(COMPILING, RunWarning, stacklevel=3)
        else:
            self._turn_to_spare(why)

    def keep(self, name: str, content: bytes) -> None:
        """Keep what was made; where that cannot be done any more, say so once."""
        while self._target is not None:
            failed = write_whole(self._target / name, content)
            if failed is None or read_whole(self._target / name) is not None:
                return
            self._turn_to_spare(_words(failed))

    def _turn_to_spare(self, why: str) -> None:
        """Keep everything in the temporary folder from here on, or nothing, and say which."""
        spare = spare_folder(self._folder) if self._target == self._folder else None
        self._target = spare if spare is not None and _why_not(spare) is None else None
        where = EACH_TIME if self._target is None else FOR_A_WHILE.format(self._target)
        warnings.warn(UNKEPT.format(self._folder, why, where), RunWarning, stacklevel=4)


@cache
def shelf_of(folder: Path) -> Shelf:
    """Return the one shelf of a folder in this process."""
    return Shelf(folder)


def spare_folder(folder: Path, *, make: bool = True) -> Path | None:
    """Return what takes a cache folder's place below the system's temporary one; None where there is none that is safe."""
    try:
        base = Path(tempfile.gettempdir())
    except OSError:
        return None
    if base == Path.cwd() and not os.environ.get("TMPDIR"):
        return None  # Python's last resort; nothing is written where somebody merely stands
    own = base / (f"glasstown-{os.getuid()}" if hasattr(os, "getuid") else "glasstown")
    if make:
        with suppress(OSError):
            own.mkdir(mode=0o700)
    return own / folder.name if _is_own(own) else None


def _is_own(folder: Path) -> bool:
    """Return whether a folder, and no link, is this user's, and nobody else can write to it."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(found.st_mode):
        return False
    return not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & 0o022)


def _why_not(folder: Path) -> str | None:
    """Return why nothing can be kept in a folder; None where it can."""
    failed = write_whole(folder / PROBE, b"")
    if failed is not None:
        return _words(failed)
    with suppress(OSError):
        (folder / PROBE).unlink()
    return None if shutil.disk_usage(folder).free >= LEAST_FREE else "the disk is nearly full"


def _clear(folder: Path) -> None:
    """Remove files that processes began to write a day ago or longer, and were killed over."""
    for path in folder.glob(f"{BEGUN}*"):
        with suppress(OSError):
            if path.stat().st_mtime < time.time() - OLD_SECONDS:
                path.unlink()


def _words(failed: OSError) -> str:
    return (failed.strerror or str(failed)).lower()
