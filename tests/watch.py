"""A watch over this process: every write outside the places that are named is kept, as it is tried.

Python tells an audit hook of each file that it opens, renames or removes.  The hook stays, and looks only while a watch is on.
What compiled libraries do by themselves it does not see: `contents` compares what must not change.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from glasstown.engine.kernel import cache

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
ONE = ("os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod", "os.chown", "os.utime", "os.setxattr")
TWO = ("os.rename", "os.link", "os.symlink", "shutil.move")
FOLLOWS = ("open", "os.truncate", "os.chmod", "os.chown", "os.utime", "os.setxattr")
"""What goes where a link leads; all else is done to the link itself."""


class Watch:
    """What was tried outside the places that may be written."""

    def __init__(self, allowed: Sequence[Path]) -> None:
        self.allowed = [os.path.realpath(each) for each in (*allowed, cache.base_folder())]
        self.found: list[str] = []

    def look(self, event: str, arguments: tuple[object, ...]) -> None:
        """Take one event; what leads outside is kept."""
        for path in _written(event, arguments):
            if not self._may(path):
                self.found.append(f"{event} {path}")

    def _may(self, path: str) -> bool:
        if path == os.devnull or f"{os.sep}__pycache__" in path:
            return True
        temporary = os.path.join(os.path.realpath(tempfile.gettempdir()), "glasstown-")
        return path.startswith(temporary) or any(
            path == each or path.startswith(each + os.sep) for each in self.allowed
        )


_on: list[Watch] = []
_hooked: list[bool] = []


@contextmanager
def watching(*allowed: Path) -> Iterator[Watch]:
    """Give a watch that is on inside the block."""
    if not _hooked:
        _hooked.append(True)
        sys.addaudithook(_hook)
    watch = Watch(allowed)
    _on.append(watch)
    try:
        yield watch
    finally:
        _on.remove(watch)


def contents(folder: Path) -> dict[str, str]:
    """Return what lies in a folder, by name: bytes of files, targets of links, the word for all else."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = f"link to {os.readlink(path)}"
        else:
            found[name] = path.read_bytes().hex() if path.is_file() else "no file"
    return found


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if _on and (event == "open" or event in ONE or event in TWO):
        watches, _on[:] = list(_on), []  # what follows looks at disks itself
        try:
            for watch in watches:
                watch.look(event, arguments)
        finally:
            _on[:] = watches


def _written(event: str, arguments: tuple[object, ...]) -> Iterator[str]:
    if event == "open":
        _, mode, flags = arguments[:3]
        writes = bool(flags & WRITES) if isinstance(flags, int) else bool(set(str(mode)) & set("wax+"))
        paths = arguments[:1] if writes else ()
    else:
        paths = arguments[:1] if event in ONE else arguments[:2]
        if event == "os.symlink":
            paths = arguments[1:2]
    folder = arguments[-1] if event in ONE and isinstance(arguments[-1], int) and arguments[-1] >= 0 else None
    for path in paths:
        if isinstance(path, str | bytes | os.PathLike):
            yield _real(os.fsdecode(path), folder, follow=event in FOLLOWS)


def _real(path: str, folder: object, *, follow: bool) -> str:
    if folder is not None and not os.path.isabs(path):
        path = os.path.join(os.readlink(f"/proc/self/fd/{folder}"), path)
    if follow:
        return os.path.realpath(path)
    return os.path.join(os.path.realpath(os.path.dirname(os.path.abspath(path))), os.path.basename(path))
