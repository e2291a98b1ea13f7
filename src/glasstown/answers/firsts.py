"""What one record does to somebody who stands at the base: score and grade before and after, told by the interpreter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from glasstown.archive.extent import clause_extent, keeps_score
from glasstown.errors import CaseError
from glasstown.types import UNKNOWN

if TYPE_CHECKING:
    from glasstown.archive.library import Held
    from glasstown.language.model import Clause

LONGEST = timedelta(days=3 * 366)
"""how long the effect of the record is waited for"""


@dataclass(frozen=True, slots=True)
class First:
    """The state before and after a first record; scores are exact decimal strings, None where the scheme keeps none."""

    before: str | None
    after: str | None
    grade_before: str | None
    grade: str | None
    lists: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return both states."""
        return {
            "before": self.before,
            "after": self.after,
            "grade_before": self.grade_before,
            "grade": self.grade,
            "lists": list(self.lists),
        }

    @property
    def words(self) -> str:
        """The states in a sentence."""
        said = []
        if self.before is not None:
            moved = f"{self.before} → {self.after}" if self.before != self.after else f"the score stays {self.before}"
            said.append(moved)
        if self.grade is not None:
            changed = self.grade_before != self.grade
            said.append(
                f"grade {self.grade_before or 'none'} → {self.grade}" if changed else f"grade stays {self.grade}"
            )
        if self.lists:
            said.append(f"on the list {', '.join(self.lists)}")
        return f"a first record, from the base: {', '.join(said) or 'nothing changes'}"


def first_record(held: Held, clause: Clause, as_at: date | None) -> First | None:
    """Return what a first record of the clause does; None where that needs a choice, an amount or an unknown number."""
    from glasstown.interpreter.life import live
    from glasstown.ledger import Life, Record, in_points

    book = held.book
    if clause_extent(clause) != "executable" or clause.points == UNKNOWN or book.score.black_box is not None:
        return None
    if keeps_score(book) and book.score.base.value == UNKNOWN:
        return None
    start = max(book.in_force.from_, as_at or date.min)
    record = Record(id="first", order=0, act_day=start, record_day=start, clause=clause.id)
    try:
        account = live(book, held.acts, Life(start, start + LONGEST, (record,)))
        before = live(book, held.acts, Life(start, start))
    except CaseError:
        return None
    line = next((each for each in account.ledger if each.phase == "record" and each.record == "first"), None)
    if line is None:
        return None
    before_points, after_points = (in_points(quanta, book.score.quantum) for quanta in (line.before, line.after))
    if not keeps_score(book):
        return First(None, None, before.grade, line.grade, line.lists)
    return First(before_points, after_points, before.grade, line.grade, line.lists)
