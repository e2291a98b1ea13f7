"""The rulebook made ready to be lived under: positions of its parts, and its numbers in quanta."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from glasstown.interpreter.calendar import Period, add_span, period_around
from glasstown.language.acts import ActCatalogue
from glasstown.language.model import Cap, Clause, Grade, Ladder, ListRule, Rulebook, Score, Span
from glasstown.language.resolve import ClauseEntry, answering, entry_for_act
from glasstown.types import UNKNOWN, Quanta

ListKind: TypeAlias = Literal["while", "assessed", "held"]


@dataclass(frozen=True, slots=True)
class CapReading:
    """One cap with a name of its own; `name` is what a ledger line says."""

    name: str
    cap: Cap
    points: Quanta | None


@dataclass(frozen=True, slots=True)
class GradeReading:
    """The scores that a grade covers, in quanta; None where an end does not bind."""

    grade: Grade
    first: Quanta | None
    below: Quanta | None
    is_reached_by_score: bool

    @property
    def has_quota(self) -> bool:
        """Whether published cut-offs say where the grade begins."""
        return self.grade.from_ == "quota"


@dataclass(frozen=True, slots=True)
class PartReading:
    """A sub-account of the base and its bounds, in quanta; None where a bound is not given."""

    base: Quanta
    lowest: Quanta | None
    highest: Quanta | None

    def shown(self, points: Quanta) -> Quanta:
        """Return points held within the part's bounds."""
        return _within(points, self.lowest, self.highest)


@dataclass(frozen=True, slots=True)
class Reading:
    """A rulebook with its positions and quanta worked out once."""

    book: Rulebook
    acts: ActCatalogue
    clause_place: Mapping[str, int]
    ladder_of: Mapping[int, int]
    """position of a clause -> position of the ladder that it is a step of"""
    caps: tuple[tuple[CapReading, ...], ...]
    """for each clause the caps over it: its own, its group's, the score's"""
    grades: tuple[GradeReading, ...]
    grade_place: Mapping[str, int]
    base: Quanta
    lowest: Quanta | None
    highest: Quanta | None
    parts: Mapping[str, PartReading]
    list_place: Mapping[str, int]
    list_kinds: tuple[ListKind, ...]

    @property
    def end(self) -> date:
        """The first day on which the scheme is not in force any more; the calendar's last where none is known."""
        until = self.book.in_force.until
        return until if isinstance(until, date) else date.max

    def is_law(self, day: date) -> bool:
        """Return whether the scheme is in force on a day; an end that is not known does not bind."""
        return self.book.in_force.from_ <= day < self.end or day == self.end == date.max

    def clause(self, place: int) -> Clause:
        """Return the clause at a position."""
        return self.book.clauses[place]

    def ladder(self, place: int) -> Ladder:
        """Return the ladder at a position."""
        return self.book.ladders[place]

    def order_of(self, clause_place: int) -> int:
        """Return the clause order of a record: the clause's place, or that of its ladder's first step."""
        ladder = self.ladder_of.get(clause_place)
        return clause_place if ladder is None else self.clause_place[self.ladder(ladder).steps[0]]

    def first_clause(self, clause: str | None, act: str | None, amount: Decimal | None) -> int | None:
        """Return the position of the clause that a record names or whose act it names; of a ladder, the first step.

        None where no clause covers the act with this amount.
        """
        if clause is not None:
            return self.clause_place[clause]
        assert act is not None
        entry = entry_for_act(answering(self.book, amount), self.acts, act)
        if entry is None:
            return None
        if isinstance(entry, ClauseEntry):
            return entry.clause_index
        return self.clause_place[self.ladder(entry.ladder_index).steps[0]]

    def shown(self, points: Quanta) -> Quanta:
        """Return a sum held within the bounds; unknown bounds do not bind."""
        return _within(points, self.lowest, self.highest)

    def after(self, day: date, span: Span | None) -> date:
        """Return the day a span later, working days being those of the rulebook."""
        return add_span(day, span, self.book.working_days)

    def period(self, per: Period, day: date) -> tuple[date, date]:
        """Return first and last day of the calendar period or window that `day` closes."""
        return period_around(per, day, self.book.working_days)


def _within(points: Quanta, lowest: Quanta | None, highest: Quanta | None) -> Quanta:
    held = points if lowest is None else max(points, lowest)
    return held if highest is None else min(held, highest)


def to_quanta(number: Decimal, quantum: Decimal) -> Quanta:
    """Return a number of points in quanta; `ValueError` where it is not a whole number of them."""
    quanta, rest = divmod(number, quantum)
    if rest:
        raise ValueError(f"{number} is not a whole number of steps of {quantum}")
    return int(quanta)


def list_kind(rule: ListRule) -> ListKind:
    """Return which of the kinds of section 6 a list is."""
    if rule.entry.assessed:
        return "assessed"
    return "while" if has_condition(rule) and rule.leaves.when_condition_ends else "held"


def has_condition(rule: ListRule) -> bool:
    """Return whether a list is entered by a condition."""
    entry = rule.entry
    numbers = (entry.score_at_most, entry.score_at_least, entry.household_average_above)
    return bool(entry.grades) or any(number is not None for number in numbers)


def read(book: Rulebook, acts: ActCatalogue) -> Reading:
    """Return the rulebook made ready."""
    quantum, score = book.score.quantum, book.score
    places = {clause.id: place for place, clause in enumerate(book.clauses)}
    group_caps = {g.id: _caps(f"group {g.id}", g.caps, quantum) for g in book.groups}
    all_caps = _caps("score", score.caps, quantum)

    return Reading(
        book=book,
        acts=acts,
        clause_place=places,
        ladder_of={places[step]: n for n, ladder in reversed([*enumerate(book.ladders)]) for step in ladder.steps},
        caps=tuple(
            (*_caps(f"clause {c.id}", c.caps, quantum), *(group_caps[c.group] if c.group else ()), *all_caps)
            for c in book.clauses
        ),
        grades=tuple(
            GradeReading(
                g, _from(g.from_, quantum), _from(g.below, quantum), not score.black_box and _is_reached_by_score(g)
            )
            for g in book.grades
        ),
        grade_place={grade.id: place for place, grade in enumerate(book.grades)},
        base=_base(score, quantum),
        lowest=_end(score.lowest.value, quantum),
        highest=_end(score.highest.value, quantum),
        parts={
            part.id: PartReading(
                to_quanta(part.value, quantum), _end(part.lowest, quantum), _end(part.highest, quantum)
            )
            for part in score.parts
            if any(clause.part is not None for clause in book.clauses)
        },
        list_place={rule.id: place for place, rule in enumerate(book.lists)},
        list_kinds=tuple(list_kind(rule) for rule in book.lists),
    )


def _caps(owner: str, caps: tuple[Cap, ...], quantum: Decimal) -> tuple[CapReading, ...]:
    return tuple(
        CapReading(f"{owner}, cap {n}", cap, None if cap.points is None else to_quanta(cap.points, quantum))
        for n, cap in enumerate(caps, start=1)
    )


def _end(value: Decimal | str | None, quantum: Decimal) -> Quanta | None:
    return to_quanta(value, quantum) if isinstance(value, Decimal) else None


def _base(score: Score, quantum: Decimal) -> Quanta:
    """Return where a life begins: the base, or where it is unknown 0, or the bound nearest to 0 that keeps 0 out."""
    known = _end(score.base.value, quantum)
    lowest, highest = (_end(bound.value, quantum) for bound in (score.lowest, score.highest))
    if known is not None:
        return known
    if lowest is not None and lowest > 0:
        return lowest
    return highest if highest is not None and highest < 0 else 0


def _from(end: Decimal | str, quantum: Decimal) -> Quanta | None:
    """Return the first score at or above an end, None where it is open or unknown."""
    return -int(-end // quantum) if isinstance(end, Decimal) else None


def _is_reached_by_score(grade: Grade) -> bool:
    """Section 5: an end that is open or unknown does not bind, but a grade needs something known to be reached."""
    if grade.of != "subject":
        return False
    ends = (grade.from_, grade.below)
    return UNKNOWN not in ends or grade.from_ == "quota" or any(isinstance(end, Decimal) for end in ends)
