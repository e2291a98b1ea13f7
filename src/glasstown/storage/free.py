"""The folders that are made where nobody names one: runs/NAME-1, runs/NAME-2 and so on, the first that is free.

A name is free when the folder can be made: two commands that begin together never take the same one.
"""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path
from typing import Final

from glasstown.errors import RunError
from glasstown.language.texts import with_reading
from glasstown.storage.atomic import write_fault
from glasstown.storage.inside import kind_of
from glasstown.storage.target import folder_target

RUNS: Final = Path("runs")


def taken_folder(reference: str, what: str) -> Path:
    """Make the first folder runs/NAME-N that is free and return it; NAME is the rulebook's, with its reading.

    Errors   RunError where no folder can be made, UsageError where none may be; `what` says what it is for.
    """
    try:
        RUNS.mkdir(parents=True, exist_ok=True)
        for number in count(1):
            path = RUNS / f"{plain_name(reference)}-{number}"
            if kind_of(path) is None and _is_taken(path, what):
                return path
    except OSError as error:
        raise RunError(f"cannot make a folder in {RUNS}", [write_fault(RUNS, error)]) from error
    raise AssertionError("numbers do not end")


def _is_taken(path: Path, what: str) -> bool:
    """Make a folder and return true; false where another process has just made it."""
    folder_target(path, what)
    try:
        path.mkdir()
    except FileExistsError:
        return False
    return True


def plain_name(reference: str) -> str:
    """Return the rulebook's name as a folder may bear it, with its reading; a rules.yaml bears its folder's."""
    folder, _, last = reference.rpartition("/")
    name, reading = with_reading(last)
    whole = Path(folder).name if name == "rules.yaml" else name
    whole += "" if reading is None else f"@{reading}"
    return re.sub(r"[^A-Za-z0-9._+-]+", "-", whole).strip("-.") or "run"
