"""A new folder of small files: made beside its place under a temporary name, and given its name when all of it is written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from glasstown.errors import Fault, Place, RecordError, UsageError
from glasstown.machine import sync_folder
from glasstown.storage.atomic import sync_file, temporary_name, write_fault
from glasstown.storage.inside import kind_of
from glasstown.storage.target import folder_target


def check_new_folder(path: Path, what: str) -> None:
    """Refuse a name that has something already, even an empty folder; UsageError says what."""
    folder_target(path, what, "another folder")
    found = kind_of(path)
    above = next(each for each in Path(os.path.abspath(path)).parents if kind_of(each) is not None)
    if found is None and above.is_dir():
        return
    found = f"{found} of that name" if found else f"{kind_of(above)} above it, {above}"
    fault = Fault(what, Place(str(path)), found, "a name that is free", "Give another name; nothing there was touched.")
    raise UsageError(f"cannot write {path}", [fault])


def write_new_folder(path: Path, what: str, files: Mapping[str, bytes]) -> None:
    """Write files, by their paths in a new folder, all or none.

    Errors   UsageError where the name is taken, RecordError where the disk is full or not to be written
    """
    check_new_folder(path, what)
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
        check_new_folder(path, what)
        os.rename(made, whole)
        sync_folder(whole.parent)
    except OSError as error:
        way_out = "Look at the disk and the folder's rights, then give the command again; nothing was left there."
        fault = replace(write_fault(path, error), subject=f"writing {what}", way_out=way_out)
        raise RecordError(f"cannot write {path}", [fault]) from error
    finally:
        if kind_of(made) == "a folder":
            shutil.rmtree(made, ignore_errors=True)
