"""Writing a file so that a kill or a full disk at any instant leaves the earlier file whole.

The bytes go to a temporary name in the same folder, are flushed and synced, take the final name in one step, and the
folder is synced.  What a kill leaves behind is at most a temporary file, which no reader looks at.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path
from threading import get_ident
from typing import BinaryIO

from glasstown.errors import Fault, Place, RecordError
from glasstown.machine import sync_folder

TEMPORARY_ENDING = ".half-written"

Writer = Callable[[BinaryIO], object]


def sync_file(file: BinaryIO) -> None:
    """Return when the file's bytes are on the disk."""
    file.flush()
    os.fsync(file.fileno())


def rename(source: Path, target: Path) -> None:
    """Give the file its final name, in the place of an earlier one."""
    os.replace(source, target)


def remove(path: Path) -> None:
    """Remove a file; it is no fault when there is none."""
    path.unlink(missing_ok=True)


def temporary_name(path: Path) -> Path:
    """Return a name in the same folder that no other process and no other thread writes to."""
    return path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}{TEMPORARY_ENDING}")


def write_atomically(path: Path, write: Writer) -> None:
    """Write a file as a whole or not at all.

    `write` may be called on any number of bytes; when it raises, the earlier file of that name stands unchanged.
    """
    temporary = temporary_name(path)
    try:
        if os.path.lexists(temporary):
            remove(temporary)  # a link of that name is taken away, not followed
        with temporary.open("xb") as file:
            write(file)
            sync_file(file)
        rename(temporary, path)
        sync_folder(path.parent)
    except OSError as error:
        _remove_quietly(temporary)
        raise RecordError(f"cannot write {path}", [write_fault(path, error)]) from error
    except BaseException:
        _remove_quietly(temporary)
        raise


def write_bytes(path: Path, content: bytes) -> None:
    """Write a small file as a whole or not at all."""
    write_atomically(path, lambda file: file.write(content))


def remove_leftovers(folder: Path, ours: re.Pattern[str]) -> None:
    """Remove the temporary files that a kill left behind in a folder, of files that `ours` names, and nothing else."""
    for path in folder.glob(f".*{TEMPORARY_ENDING}"):
        if ours.fullmatch(_meant_for(path)) and not _is_plain_folder(path):
            remove(path)


def write_fault(path: Path, error: OSError) -> Fault:
    """Return what a failed write means to the user, and the way out."""
    ways = {
        errno.ENOSPC: "Free some space, then go on with `glasstown resume`",
        errno.EDQUOT: "Free some of your quota, then go on with `glasstown resume`",
        errno.EROFS: "Choose a folder on a disk that can be written",
        errno.EACCES: "Choose a folder that you may write to",
        errno.EPERM: "Choose a folder that you may write to",
    }
    way_out = ways.get(error.errno or 0, "Look at the disk and the folder's permissions")
    return Fault(
        subject="writing the run",
        place=Place(str(path)),
        found=(error.strerror or str(error)).lower(),
        expected="a disk with room and a folder that can be written",
        way_out=f"{way_out}; what was written before is whole.",
    )


def _meant_for(temporary: Path) -> str:
    """Return the name that a temporary file was to take; earlier versions put no process into its own."""
    return re.sub(r"\.[0-9]+-[0-9]+$", "", temporary.name[1 : -len(TEMPORARY_ENDING)])


def _is_plain_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _remove_quietly(path: Path) -> None:
    """Remove a temporary file without hiding the fault that is under way."""
    try:
        remove(path)
    except OSError:
        return
