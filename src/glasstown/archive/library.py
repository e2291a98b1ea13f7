"""Rulebooks side by side, each with the acts it knows, and which clauses of each answer to one act.

Presets: names for sets of rulebooks that are usually looked at together.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pydantic import Field

from glasstown.errors import Fault, RulebookError, UsageError, nearest
from glasstown.incoming import path_of
from glasstown.language.acts import Act, ActCatalogue
from glasstown.language.files import read_with_places
from glasstown.language.load import acts_beside, every_shipped, load_rulebook, locate
from glasstown.language.model import Clause, Ladder, Measure, Rulebook, Value
from glasstown.language.resolve import LadderEntry, entries_for_act, ladder_of
from glasstown.language.texts import with_reading
from glasstown.paths import data_folder

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
    return tuple(hold(reference) for reference in dict.fromkeys((*every_shipped(), *further)))


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


PRESETS = "presets.yaml"


class Preset(Value):
    """One set of rulebooks."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="name that a command takes for the set")
    label: str = Field(description="what the set stands for")
    rulebooks: tuple[str, ...] = Field(min_length=1, description="the rulebooks, each ID or ID@READING")


class Presets(Value):
    """data/presets.yaml."""

    presets: tuple[Preset, ...] = Field(description="the sets")


def load_presets() -> tuple[Preset, ...]:
    """Return the shipped presets.

    Errors   RulebookError where a preset bears a rulebook's or another preset's name, or names what does not exist.
    """
    read = read_with_places(data_folder() / PRESETS, Presets)
    faults, names = [], set[str]()
    for number, preset in enumerate(read.value.presets):
        place = read.where.at("presets", number, "id")
        if preset.id in names or _exists(preset.id):
            faults.append(Fault(f"preset '{preset.id}'", place, "a name that is taken", "a new name", "Rename it."))
        names.add(preset.id)
        for position, reference in enumerate(preset.rulebooks):
            if not _exists(reference):
                at = read.where.at("presets", number, "rulebooks", position)
                way_out = "`glasstown rulebooks` lists them."
                faults.append(Fault(f"preset '{preset.id}'", at, f"'{reference}'", "a shipped rulebook", way_out))
    if faults:
        raise RulebookError(PRESETS, faults)
    return read.value.presets


def expanded(reference: str) -> tuple[str, ...]:
    """Return the rulebooks that a name in a list of them stands for: those of the preset, or the rulebook itself."""
    return next((preset.rulebooks for preset in load_presets() if preset.id == reference), (reference,))


def _exists(reference: str) -> bool:
    try:
        locate(reference)
    except (UsageError, RulebookError):
        return False
    return True


def is_known(reference: str) -> bool:
    """Return whether a name is that of a rulebook, in whatever reading, or of a preset."""
    name = reference.partition("@")[0]
    return _exists(name) or any(preset.id == name for preset in load_presets())


def references_of(text: str) -> tuple[str, ...]:
    """Return the rulebooks that are asked for: one, or several with commas between them; a preset stands for its own.

    A comma in a path that exists parts nothing.
    """
    references = tuple(parted(text))
    if not all(references):
        fault = Fault("rulebook", None, f"'{text}'", "ids or paths with one comma between two", "Leave no place empty.")
        raise UsageError("The run", [fault])
    return tuple(name for reference in references for name in expanded(reference))


def parted(text: str) -> Iterator[str]:
    """Yield what stands between commas, and as one what is together the path of something that exists."""
    parts = text.split(",")
    first = 0
    while first < len(parts):
        ends = range(len(parts), first + 1, -1)
        end = next((end for end in ends if is_path(",".join(parts[first:end]))), first + 1)
        yield ",".join(parts[first:end]).strip()
        first = end


def is_path(reference: str) -> bool:
    """Return whether a reference is the path of something, with a reading or without."""
    names = (reference.strip(), with_reading(reference.strip())[0])
    return any(name and os.path.exists(path_of(name)) for name in names)
