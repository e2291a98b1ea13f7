"""What is said where the folder of a run is to be made or opened and cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from glasstown.errors import Fault, Place
from glasstown.wording import as_typed

MANIFEST: Final = "manifest.json"
FIRST: Final = "first-1"
"""the folder of a comparison's first run"""


def is_comparison(path: Path) -> bool:
    """Return whether a folder is that of a comparison, finished or not."""
    return not (path / MANIFEST).is_file() and (path / FIRST / MANIFEST).is_file()


def exists_fault(path: Path) -> Fault:
    """Return that a folder which is to be made is there."""
    is_run = (path / MANIFEST).is_file()
    way_out = f"Go on with `glasstown resume {as_typed(path)}`, or choose" if is_run else "Choose"
    return Fault(
        subject="output folder",
        place=Place(str(path)),
        found="an earlier run there" if is_run else "a file or folder of that name",
        expected="a name that is free",
        way_out=f"{way_out} another folder with --out; nothing in it was touched.",
    )


def no_run_fault(path: Path) -> Fault:
    """Return what lies where a run was named; of a comparison's folder, where its runs lie."""
    if not path.exists():
        found, way_out = "no such folder", "Check the name; `glasstown run` prints where a run lies."
    elif not path.is_dir():
        found, way_out = "a file", "Name the folder that holds manifest.json."
    elif any(path.glob(f".{MANIFEST}*")):
        found = "a half-written manifest: the run was stopped as it began"
        way_out = "Nothing was computed yet. Remove the folder and run the command again."
    elif is_comparison(path):
        found = "the folder of a comparison"
        way_out = (
            f"Name one of its runs, such as {as_typed(path / FIRST)}; `glasstown compare {as_typed(path)}` tells it."
        )
    else:
        found, way_out = "a folder without manifest.json", "Name the folder that holds manifest.json."
    return Fault("the run", Place(str(path)), found, "the folder of a run", way_out)
