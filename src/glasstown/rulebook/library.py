"""Rulebooks side by side, each with the acts it knows, and which clauses of each answer to one act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from glasstown.errors import Fault, UsageError, nearest
from glasstown.rulebook.acts import Act, ActCatalogue
from glasstown.rulebook.load import acts_beside, load_rulebook, locate, shipped
from glasstown.rulebook.model import Clause, Ladder, Measure, Rulebook
from glasstown.rulebook.resolve import LadderEntry, entries_for_act, ladder_of

MOST_NAMED = 6
"""acts named in a message where a word fits several"""


@dataclass(frozen=True)
class Held:
    """One rulebook as it was asked for, with the acts that it may name."""

    reference: str
    book: Rulebook
    acts: ActCatalogue

    @cached_property
    def named_acts(self) -> frozenset[str]:
        """The acts that its clauses name."""
        return frozenset(clause.act for clause in self.book.clauses if clause.act is not None)


@dataclass(frozen=True, slots=True)
class Step:
    """A clause as one step of a ladder, counted from 1."""

    ladder: Ladder
    number: int


@dataclass(frozen=True, slots=True)
class Replied:
    """A clause that answers to an act: directly, or through the more general act that it names; None names none."""

    clause: Clause
    through: str | None
    step: Step | None = None


def hold(reference: str) -> Held:
    """Return a rulebook by ID, PATH, or either with @READING, with the acts that it may name."""
    return Held(reference, load_rulebook(reference), acts_beside(locate(reference)[0]))


def library(further: Iterable[str] = ()) -> tuple[Held, ...]:
    """Return every rulebook that ships, by id, then further ones by reference; each reference once."""
    return tuple(hold(reference) for reference in dict.fromkeys((*shipped(), *further)))


def known_acts(books: Sequence[Held]) -> dict[str, tuple[Act, ActCatalogue]]:
    """Return every act that these rulebooks may name, with the catalogue it stands in, in catalogue order."""
    catalogues = dict.fromkeys(id(held.acts) for held in books)
    by_id = {id(held.acts): held.acts for held in books}
    found: dict[str, tuple[Act, ActCatalogue]] = {}
    for key in catalogues:
        for act in by_id[key].acts:
            found.setdefault(act.id, (act, by_id[key]))
    return found


def find_act(word: str, known: dict[str, tuple[Act, ActCatalogue]]) -> tuple[Act, ActCatalogue]:
    """Return an act with its catalogue; `UsageError` with the nearest spelling, or the acts that the word is in."""
    if word in known:
        return known[word]
    near = nearest(word, known)
    holding = [name for name, (act, _) in known.items() if word.lower() in f"{name} {act.label}".lower()]
    if near is not None:
        way_out = f"Did you mean '{near}'?"
    elif holding:
        more = ", ..." if len(holding) > MOST_NAMED else ""
        way_out = f"The word is in: {', '.join(holding[:MOST_NAMED])}{more}."
    else:
        way_out = "`glasstown act` lists them; `glasstown act --about WORD` looks for a word in acts and clauses."
    fault = Fault("act", None, f"'{word}'", f"one of the {len(known)} acts", way_out)
    raise UsageError(f"act '{word}'", [fault])


def replies(held: Held, act: str, acts: ActCatalogue) -> Iterator[Replied]:
    """Yield the clauses of a rulebook that a record of the act goes to; every step where that is a ladder."""
    book = held.book
    for entry in entries_for_act(book, acts, act):
        if isinstance(entry, LadderEntry):
            ladder = book.ladders[entry.ladder_index]
            by_id = {clause.id: clause for clause in book.clauses}
            line = acts.lineage(act)
            for name in ladder.steps:
                through = by_id[name].act
                yield Replied(by_id[name], through if through in line else None, step_of(book, by_id[name]))
        else:
            clause = book.clauses[entry.clause_index]
            yield Replied(clause, clause.act)


def step_of(book: Rulebook, clause: Clause) -> Step | None:
    """Return which step of a ladder the clause is, or None where it is none."""
    place = ladder_of(book, clause.id)
    if place is None:
        return None
    ladder = book.ladders[place]
    return Step(ladder, ladder.steps.index(clause.id) + 1)


def n_answering(books: Sequence[Held], act: str, acts: ActCatalogue) -> int:
    """Return how many rulebooks have a clause for the act, or for an act that it is a kind of."""
    line = frozenset(acts.lineage(act))
    return sum(not line.isdisjoint(held.named_acts) for held in books)


def measures_after(book: Rulebook, clause: Clause) -> tuple[Measure, ...]:
    """Return what one record of the clause puts in force by itself: through itself, the list or the grade it sets."""
    lists = {clause.enters.list} if clause.enters is not None else set()
    grades = {clause.override.grade} if clause.override is not None else set()
    return tuple(
        measure
        for measure in book.measures
        if not isinstance(measure.when, str)
        and (
            clause.id in measure.when.clauses
            or not lists.isdisjoint(measure.when.lists)
            or not grades.isdisjoint(measure.when.grades)
        )
    )
