"""The compiled rulebook: tables of integers, with a map from every row back to its clause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from glasstown.compiler import columns as col
from glasstown.language.model import Grade, Rulebook

Table = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CompiledRules:
    """A rulebook as the engine reads it.

    Shapes: C clauses, A acts of the catalogue, N columns of `columns.py`.

    clauses   (C, N)       one row a clause, in file order
    caps      (n, N)       one row a cap; a clause names its caps by row
    ladders   (n, N)       one row a ladder, steps padded with -1
    grades    (n, 3)       quanta from and below, best grade first, and from after the month's cut-offs
    lists     (n, N)       one row a list, in file order
    procedures (4, 3)      pass-test, repair, apply, perform
    measures  (n, 4)       bits of grades and of lists that put it in force, and the days on which it is law
    dated     (n, 5)       dated values of clauses, earliest first
    campaigns (n, 5)       a row for each campaign and clause that it is about
    parts     (n, 3)       base and bounds of the score's parts, where a clause names one
    turns     (n, 2)       first days of cycles
    reaches   (n, 3)       clauses whose records are followed by records of others, these, and the tie
    exclusions (n, 3)      circumstances that keep a clause from applying, and their days
    book      (N,)         base, bounds and counts
    answers   (n, 5)       act, first amount, first amount beyond, clause that answers, 1 where it stands for its ladder
    """

    rulebook: Rulebook
    clauses: Table
    caps: Table
    ladders: Table
    grades: Table
    lists: Table
    procedures: Table
    measures: Table
    dated: Table
    campaigns: Table
    parts: Table
    turns: Table
    reaches: Table
    exclusions: Table
    book: Table
    answers: Table
    flags: tuple[str, ...]

    @property
    def quantum(self) -> Decimal:
        """Return the rulebook's smallest step, in points."""
        return self.rulebook.score.quantum

    @property
    def days(self) -> tuple[int, int]:
        """Return the first day of the scheme and the first beyond it, as ordinals of the calendar."""
        return int(self.book[col.B_FROM]), int(self.book[col.B_UNTIL])

    def is_law(self, day: date) -> bool:
        """Return whether the scheme is in force on a day."""
        return self.days[0] <= day.toordinal() < self.days[1]

    def law_of_measures(self, day: date) -> tuple[bool, ...]:
        """Return for each measure whether it is law on a day, in file order."""
        first, beyond = self.measures[:, col.M_FROM], self.measures[:, col.M_UNTIL]
        return tuple(((first <= day.toordinal()) & (day.toordinal() < beyond)).tolist())

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


def frozen(values: list[list[int]], columns: int) -> Table:
    """Return rows as a read-only table; an empty one keeps its width."""
    table = np.array(values, dtype=np.int64).reshape(len(values), columns)
    table.setflags(write=False)
    return table
