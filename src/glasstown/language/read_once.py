"""Shipped rulebooks that were read once, remembered for as long as their files stay as they are.

Every answer about all schemes asks for all of them, and reading them takes most of a second.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import NamedTuple

from glasstown.language.model import Rulebook
from glasstown.language.texts import ACTS, SOURCES, chain_of
from glasstown.paths import data_folder, rulebook_folder

SETTLED = 2_000_000_000
"""nanoseconds after which a change of a file shows in its time on every file system; FAT counts in two seconds"""

Stamp = tuple[int, int, int] | None


class Remembered(NamedTuple):
    """A rulebook with what its files looked like when it was read."""

    book: Rulebook
    stamps: dict[Path, Stamp]


_READ: dict[tuple[Path, str | None], Remembered] = {}


def stamp_of(path: Path) -> Stamp:
    """Return what changes when a file does: its time in nanoseconds, size and number; None where it cannot be seen."""
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_size, seen.st_ino


def remembered(path: Path, variant: str | None) -> Rulebook | None:
    """Return a rulebook that was read before, if every file of it is as it was then."""
    found = _READ.get((path, variant))
    if found is None or any(stamp_of(file) != stamp for file, stamp in found.stamps.items()):
        return None
    return found.book


def remember(path: Path, variant: str | None, book: Rulebook) -> None:
    """Remember a sound rulebook of those that ship, unless one of its files is so new that a change of it might not show."""
    if path.parent.parent != rulebook_folder():
        return
    stamps = {file: stamp_of(file) for file in _files_of(path)}
    if all(stamp is None or stamp[0] < time.time_ns() - SETTLED for stamp in stamps.values()):
        _READ[path, variant] = Remembered(book, stamps)


def _files_of(path: Path) -> list[Path]:
    """Return every file that a rulebook is read from or would be, its bases' with them."""
    names = [each.with_name(name) for each in chain_of(path) for name in (each.name, SOURCES, ACTS)]
    return [*names, data_folder() / ACTS]
