"""The folder of a dataset: made beside its place under a temporary name, and given its name when all of it is written.

A folder that is there is replaced only where it is empty, or an earlier dataset with nothing else in it.
"""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from glasstown.errors import Fault, Place, RecordError, UsageError
from glasstown.machine import sync_folder
from glasstown.storage.atomic import sync_file, temporary_name, write_fault
from glasstown.storage.inside import kind_of
from glasstown.storage.target import folder_target

WHAT: Final = "the dataset"
MARK: Final = "datapackage.json"
MARKED: Final = "glasstown_dataset"
"""key of datapackage.json by which a dataset is known"""
FOLDERS: Final = ("csv", "parquet")
OWN_FILE: Final = re.compile(r"(datapackage\.json|CODEBOOK\.md|README\.md)|csv/[a-z_]+\.csv|parquet/[a-z_]+\.parquet")


def check_dataset_folder(path: Path) -> None:
    """Refuse a folder that holds anything else than an earlier dataset, before any work is done; UsageError says what."""
    folder_target(path, WHAT, "another folder")
    above = next(each for each in Path(os.path.abspath(path)).parents if kind_of(each) is not None)
    if not above.is_dir():
        _refuse(path, f"{kind_of(above)} above it, {above}", "Name a place below a folder.")
    if kind_of(path) is None or not any(path.iterdir()):
        return
    if not _is_dataset(path / MARK):
        _refuse(path, "a folder that holds something else", "Name a folder that is not there yet.")
    strange = next((name for name, kind in _inside(path) if not _is_own(name, kind)), None)
    if strange is not None:
        _refuse(
            path, f"an earlier dataset with something else in it, {strange}", "Move that away, or name another folder."
        )


def write_dataset(path: Path, files: Mapping[str, bytes]) -> None:
    """Write all files, by their paths in the folder, as a whole or not at all.

    Errors   UsageError where the place is taken, RecordError where the disk is full or not to be written
    """
    check_dataset_folder(path)
    whole = Path(os.path.abspath(path))
    made = temporary_name(whole)
    try:
        whole.parent.mkdir(parents=True, exist_ok=True)
        _write_all(made, files)
        check_dataset_folder(path)
        _put(made, whole)
    except OSError as error:
        way_out = "Look at the disk and the folder's rights, then give the command again; nothing was changed."
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            way_out = "Name a folder that you may write to; nothing was changed."
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            way_out = "Free some space and give the command again; nothing was changed."
        fault = replace(write_fault(path, error), subject=f"writing {WHAT}", way_out=way_out)
        raise RecordError(f"cannot write {path}", [fault]) from error
    finally:
        _remove(made)


def _write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into a new folder, and return when they are on the disk."""
    _remove(folder)
    folder.mkdir()
    for name in FOLDERS:
        (folder / name).mkdir()
    for name, content in files.items():
        if OWN_FILE.fullmatch(name) is None:
            raise ValueError(f"'{name}' is no file of a dataset")
        with (folder / name).open("xb") as file:
            file.write(content)
            sync_file(file)
    for each in (*(folder / name for name in FOLDERS), folder):
        sync_folder(each)


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
    _remove(earlier)


def _is_dataset(mark: Path) -> bool:
    """Return whether a datapackage.json was written by this command."""
    if kind_of(mark) != "a file":
        return False
    try:
        found = json.loads(mark.read_text("utf-8"))
    except ValueError:
        return False
    return isinstance(found, dict) and MARKED in found


def _inside(folder: Path) -> Iterator[tuple[str, str | None]]:
    """Yield the names in a folder and in the folders of a dataset, with what has each; no link is followed."""
    for path in sorted(folder.iterdir()):
        kind = kind_of(path)
        yield path.name, kind
        if path.name in FOLDERS and kind == "a folder":
            yield from ((f"{path.name}/{each.name}", kind_of(each)) for each in sorted(path.iterdir()))


def _is_own(name: str, kind: str | None) -> bool:
    if name in FOLDERS:
        return kind == "a folder"
    return kind == "a file" and OWN_FILE.fullmatch(name) is not None


def _remove(folder: Path) -> None:
    """Remove a folder of ours with its own files and nothing else; what is not ours keeps it."""
    if kind_of(folder) != "a folder":
        return
    names = list(_inside(folder))
    try:
        for name, kind in names:
            if _is_own(name, kind) and kind == "a file":
                (folder / name).unlink()
        for name in FOLDERS:
            if kind_of(folder / name) == "a folder":
                (folder / name).rmdir()
        folder.rmdir()
    except OSError:
        return


def _refuse(path: Path, found: str, way_out: str) -> None:
    expected = "a new name, an empty folder, or an earlier dataset"
    raise UsageError(f"cannot write {path}", [Fault(WHAT, Place(str(path)), found, expected, way_out)])
