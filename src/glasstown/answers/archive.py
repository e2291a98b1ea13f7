"""A run or a comparison in one file: what `archive` answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from glasstown.answers.base import Answer
from glasstown.render.blocks import Block, Item, Paragraph
from glasstown.render.citation import cited, digest_of, noun_of, texts_about
from glasstown.render.findings import shown
from glasstown.storage.comparison_file import Comparison
from glasstown.storage.folder import in_words
from glasstown.storage.manifest import Manifest
from glasstown.storage.packed import Packed, archive_target, bundle_of, pack
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import as_typed, counted

WHOLE_PATH: Final = re.compile(r"(?:^|[\s='\"])((?:/|~|[A-Za-z]:[/\\])[^\s'\"]+)")
"""a path of one machine in a command line"""


@dataclass(frozen=True)
class Archived(Answer):
    """An archive that was written, and how the run or comparison in it is cited."""

    folder: Path
    what: Manifest | Comparison
    packed: Packed

    population_words = SYNTHETIC_WORDS

    def as_json(self) -> dict[str, Any]:
        """Return run or comparison, file, its length and hash, the number of files in it, the digest and the citation."""
        return {
            "population": SYNTHETIC_WORDS,
            noun_of(self.what): str(self.folder),
            "archive": str(self.packed.file),
            "bytes": self.packed.n_bytes,
            "sha256": self.packed.sha256,
            "files": self.packed.n_files,
            "digest": digest_of(self.what),
            "citation": cited(self.what),
        }

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row: what `as_json` has."""
        return {name: [value] for name, value in self.as_json().items()}

    def blocks(self) -> list[Block]:
        """Return where the archive lies, how to cite it, and how it is lived again."""
        size = f"{counted(self.packed.n_files, 'file')} and a page to read first, {in_words(self.packed.n_bytes)}"
        blocks: list[Block] = [
            Paragraph(
                f"The {noun_of(self.what)} in {shown(self.folder)} lies in {shown(self.packed.file)}: {size}. "
                f"{SYNTHETIC_WORDS.capitalize()}."
            ),
            Item("SHA-256", self.packed.sha256),
            Item("cite as", cited(self.what)),
            Item("open with", f"glasstown unpack {as_typed(shown(self.packed.file))}"),
        ]
        runs = (self.what,) if isinstance(self.what, Manifest) else tuple(self.what.manifests.values())
        if found := next(filter(None, (WHOLE_PATH.search(run.command) for run in runs)), None):
            blocks.append(
                Paragraph(
                    f"The run keeps the command that began it, and with it a path of this machine, {found[1]}. Where that must "
                    "not be passed on, live the run again with a relative --out and archive that: the digest is the same."
                )
            )
        return blocks


def archived(folder: Path, out: Path | None) -> Archived:
    """Pack a run, or a comparison with all its runs, into one file and return what was written.

    Errors   RecordError for one that is not finished or not whole, UsageError for a file that may not be written
    """
    target = archive_target(folder, out)
    bundle, what = bundle_of(folder)
    return Archived(folder, what, pack(bundle, target, texts_about(what)))
