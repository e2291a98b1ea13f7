"""A run in one file: what `archive` answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from glasstown.answers.base import Answer
from glasstown.render.blocks import Block, Item, Paragraph
from glasstown.render.citation import cited, texts_about
from glasstown.render.findings import shown
from glasstown.storage.folder import in_words
from glasstown.storage.manifest import Manifest
from glasstown.storage.packed import Packed, archive_target, open_finished, pack
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import as_typed, counted

WHOLE_PATH: Final = re.compile(r"(?:^|[\s='\"])((?:/|~|[A-Za-z]:[/\\])[^\s'\"]+)")
"""a path of one machine in a command line"""


@dataclass(frozen=True)
class Archived(Answer):
    """An archive that was written, and how the run in it is cited."""

    folder: Path
    manifest: Manifest
    packed: Packed

    population_words = SYNTHETIC_WORDS

    def as_json(self) -> dict[str, Any]:
        """Return run, file, its length and hash, the number of files in it, the digest and the citation."""
        return {
            "population": SYNTHETIC_WORDS,
            "run": str(self.folder),
            "archive": str(self.packed.file),
            "bytes": self.packed.n_bytes,
            "sha256": self.packed.sha256,
            "files": self.packed.n_files,
            "digest": str(self.manifest.digest),
            "citation": cited(self.manifest),
        }

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row: what `as_json` has."""
        return {name: [value] for name, value in self.as_json().items()}

    def blocks(self) -> list[Block]:
        """Return where the archive lies, how to cite it, and how it is lived again."""
        size = f"{counted(self.packed.n_files, 'file')} and a page to read first, {in_words(self.packed.n_bytes)}"
        blocks: list[Block] = [
            Paragraph(
                f"The run in {shown(self.folder)} lies in {shown(self.packed.file)}: {size}. {SYNTHETIC_WORDS.capitalize()}."
            ),
            Item("SHA-256", self.packed.sha256),
            Item("cite as", cited(self.manifest)),
            Item("open with", f"glasstown unpack {as_typed(shown(self.packed.file))}"),
        ]
        if found := WHOLE_PATH.search(self.manifest.command):
            blocks.append(
                Paragraph(
                    f"The run keeps the command that began it, and with it a path of this machine, {found[1]}. Where that must "
                    "not be passed on, live the run again with a relative --out and archive that: the digest is the same."
                )
            )
        return blocks


def archived(folder: Path, out: Path | None) -> Archived:
    """Pack a run into one file and return what was written.

    Errors   RecordError for a run that is not finished or not whole, UsageError for a file that may not be written
    """
    target = archive_target(folder, out)
    run = open_finished(folder)
    return Archived(folder, run.manifest, pack(run, target, texts_about(run.manifest)))
