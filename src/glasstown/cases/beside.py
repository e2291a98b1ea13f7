"""The worked cases beside a rulebook: every file of the folder `cases` that is written as a case is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from glasstown.letters import shown
from glasstown.wording import counted, noun

SUFFIXES = (".yaml", ".yml", ".json")
NO_CASES = ("README", "LICENSE")
"""Beginnings of the names of files that are about cases and are none."""
MOST_NAMED = 4
A_CASE = "A case ends in .yaml, .yml or .json, has no dot before its name and lies behind no link to a folder."


def case_files(folder: Path) -> tuple[Path, ...]:
    """Return the case files of a rulebook's folder in the order of their names, those of folders inside `cases` too.

    Names that begin with a dot are an editor's; what lies behind a link to a folder is somebody else's.  `not_read` says so.
    """
    return tuple(sorted(filter(_is_case, _inside(folder)), key=lambda path: name_of(folder, path)))


def name_of(folder: Path, path: Path) -> str:
    """Return the name of a case: its path below `cases` without the ending."""
    return path.relative_to(folder / "cases").with_suffix("").as_posix()


def not_read(folder: Path) -> str | None:
    """Return in words what lies in `cases` and is not read as a case; None where all of it is."""
    cases = folder / "cases"
    others = sorted(
        path.relative_to(cases).as_posix()
        for path in _inside(folder)
        if not _is_case(path) and not path.name.upper().startswith(NO_CASES)
    )
    if not others:
        return None
    named = ", ".join(shown(name) for name in others[:MOST_NAMED])
    more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
    n = len(others)
    what = f"{counted(n, 'file')} in `cases` {noun(n, 'is', 'are')} not read as {noun(n, 'a case', 'cases')}"
    return f"{what}: {named}{more}. {A_CASE}"


def _is_case(path: Path) -> bool:
    return (
        path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and not (path.is_symlink() and path.is_dir())
    )


def _inside(folder: Path) -> Iterator[Path]:
    """Yield what lies in `cases` and the folders inside it, whatever their names; links to folders by themselves."""
    cases = folder / "cases"
    for where, folders, names in os.walk(cases):
        links = (name for name in folders if (Path(where) / name).is_symlink())
        yield from (Path(where) / name for name in (*names, *links))
