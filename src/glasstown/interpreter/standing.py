"""Where a life stands: score, grade, lists, measures, each found anew after every entry (sections 5 to 7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from glasstown.interpreter.account import Given
from glasstown.interpreter.filing import Filing, OverrideInForce
from glasstown.interpreter.reading import Reading, has_condition
from glasstown.rulebook.model import ListRule, When
from glasstown.types import GradeId, Quanta


@dataclass(slots=True)
class Hold:
    """One entry on a list; `filing` is None where the list's own condition brought it."""

    filing: Filing | None
    ended: bool = False


class Standing:
    """Score, grade, lists and measures of one life, on one day after another."""

    def __init__(self, reading: Reading, given: Given) -> None:
        self.reading = reading
        self.given = given
        self.sum = reading.base
        self.overrides: list[OverrideInForce] = []
        self.holds: list[list[Hold]] = [[] for _ in reading.book.lists]
        self.on_list = [False] * len(reading.book.lists)
        self.grade: GradeId | None = None

    @property
    def score(self) -> Quanta:
        """The score shown; with `latent` the sum may lie beyond it."""
        return self.reading.shown(self.sum)

    def move(self, granted: Quanta) -> Quanta:
        """Move the score (rule 3.6) and return what was taken: less than granted only where a bound stops it."""
        if self.reading.book.score.beyond_bounds == "latent":
            self.sum += granted
            return granted
        before = self.sum
        self.sum = self.reading.shown(self.sum + granted)
        return self.sum - before

    def return_to_base(self) -> None:
        """Set the score, and the sum behind it, to the base."""
        self.sum = self.reading.base

    def find_grade(self) -> None:
        """Find the grade of the score, then what overrides in force make of it (section 5)."""
        score, grade = self.score, None
        for place, band in enumerate(self.reading.grades):
            below = band.below is None or score < band.below
            if band.is_reached_by_score and below and (band.first is None or score >= band.first):
                grade = place
                break
        self.overrides = [o for o in self.overrides if not o.ended]
        if (exactly := self._worst("exactly")) is not None:
            grade = exactly
        if (floor := self._worst("no_worse")) is not None:
            grade = floor if grade is None else min(grade, floor)
        if (ceiling := self._worst("no_better")) is not None:
            grade = ceiling if grade is None else max(grade, ceiling)
        self.grade = None if grade is None else self.reading.grades[grade].grade.id

    def _worst(self, holds: str) -> int | None:
        """Return the position of the worst grade among overrides in force of one kind."""
        places = self.reading.grade_place
        return max((places[o.override.grade] for o in self.overrides if o.override.holds == holds), default=None)

    def condition_holds(self, rule: ListRule, assessed_day: date | None = None) -> bool:
        """Return whether a list's condition holds now; a household's average exists on assessed days alone."""
        entry, quantum = rule.entry, self.reading.book.score.quantum
        if entry.score_at_most is not None:
            return self.score * quantum <= entry.score_at_most
        if entry.score_at_least is not None:
            return self.score * quantum >= entry.score_at_least
        if entry.household_average_above is not None:
            mean = self.household_score(assessed_day) if assessed_day else None
            return mean is not None and mean > entry.household_average_above
        return self.grade in entry.grades if has_condition(rule) else False

    def household_score(self, day: date) -> Decimal | None:
        """Return the household's mean score on a day, None where it is not given."""
        scores = self.given.household_score
        return scores if scores is None or isinstance(scores, Decimal) else scores.get(day)

    def lists(self) -> tuple[str, ...]:
        """Return the lists that the subject is on, in file order."""
        return tuple(r.id for r, on in zip(self.reading.book.lists, self.on_list, strict=True) if on)

    def measures(self, clause: str | None = None) -> tuple[str, ...]:
        """Return the measures in force, in file order, and those that come with `clause` without lasting."""
        lists = set(self.lists())
        return tuple(m.id for m in self.reading.book.measures if self._is_in_force(m.when, lists, clause))

    def _is_in_force(self, when: When | str, lists: set[str], clause: str | None) -> bool:
        if not isinstance(when, When):
            return False
        return self.grade in when.grades or clause in when.clauses or any(name in lists for name in when.lists)

    def drop_holds(self, place: int, which: Iterable[Hold]) -> None:
        """End holds of a list; the bit follows when the list is next looked at."""
        for hold in which:
            hold.ended = True
        self.holds[place] = [hold for hold in self.holds[place] if not hold.ended]
