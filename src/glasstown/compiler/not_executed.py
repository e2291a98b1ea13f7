"""What the interpreter tells and the engine does not run: a town under such a rulebook is refused, never run without it."""

from __future__ import annotations

from collections.abc import Iterator

from glasstown.errors import Fault
from glasstown.language.model import Clause, Rulebook

WAY_OUT = "Tell single lives with `glasstown case`; towns under it come with a later version."


def not_executed(book: Rulebook) -> list[Fault]:
    """Return one fault for each shape of the rulebook that a town cannot live under yet."""
    return [_fault(f"clause '{clause.id}'", words) for clause in book.clauses for words in _of_clause(clause)]


def _fault(subject: str, words: str) -> Fault:
    return Fault(subject, None, words, "a shape that the engine runs", WAY_OUT)


def _of_clause(clause: Clause) -> Iterator[str]:
    shapes = {
        "an act of persons or firms": clause.act is not None and clause.applies_to.kind not in ("person", "firm"),
    }
    yield from (words for words, given in shapes.items() if given)
