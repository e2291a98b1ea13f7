"""A folder of published pages: made beside its place under a temporary name, and given its name when all of it is written.

A folder that is there is replaced only where it is empty, or an earlier one with nothing else in it than what its own mark names.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from glasstown.errors import Fault, Place, RecordError, UsageError
from glasstown.machine import sync_folder
from glasstown.storage.atomic import sync_file, temporary_name, write_fault
from glasstown.storage.inside import first_above, kind_of
from glasstown.storage.target import folder_target

WHAT: Final = "the published pages"
MARK: Final = "glasstown-site.json"
"""the file by which a folder of ours is known; it names all others"""
MOST_BYTES: Final = 4 << 20
"""what a mark may take; a larger file is none of ours"""


def check_site_folder(path: Path) -> None:
    """Refuse a folder that holds anything else than earlier pages, before any work is done; UsageError says what."""
    folder_target(path, WHAT, "another folder")
    above = first_above(path)
    if not above.is_dir():
        _refuse(path, f"{kind_of(above)} above it, {above}", "Name a place below a folder.")
    if kind_of(path) is None or not any(path.iterdir()):
        return
    named = _named_by(path / MARK)
    if named is None:
        _refuse(path, "a folder that holds something else", "Name a folder that is not there yet.")
    strange = next((name for name in _inside(path) if name not in {*(named or ()), MARK}), None)
    if strange is not None:
        _refuse(
            path, f"earlier pages with something else among them, {strange}", "Move that away, or name another folder."
        )


def write_site(path: Path, files: Mapping[str, bytes]) -> None:
    """Write all files, by their paths in the folder, as a whole or not at all; `files` has the mark that names them.

    Errors   UsageError where the place is taken, RecordError where the disk is full or not to be written
    """
    check_site_folder(path)
    whole = Path(os.path.abspath(path))
    made = temporary_name(whole)
    try:
        whole.parent.mkdir(parents=True, exist_ok=True)
        made.mkdir()
        for name, content in files.items():
            file = made / name
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as opened:
                opened.write(content)
                sync_file(opened)
        sync_folder(made)
        check_site_folder(path)
        _put(made, whole)
    except OSError as error:
        way_out = "Look at the disk and the folder's rights, then give the command again; nothing was changed."
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            way_out = "Free some space and give the command again; nothing was changed."
        fault = replace(write_fault(path, error), subject=f"writing {WHAT}", way_out=way_out)
        raise RecordError(f"cannot write {path}", [fault]) from error
    finally:
        if kind_of(made) == "a folder":
            shutil.rmtree(made, ignore_errors=True)


def _put(made: Path, path: Path) -> None:
    """Give the new folder its name; an earlier one goes away only when the new one is there."""
    earlier = made.with_name(f"{made.name}-earlier")
    is_there = kind_of(path) is not None
    if is_there:
        os.rename(path, earlier)
    try:
        os.rename(made, path)
    except BaseException:
        if is_there:
            os.rename(earlier, path)
        raise
    sync_folder(path.parent)
    if is_there:
        shutil.rmtree(earlier, ignore_errors=True)


def _named_by(mark: Path) -> frozenset[str] | None:
    """Return the files that the mark of an earlier folder names; None where it is no mark of ours."""
    if kind_of(mark) != "a file" or mark.stat().st_size > MOST_BYTES:
        return None
    try:
        found = json.loads(mark.read_text("utf-8"))
    except (ValueError, RecursionError):
        return None
    names = found.get("files") if isinstance(found, dict) and "glasstown" in found else None
    return frozenset(map(str, names)) if isinstance(names, list) else None


def _inside(folder: Path) -> list[str]:
    """Return everything in a folder that is no folder of plain files, by its path; no link is followed."""
    found: list[str] = []
    for root, folders, names in os.walk(folder, followlinks=False):
        here = Path(root).relative_to(folder)
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        plain = [
            name if kind_of(Path(root) / name) == "a file" else f"{name} ({kind_of(Path(root) / name)})"
            for name in names
        ]
        found += [(here / name).as_posix() for name in (*links, *plain)]
        found += [here.as_posix()] if not folders and not names else []
    return sorted(found)


def _refuse(path: Path, found: str, way_out: str) -> None:
    expected = "a new name, an empty folder, or earlier pages"
    raise UsageError(f"cannot write {path}", [Fault(WHAT, Place(str(path)), found, expected, way_out)])
