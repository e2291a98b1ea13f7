"""What every check stands on: the rulebook, the acts, the places, and the faults found so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol

from pydantic import BaseModel

from glasstown.errors import Fault, Place, did_you_mean
from glasstown.language.acts import ActCatalogue
from glasstown.language.model import Rulebook
from glasstown.language.tree import Keys

MOST_QUANTA = 1 << 30
"""quanta of a base, a bound, a threshold or a cap: what a life moves on from there has as much room again in 32 bits"""


class Where(Protocol):
    """Says where a value stands in the files that it was read from."""

    def at(self, *path: str | int) -> Place:
        """Return the place of a value, or of the nearest one around it."""

    def key(self, *path: str | int) -> Place:
        """Return the place of a value's key."""


@dataclass
class Ground:
    """A rulebook under examination."""

    book: Rulebook
    acts: ActCatalogue
    where: Where | None
    faults: list[Fault] = field(default_factory=list)

    def add(self, subject: str, path: Keys, found: str, expected: str, way_out: str) -> None:
        """Note a fault at a path of the rulebook."""
        place = self.where.at(*path) if self.where else None
        self.faults.append(Fault(subject, place, found, expected, way_out))

    def refer(
        self, subject: str, path: Keys, name: str | None, known: Sequence[str], kind: str, listed: str = ""
    ) -> bool:
        """Note a fault where the name is none of the known ones; return whether it is (left out counts as known).

        `listed` says where to find the known ones, and what else to do, when no name is near.
        """
        if name is None or name in known:
            return True
        way_out = did_you_mean(name, known) if len(known) <= 20 else did_you_mean_briefly(name, known, kind, listed)
        self.add(subject, path, f"'{name}'", f"the id of {kind}", way_out)
        return False

    def whole(self, subject: str, path: Keys, number: object) -> None:
        """Note a fault where a number is not a whole number of quanta, or is too many; what is no number passes."""
        quantum = self.book.score.quantum
        if isinstance(number, Decimal) and number % quantum != 0:
            way_out = "Round it, or declare a smaller quantum."
            self.add(subject, path, f"{number}", f"a multiple of the quantum {quantum}", way_out)
        self.within(subject, path, number)

    def within(self, subject: str, path: Keys, number: object) -> None:
        """Note a fault where a number of points is more quanta than scores may begin with; what is no number passes."""
        if isinstance(number, Decimal) and abs(number) > MOST_QUANTA * self.book.score.quantum:
            way_out = "Use a larger quantum, or write 'unknown' where the language has it."
            self.add(subject, path, f"{number}", f"at most {MOST_QUANTA} quanta of {self.book.score.quantum}", way_out)

    def repeated(self, kind: str, path: Keys, ids: Iterable[str], key: str = "id") -> None:
        """Note a fault for each id that comes a second time."""
        seen: set[str] = set()
        for number, name in enumerate(ids):
            if name in seen:
                where = (*path, number, key)
                self.add(
                    f"{kind} '{name}'", where, f"the {key} '{name}' again", f"each {key} once", "Rename one of them."
                )
            seen.add(name)

    @cached_property
    def clause_ids(self) -> tuple[str, ...]:
        """Ids of the clauses, in order."""
        return tuple(clause.id for clause in self.book.clauses)

    @cached_property
    def grade_ids(self) -> tuple[str, ...]:
        """Ids of the grades of the subject itself, best first; a condition or an override can name no other."""
        return tuple(grade.id for grade in self.book.grades if grade.of == "subject")

    @cached_property
    def list_ids(self) -> tuple[str, ...]:
        """Ids of the lists, in order."""
        return tuple(rule.id for rule in self.book.lists)

    @cached_property
    def role_ids(self) -> tuple[str, ...]:
        """Ids of the roles of the act catalogue."""
        return tuple(role.id for role in self.acts.roles)


def did_you_mean_briefly(name: str, known: Sequence[str], kind: str, listed: str = "") -> str:
    """Return the way to the right word, without listing more words than a line holds."""
    said = did_you_mean(name, known)
    return said if said.startswith("Did") else listed or f"Name {kind}; there are {len(known)}."


def parts_of(value: Any, path: Keys = ()) -> Iterator[tuple[Keys, BaseModel]]:
    """Yield every model inside a value, itself included, with the path that a file would name it by."""
    if isinstance(value, BaseModel):
        yield path, value
        for name, about in type(value).model_fields.items():
            inner = getattr(value, name)
            if isinstance(inner, BaseModel | tuple):
                yield from parts_of(inner, (*path, about.alias or name))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            if isinstance(item, BaseModel):
                yield from parts_of(item, (*path, number))
