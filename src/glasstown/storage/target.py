"""Where an answer is written: the one door for every `--out`.

A target is a new name, or a file that Glasstown wrote for the same purpose.  Links, pipes, devices, inputs and the tables of a
run are never replaced.  Standard output is written to.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

from glasstown.errors import Fault, Place, RecordError, UsageError
from glasstown.incoming import check_name
from glasstown.storage.atomic import write_atomically
from glasstown.storage.inside import kind_of

STDOUT: Final = Path("/dev/stdout")
OPEN_FILES: Final = re.compile(r"/proc/\d+(/task/\d+)?/fd|/dev/fd")
"""where systems show what a process has open: what is there can be given by no name of its own"""
OWN_NAMES: Final = frozenset(
    {"manifest.json", "plan.json", "hashes.parquet", "final.parquet", "months", "events", "inbox", "mail", "checkpoint"}
    | {"settings", "comparison.json", "comparison.parquet"}
)
"""Names that a run, a sweep or a comparison gives to what it writes, in its own folder."""
MARKS: Final = ("manifest.json", "plan.json", "comparison.json")
"""Files by which the folder of a run, of a sweep and of a comparison are known."""

IsOurs = Callable[[bytes], bool] | None
"""Whether a file that begins with these bytes was written by us for the same purpose, and may be replaced; None where none may."""
BEGINNING: Final = 4096


@dataclass(frozen=True, slots=True)
class FileTarget:
    """A file that may be written; `what` names it in messages, and `ending` is how such names end."""

    path: Path
    what: str
    is_ours: IsOurs
    ending: str = ".html"

    def check(self) -> None:
        """Refuse a target that must not be written; UsageError says what has the name."""
        if self.path == STDOUT:
            return
        if OPEN_FILES.fullmatch(os.path.realpath(self.path.parent)):
            way_out = f"Give the name of a file, or {STDOUT}."
            _refuse(self.path, self.what, "a file that a process has open", "the name of a file", way_out)
        found = _no_file(self.path, self.is_ours) or _in_the_way(self.path)
        if found:
            way_out = f"Give a name that is free, such as one ending in {self.ending}, or move away what is there."
            expected = "a new name" + (", or an earlier file of the same kind" if self.is_ours is not None else "")
            _refuse(self.path, self.what, found, expected, way_out)
        if not self.path.parent.is_dir():
            way_out = f"Make the folder {self.path.parent} first, or give another name."
            _refuse(self.path, self.what, "a folder that does not exist", "an existing folder", way_out)

    def write(self, content: bytes) -> None:
        """Write the file as a whole or not at all; what came to have its name meanwhile is not replaced."""
        self.write_with(lambda file: file.write(content))

    def write_with(self, write: Callable[[BinaryIO], object]) -> None:
        """Write the file by a function that is given it open, as a whole or not at all; for what is too large for the memory."""
        self.check()
        if self.path == STDOUT:
            sys.stdout.flush()
            write(sys.stdout.buffer)
            sys.stdout.flush()
        else:
            _write_answer(self.path, self.what, write)


def file_target(path: Path, what: str, is_ours: IsOurs, ending: str = ".html") -> FileTarget:
    """Return a file that may be written, or refuse it before any work is done."""
    check_name(path, what)
    target = FileTarget(path, what, is_ours, ending)
    target.check()
    return target


def write_answer(path: Path, what: str, content: bytes) -> None:
    """Write a file that belongs to no run, as a whole or not at all; `what` names it where the disk is full or not to be written."""
    _write_answer(path, what, lambda file: file.write(content))


def _write_answer(path: Path, what: str, write: Callable[[BinaryIO], object]) -> None:
    try:
        write_atomically(path, write)
    except RecordError as problem:
        ways = (
            each.way_out.replace("go on with `glasstown resume`", "give the command again") for each in problem.faults
        )
        faults = [
            replace(fault, subject=f"writing {what}", way_out=way.replace("what was written before", "the run"))
            for fault, way in zip(problem.faults, ways, strict=True)
        ]
        raise RecordError(f"cannot write {path}", faults) from problem


def folder_target(path: Path, what: str, another: str = "another name with --out") -> None:
    """Refuse a folder that must not be made or filled: a link, a file, a device, or a name that belongs to a run.

    another   what to give instead, as the command takes it: most take the folder by --out
    """
    check_name(path, what)
    found = kind_of(path)
    way_out = f"Give {another}."
    if found == "a link":
        way_out = f"Give the folder itself, {os.path.realpath(path)}, or {another}." if path.is_dir() else way_out
    if found in (None, "a folder"):
        found = _in_the_way(path)
    if found:
        _refuse(path, what, found, "a new name, or a folder", way_out)


def _no_file(path: Path, is_ours: IsOurs) -> str | None:
    """Return what has the name, where that is no file of ours."""
    found = kind_of(path)
    if found is None:
        return None
    if found != "a file":
        return found
    if is_ours is None:
        return "a file that is there already"
    with path.open("rb") as file:
        return None if is_ours(file.read(BEGINNING)) else "a file that is there already and is none of these"


def _in_the_way(path: Path) -> str | None:
    """Return what a name is to the run or sweep in whose folder it would lie, where it is one of the run's own."""
    whole = Path(os.path.realpath(path.parent)) / path.name
    for inside in (whole, whole.parent):
        if inside.name in OWN_NAMES and any((inside.parent / mark).is_file() for mark in MARKS):
            return f"a name that belongs to the run, sweep or comparison in {inside.parent}"
    return None


def _refuse(path: Path, what: str, found: str, expected: str, way_out: str) -> None:
    raise UsageError(f"cannot write {path}", [Fault(what, Place(str(path)), found, expected, way_out)])
