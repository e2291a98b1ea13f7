"""Where the shipped files lie: `_data` inside the package, as installed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from glasstown.errors import Fault, UsageError

PARTS: Final = ("rulebooks", "data", "schema")
"""folders of `_data`"""


def shipped_files() -> Path:
    """Return the folder that holds `rulebooks/`, `data/` and `schema/`; UsageError where the installation lacks them."""
    from importlib import resources  # costs a start that reads no file several milliseconds

    folder = resources.files("glasstown") / "_data"
    if not isinstance(folder, Path):
        raise _incomplete(f"a package inside an archive, {folder}", "Install it unpacked, as `pip install` does.")
    missing = [part for part in PARTS if not (folder / part).is_dir()]
    if missing:
        raise _incomplete(
            f"no {' and no '.join(missing)} in {folder}", "Install again from a complete copy of Glasstown."
        )
    return folder


def rulebook_folder() -> Path:
    """Return the folder that holds one folder for each shipped rulebook."""
    return shipped_files() / "rulebooks"


def data_folder() -> Path:
    """Return the folder that holds acts, parameters and places."""
    return shipped_files() / "data"


def schema_folder() -> Path:
    """Return the folder that holds the JSON Schemas of the files that people write."""
    return shipped_files() / "schema"


def _incomplete(found: str, way_out: str) -> UsageError:
    expected = "a folder with " + ", ".join(PARTS)
    return UsageError("installation", [Fault("data of Glasstown", None, found, expected, way_out)])
