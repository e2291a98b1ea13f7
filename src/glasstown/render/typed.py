"""A run's rulebook as it is typed in a command, from the folder one stands in."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from glasstown.language.load import shipped
from glasstown.letters import shown
from glasstown.outcomes.opened import TownRun

RULES = "rules.yaml"


def reference(run: TownRun, variant: str | None) -> str | None:
    """Return the rulebook of a run in one of its readings, quoted for a shell: its id where it ships, else the path it came by.

    None where no path of the run's command leads to the text that ran, as in a run from somebody else.
    """
    at = f"@{variant}" if variant else ""
    if run.book.id in shipped():
        return shlex.quote(f"{run.book.id}{at}")
    path = _path(run)
    return None if path is None else shlex.quote(f"{shown(path)}{at}")


def _path(run: TownRun) -> str | None:
    """Return the word of the run's command that names a file with the text that ran."""
    try:
        words = shlex.split(run.manifest.command)
    except ValueError:
        return None
    for word in (part for each in words[2:] for part in each.split(",")):
        plain = word if os.path.exists(word) else word.rpartition("@")[0]
        if plain and _holds(Path(plain), run.manifest.rulebooks[run.number].rules.text):
            return plain
    return None


def _holds(path: Path, text: str) -> bool:
    file = path / RULES if path.is_dir() else path
    try:
        return file.is_file() and file.read_text(encoding="utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False
