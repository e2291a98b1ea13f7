"""Which clause answers to an act, and what a clause of unknown value is taken for.

Both readings of a rulebook ask here, so that they cannot differ (docs/the-day.md, rule 3.1).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from glasstown.errors import Fault, RulebookError
from glasstown.language.acts import ActCatalogue
from glasstown.language.model import Clause, PointsDated, PointsRange, PointsRate, Rulebook

Bound: TypeAlias = Literal["low", "high"]


@dataclass(frozen=True, slots=True)
class ClauseEntry:
    """A record of the act is this clause; `order` is its place in the file."""

    clause_index: int

    @property
    def order(self) -> int:
        """Return the place in the clause order."""
        return self.clause_index


@dataclass(frozen=True, slots=True)
class LadderEntry:
    """A record of the act goes to this ladder, which stands at the place of its first step."""

    ladder_index: int
    order: int


Entry: TypeAlias = ClauseEntry | LadderEntry


def entries_for_act(book: Rulebook, acts: ActCatalogue, act_id: str) -> tuple[Entry, ...]:
    """Return what is left for an act after rule 3.1, in clause order; more than one where the rulebook is faulty.

    The nearest act of the lineage that has clauses decides, even where exceptions then leave one of them alone.
    """
    for kind in acts.lineage(act_id):
        found = tuple(index for index, clause in enumerate(book.clauses) if clause.act == kind)
        if found:
            return _undefeated(book, found)
    return ()


def entry_for_act(book: Rulebook, acts: ActCatalogue, act_id: str) -> Entry | None:
    """Return the clause or ladder that a record of the act goes to, or None where the act is not covered."""
    entries = entries_for_act(book, acts, act_id)
    return entries[0] if entries else None


def is_in_band(clause: Clause, amount: Decimal | None) -> bool:
    """Return whether a clause answers to an amount (rule 3.1); without a band it answers to all."""
    band = clause.amount
    if band is None:
        return True
    return amount is not None and band.from_ <= amount and (band.below is None or amount < band.below)


def answering(book: Rulebook, amount: Decimal | None) -> Rulebook:
    """Return the rulebook as it stands for an amount: what lies outside its band is no clause of its act."""
    if all(is_in_band(clause, amount) for clause in book.clauses):
        return book
    clauses = (c if is_in_band(c, amount) else c.model_copy(update={"act": None}) for c in book.clauses)
    return book.model_copy(update={"clauses": tuple(clauses)})


def ladder_of(book: Rulebook, clause_id: str) -> int | None:
    """Return the position of the ladder that the clause is a step of, or None."""
    return next((n for n, ladder in enumerate(book.ladders) if clause_id in ladder.steps), None)


def _undefeated(book: Rulebook, found: tuple[int, ...]) -> tuple[Entry, ...]:
    """Return the entries of these clauses, less those to which another entry holds an exception.

    The steps of one ladder are one entry: an exception to one of them is an exception to the ladder, and an exception
    that a step makes is made by the ladder.
    """
    entry_of = {book.clauses[index].id: _entry(book, index) for index in found}
    entries = tuple(dict.fromkeys(entry_of.values()))
    defeated = {
        entry_of[general]
        for index in found
        if (general := book.clauses[index].exception_to) in entry_of
        and entry_of[general] != entry_of[book.clauses[index].id]
    }
    return tuple(sorted((entry for entry in entries if entry not in defeated), key=lambda entry: entry.order))


def _entry(book: Rulebook, index: int) -> Entry:
    ladder = ladder_of(book, book.clauses[index].id)
    if ladder is None:
        return ClauseEntry(index)
    first = book.ladders[ladder].steps[0]
    return LadderEntry(ladder, next(n for n, clause in enumerate(book.clauses) if clause.id == first))


def with_unknown(book: Rulebook, mode: Bound) -> Rulebook:
    """Return the rulebook with every unknown number of points replaced by the bound that `mode` names.

    low is the smallest magnitude and high the largest, so that low is mild for deductions and thrifty for rewards.  The
    bound is the clause's own `if_unknown`, else the smallest or largest known magnitude among the clauses of the same
    direction and category, else of the same direction.  What is filled in is cited as assumed, with the reason as note.
    """
    faults = [
        _no_bound(clause)
        for clause in book.clauses
        if clause.points == "unknown" and _bound(book, clause, mode) is None
    ]
    if faults:
        raise RulebookError(f"rulebook '{book.id}' with unknown points at their bounds", faults)
    clauses = tuple(_filled(book, clause, mode) if clause.points == "unknown" else clause for clause in book.clauses)
    return book.model_copy(update={"clauses": clauses})


def _no_bound(clause: Clause) -> Fault:
    return Fault(
        f"clause '{clause.id}'",
        None,
        "unknown points, and no clause of the same direction with known ones",
        "a bound",
        "Give the clause `if_unknown: {least: ..., most: ...}`.",
    )


def _filled(book: Rulebook, clause: Clause, mode: Bound) -> Clause:
    bound = _bound(book, clause, mode)
    assert bound is not None
    points, basis = bound
    note = f"The points are unknown; {points} is the {mode} bound from {basis}."
    cite = clause.cite.model_copy(update={"evidence": "assumed", "note": note})
    return clause.model_copy(update={"points": points, "if_unknown": None, "cite": cite})


def _bound(book: Rulebook, clause: Clause, mode: Bound) -> tuple[Decimal, str] | None:
    """Return the points of the bound, sign included, and where they come from."""
    pick = min if mode == "low" else max
    if clause.if_unknown is not None:
        own = _ends(clause.if_unknown)
        return pick(own, key=abs), "the clause's own range"
    alike = [other for other in book.clauses if other.direction == clause.direction]
    same = [other for other in alike if other.category is not None and other.category == clause.category]
    for others, basis in ((same, f"category '{clause.category}'"), (alike, f"all clauses that {clause.direction}")):
        known = list(_magnitudes(others))
        if known:
            size = pick(known)
            return (-size if clause.direction == "deduct" else size), basis
    return None


def _ends(points: PointsRange) -> tuple[Decimal, ...]:
    return tuple(number for number in (points.least, points.most) if isinstance(number, Decimal))


def _magnitudes(clauses: Iterable[Clause]) -> Iterable[Decimal]:
    """Yield the known magnitudes, without zeros; a range has two, and a rate counts one full portion."""
    for clause in clauses:
        points = clause.points
        if isinstance(points, Decimal):
            numbers: tuple[Decimal, ...] = (points,)
        elif isinstance(points, PointsRange):
            numbers = _ends(points)
        elif isinstance(points, PointsRate):
            numbers = (points.each,)
        elif isinstance(points, PointsDated):
            numbers = tuple(entry.value for entry in points.dated if isinstance(entry.value, Decimal))
        else:
            continue
        yield from (abs(number) for number in numbers if number != 0)
