"""The worked cases beside a rulebook: every file of the folder `cases` that is written as a case is."""

from __future__ import annotations

from pathlib import Path

SUFFIXES = (".yaml", ".yml", ".json")


def case_files(folder: Path) -> tuple[Path, ...]:
    """Return the case files of a rulebook's folder in the order of their names, those of folders inside `cases` too.

    Names that begin with a dot are an editor's.
    """
    cases = folder / "cases"
    found = (path for path in cases.rglob("*") if path.suffix.lower() in SUFFIXES and not path.name.startswith("."))
    return tuple(sorted(found, key=lambda path: name_of(folder, path)))


def name_of(folder: Path, path: Path) -> str:
    """Return the name of a case: its path below `cases` without the ending."""
    return path.relative_to(folder / "cases").with_suffix("").as_posix()
