"""The words of a firm's file: what a firm can be, its duties, what can happen to it, and which rulebooks tell it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from pydantic import Field

from glasstown.language.acts import ActCatalogue
from glasstown.language.files import read_document
from glasstown.language.load import load_acts
from glasstown.language.model import Identifier, Text, Value, Version
from glasstown.paths import data_folder

FIRMS: Final = "firms.yaml"
NEW: Final = "new-firm"
YOUNG: Final = "young-firm"
"""events that the age of a firm brings by itself"""


class Licence(Value):
    """Something that a firm is registered or licensed for."""

    id: Identifier = Field(description="word for it")
    label: Text = Field(description="the licence in words")
    roles: tuple[Identifier, ...] = Field((), description="roles of acts.yaml that come with it")


class Speaking(Value):
    """A rulebook that tells of firms: of all, of those in a place, or of those with a licence."""

    id: Identifier = Field(description="id of the rulebook")
    place: Identifier | None = Field(None, description="only firms there")
    licence: Identifier | None = Field(None, description="only firms with it, or with one that brings the same role")


class Step(Value):
    """How soon something is put right, and the clause by which points come back then; the first step that fits counts."""

    days: int | None = Field(None, ge=1, description="within so many days of the due day")
    same_year: bool = Field(False, description="in the year of the due day")
    yuan: int | None = Field(None, ge=1, description="only where no more tax than this is concerned")
    clause: Identifier = Field(description="clause of the rulebook")


class Repaired(Value):
    """How soon, by one rulebook."""

    book: Identifier = Field(description="id of the rulebook")
    steps: tuple[Step, ...] = Field(min_length=1, description="soonest first")


class Duty(Value):
    """Something that is due on a day."""

    id: Identifier = Field(description="word for it")
    label: Text = Field(description="the duty in words")
    missed: Identifier = Field(description="the event that it is to miss it")
    lasts: bool = Field(False, description="whether the state lasts until it is done")
    procedure: Literal["repair", "perform"] | None = Field(
        None, description="way out that a rulebook has once it is done"
    )
    repaired: tuple[Repaired, ...] = Field((), description="what comes back by how soon it is done")


class Happening(Value):
    """Something that can happen to a firm."""

    id: Identifier = Field(description="word for it")
    label: Text = Field(description="it in words")
    act: Identifier | None = Field(None, description="the act of acts.yaml that it comes to")
    lasts: bool = Field(False, description="whether it can last")
    clauses: dict[str, tuple[Identifier, ...]] = Field(
        default_factory=dict, description="clauses that it comes to, by rulebook"
    )


class FirmWords(Value):
    """data/firms.yaml."""

    glasstown_firms: Version = Field(description="version of the file's format")
    sizes: dict[str, Text] = Field(description="sizes of firms")
    sectors: dict[str, Text] = Field(description="sectors")
    licences: tuple[Licence, ...] = Field(description="licences")
    places: dict[str, Text] = Field(description="places that have rulebooks of their own")
    rulebooks: tuple[Speaking, ...] = Field(description="rulebooks that tell of firms, in the order of the answer")
    apart: dict[str, Text] = Field(description="shipped rulebooks about firms that do not, each with the reason")
    duties: tuple[Duty, ...] = Field(description="duties")
    events: tuple[Happening, ...] = Field(description="events beside the acts of acts.yaml")
    from_head: dict[str, tuple[Identifier, ...]] = Field(
        description="measures that by their words weigh a listing of those who lead a firm, by rulebook"
    )
    decisions: dict[str, Text] = Field(description="decisions about an earlier event")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words as they are looked up, with those of the acts."""

    words: FirmWords
    happenings: dict[str, Happening]
    """of firms, by id: those of the file, and every act of firms"""
    people_s: dict[str, Happening]
    """of a firm's head: every act of people"""
    duties: dict[str, Duty]

    def roles(self, licences: tuple[str, ...]) -> tuple[str, ...]:
        """Return the roles that licences bring, each once."""
        by_id = {each.id: each.roles for each in self.words.licences}
        return tuple(dict.fromkeys(role for name in licences for role in by_id[name]))


@cache
def vocabulary() -> Vocabulary:
    """Return the words of firms' files; `RulebookError` where the shipped file has faults."""
    words, acts = read_document(data_folder() / FIRMS, FirmWords), load_acts()
    return Vocabulary(
        words,
        {**_acts_of(acts, "firm"), **{each.id: each for each in words.events}},
        _acts_of(acts, "person"),
        {each.id: each for each in words.duties},
    )


def _acts_of(acts: ActCatalogue, kind: str) -> dict[str, Happening]:
    return {
        act.id: Happening(id=act.id, label=act.label, act=act.id, lasts=act.spell is not None)
        for act in acts.acts
        if acts.kind_of(act) == kind
    }
