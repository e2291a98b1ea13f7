"""Short words for the cells of a table: points, fine, term, evidence.  Whole sentences are in `render/clause_words.py`.

What one record does to somebody who stands at the base: score and grade before and after, told by the interpreter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from glasstown import wording
from glasstown.archive.extent import clause_extent, keeps_score
from glasstown.errors import CaseError
from glasstown.language.days import covers
from glasstown.language.model import MoneyRange, PointsDated, PointsRange, PointsRate
from glasstown.render.case_words import list_labels
from glasstown.render.law_words import span, standing
from glasstown.types import UNKNOWN

if TYPE_CHECKING:
    from glasstown.archive.library import Held
    from glasstown.language.model import Cite, Clause, DatedPoints, Rulebook, Span

NONE = "–"
"""what a cell holds where there is nothing to say"""


def signed(value: Decimal | str) -> str:
    """Return `−20`, `+3`, `0` or `unknown`; the sign is always there, so that a deduction cannot be overlooked."""
    return UNKNOWN if isinstance(value, str) else wording.signed(value)


def points(clause: Clause, day: date | None = None) -> str:
    """Return a clause's points; of values by date the one of that day, or all of them where no day is named."""
    value = clause.points
    if value is None:
        return NONE
    if isinstance(value, PointsRange):
        return f"{signed(value.least)} to {signed(value.most)}"
    if isinstance(value, PointsRate):
        return f"{signed(value.each)} per {value.of if value.per == 1 else wording.counted(value.per, value.of)}"
    if isinstance(value, PointsDated):
        return _dated(value, day)
    return signed(value)


def _dated(value: PointsDated, day: date | None) -> str:
    """Return the values in force on the day, each with its days where there are several."""
    if day is None:
        return "; ".join(f"{signed(entry.value)}{_days(entry)}" for entry in value.dated)
    held = [entry for entry in value.dated if covers(entry, day)]
    return "; ".join(signed(entry.value) for entry in held) or NONE


def _days(entry: DatedPoints) -> str:
    first = f" from {entry.from_.isoformat()}" if entry.from_ else ""
    return first + (f" until {entry.until.isoformat()}" if entry.until else "")


def fine(clause: Clause) -> str:
    """Return a fine in yuan."""
    amount = clause.fine
    if amount is None:
        return NONE
    if isinstance(amount, MoneyRange):
        return f"{amount.least} to {amount.most} yuan"
    return f"{amount} yuan" if isinstance(amount, int) else UNKNOWN


def length(term: Span | str | None) -> str:
    """Return a length of time, or the word that stands for it."""
    if term is None:
        return NONE
    return term if isinstance(term, str) else span(term)


def lapse(clause: Clause) -> str:
    """Return after how long the points return."""
    return NONE if clause.lapse is None else length(clause.lapse.after)


def consequence(clause: Clause, book: Rulebook) -> str:
    """Return the list that a clause enters, by its label, and the grade that it sets."""
    said = [f"list '{list_labels(book)[clause.enters.list]}'"] if clause.enters is not None else []
    if clause.override is not None:
        said.append(f"grade {clause.override.grade}")
    return ", ".join(said) or NONE


def evidence(cite: Cite) -> str:
    """Return how well a statement is documented, and how its source was read when it was not its own text."""
    return standing(cite)


LONGEST = timedelta(days=3 * 366)
"""how long the effect of the record is waited for"""


@dataclass(frozen=True, slots=True)
class First:
    """The state before and after a first record; scores are exact decimal strings, None where the scheme keeps none.

    labels   the lists in words
    """

    before: str | None
    after: str | None
    grade_before: str | None
    grade: str | None
    lists: tuple[str, ...]
    labels: tuple[str, ...] = ()

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
            moved = f"the score stays {wording.grouped(self.before)}"
            if self.before != self.after and self.after is not None:
                moved = f"{wording.grouped(self.before)} → {wording.grouped(self.after)}"
            said.append(moved)
        if self.grade is not None:
            changed = self.grade_before != self.grade
            said.append(
                f"grade {self.grade_before or 'none'} → {self.grade}" if changed else f"grade stays {self.grade}"
            )
        if self.labels:
            named = ", ".join(f"'{each}'" for each in self.labels)
            said.append(f"on the {wording.noun(len(self.labels), 'list')} {named}")
        start = "" if self.before is None else ", from the base"
        return f"a first record{start}: {', '.join(said) or 'nothing changes'}"


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
    on = tuple(list_labels(book)[each] for each in line.lists)
    if not keeps_score(book):
        return First(None, None, before.grade, line.grade, line.lists, on)
    before_points, after_points = (in_points(quanta, book.score.quantum) for quanta in (line.before, line.after))
    return First(before_points, after_points, before.grade, line.grade, line.lists, on)
