"""Names and dates: ids come once, citations lead to sources, spans are one length of time, limits of size are kept.

Days and lengths that lean on each other: periods, dated values, bands, working days, the clocks of lists.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from glasstown.language.check_ground import Ground, parts_of
from glasstown.language.model import AmountBand, Cite, Clause, DatedPoints, Extension, Grace, ListRule, Period, Span
from glasstown.language.shape_words import SINGULAR
from glasstown.language.tree import Keys

MOST = {"clauses": 1000, "lists": 16, "measures": 60, "grades": 32, "ladders": 1000, "groups": 1000, "variants": 100}
"""what the engine's tables have room for; grades, lists and measures are bits of one word"""
LONGEST_YEARS = 100
_UNITS = {"days": 366, "working_days": 262, "months": 12, "years": 1}
"""units of a span, and how many of them a year has at most"""


def check_names(ground: Ground) -> None:
    """Note repeated ids, sources that are not there, spans and dates that are none, and too many of anything."""
    _ids(ground)
    _limits(ground)
    _citations(ground)
    _spans(ground)
    _subjects(ground)
    in_force = ground.book.in_force
    if isinstance(in_force.until, date) and in_force.until <= in_force.from_:
        found = f"{in_force.until}, not after {in_force.from_}"
        ground.add("in_force, until", ("in_force", "until"), found, "a later day", "Correct one of the two dates.")


def _ids(ground: Ground) -> None:
    book = ground.book
    ground.repeated("part", ("score", "parts"), (part.id for part in book.score.parts))
    ground.repeated("source", ("sources",), (source.key for source in book.sources), key="key")
    kinds = {
        "grades": "grade",
        "groups": "group",
        "clauses": "clause",
        "ladders": "ladder",
        "lists": "list",
        "measures": "measure",
        "procedures": "procedure",
        "campaigns": "campaign",
        "publicity": "publicity entry",
        "redress": "redress entry",
        "process": "process entry",
        "observations": "observation",
        "variants": "variant",
    }
    for name, kind in kinds.items():
        ground.repeated(kind, (name,), (item.id for item in getattr(book, name)))


def _limits(ground: Ground) -> None:
    for name, most in MOST.items():
        n_items = len(getattr(ground.book, name))
        if n_items > most:
            ground.add(name, (name,), f"{n_items} {name}", f"at most {most}", "Split the scheme into two rulebooks.")


def _citations(ground: Ground) -> None:
    kinds = {source.key: source.kind for source in ground.book.sources}
    known = tuple(kinds)
    for path, part in parts_of(ground.book):
        if not isinstance(part, Cite):
            continue
        subject = name_of(ground, path)
        if not ground.refer(subject, (*path, "source"), part.source, known, "an entry of sources.yaml"):
            continue
        if part.evidence == "official" and kinds[part.source] == "weak":
            found = f"evidence official, from the weak source '{part.source}'"
            way_out = "Write how well that source documents it: reported, or recalled."
            ground.add(subject, (*path, "evidence"), found, "an official text behind official evidence", way_out)


def name_of(ground: Ground, path: Keys) -> str:
    """Return the words for what a path leads to, such as "clause 'a1', cite"."""
    words: list[str] = []
    value: object = ground.book
    for key in path:
        if isinstance(key, int):
            value = value[key]  # type: ignore[index]
            name = getattr(value, "id", getattr(value, "key", None))
            kind = SINGULAR.get(words[-1], words[-1])
            words[-1] = f"{kind} {repr(str(name)) if name is not None else key + 1}"
        else:
            value = getattr(value, key if hasattr(value, key) else f"{key}_")
            words.append(key)
    return ", ".join(words)


def _spans(ground: Ground) -> None:
    for path, part in parts_of(ground.book):
        if not isinstance(part, Span):
            continue
        given = {key: n for key in _UNITS if (n := getattr(part, key)) is not None}
        subject = name_of(ground, path)
        if len(given) != 1:
            found = " and ".join(given) or "no length"
            ground.add(subject, path, found, f"one of {', '.join(_UNITS)}", "Write one of them, as in {months: 6}.")
            continue
        ((unit, number),) = given.items()
        if number > _UNITS[unit] * LONGEST_YEARS:
            ground.add(subject, path, f"{number} {unit}", f"at most {LONGEST_YEARS} years", "Correct the number.")


def _subjects(ground: Ground) -> None:
    """Note subjects and exempt ones whose role is not there, or is one of another kind."""
    kinds = {role.id: role.kind for role in ground.acts.roles}
    for name, word in (("subjects", "subject"), ("exempt", "exempt")):
        for number, each in enumerate(getattr(ground.book, name)):
            subject, path = f"{word} '{each.label}'", (name, number, "role")
            if not ground.refer(subject, path, each.role, ground.role_ids, "a role of the act catalogue"):
                continue
            kind = kinds.get(each.role or "", each.kind)
            if kind != each.kind and each.kind in ("person", "firm"):
                found, expected = f"'{each.role}', a role of a {kind}", f"a role of a {each.kind}"
                ground.add(subject, path, found, expected, "Correct the role, or 'kind'.")


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
        elif isinstance(part, Extension | Grace) and part.most > 12 * LONGEST_YEARS:
            found, expected = f"{part.most} months", f"at most {LONGEST_YEARS} years"
            ground.add(subject, (*path, "most"), found, expected, "Correct the number.")


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
