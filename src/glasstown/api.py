"""The same as the commands, in Python: each function takes a command's arguments and returns a typed answer.

`import glasstown` imports nothing of this; each function imports what it needs when it is called.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glasstown.answers.checked import Checked, Examined
    from glasstown.answers.scheme import Scheme
    from glasstown.answers.shelf import Shelf


def rulebooks() -> Shelf:
    """Return the rulebooks that ship."""
    from glasstown.answers.shelf import Shelf
    from glasstown.rulebook.load import load_rulebook, shipped

    return Shelf(tuple(load_rulebook(each) for each in shipped()))


def rulebook(reference: str) -> Scheme:
    """Return a rulebook, by ID, PATH, or either with @READING."""
    return show(reference)


def show(reference: str, *, clause: str | None = None, as_at: date | None = None) -> Scheme:
    """Return a scheme in words with its sources, or one clause of it; `as_at` asks whether it is in force that day."""
    from glasstown.answers.scheme import Scheme
    from glasstown.rulebook.load import load_rulebook

    return Scheme(load_rulebook(reference), clause, as_at)


def check(*references: str) -> Checked:
    """Return every fault of these rulebooks; a reference that names nothing is an error, not a fault."""
    from glasstown.answers.checked import Checked

    return Checked(tuple(_examined(reference) for reference in references))


def _examined(reference: str) -> Examined:
    from glasstown.answers.checked import Examined
    from glasstown.errors import RulebookError
    from glasstown.rulebook.load import load_rulebook

    try:
        book = load_rulebook(reference)
    except RulebookError as problem:
        return Examined(reference, None, None, problem.faults)
    return Examined(reference, book.title, len(book.clauses), ())
