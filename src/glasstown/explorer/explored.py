"""What `explore` answers: where the explorer was reached, and the towns that it offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from glasstown.answers.base import Answer
from glasstown.explorer.offered import KINDS, Offer, towns
from glasstown.render.blocks import Block, Grid, Heading, Paragraph
from glasstown.render.words import first_up
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import counted


@dataclass(frozen=True)
class Explored(Answer):
    """The explorer after it has ended, or what it would offer; `reached_at` is None where it did not listen."""

    reached_at: str | None
    towns: tuple[Offer, ...]

    population_words = SYNTHETIC_WORDS

    def as_json(self) -> dict[str, Any]:
        """Return where it was reached, and one object for each town."""
        rows = [
            {"name": each.name, "kind": each.kind, "label": each.label, "rulebooks": list(each.rulebooks)}
            for each in self.towns
        ]
        return {"population": SYNTHETIC_WORDS, "reached_at": self.reached_at, "towns": rows}

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each town."""
        rows = self.as_json()["towns"]
        return {name: [row[name] for row in rows] for name in ("name", "kind", "label", "rulebooks")}

    def blocks(self) -> list[Block]:
        """Return where it was reached, or the towns, kind by kind."""
        if self.reached_at is not None:
            return [Paragraph(f"The explorer has ended; it was reached at {self.reached_at}.")]
        shown: list[Block] = []
        for kind in KINDS:
            rows = tuple((each.name, each.label) for each in self.towns if each.kind == kind)
            shown += [Heading(first_up(kind)), Grid(("town", "what it is"), rows)] if rows else []
        return [*shown, Paragraph(f"{counted(len(self.towns), 'town')}. {SYNTHETIC_WORDS.capitalize()}.")]


def explored(port: int, listen: str, *, only_towns: bool) -> Explored:
    """Return the towns that are offered; or serve the explorer until it is stopped.

    Errors   UsageError where its packages are missing, or it cannot listen there
    """
    if only_towns:
        return Explored(None, tuple(towns().values()))
    from glasstown.explorer.needed import check_installed

    check_installed()
    from glasstown.explorer.serving import serve

    return Explored(serve(listen, port), tuple(towns().values()))
