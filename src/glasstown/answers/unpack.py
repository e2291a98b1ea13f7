"""A run or a comparison out of one file: what `unpack` answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glasstown.answers.base import Answer
from glasstown.render.blocks import Block, Item, Paragraph
from glasstown.render.citation import cited, digest_of, noun_of
from glasstown.render.findings import shown
from glasstown.runs.texts import say_what_differs
from glasstown.storage.comparison_file import FIRST_OF_EACH, Comparison
from glasstown.storage.manifest import Manifest
from glasstown.storage.packed import ENDING, files_of, unpack
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import as_typed, counted


@dataclass(frozen=True)
class Unpacked(Answer):
    """A run or a comparison that was unpacked, its checksums right."""

    file: Path
    folder: Path
    what: Manifest | Comparison

    population_words = SYNTHETIC_WORDS

    @property
    def manifest(self) -> Manifest:
        """The manifest of the run; of a comparison, that of its first."""
        return self.what.first if isinstance(self.what, Comparison) else self.what

    def as_json(self) -> dict[str, Any]:
        """Return archive, run or comparison, the number of its files, its digest and the citation."""
        return {
            "population": SYNTHETIC_WORDS,
            "archive": str(self.file),
            noun_of(self.what): str(self.folder),
            "files": len(files_of(self.what)),
            "digest": digest_of(self.what),
            "citation": cited(self.what),
        }

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row: what `as_json` has."""
        return {name: [value] for name, value in self.as_json().items()}

    def blocks(self) -> list[Block]:
        """Return where the run lies, what its checksums show, and what to do with it."""
        run, again = (shown(path) for path in (self.folder, self.folder.with_name(f"{self.folder.name}-again")))
        files, what = counted(len(files_of(self.what)), "file"), noun_of(self.what)
        is_run, many = what == "run", "it" if what == "run" else "its runs"
        look = f"glasstown {'report' if is_run else 'compare'} {as_typed(run)}"
        return [
            Paragraph(
                f"The {what} lies in {shown(self.folder)}: {files}, every checksum right. {SYNTHETIC_WORDS.capitalize()}."
            ),
            Item("digest", digest_of(self.what)),
            Item("cite as", cited(self.what)),
            Item("live again", f"glasstown {'run' if is_run else 'compare'} {as_typed(run)} --out {as_typed(again)}"),
            Item("look at it", look),
            Paragraph(
                f"Checksums show that nothing was damaged, not who made the {what}; living {many} again shows that its numbers "
                "follow from the texts in it.",
                quiet=True,
            ),
        ]


def unpacked(file: Path, folder: Path | None) -> Unpacked:
    """Write the run or comparison in an archive into a new folder and return what it is; by default one named as the file, here.

    Errors   as of `storage.packed.unpack`
    """
    to = (
        folder
        if folder is not None
        else Path(file.name.removesuffix(ENDING) if file.suffix == ENDING else f"{file.name}-run")
    )
    what = unpack(file, to)
    runs = {name: what.manifests[name] for name in FIRST_OF_EACH} if isinstance(what, Comparison) else {"": what}
    for name, manifest in runs.items():
        say_what_differs(to / name, manifest)
    return Unpacked(file, to, what)
