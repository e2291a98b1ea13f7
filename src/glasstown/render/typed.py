"""A run's rulebook as it is typed in a command, from the folder one stands in."""

from __future__ import annotations

import shlex
from pathlib import Path

from glasstown.archive.library import parted
from glasstown.incoming import path_of
from glasstown.language.load import shipped
from glasstown.language.texts import with_reading
from glasstown.letters import shown
from glasstown.outcomes.opened import TownRun
from glasstown.paths import rulebook_folder
from glasstown.storage.manifest import Document, RulebookDocuments
from glasstown.wording import as_typed

RULES = "rules.yaml"
SOURCES = "sources.yaml"


def reference(run: TownRun, variant: str | None) -> str | None:
    """Return the rulebook of a run in one of its readings, quoted for a shell: its id where it ships so, else the path it came by.

    None where neither leads to the text that ran, as in a run from somebody else, or of a copy that was edited since.
    """
    at = f"@{variant}" if variant else ""
    if _ships(run.manifest.rulebooks[run.number]):
        return as_typed(f"{run.book.id}{at}")
    path = _path(run)
    return None if path is None else as_typed(f"{shown(path)}{at}")


def _path(run: TownRun) -> str | None:
    """Return the word of the run's command that names a file with the text that ran."""
    try:
        words = shlex.split(run.manifest.command)
    except ValueError:
        return None
    for word in (part for each in words[2:] for part in parted(each)):
        for plain in (word, with_reading(word)[0]):
            if plain and _holds(path_of(plain), run.manifest.rulebooks[run.number]):
                return plain
    return None


def _ships(texts: RulebookDocuments) -> bool:
    """Return whether a rulebook and all beneath it are installed under their ids, in the very texts that ran."""
    is_same = texts.id in shipped() and _holds(rulebook_folder() / texts.id, texts)
    return is_same and (texts.base is None or _ships(texts.base))


def _holds(path: Path, texts: RulebookDocuments) -> bool:
    """Return whether the rulebook of this path has these texts now."""
    rules = path / RULES if path.is_dir() else path
    return _is(rules, texts.rules) and _is(rules.with_name(SOURCES), texts.sources)


def _is(file: Path, text: Document) -> bool:
    try:
        return file.is_file() and Document.from_file(file).sha256 == text.sha256
    except (OSError, UnicodeDecodeError):
        return False
