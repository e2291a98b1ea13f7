"""Section 7 of docs/odd.md written down anew, and from that page alone: nothing of the project's own readings is used.

It knows flat points with bounds, grades by score, and lists that clauses enter.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass
class Rules:
    """What the page's section needs to know of a rulebook."""

    base: int
    lowest: int | None
    highest: int | None
    grades: list[tuple[str, int | None, int | None]]
    points: dict[str, int | None]
    order: list[str]
    enters: dict[str, str] = field(default_factory=dict)
    terms: dict[str, int | None] = field(default_factory=dict)
    decided: dict[str, int] = field(default_factory=dict)
    grace_from: dict[str, date] = field(default_factory=dict)
    removed: dict[str, int] = field(default_factory=dict)
    ways: dict[str, set[str]] = field(default_factory=dict)
    first: date = date.min
    end: date | None = None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.end is None or day < self.end)


@dataclass(frozen=True)
class Record:
    """One record: number, clause, day, and what it states."""

    number: int
    clause: str
    day: date
    grace: int = 0
    extension: int = 0


@dataclass(frozen=True)
class Decision:
    """A correction of the record `of`, or a procedure."""

    number: int
    day: date
    name: str
    of: int | None = None


@dataclass
class Hold:
    """One record's hold on a list."""

    list: str
    record: int
    listing: date
    end: date | None
    removal: date | None
    stands: bool = False
    gone: bool = False
    met: bool = False


def months_on(day: date, months: int) -> date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def working_days_on(day: date, n: int) -> date:
    while n:
        day += timedelta(days=1)
        n -= day.weekday() < 5
    return day


@dataclass
class State:
    """A life on its way."""

    rules: Rules
    score: int
    holds: list[Hold] = field(default_factory=list)
    taken: dict[int, int] = field(default_factory=dict)
    corrected: set[int] = field(default_factory=set)

    def move(self, points: int) -> int:
        before = self.score
        after = before + points
        if self.rules.lowest is not None:
            after = max(after, self.rules.lowest)
        if self.rules.highest is not None:
            after = min(after, self.rules.highest)
        self.score = after
        return after - before

    def grade(self) -> str | None:
        for name, low, high in self.rules.grades:
            if (low is None or low <= self.score) and (high is None or self.score < high):
                return name
        return None

    def lists(self) -> frozenset[str]:
        return frozenset(hold.list for hold in self.holds if hold.stands and not hold.gone)

    def take_effect(self, record: Record) -> None:
        if record.number in self.corrected:
            return
        points = self.rules.points.get(record.clause)
        self.taken[record.number] = self.move(points) if points is not None else 0
        name = self.rules.enters.get(record.clause)
        if name is None:
            return
        decision = record.day + timedelta(days=self.rules.decided.get(name, 0))
        first = self.rules.grace_from.get(name)
        grace = record.grace if first is not None and decision >= first else 0
        listing = months_on(decision, grace)
        term = self.rules.terms.get(record.clause)
        end = months_on(listing, term + record.extension) if term is not None else None
        removal = working_days_on(end, self.rules.removed.get(name, 0)) if end is not None else None
        self.holds.append(Hold(name, record.number, listing, end, removal, stands=listing == record.day))

    def correct(self, number: int) -> None:
        self.corrected.add(number)
        self.move(-self.taken.pop(number, 0))
        for hold in self.holds:
            hold.gone = hold.gone or hold.record == number

    def bring(self, name: str, day: date) -> None:
        for hold in self.holds:
            if hold.gone or name not in self.rules.ways.get(hold.list, set()):
                continue
            if not hold.stands:
                hold.gone = True
            elif not hold.met and (hold.end is None or day < hold.end):
                hold.met = True
                hold.removal = working_days_on(day, self.rules.removed.get(hold.list, 0))
                hold.gone = hold.removal == day


def live(
    rules: Rules, records: list[Record], decisions: list[Decision], start: date, until: date
) -> dict[date, tuple[int, str | None, frozenset[str]]]:
    """Return score, grade and lists at the end of every day."""
    state, days = State(rules, rules.base), {}
    place = {clause: n for n, clause in enumerate(rules.order)}
    records = [record for record in records if rules.holds(record.day)]
    decisions = [each for each in decisions if each.day >= rules.first]
    by_number = {record.number: record for record in records}
    day = start
    while day <= until:
        for hold in state.holds:
            hold.gone = hold.gone or (hold.stands and hold.removal is not None and hold.removal <= day)
        today = [each for each in decisions if each.day == day]
        for each in sorted((each for each in today if each.name == "correct"), key=lambda each: each.number):
            assert each.of is not None
            state.correct(each.of)
        for each in sorted((each for each in today if each.name != "correct"), key=lambda each: each.number):
            state.bring(each.name, day)
        due = [hold for hold in state.holds if hold.listing == day and not hold.stands and not hold.gone]
        for hold in sorted(due, key=lambda hold: (place[by_number[hold.record].clause], hold.record)):
            hold.stands = True
        for record in sorted((r for r in records if r.day == day), key=lambda r: (place[r.clause], r.number)):
            state.take_effect(record)
        days[day] = (state.score, state.grade(), state.lists())
        day += timedelta(days=1)
    return days
