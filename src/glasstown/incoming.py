"""The door for every text and name that comes in: letters that no text may have, and what tells a real person apart.

Readers of files, the command line and whatever makes or opens a folder ask here, so that one rule holds for all of them.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from glasstown.errors import Fault, Place, UsageError
from glasstown.letters import first_harmful, in_words, shown
from glasstown.personal import EXPECTED, WAY_OUT, personal

PRINTABLE = "printable text"
REMOVE = "Remove it."
_NOT_UTF_8 = "Use a name in UTF-8; on a system with another encoding set LC_ALL=C.UTF-8 or PYTHONUTF8=1, or give a name in ASCII."
_OWN_NAMES = frozenset({"rules.yaml", "sources.yaml", "acts.yaml"})
"""files whose folder is named by the user"""
_CASES = "cases"
"""the folder of worked cases, inside which folders are named by the user too"""


def fault_of_text(text: str, subject: str, place: Place | None) -> Fault | None:
    """Return what no text may have, as a fault, or None."""
    at = first_harmful(text)
    if at is not None:
        return Fault(subject, place, in_words(text[at]), PRINTABLE, REMOVE)
    what = personal(text)
    return Fault(subject, place, what, EXPECTED, WAY_OUT) if what else None


def fault_of_name(path: str | Path) -> Fault | None:
    """Return what the name of a file or folder may not have, as a fault, or None; folders above it are not the user's choice."""
    whole = str(path)
    place = Place(shown(whole))
    at = first_harmful(whole)
    odd = whole[at] if at is not None else next((letter for letter in whole if letter in "\t\n"), None)
    if odd is not None:
        is_half = 0xD800 <= ord(odd) <= 0xDFFF
        return Fault(
            "the name", place, in_words(odd), "a name of printable letters", _NOT_UTF_8 if is_half else "Rename it."
        )
    try:
        os.fsencode(whole)
    except UnicodeEncodeError:
        return Fault(
            "the name",
            place,
            "letters that this system's encoding of names does not have",
            "a name that it has",
            _NOT_UTF_8,
        )
    plain = Path(whole)
    inside = plain.parts[plain.parts.index(_CASES) :] if _CASES in plain.parts else ()
    for name in (plain.name, plain.parent.name if plain.name in _OWN_NAMES else "", *inside):
        if what := personal(name):
            return Fault("the name", place, what, EXPECTED, WAY_OUT.replace("Remove it", "Rename it"))
    return None


def path_of(name: str | Path) -> Path:
    """Return the path that a user names: `~` and `~somebody` at its beginning stand for a home folder, as a shell has it.

    Bash and PowerShell leave `--out=~/first` as it is, and so do Python and files.  What is really called `~` in the working folder
    is named `./~`, and gets its whole path here: other libraries would look for it in the home folder.

    Errors   UsageError for an empty name, which Python would take for the working folder
    """
    if isinstance(name, str) and not name.strip():
        expected, way_out = "the name of a file or folder", "Write it out; `.` is the folder that you are in."
        raise UsageError(f"the name '{name}'", [Fault("the name", None, "no letter in it", expected, way_out)])
    path = Path(name)
    if not path.parts or not path.parts[0].startswith("~"):
        return path
    if str(name).startswith("~"):
        try:
            return path.expanduser()
        except RuntimeError:  # nobody of that name has a home here
            pass
    return Path.cwd() / path


def check_name(path: str | Path, what: str) -> None:
    """Refuse a name that no file or folder may come in by, before anything is made; `what` says what it names.

    Errors   UsageError
    """
    fault = fault_of_name(path)
    if fault is not None:
        raise UsageError(f"{what} '{shown(str(path))}'", [fault])


def check_arguments(arguments: Sequence[str]) -> None:
    """Refuse words of a command line with letters that no text may have; they would be written to terminals and manifests.

    Errors   UsageError
    """
    faults = []
    for number, argument in enumerate(arguments, start=1):
        at = first_harmful(argument)
        if at is None:
            continue
        is_half = 0xD800 <= ord(argument[at]) <= 0xDFFF
        way_out = _NOT_UTF_8 if is_half else "Give the command without it."
        faults.append(Fault(f"word {number}, '{shown(argument)}'", None, in_words(argument[at]), PRINTABLE, way_out))
    if faults:
        raise UsageError("the command", faults)
