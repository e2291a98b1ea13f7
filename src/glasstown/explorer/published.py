"""What `publish` answers: where the pages lie, how many there are, and what is not among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glasstown.answers.base import Answer
from glasstown.render.blocks import Block, Item, Paragraph
from glasstown.runs.arguments import Agree
from glasstown.storage.folder import in_words
from glasstown.storage.site_folder import check_site_folder, write_site
from glasstown.types import SYNTHETIC_WORDS, Progress
from glasstown.wording import as_typed, counted


@dataclass(frozen=True)
class Published(Answer):
    """Pages of a run: how many files and bytes, how many lives; `is_written` is False where they were only counted."""

    run: Path
    folder: Path
    digest: str
    n_files: int
    n_bytes: int
    lives: int
    chosen: str
    is_written: bool

    population_words = SYNTHETIC_WORDS

    def as_json(self) -> dict[str, Any]:
        """Return run, folder, digest, files, bytes, lives, and whether anything was written."""
        return {
            "population": SYNTHETIC_WORDS,
            "run": str(self.run),
            "folder": str(self.folder),
            "digest": self.digest,
            "files": self.n_files,
            "bytes": self.n_bytes,
            "lives": self.lives,
            "written": self.is_written,
        }

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row: what `as_json` has."""
        return {name: [value] for name, value in self.as_json().items()}

    def size(self) -> str:
        """Return how large the folder is, in words."""
        return f"{counted(self.n_files, 'file')}, {in_words(self.n_bytes)}, {counted(self.lives, 'life', 'lives')} among them"

    def blocks(self) -> list[Block]:
        """Return where the pages lie, how they are opened, and what they need the program for."""
        if not self.is_written:
            return [Paragraph(f"The pages of {self.run} would be {self.size()}. Nothing was written.")]
        return [
            Paragraph(f"The pages of {self.run} lie in {self.folder}: {self.size()}. {SYNTHETIC_WORDS.capitalize()}."),
            Item("open", f"{as_typed(self.folder)}/index.html in any browser, from the disk or under any address"),
            Item("lives", f"{self.chosen}; then the first of all"),
            Item("not among them", "desks, and rules that are changed: these need the program, and the pages say so"),
        ]


def published(
    run: Path,
    folder: Path,
    lives: int | None,
    *,
    is_asked: bool,
    alone: bool,
    agree: Agree | None,
    progress: Progress | None,
) -> Published:
    """Return a run's pages, written into a folder as a whole or not at all; the size is told first.

    is_asked   only count them
    alone      leave out stories and papers, which are of other towns
    agree      is told the size before anything is written, and says whether it is

    Errors   as of `publishing.published` and `site_folder.write_site`
    """
    from glasstown.explorer.needed import check_installed

    check_installed()
    check_site_folder(folder)
    from glasstown.explorer.publishing import IN_WORDS, LIVES
    from glasstown.explorer.publishing import published as made_of

    made = made_of(run, LIVES if lives is None else lives, progress or (lambda done, of: None), alone=alone)

    def answer(*, is_written: bool) -> Published:
        return Published(run, folder, made.digest, len(made.files), made.n_bytes, made.lives, IN_WORDS, is_written)

    if is_asked or (agree is not None and not agree(answer(is_written=False).size())):
        return answer(is_written=False)
    write_site(folder, made.files)
    return answer(is_written=True)
