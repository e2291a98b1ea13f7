"""The compiled rulebook: tables of integers, with a map from every row back to its clause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from glasstown.compiler import rulebook_rows as rows
from glasstown.compiler.rulebook_rows import (
    Answer,
    Book,
    Campaign,
    Cap,
    Clause,
    Dated,
    Exclusion,
    Ladder,
    List,
    Measure,
    Part,
    Procedure,
    Reach,
    Share,
    Turn,
)
from glasstown.language.model import Grade, Rulebook
from glasstown.rows import Rows, as_array


@dataclass(frozen=True, slots=True)
class CompiledRules:
    """A rulebook as the engine reads it.

    What a row says stands in rulebook_rows.py; nothing of it can be written to.

    steps   the clauses of all ladders, one ladder after the other
    """

    rulebook: Rulebook
    clauses: Rows[Clause]
    caps: Rows[Cap]
    ladders: Rows[Ladder]
    steps: tuple[int, ...]
    grades: Rows[rows.Grade]
    lists: Rows[List]
    procedures: Rows[Procedure]
    measures: Rows[Measure]
    dated: Rows[Dated]
    shares: Rows[Share]
    campaigns: Rows[Campaign]
    parts: Rows[Part]
    turns: Rows[Turn]
    reaches: Rows[Reach]
    exclusions: Rows[Exclusion]
    answers: Rows[Answer]
    book: Book
    flags: tuple[str, ...]

    @property
    def quantum(self) -> Decimal:
        """Return the rulebook's smallest step, in points."""
        return self.rulebook.score.quantum

    @property
    def days(self) -> tuple[int, int]:
        """Return the first day of the scheme and the first beyond it, as ordinals of the calendar."""
        return int(self.book.from_), int(self.book.until)

    def is_law(self, day: date) -> bool:
        """Return whether the scheme is in force on a day."""
        first, beyond = self.days
        return first <= day.toordinal() < beyond

    def law_of_measures(self, day: date) -> tuple[bool, ...]:
        """Return for each measure whether it is law on a day, in file order."""
        ordinal, measures = day.toordinal(), as_array(self.measures)
        return tuple(((measures["from_"] <= ordinal) & (ordinal < measures["until"])).tolist())

    def clause_ids(self) -> tuple[str, ...]:
        """Return the clause of every row."""
        return tuple(clause.id for clause in self.rulebook.clauses)

    def grade_ids(self) -> tuple[str, ...]:
        """Return the grade of every row, best first."""
        return tuple(grade.id for grade in subject_grades(self.rulebook))

    def list_ids(self) -> tuple[str, ...]:
        """Return the list of every row."""
        return tuple(rule.id for rule in self.rulebook.lists)

    def measure_ids(self) -> tuple[str, ...]:
        """Return the measure of every row."""
        return tuple(measure.id for measure in self.rulebook.measures)


def subject_grades(book: Rulebook) -> tuple[Grade, ...]:
    """Return the grades of single subjects, best first; household grades stand apart."""
    return tuple(grade for grade in book.grades if grade.of == "subject")
