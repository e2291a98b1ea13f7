"""What the interpreter tells and the engine does not run yet: a town under such a rulebook is refused, never run without it."""

from __future__ import annotations

from collections.abc import Iterator

from glasstown.errors import Fault
from glasstown.rulebook.ground import parts_of
from glasstown.rulebook.model import Clause, ListRule, PointsDated, PointsRange, Rulebook, Span

WAY_OUT = "Tell single lives with `glasstown case`; towns under it come with a later version."


def not_executed(book: Rulebook) -> list[Fault]:
    """Return one fault for each shape of the rulebook that a town cannot live under yet."""
    faults = [_fault("rulebook", words) for words in _of_book(book)]
    faults += [_fault(f"clause '{clause.id}'", words) for clause in book.clauses for words in _of_clause(clause)]
    faults += [_fault(f"list '{rule.id}'", words) for rule in book.lists for words in _of_list(rule)]
    faults += [_fault(f"measure '{m.id}'", "days of its own on which it is law") for m in book.measures if m.in_force]
    faults += [_fault("procedure 'perform'", "performance") for p in book.procedures if p.id == "perform"]
    return faults


def _fault(subject: str, words: str) -> Fault:
    return Fault(subject, None, words, "a shape that the engine runs", WAY_OUT)


def _of_book(book: Rulebook) -> Iterator[str]:
    shapes = {
        "a rating cycle": book.score.cycle,
        "a score made by an unpublished function": book.score.black_box,
        "parts of the score with bounds": any(p.lowest is not None or p.highest is not None for p in book.score.parts),
        "a gate of consent": book.consent,
        "points as money": book.balance,
        "campaigns": book.campaigns,
        "quota grades": any(grade.quota for grade in book.grades),
        "a length of time in working days": any(
            isinstance(part, Span) and part.working_days is not None for _, part in parts_of(book)
        ),
    }
    yield from (words for words, given in shapes.items() if given)


def _of_clause(clause: Clause) -> Iterator[str]:
    points, override, enters = clause.points, clause.override, clause.enters
    shapes = {
        "days of its own on which it is law": clause.in_force,
        "an amount band": clause.amount,
        "a status": clause.status,
        "records that follow from another subject's": clause.reached_by,
        "points that changed over time": isinstance(points, PointsDated),
        "a range with one unknown end": isinstance(points, PointsRange) and "unknown" in (points.least, points.most),
        "a lock": clause.lock,
        "points that carry over into the next cycle": clause.carries_over,
        "a grade that holds for a cycle or a state": override is not None
        and override.until in ("cycle-end", "state-ends"),
        "a term of its own on a list": enters is not None
        and (enters.term != "as-list" or enters.extension is not None),
        "an act of persons or firms": clause.act is not None and clause.applies_to.kind not in ("person", "firm"),
    }
    yield from (words for words, given in shapes.items() if given)


def _of_list(rule: ListRule) -> Iterator[str]:
    shapes = {
        "a wait before the listing": rule.decided_within is not None or rule.grace is not None,
        "a shortest time on it": rule.leaves.not_before,
        "a time for the removal": rule.leaves.removed_within,
    }
    yield from (words for words, given in shapes.items() if given)
