"""The acts by class, each with how many rulebooks answer to it: what `act` answers where no act is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from glasstown.answers.base import Answer
from glasstown.archive.library import known_acts, library, n_answering
from glasstown.render.blocks import Block, Grid, Heading, Paragraph

if TYPE_CHECKING:
    from glasstown.language.acts import Act, ActClass


@dataclass(frozen=True, slots=True)
class Deed:
    """One act, its class, and how many rulebooks have a clause for it or for what it is a kind of."""

    act: Act
    of: ActClass
    n_rulebooks: int

    def as_json(self) -> dict[str, Any]:
        """Return the act."""
        act = self.act
        return {
            "id": act.id,
            "label": act.label,
            "class": act.class_,
            "is_a": [act.is_a] if act.is_a else [],
            "rulebooks": self.n_rulebooks,
        }


@dataclass(frozen=True)
class Deeds(Answer):
    """Every act that the rulebooks may name, class by class."""

    deeds: tuple[Deed, ...]
    n_rulebooks: int

    def as_json(self) -> dict[str, Any]:
        """Return the acts in the order of their classes."""
        return {
            "about": None,
            "as_at": None,
            "rulebooks": self.n_rulebooks,
            "acts": [deed.as_json() for deed in self.deeds],
        }

    def blocks(self) -> list[Block]:
        """Return one grid for each class."""
        classes = {deed.of.id: deed.of for deed in self.deeds}
        shown: list[Block] = [
            Heading(f"{len(self.deeds)} acts, and how many of {self.n_rulebooks} rulebooks answer to each", 1)
        ]
        for each in classes.values():
            rows = tuple(
                (deed.act.id, deed.act.label, str(deed.n_rulebooks)) for deed in self.deeds if deed.of.id == each.id
            )
            shown += [
                Heading(f"{each.label} ({each.id}: {each.kind}, {each.tone})"),
                Grid(("act", "what", "rulebooks"), rows, frozenset({2})),
            ]
        note = "An act is answered by a clause that names it, or names what it is a kind of.  Example: glasstown act "
        return [*shown, Paragraph(note + max(self.deeds, key=lambda deed: deed.n_rulebooks).act.id, quiet=True)]

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each act."""
        return {
            "act": [deed.act.id for deed in self.deeds],
            "label": [deed.act.label for deed in self.deeds],
            "class": [deed.of.id for deed in self.deeds],
            "tone": [deed.of.tone for deed in self.deeds],
            "is_a": [deed.act.is_a for deed in self.deeds],
            "rulebooks": [deed.n_rulebooks for deed in self.deeds],
        }


def deeds(further: Sequence[str]) -> Deeds:
    """Return every act with the number of rulebooks that answer, classes in their order, acts in catalogue order."""
    books = library(further)
    found: list[Deed] = []
    for act, acts in known_acts(books).values():
        kind = next(each for each in acts.classes if each.id == act.class_)
        found.append(Deed(act, kind, n_answering(books, act.id, acts)))
    order = list(dict.fromkeys(each.id for held in books for each in held.acts.classes))
    return Deeds(tuple(sorted(found, key=lambda deed: order.index(deed.of.id))), len(books))
