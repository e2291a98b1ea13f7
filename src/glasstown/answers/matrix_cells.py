"""The cells of a matrix: what a rulebook says of a topic, or why there is nothing; and which matrices there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from glasstown.answers.compare_rules_rows import clause_rows, measure_rows
from glasstown.answers.rights import rights_rows

if TYPE_CHECKING:
    from glasstown.answers.compare_rules_rows import Row, Rows, Statement
    from glasstown.archive.library import Held

State: TypeAlias = Literal["says", "denies", "silent", "absent", "unread"]
STATES: Final[dict[State, str]] = {
    "says": "says something of it",
    "denies": "says that there is none",
    "silent": "was read, and says nothing of it",
    "absent": "is reported to have nothing of it",
    "unread": "was not read in full, so what it says of it is unknown",
}
"""what a cell can be, in words"""
BY_SECTION: Final[dict[str, State]] = {
    "read": "silent", "silent": "silent", "reported absent": "absent", "unread": "unread",
}  # fmt: skip
UNSAID: Final[tuple[State, ...]] = ("silent", "absent", "unread")
"""cells without a statement"""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of matrix: its title, its rows, and the section that would speak of each row."""

    title: str
    rows: Rows
    section: str | None


MATRICES: Final = {
    "rights": Kind("Rights", rights_rows, None),
    "acts": Kind("Acts", clause_rows, "catalogue"),
    "measures": Kind("Measures, by gate", measure_rows, "measures"),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell: a rulebook, a topic, and what it says, or why there is nothing."""

    held: Held
    row: Row
    state: State
    statements: tuple[Statement, ...]
    section: str | None
    """what was read of the section that would speak of it"""

    @property
    def named(self) -> str:
        """The rulebook, with what of the section was read."""
        return f"{self.held.reference} ({self.section})" if self.section else self.held.reference


def spot_of(held: Held, row: Row, said: tuple[Statement, ...], section: str) -> Spot:
    """Return a cell: what is said, or by how far the section was read, why nothing is."""
    read = getattr(held.book.sections, section)
    if said:
        return Spot(held, row, "denies" if all(each.denies for each in said) else "says", said, read.note)
    return Spot(held, row, BY_SECTION[read.read], (), read.note)
