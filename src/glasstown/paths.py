"""Where the shipped files lie: `_data` inside the package, as installed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from glasstown.errors import Fault, UsageError

PARTS: Final = ("rulebooks", "data", "scenarios", "schema", "templates", "explorer")
"""folders of `_data`"""
AGAIN: Final = "Install again from a complete copy of Glasstown."
MOST_NAMED: Final = 4


def shipped_files() -> Path:
    """Return the folder that holds what ships, in a folder for each of `PARTS`; UsageError where the installation lacks one."""
    from importlib import resources  # costs a start that reads no file several milliseconds

    folder = resources.files("glasstown") / "_data"
    if not isinstance(folder, Path):
        raise _incomplete(f"a package inside an archive, {folder}", "Install it unpacked, as `pip install` does.")
    missing = [part for part in PARTS if not (folder / part).is_dir()]
    if missing:
        raise _incomplete(f"no {' and no '.join(missing)} in {folder}", AGAIN)
    return folder


def missing_files() -> tuple[str, ...]:
    """Return the shipped files that the installation's own list names and that are gone; none where it keeps no list, as a clone."""
    from importlib import metadata  # costs more than a start may

    try:
        listed = metadata.distribution("glasstown").files or ()
    except metadata.PackageNotFoundError:
        return ()
    ours = (path for path in listed if path.parts[:2] == ("glasstown", "_data"))
    return tuple(sorted("/".join(path.parts[2:]) for path in ours if not Path(str(path.locate())).is_file()))


def installation_fault() -> UsageError | None:
    """Return what is missing of the installation's files, as an error to raise or to tell; None where all are there."""
    missing = missing_files()
    if not missing:
        return None
    more = f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else ""
    found = f"no {', '.join(missing[:MOST_NAMED])}{more} any more"
    return _incomplete(found, AGAIN, "every file that was installed")


def check_installation() -> None:
    """Raise UsageError where files that were installed are gone: a list of all that ships would lack them without a word."""
    if fault := installation_fault():
        raise fault


def rulebook_folder() -> Path:
    """Return the folder that holds one folder for each shipped rulebook."""
    return shipped_files() / "rulebooks"


def data_folder() -> Path:
    """Return the folder that holds acts, parameters and places."""
    return shipped_files() / "data"


def scenario_folder() -> Path:
    """Return the folder that holds one file for each shipped scenario, named as commands name it."""
    return shipped_files() / "scenarios"


def firm_folder() -> Path:
    """Return the folder that holds one file for each worked firm, named as `glasstown firm` names it."""
    return data_folder() / "firms"


def template_folder() -> Path:
    """Return the folder that holds one folder for each kind of rulebook that `glasstown new` begins."""
    return shipped_files() / "templates"


def schema_folder() -> Path:
    """Return the folder that holds the JSON Schemas of the files that people write."""
    return shipped_files() / "schema"


def explorer_folder() -> Path:
    """Return the folder that holds the explorer's pages, sheet, scripts and letters."""
    return shipped_files() / "explorer"


def _incomplete(found: str, way_out: str, expected: str = "a folder with " + ", ".join(PARTS)) -> UsageError:
    return UsageError("installation", [Fault("data of Glasstown", None, found, expected, way_out)])
