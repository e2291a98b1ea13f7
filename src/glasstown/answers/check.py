"""Rulebooks that were checked, with every fault and its place: what `check` answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from glasstown.answers.base import Answer
from glasstown.cases.beside import not_read
from glasstown.compiler.limits import limits_on
from glasstown.compiler.redress import Standing, Statement, redress_in_towns
from glasstown.errors import Fault, Place
from glasstown.language.load import acts_beside, faults_of, load_place, locate, notes_on
from glasstown.language.model import Rulebook
from glasstown.language.notes import Note
from glasstown.population import check_place
from glasstown.render.blocks import Block, Item, Paragraph
from glasstown.wording import counted

USUAL_PLACE: Final = "china-2020"
"""where a run's people are generated from when no other place is named"""

STANDINGS: Final[dict[Standing, str]] = {
    "lived": "a town lives by",
    "parameter": "where nothing is said",
    "words": "in words alone",
}
"""how a town has a statement on redress"""
NOT_SAID: Final = "not said: "
KEYS: Final = {
    "within": "time to object",
    "answered_within": "time for an answer",
    "corrected_within": "correction",
    "review_within": "time to ask for a review",
    "review_answered_within": "time for the review's answer",
    "stays": "a stay",
}
"""keys of a rule of objection in words, to say of which of them nothing is said"""


@dataclass(frozen=True, slots=True)
class Examined:
    """One rulebook as it was asked for, its title where it could be read, and its faults."""

    reference: str
    title: str | None
    n_clauses: int | None
    faults: tuple[Fault, ...]
    notes: tuple[Note, ...] = ()
    redress: tuple[Statement, ...] = ()
    """what a sound one says of redress, and what it does not, with how a town has it"""

    def as_json(self) -> dict[str, Any]:
        """Return the rulebook with its faults; line and column count from 1."""
        return {
            "rulebook": self.reference,
            "title": self.title,
            "clauses": self.n_clauses,
            "sound": not self.faults,
            "faults": [_fault(fault) for fault in self.faults],
            "notes": [{"subject": note.subject, **_place(note.place), "words": note.words} for note in self.notes],
            "redress": [asdict(each) for each in self.redress],
        }


@dataclass(frozen=True)
class Checked(Answer):
    """What was found in each rulebook, in the order asked for."""

    rulebooks: tuple[Examined, ...]

    @property
    def n_faults(self) -> int:
        """Faults in all."""
        return sum(len(each.faults) for each in self.rulebooks)

    @property
    def exit_code(self) -> int:
        """1 where any rulebook has a fault."""
        return 1 if self.n_faults else 0

    def as_json(self) -> dict[str, Any]:
        """Return every rulebook with every fault."""
        return {"faults": self.n_faults, "rulebooks": [each.as_json() for each in self.rulebooks]}

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each fault."""
        rows = [{"rulebook": each.reference, **_fault(fault)} for each in self.rulebooks for fault in each.faults]
        names = ("rulebook", "subject", "file", "line", "column", "found", "expected", "way_out")
        return {name: [row[name] for row in rows] for name in names}

    def blocks(self) -> list[Block]:
        """Return one line for each sound rulebook, and every fault of the others."""
        shown: list[Block] = []
        for each in self.rulebooks:
            if not each.faults:
                shown.append(Item(each.reference, f"sound: {each.title}, {counted(each.n_clauses or 0, 'clause')}"))
                shown += [Item("    note", str(note)) for note in each.notes]
                shown += _redress(each.redress)
                continue
            shown.append(Item(each.reference, counted(len(each.faults), "fault")))
            shown += [Paragraph(str(fault)) for fault in each.faults]
        return shown


def _redress(said: Sequence[Statement]) -> Iterator[Item]:
    """Yield what is said of redress, by how a town has it: rules word by word, statements in words by their ids."""
    for standing, head in STANDINGS.items():
        found: dict[str, list[str]] = {}
        for each in said:
            if each.standing == standing:
                of = f"{KEYS[each.key]}: " if standing == "parameter" and each.key in KEYS else ""
                found.setdefault(each.subject, []).append(f"{of}{each.words.removeprefix(NOT_SAID)}")
        if standing == "words" and found:
            yield Item(f"    {head}", ", ".join(found))
        elif found:
            yield Item(
                f"    {head}",
                "; and ".join(f"{_to(subject)}: {'; '.join(words)}" for subject, words in found.items()),
            )


def _to(subject: str) -> str:
    return subject.replace("objection of ", "objection to ")


def examine(reference: str) -> Examined:
    """Return a rulebook's faults in all its readings, or what its author should know of a sound one.

    Of a sound one everything is told that keeps a town from it: what the engine has no room for, and what the usual place
    knows no share of.
    """
    faults = tuple(faults_of(reference))
    if faults:
        return Examined(reference, None, None, faults)
    book, notes = notes_on(reference)
    further = (*limits_on(reference), *_unplaced(reference), *_unread(reference))
    return Examined(reference, book.title, len(book.clauses), (), (*notes, *further), _said_of_redress(book))


def _said_of_redress(book: Rulebook) -> tuple[Statement, ...]:
    """Return what a town does with what is said of redress; that a search found nothing says nothing of it."""
    silent = {each.id for each in book.redress if each.found_nothing}
    return tuple(each for each in redress_in_towns(book) if each.subject not in silent)


def _unread(reference: str) -> Iterator[Note]:
    """Yield what lies among the worked cases beside a rulebook and is none of them."""
    if words := not_read(locate(reference)[0].parent):
        yield Note("cases", None, words)


def _unplaced(reference: str) -> Iterator[Note]:
    """Yield what a rulebook's own acts ask for and the usual place does not have."""
    for fault in check_place(load_place(USUAL_PLACE), acts_beside(locate(reference)[0])):
        words = f"no town of '{USUAL_PLACE}' can live under it: {fault.found}. Name a place that has it with `--place`."
        yield Note(fault.subject, None, words)


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "subject": fault.subject,
        **_place(fault.place),
        "found": fault.found,
        "expected": fault.expected,
        "way_out": fault.way_out,
    }


def _place(place: Place | None) -> dict[str, Any]:
    return {
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }
