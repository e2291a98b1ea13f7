"""One synthetic life of a run: what `life` answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasstown.answers.base import Answer
from glasstown.answers.blocks import Block, Heading, Paragraph
from glasstown.types import SYNTHETIC_WORDS

if TYPE_CHECKING:
    from glasstown.records.session import LifeResult


@dataclass(frozen=True)
class Lived(Answer):
    """The life of one person of a run, replayed from the manifest and told by the interpreter."""

    folder: Path
    person: int
    result: LifeResult

    population_words = SYNTHETIC_WORDS

    @property
    def exit_code(self) -> int:
        """1 where `--verify` found the two readings, or the run, to differ."""
        verified = self.result.as_json().get("verified")
        return 1 if verified is False else 0

    def as_json(self) -> dict[str, Any]:
        """Return the life, with the words that say what kind of person it is."""
        return {**self.result.as_json(), "population": SYNTHETIC_WORDS}

    def blocks(self) -> list[Block]:
        """Return the life line by line."""
        head = f"Person {self.person} of {self.folder}"
        return [Heading(head, 1), Paragraph(f"{SYNTHETIC_WORDS.capitalize()}: nobody real.", quiet=True)]

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return the ledger, one row for each line."""
        ledger = self.as_json()["ledger"]
        names = list(ledger[0]) if ledger else []
        return {name: [row[name] for row in ledger] for name in names}
