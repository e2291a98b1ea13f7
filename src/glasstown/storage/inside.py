"""What lies inside a folder of ours: plain files and plain folders.  Nothing that leads elsewhere is opened or emptied."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from glasstown.errors import Fault, Place, RecordError

KINDS = (
    (stat.S_ISREG, "a file"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISLNK, "a link"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def kind_of(path: Path) -> str | None:
    """Return in words what has this name, a link itself and not what it leads to; None where there is nothing."""
    try:
        mode = os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    return next((words for has_kind, words in KINDS if has_kind(mode)), "something unknown")


def first_above(path: Path) -> Path:
    """Return the nearest place above a path that is there; of the root, the root."""
    whole = Path(os.path.abspath(path))
    return next((each for each in whole.parents if kind_of(each) is not None), whole)


def is_file(path: Path) -> bool:
    """Return whether a plain file lies there, false where there is nothing; RecordError for anything else."""
    return _is(path, "a file")


def is_folder(path: Path) -> bool:
    """Return whether a plain folder lies there, false where there is nothing; RecordError for anything else."""
    return _is(path, "a folder")


def make_folder(path: Path) -> None:
    """Make a folder where there is none; RecordError where something else has the name."""
    if not is_folder(path):
        path.mkdir(exist_ok=True)


def _is(path: Path, kind: str) -> bool:
    found = kind_of(path)
    if found is None or found == kind:
        return found == kind
    way_out = "Take it away; what it leads to was not touched." if found == "a link" else "Take it away."
    fault = Fault("a name of the run", Place(str(path)), found, kind, way_out)
    raise RecordError(f"cannot use {path}", [fault])
