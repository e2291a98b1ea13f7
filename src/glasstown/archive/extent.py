"""How far a clause and a rulebook can be executed: what their evidence allows, derived from the rulebook alone.

A clause is *executable* where it does at least one thing by rule: it moves the score by a known number, range, rate or
dated value, carries a known fine, sets a grade, locks the score or enters a list.  Otherwise it is *unknown* where what
it does is declared unknown, and *shown* where its effect is words alone.

A rulebook without an executable clause is a *record card*: shown and cited, not run.  It is *runnable* where its score
has a known base, or it keeps none; where no unpublished function makes the score; where at least half of its clauses
are executable; and where a grade or a list can be reached.  Every other one is *runnable in part*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, TypeAlias, get_args

from glasstown.language.model import (
    Cite,
    Clause,
    Grade,
    ListRule,
    MoneyRange,
    PointsDated,
    PointsRange,
    PointsRate,
    Rulebook,
)
from glasstown.types import UNKNOWN, Evidence

ClauseExtent: TypeAlias = Literal["executable", "unknown", "shown"]
Extent: TypeAlias = Literal["runnable", "runnable in part", "record card"]

CITED_PARTS = (
    "subjects",
    "exempt",
    "grades",
    "groups",
    "clauses",
    "campaigns",
    "ladders",
    "lists",
    "measures",
    "procedures",
    "publicity",
    "redress",
    "process",
)
"""Parts whose statements count as evidence for a scheme; figures and readings are about it, not of it."""


@dataclass(frozen=True, slots=True)
class ClauseCounts:
    """How many clauses are executable, declared unknown, or shown only; and how many have points nobody knows."""

    executable: int
    unknown: int
    shown: int
    points_unknown: int

    @property
    def all(self) -> int:
        """All clauses."""
        return self.executable + self.unknown + self.shown


@dataclass(frozen=True, slots=True)
class Extended:
    """How far a rulebook can be executed, and what holds it back; nothing does where it is runnable."""

    extent: Extent
    because: tuple[str, ...]


def clause_extent(clause: Clause) -> ClauseExtent:
    """Return how far a clause can be executed."""
    if has_known_points(clause) or isinstance(clause.fine, int | MoneyRange):
        return "executable"
    if clause.override is not None or clause.lock is not None or clause.enters is not None:
        return "executable"
    return "unknown" if has_unknown_points(clause) or clause.fine == UNKNOWN else "shown"


def has_known_points(clause: Clause) -> bool:
    """Return whether a clause moves the score by something known: at least one end of a range, one dated value."""
    points = clause.points
    if isinstance(points, PointsRange):
        return isinstance(points.least, Decimal) or isinstance(points.most, Decimal)
    if isinstance(points, PointsDated):
        return any(isinstance(entry.value, Decimal) for entry in points.dated)
    return isinstance(points, Decimal | PointsRate)


def has_unknown_points(clause: Clause) -> bool:
    """Return whether a clause moves the score by what the record does not give."""
    return clause.points is not None and not has_known_points(clause)


def count_clauses(book: Rulebook) -> ClauseCounts:
    """Count a rulebook's clauses by how far each can be executed."""
    extents = Counter(clause_extent(clause) for clause in book.clauses)
    unknown = sum(has_unknown_points(clause) for clause in book.clauses)
    return ClauseCounts(extents["executable"], extents["unknown"], extents["shown"], unknown)


@dataclass(frozen=True, slots=True)
class Halves:
    """Statements of one part that can be executed, and those that are declared unknown or are words alone."""

    executable: int
    unknown: int


def count_lists(book: Rulebook) -> Halves:
    """Count lists: executable where something known enters them and something known, or nothing ever, ends a listing."""
    known = sum(_is_reachable_list(book, rule) and rule.leaves.after != UNKNOWN for rule in book.lists)
    return Halves(known, len(book.lists) - known)


def count_measures(book: Rulebook) -> Halves:
    """Count measures: executable where it is known what puts them in force."""
    known = sum(measure.when != UNKNOWN for measure in book.measures)
    return Halves(known, len(book.measures) - known)


def count_redress(book: Rulebook) -> Halves:
    """Count ways out: procedures and rules of objection are executable, what else is said is words; a search in vain is neither."""
    objections = [book.objection, *(rule.objection for rule in book.lists)]
    said = sum(not each.found_nothing for each in book.redress)
    return Halves(len(book.procedures) + sum(each is not None for each in objections), said)


def extent_of(book: Rulebook) -> Extended:
    """Return how far a rulebook can be executed, with the reasons that keep it from more."""
    counts = count_clauses(book)
    if not counts.executable:
        return Extended("record card", ("no clause is executable",))
    because = tuple(_held_back(book, counts))
    return Extended("runnable in part" if because else "runnable", because)


def _held_back(book: Rulebook, counts: ClauseCounts) -> Iterator[str]:
    if keeps_score(book) and book.score.base.value == UNKNOWN:
        yield "where the score starts is unknown"
    if book.score.black_box is not None:
        yield "an unpublished function makes the score"
    if book.extends is not None and not any(clause_extent(clause) == "executable" for clause in own_clauses(book)):
        yield "no clause of its own is executable, only those of the rulebook beneath"
    if 2 * counts.executable < counts.all:
        yield f"fewer than half of the clauses are executable ({counts.executable} of {counts.all})"
    if not any(_is_reachable_grade(book, grade) for grade in book.grades) and not any(
        _is_reachable_list(book, rule) for rule in book.lists
    ):
        yield "no grade and no list can be reached"


def own_clauses(book: Rulebook) -> Iterator[Clause]:
    """Yield the clauses that a rulebook has from no rulebook beneath it."""
    beneath = {each.what for each in book.inherited}
    yield from (clause for clause in book.clauses if f"clauses/{clause.id}" not in beneath)


def keeps_score(book: Rulebook) -> bool:
    """Return whether the scheme keeps a number at all."""
    return bool(getattr(book.score, "kept", True))


def _is_reachable_grade(book: Rulebook, grade: Grade) -> bool:
    """Return whether it is known which scores have the grade, or a clause sets it."""
    if any(clause.override is not None and clause.override.grade == grade.id for clause in book.clauses):
        return True
    return keeps_score(book) and UNKNOWN not in (grade.from_, grade.below)


def _is_reachable_list(book: Rulebook, rule: ListRule) -> bool:
    """Return whether a clause enters the list or a condition does."""
    if any(clause.enters is not None and clause.enters.list == rule.id for clause in book.clauses):
        return True
    return rule.entry.model_dump(exclude_defaults=True, exclude={"assessed", "once"}) != {}


def only_rewards(book: Rulebook) -> bool:
    """Return whether a scheme gives and, as far as the record goes, never takes.

    It has something that gives, and neither a deducting clause nor a restricting measure nor a black list.
    """
    gives = any(clause.direction == "reward" for clause in book.clauses)
    gives = gives or any(measure.kind == "reward" for measure in book.measures)
    takes = any(clause.direction == "deduct" for clause in book.clauses)
    takes = takes or any(measure.kind == "restrict" for measure in book.measures)
    return gives and not takes and all(rule.colour != "black" for rule in book.lists)


def evidence_counts(book: Rulebook) -> Mapping[Evidence, int]:
    """Return how many statements of a scheme have each kind of evidence, all kinds named, strongest first."""
    found = Counter(cite.evidence for cite in _cites(book))
    return {kind: found[kind] for kind in get_args(Evidence)}


def _cites(book: Rulebook) -> Iterator[Cite]:
    yield book.in_force.cite
    if keeps_score(book):
        score = book.score
        yield from (score.base.cite, score.lowest.cite, score.highest.cite)
    for name in CITED_PARTS:
        each: Any
        for each in getattr(book, name):
            yield each.cite
