"""Where a life stands: score, grade, lists, measures, each found anew after every entry (sections 5 to 7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from glasstown.interpreter.filing import Filing, LockInForce, OverrideInForce
from glasstown.interpreter.reading import GradeReading, Reading, has_condition
from glasstown.language.days import covers
from glasstown.language.model import ListRule, Span, When
from glasstown.ledger import Given
from glasstown.types import GradeId, Quanta


@dataclass(slots=True, eq=False)
class Hold:
    """One entry on a list; `filing` is None where the list's own condition brought it."""

    filing: Filing | None
    listed_on: date | None = None
    """None while the hold waits"""
    term: Span | None = None
    term_end: date | None = None
    removed_on: date | None = None
    """the day on which a hold that a procedure has ended leaves the list"""
    ended: bool = False

    @property
    def stands(self) -> bool:
        """Whether the hold puts the subject on the list: it is listed, and no objection stays it."""
        is_stayed = self.filing is not None and self.filing.is_stayed
        return self.listed_on is not None and not self.ended and not is_stayed


class Standing:
    """Score, grade, lists and measures of one life, on one day after another."""

    def __init__(self, reading: Reading, given: Given) -> None:
        self.reading = reading
        self.given = given
        self.sum = reading.base
        self.parts = {name: part.base for name, part in reading.parts.items()}
        self.balance: Quanta | None = None if reading.book.balance is None else 0
        self.consent: bool | None = None if reading.book.consent is None else False
        self.cutoffs: dict[int, Quanta | None] = {}
        """position of a quota grade -> the lowest score that reaches it"""
        self.overrides: list[OverrideInForce] = []
        self.locks: list[LockInForce] = []
        self.holds: list[list[Hold]] = [[] for _ in reading.book.lists]
        self.on_list = [False] * len(reading.book.lists)
        self.met = [False] * len(reading.book.lists)
        """whether the condition of a list that it enters once held when the list was last looked at"""
        self.grade: GradeId | None = None
        """the grade that stands: that of the day, or the one that was published last"""
        self.of_the_day: GradeId | None = None
        self.assessed: GradeId | None = None
        """the grade of the day when one was found for publication last"""

    @property
    def score(self) -> Quanta:
        """The score shown: with `latent` the sum may lie beyond it, and a lock may hide a part of it."""
        quantum = self.reading.book.score.quantum
        tops = [int(o.lock.at_most // quantum) for o in self.locks if not o.ended and o.lock.at_most is not None]
        return min([self.reading.shown(self.sum), *tops])

    def move(self, granted: Quanta, part: str | None = None) -> Quanta:
        """Move the score, and the part of it that is meant (rule 3.6), and return what was taken."""
        if part is not None:
            granted = self.reading.parts[part].shown(self.parts[part] + granted) - self.parts[part]
        before, self.sum = self.sum, self.sum + granted
        if self.reading.book.score.beyond_bounds == "saturate":
            self.sum = self.reading.shown(self.sum)
        if part is not None:
            self.parts[part] += self.sum - before
        return self.sum - before

    def return_to_base(self) -> None:
        """Set the score, the sum behind it and its parts to the base."""
        self.sum = self.reading.base
        self.parts = {name: part.base for name, part in self.reading.parts.items()}

    def frozen_by(self, nominal: Quanta) -> LockInForce | None:
        """Return the lock under which a record with these points is dropped (rule 3.5), or None."""
        freezing = ("all", "rewards") if nominal > 0 else ("all",)
        return next((o for o in self.locks if not o.ended and o.lock.freezes in freezing), None)

    def find_grade(self) -> None:
        """Find the grade anew, and let go of what has ended."""
        self.overrides = [o for o in self.overrides if not o.ended]
        self.locks = [o for o in self.locks if not o.ended]
        self.of_the_day = self.grade_now()
        if self.reading.book.grades_published is None:
            self.grade = self.of_the_day

    @property
    def running(self) -> GradeId | None:
        """The grade of the day beside one that is published; None where none is."""
        return None if self.reading.book.grades_published is None else self.of_the_day

    def grade_now(self) -> GradeId | None:
        """Return the grade of the score, and what overrides in force make of it (section 5)."""
        if self.consent is False:
            return None
        score = self.score
        reached = (n for n, band in enumerate(self.reading.grades) if self._covers(n, band, score))
        grade = next(reached, None)
        if (exactly := self._worst("exactly")) is not None:
            grade = exactly
        if (floor := self._worst("no_worse")) is not None:
            grade = floor if grade is None else min(grade, floor)
        if (ceiling := self._worst("no_better")) is not None:
            grade = ceiling if grade is None else max(grade, ceiling)
        return None if grade is None else self.reading.grades[grade].grade.id

    def _covers(self, place: int, band: GradeReading, score: Quanta) -> bool:
        first = self.cutoffs.get(place) if band.has_quota else band.first
        if not band.is_reached_by_score or (band.has_quota and first is None):
            return False
        return (band.below is None or score < band.below) and (first is None or score >= first)

    def _worst(self, holds: str) -> int | None:
        """Return the position of the worst grade among overrides in force of one kind."""
        places = self.reading.grade_place
        in_force = (o for o in self.overrides if not o.ended and o.override.holds == holds)
        return max((places[o.override.grade] for o in in_force), default=None)

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

    def measures(self, day: date, clause: str | None = None) -> tuple[str, ...]:
        """Return the measures in force, in file order, and those that come with `clause` without lasting."""
        lists, is_law = set(self.lists()), self.reading.is_law(day)
        measures = (m for m in self.reading.book.measures if is_law and covers(m.in_force, day))
        return tuple(m.id for m in measures if self._is_in_force(m.when, lists, clause))

    def published(self, day: date, clause: str | None = None) -> tuple[str, ...]:
        """Return the items of publicity that are about the subject as it stands on a day, in file order."""
        lists = set(self.lists())
        if not self.reading.is_law(day):
            return ()
        return tuple(p.id for p in self.reading.book.publicity if self._is_in_force(p.when, lists, clause))

    def _is_in_force(self, when: When | str | None, lists: set[str], clause: str | None) -> bool:
        if not isinstance(when, When):
            return False
        return self.grade in when.grades or clause in when.clauses or any(name in lists for name in when.lists)

    def drop_holds(self, place: int, which: Iterable[Hold]) -> None:
        """End holds of a list; the bit follows when the list is next looked at."""
        for hold in which:
            hold.ended = True
        self.holds[place] = [hold for hold in self.holds[place] if not hold.ended]
