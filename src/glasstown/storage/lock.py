"""One writer to a folder: a lock of the operating system's own, which ends with the process that holds it.

The lock lies on a file in the folder, with a few lines in it that say who holds it.  What a crash leaves behind is that file,
unlocked: the next writer takes it over.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from glasstown.errors import Fault, Place, RunError
from glasstown.storage.atomic import write_fault

LOCK = ".lock"
MOST_READ = 1000
FAR = 1 << 30
"""Windows locks bytes, and nobody else may read those: one far behind the text is locked, so that a second writer can read it."""


@contextmanager
def sole_writer(folder: Path, command: str) -> Iterator[None]:
    """Hold a folder for this process while the block lasts; one that is made here goes again where nothing was put into it.

    Errors   RunError where another process holds it, with who that is; nothing is waited for.
    """
    path, is_new = folder / LOCK, not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = _taken(path)
    except OSError as error:
        raise RunError(f"cannot write to {folder}", [write_fault(path, error)]) from error
    if descriptor is None:
        raise RunError(f"cannot write to {folder}", [_held_fault(folder)])
    try:
        _sign(descriptor, command)
        yield
    finally:
        _let_go(path, descriptor)
        if is_new:
            with suppress(OSError):  # something lies in it
                folder.rmdir()


def _taken(path: Path) -> int | None:
    """Return the open lock file, held by this process; None where another one holds it."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode):
                raise OSError(None, "no regular file")
            if found.st_nlink > 1:  # what is written here would stand in the other name's file too
                raise OSError(None, "a file that has another name besides")
            if not try_lock(descriptor):
                os.close(descriptor)
                return None
            if _is_still_there(path, descriptor):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)  # its holder removed it as it ended, between the two steps


if sys.platform == "win32":
    import msvcrt

    def try_lock(descriptor: int) -> bool:
        """Lock an open file for this process, or return False where another one holds it."""
        os.lseek(descriptor, FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def try_lock(descriptor: int) -> bool:
        """Lock an open file for this process, or return False where another one holds it."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        return True


def _is_still_there(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.stat(path, follow_symlinks=False), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _sign(descriptor: int, command: str) -> None:
    """Write who holds the folder; that is for a reader's eyes only, so a full disk is no fault here."""
    since = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    text = f"process {os.getpid()}, '{command[:MOST_READ]}', since {since}\n"
    with suppress(OSError):
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, text.encode("utf-8", "backslashreplace"))


def _let_go(path: Path, descriptor: int) -> None:
    """Remove the lock file and end the lock; Windows removes no open file, so there it is closed first."""
    if sys.platform == "win32":
        os.close(descriptor)
        with suppress(OSError):
            path.unlink()
        return
    with suppress(OSError):
        if _is_still_there(path, descriptor):
            path.unlink()
    os.close(descriptor)


def _held_fault(folder: Path) -> Fault:
    try:
        with (folder / LOCK).open("rb") as file:
            holder = file.read(MOST_READ).decode("utf-8", "backslashreplace").strip()
    except OSError:
        holder = ""
    return Fault(
        subject="the folder",
        place=Place(str(folder)),
        found=f"another process at work in it: {holder or 'it has not yet said which'}",
        expected="one at a time",
        way_out="Wait until it has ended, or stop it; then give the command again. Nothing was changed.",
    )
