"""A run out of one file: what `unpack` answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glasstown.answers.base import Answer
from glasstown.render.blocks import Block, Item, Paragraph
from glasstown.render.citation import cited
from glasstown.render.findings import shown
from glasstown.runs.texts import say_what_differs
from glasstown.storage.manifest import Manifest
from glasstown.storage.packed import ENDING, unpack
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import as_typed, counted


@dataclass(frozen=True)
class Unpacked(Answer):
    """A run that was unpacked, its checksums right."""

    file: Path
    folder: Path
    manifest: Manifest

    population_words = SYNTHETIC_WORDS

    def as_json(self) -> dict[str, Any]:
        """Return archive, run, the number of its files, its digest and the citation."""
        return {
            "population": SYNTHETIC_WORDS,
            "archive": str(self.file),
            "run": str(self.folder),
            "files": len(self.manifest.files) + 1,
            "digest": str(self.manifest.digest),
            "citation": cited(self.manifest),
        }

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row: what `as_json` has."""
        return {name: [value] for name, value in self.as_json().items()}

    def blocks(self) -> list[Block]:
        """Return where the run lies, what its checksums show, and what to do with it."""
        run, again = (shown(path) for path in (self.folder, self.folder.with_name(f"{self.folder.name}-again")))
        files = counted(len(self.manifest.files) + 1, "file")
        return [
            Paragraph(
                f"The run lies in {shown(self.folder)}: {files}, every checksum right. {SYNTHETIC_WORDS.capitalize()}."
            ),
            Item("digest", str(self.manifest.digest)),
            Item("cite as", cited(self.manifest)),
            Item("live again", f"glasstown run {as_typed(run)} --out {as_typed(again)}"),
            Item("look at it", f"glasstown report {as_typed(run)}"),
            Paragraph(
                "Checksums show that nothing was damaged, not who made the run; living it again shows that its numbers follow from "
                "the texts in it.",
                quiet=True,
            ),
        ]


def unpacked(file: Path, folder: Path | None) -> Unpacked:
    """Write the run in an archive into a new folder and return what it is; without a folder, one named as the file, here.

    Errors   as of `storage.packed.unpack`
    """
    to = (
        folder
        if folder is not None
        else Path(file.name.removesuffix(ENDING) if file.suffix == ENDING else f"{file.name}-run")
    )
    manifest = unpack(file, to)
    say_what_differs(to, manifest)
    return Unpacked(file, to, manifest)
