"""A filing: what has become of one record so far.

A tally: dated marks that can be counted and summed over a period, and taken back.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from glasstown.interpreter.reading import CapReading
from glasstown.language.model import Campaign, Lock, Override
from glasstown.ledger import Record
from glasstown.types import Quanta


@dataclass(frozen=True, slots=True)
class Nominal:
    """Points before locks and caps; `is_unknown` where the record does not tell them, `campaigns` what multiplied them."""

    quanta: Quanta
    is_unknown: bool
    campaigns: tuple[Campaign, ...]


Barrier: TypeAlias = Literal["lock", "consent"]


@dataclass(frozen=True, slots=True)
class Taking:
    """The points of one record or instalment: what the clause says, what was left of it, what was taken.

    `barrier` is what dropped the points before any cap was asked.
    """

    nominal: Nominal
    granted: Quanta
    taken: Quanta
    barrier: Barrier | None
    cap: CapReading | None
    is_dropped: bool
    is_over_at_once: bool
    lapses_on: date | None


class Tally:
    """Marks in order of their days.  Each stands for one record and the points it took, without sign."""

    __slots__ = ("_days", "_points")

    def __init__(self) -> None:
        self._days: list[date] = []
        self._points: list[Quanta] = []

    def add(self, day: date, points: Quanta = 0) -> None:
        """Set a mark."""
        place = bisect_right(self._days, day)
        self._days.insert(place, day)
        self._points.insert(place, points)

    def take_back(self, day: date, points: Quanta = 0) -> None:
        """Remove a mark that `add` has set with the same day and points."""
        place = self._points.index(points, bisect_left(self._days, day), bisect_right(self._days, day))
        del self._days[place]
        del self._points[place]

    def count(self, first: date, last: date) -> int:
        """Return the number of marks from `first` to `last`, both included."""
        return max(0, bisect_right(self._days, last) - bisect_left(self._days, first))

    def total(self, first: date, last: date) -> Quanta:
        """Return the points of the marks from `first` to `last`, both included."""
        return sum(self._points[bisect_left(self._days, first) : bisect_right(self._days, last)])

    def clear(self) -> None:
        """Remove all marks."""
        self._days.clear()
        self._points.clear()


Fate: TypeAlias = Literal["waiting", "in effect", "not applicable", "withdrawn"]


@dataclass(slots=True)
class Portion:
    """The points that one instalment took (the record itself is the first one), until they lapse."""

    taken: Quanta
    stands: bool = True


@dataclass(slots=True)
class OverrideInForce:
    """A grade set by a record, while it holds."""

    override: Override
    ended: bool = False


@dataclass(slots=True)
class LockInForce:
    """A hold on the score that a record has brought, while it lasts."""

    lock: Lock
    ended: bool = False


@dataclass(slots=True)
class Dispute:
    """An objection to a record, or the review of one that was refused."""

    is_review: bool
    stays: bool
    state: Literal["open", "granted", "refused", "closed"] = "open"
    decided_on: date | None = None


@dataclass(slots=True)
class Filing:
    """One record's course.  `place` is its clause's position, of a ladder the first step's until it takes effect."""

    record: Record
    place: int
    order: int
    counting_day: date
    effect_day: date
    until: date | None
    """first day on which the state no longer lasts, as far as is known by now"""
    fate: Fate = "waiting"
    corrected: bool = False
    wiped: bool = False
    carried: bool = False
    """taken again in a later cycle: no lapse and no instalment any more"""
    rectified: bool = False
    portions: list[Portion] = field(default_factory=list)
    marks: list[tuple[Tally, date, Quanta]] = field(default_factory=list)
    overrides: list[OverrideInForce] = field(default_factory=list)
    locks: list[LockInForce] = field(default_factory=list)
    dispute: Dispute | None = None

    @property
    def is_stayed(self) -> bool:
        """Whether an objection keeps the record's holds off their lists."""
        return self.dispute is not None and self.dispute.stays and self.dispute.state in ("open", "granted")

    @property
    def counts(self) -> bool:
        """Whether the record has taken effect and is neither corrected nor wiped."""
        return self.fate == "in effect" and not self.is_cancelled

    @property
    def is_cancelled(self) -> bool:
        """Whether nothing that the record had pending will still happen."""
        return self.corrected or self.wiped

    def mark(self, tally: Tally, day: date, points: Quanta = 0) -> None:
        """Count the record in a tally, so that it can be taken back."""
        tally.add(day, points)
        self.marks.append((tally, day, points))

    def count_nowhere(self) -> None:
        """Take the record out of every tally that counts it."""
        for tally, day, points in self.marks:
            tally.take_back(day, points)
        self.marks.clear()

    def standing(self) -> Quanta:
        """Return the points of the record that have not returned yet, all instalments together."""
        return sum(portion.taken for portion in self.portions if portion.stands)

    def let_go(self) -> None:
        """Say that none of its points stand any more."""
        for portion in self.portions:
            portion.stands = False
