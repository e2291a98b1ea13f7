"""Days and lengths that lean on each other: periods, dated values, bands, working days, the clocks of lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from glasstown.rulebook.check_names import name_of
from glasstown.rulebook.ground import Ground, parts_of
from glasstown.rulebook.model import AmountBand, Clause, DatedPoints, Extension, Grace, ListRule, Period, Span
from glasstown.rulebook.tree import Keys


def check_days(ground: Ground) -> None:
    """Note periods of no days, values whose days overlap, empty bands, clocks that contradict each other."""
    _periods(ground)
    _working_days(ground)
    for number, clause in enumerate(ground.book.clauses):
        _dated(ground, clause, ("clauses", number))
        _status(ground, clause, ("clauses", number))
    for number, rule in enumerate(ground.book.lists):
        _clock(ground, rule, ("lists", number))


def _periods(ground: Ground) -> None:
    for path, part in parts_of(ground.book):
        subject = name_of(ground, path)
        if isinstance(part, Period | DatedPoints) and part.from_ and part.until and part.until <= part.from_:
            found, expected = f"{part.until}, not after {part.from_}", "a later day"
            ground.add(subject, (*path, "until"), found, expected, "Correct one of the two dates.")
        elif isinstance(part, AmountBand) and part.below is not None and part.below <= part.from_:
            found, expected = f"below {part.below}, not above from {part.from_}", "a band of amounts"
            ground.add(subject, (*path, "below"), found, expected, "Correct one of the two numbers.")
        elif isinstance(part, Extension | Grace) and part.least > part.most:
            found, expected = f"least {part.least} above most {part.most}", "least <= most"
            ground.add(subject, (*path, "least"), found, expected, "Exchange the two.")


def _working_days(ground: Ground) -> None:
    """Without a calendar there is no telling which days are working days."""
    if ground.book.working_days is not None:
        return
    for path, part in parts_of(ground.book):
        if isinstance(part, Span) and part.working_days is not None:
            found = f"{part.working_days} working days, in a rulebook that does not say which days these are"
            way_out = "Add `working_days: {weekend: [Sat, Sun], cite: ...}` to the rulebook."
            ground.add(name_of(ground, path), path, found, "the rulebook's working days", way_out)


def _dated(ground: Ground, clause: Clause, path: Keys) -> None:
    entries = getattr(clause.points, "dated", None)
    if entries is None:
        return
    subject = f"clause '{clause.id}'"
    for number, (one, other) in enumerate(pairwise(entries), start=1):
        place = (*path, "points", "dated", number)
        if one.until is None or other.from_ is None or other.from_ < one.until:
            found = f"values from {one.from_ or 'the beginning'} and from {other.from_ or 'the beginning'} that overlap"
            way_out = "List them earliest first, and end each on the day on which the next begins."
            ground.add(subject, place, found, "one value for a day", way_out)
    own = clause.in_force
    if own is not None and not any(_meet(own, entry) for entry in entries):
        found = "dated values, none of which falls into the clause's own days"
        ground.add(subject, (*path, "points"), found, "days that meet", "Correct `in_force` or the values.")


def _meet(one: Period, other: DatedPoints) -> bool:
    first = max(one.from_ or date.min, other.from_ or date.min)
    return first < min(one.until or date.max, other.until or date.max)


def _status(ground: Ground, clause: Clause, path: Keys) -> None:
    if clause.status and clause.act is not None:
        found = "an act, in a clause about what somebody is"
        ground.add(f"clause '{clause.id}'", (*path, "act"), found, "a status", "Remove `act`, or `status`.")


def _clock(ground: Ground, rule: ListRule, path: Keys) -> None:
    subject, leaves = f"list '{rule.id}'", rule.leaves
    if leaves.not_before is not None:
        if not leaves.on:
            found = "a shortest time before procedures, and no procedure"
            where = (*path, "leaves", "not_before")
            ground.add(subject, where, found, "a procedure under `on`", "Name one, or remove it.")
        elif isinstance(leaves.after, Span) and _days(leaves.not_before) > _days(leaves.after):
            found = "a shortest time that is longer than the term"
            where = (*path, "leaves", "not_before")
            ground.add(
                subject, where, found, "a procedure that can come before the term is over", "Correct one of them."
            )
    if rule.entry.assessed or leaves.when_condition_ends:
        for key in _waits(rule):
            found = f"'{key}' on a list whose condition alone decides"
            ground.add(subject, path, found, "a list that clauses enter", f"Remove '{key}'.")


def _waits(rule: ListRule) -> Iterator[str]:
    given = {
        "decided_within": rule.decided_within,
        "grace": rule.grace,
        "removed_within": rule.leaves.removed_within,
        "not_before": rule.leaves.not_before,
    }
    yield from (key for key, value in given.items() if value is not None)


def _days(span: Span) -> int:
    """Return a length of time in days, months at thirty and working days at seven for five: to compare, not to count with."""
    months = (span.months or 0) + 12 * (span.years or 0)
    return (span.days or 0) + (7 * (span.working_days or 0)) // 5 + 30 * months
