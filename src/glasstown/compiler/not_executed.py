"""What the interpreter tells and the engine does not run yet: a town under such a rulebook is refused, never run without it."""

from __future__ import annotations

from collections.abc import Iterator

from glasstown.errors import Fault
from glasstown.rulebook.model import Clause, Rulebook

WAY_OUT = "Tell single lives with `glasstown case`; towns under it come with a later version."


def not_executed(book: Rulebook) -> list[Fault]:
    """Return one fault for each shape of the rulebook that a town cannot live under yet."""
    faults = [_fault("rulebook", words) for words in _of_book(book)]
    faults += [_fault(f"clause '{clause.id}'", words) for clause in book.clauses for words in _of_clause(clause)]
    faults += [_fault(f"measure '{m.id}'", "days of its own on which it is law") for m in book.measures if m.in_force]
    return faults


def _fault(subject: str, words: str) -> Fault:
    return Fault(subject, None, words, "a shape that the engine runs", WAY_OUT)


def _of_book(book: Rulebook) -> Iterator[str]:
    shapes = {
        "a rating cycle": book.score.cycle,
        "parts of the score with bounds": any(p.lowest is not None or p.highest is not None for p in book.score.parts),
        "a gate of consent": book.consent,
        "points as money": book.balance,
        "quota grades": any(grade.quota for grade in book.grades),
    }
    yield from (words for words, given in shapes.items() if given)


def _of_clause(clause: Clause) -> Iterator[str]:
    override = clause.override
    shapes = {
        "an amount band": clause.amount,
        "a status": clause.status,
        "records that follow from another subject's": clause.reached_by,
        "a lock": clause.lock,
        "points that carry over into the next cycle": clause.carries_over,
        "a grade that holds for a cycle or a state": override is not None
        and override.until in ("cycle-end", "state-ends"),
        "an act of persons or firms": clause.act is not None and clause.applies_to.kind not in ("person", "firm"),
    }
    yield from (words for words, given in shapes.items() if given)
