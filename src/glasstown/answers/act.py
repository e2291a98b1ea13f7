"""What rulebooks do about one act, side by side: what `act` answers.

The acts by class, each with how many rulebooks answer to it: what `act` answers where no act is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from glasstown.answers import brief
from glasstown.answers.base import Answer
from glasstown.answers.brief import First, first_record
from glasstown.answers.entries import source_words
from glasstown.archive.library import (
    Held,
    Replied,
    find_act,
    known_acts,
    library,
    measures_after,
    n_answering,
    replies,
    step_of,
)
from glasstown.language.days import covers, holds_on, years
from glasstown.render.blocks import Block, Grid, Heading, Item, Paragraph
from glasstown.render.clause_words import clause_effects
from glasstown.render.words import CLASS_WORDS
from glasstown.wording import counted

if TYPE_CHECKING:
    from glasstown.language.acts import Act, ActCatalogue, ActClass
    from glasstown.language.model import Clause, Measure

HOLDS_WORDS = {"yes": "", "no": "not in force that day", "unknown": "whether in force that day is unknown"}
MOST_GATES = 8
"""gates named in one line"""


@dataclass(frozen=True)
class Reply:
    """What one clause of one rulebook says to an act."""

    held: Held
    replied: Replied
    first: First | None
    as_at: date | None

    @property
    def clause(self) -> Clause:
        """The clause."""
        return self.replied.clause

    @property
    def holds(self) -> str | None:
        """Whether scheme and clause are in force on the day asked about; None where none was."""
        if self.as_at is None:
            return None
        return holds_on(self.held.book, self.as_at) if covers(self.clause.in_force, self.as_at) else "no"

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What one record brings by itself."""
        return measures_after(self.held.book, self.clause)

    def as_json(self, act: str | None) -> dict[str, Any]:
        """Return everything about the clause, with its source; `through` is null where it names the act itself."""
        clause, step, cite = self.clause, self.replied.step, self.clause.cite
        return {
            "rulebook": self.held.reference,
            "place": self.held.book.place.name,
            "years": years(self.held.book),
            "holds": self.holds,
            "clause": clause.id,
            "label": clause.label,
            "label_zh": clause.label_zh,
            "direction": clause.direction,
            "through": self.replied.through if self.replied.through != act else None,
            "ladder": step.ladder.id if step else None,
            "step": step.number if step else None,
            "points": None if clause.points is None else brief.points(clause, self.as_at),
            "says": list(clause_effects(clause, self.held.book)),
            "fine": None if clause.fine is None else brief.fine(clause),
            "list": clause.enters.list if clause.enters else None,
            "grade": clause.override.grade if clause.override else None,
            "lapse": None if clause.lapse is None else brief.lapse(clause),
            "agency": clause.agency,
            "measures": [{"id": each.id, "label": each.label, "gate": each.gate} for each in self.measures],
            "first": self.first.as_json() if self.first else None,
            "evidence": cite.evidence,
            "seen": cite.seen,
            "source": cite.source,
            "at": cite.at,
            "note": clause.note,
        }

    def item(self, act: str | None) -> Item:
        """Return the clause as it is shown to people."""
        clause = self.clause
        lines = [f"{'; '.join(clause_effects(clause, self.held.book))}."]
        if self.replied.through not in (act, None):
            lines.append(f"answers because the act is a kind of {self.replied.through}")
        if clause.agency:
            lines.append(f"recorded by: {clause.agency}")
        if self.measures:
            lines.append(f"brings by itself {_measure_words(self.measures)}")
        if self.first:
            lines.append(self.first.words)
        if self.as_at is not None and self.holds != "yes":
            lines.append(HOLDS_WORDS[self.holds or "unknown"])
        quiet = [source_words(clause.cite), *([f"note: {clause.note}"] if clause.note else [])]
        label = f"{clause.label} ({clause.label_zh})" if clause.label_zh else clause.label
        return Item(self.held.reference, f"{clause.id}: {label}", tuple(lines), tuple(quiet))


def _measure_words(measures: Sequence[Measure]) -> str:
    gates = Counter(each.gate or "no gate named" for each in measures)
    if len(measures) == 1:
        return f"a measure: {measures[0].label} (gate: {measures[0].gate or 'not named'})"
    named = [f"{gate} ({n})" if n > 1 else gate for gate, n in gates.most_common(MOST_GATES)]
    more = f" and {len(gates) - MOST_GATES} more" if len(gates) > MOST_GATES else ""
    return f"{len(measures)} measures, by gate: {', '.join(named)}{more}"


@dataclass(frozen=True)
class Asked:
    """One act, the clauses that answer to it, and the rulebooks that say nothing."""

    act: Act | None
    acts: ActCatalogue | None
    replies: tuple[Reply, ...]
    silent: tuple[Held, ...]

    @property
    def name(self) -> str | None:
        """The act's id, or None for clauses that name no act."""
        return self.act.id if self.act else None

    def silent_by_state(self) -> dict[bool, list[str]]:
        """Return the rulebooks that say nothing, by whether their catalogue was read in full."""
        states: dict[bool, list[str]] = {True: [], False: []}
        for held in self.silent:
            states[held.book.sections.catalogue.read != "unread"].append(held.reference)
        return states

    def as_json(self) -> dict[str, Any]:
        """Return the act, its place among the acts, replies, and who says nothing."""
        act, states = self.act, self.silent_by_state()
        return {
            "id": self.name,
            "label": act.label if act else None,
            "class": act.class_ if act else None,
            "is_a": list(self.acts.lineage(act.id)[1:]) if act and self.acts else [],
            "replies": [reply.as_json(self.name) for reply in self.replies],
            "silent": {"nothing": states[True], "unknown": states[False]},
        }

    def blocks(self) -> list[Block]:
        """Return the act as it is shown to people: table, clauses with sources, who says nothing."""
        shown: list[Block] = [Heading(f"{self.act.label} ({self.act.id})" if self.act else "Clauses that name no act")]
        if self.act and self.acts:
            kind = next(each for each in self.acts.classes if each.id == self.act.class_)
            above = "".join(f"; a kind of {each}" for each in self.acts.lineage(self.act.id)[1:])
            shown.append(
                Paragraph(f"{CLASS_WORDS.get(kind.id, kind.label)} ({kind.id}), {kind.tone}{above}.", quiet=True)
            )
        if self.replies:
            shown.append(_grid(self.replies))
            shown += [reply.item(self.name) for reply in self.replies]
        else:
            shown.append(Paragraph("No rulebook here has a clause for it."))
        return shown + self._silence()

    def _silence(self) -> list[Block]:
        states = self.silent_by_state()
        said = [
            (states[True], "Say nothing of it, their catalogue read"),
            (states[False], "Have no clause for it on record, their catalogue not read in full"),
        ]
        return [Paragraph(f"{text} ({len(names)}): {', '.join(names)}.", quiet=True) for names, text in said if names]


def _grid(shown: Sequence[Reply]) -> Grid:
    heads = ("rulebook", "clause", "points", "fine", "list or grade", "lapse", "evidence")
    rows = tuple(
        (
            reply.held.reference,
            reply.clause.id,
            brief.points(reply.clause, reply.as_at),
            brief.fine(reply.clause),
            brief.consequence(reply.clause, reply.held.book),
            brief.lapse(reply.clause),
            brief.evidence(reply.clause.cite),
        )
        for reply in shown
    )
    return Grid(heads, rows)


@dataclass(frozen=True)
class Conduct(Answer):
    """What all rulebooks do about the acts asked for, or about those that a word leads to."""

    asked: tuple[Asked, ...]
    n_rulebooks: int
    about: str | None = None
    as_at: date | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the acts with their replies."""
        return {
            "about": self.about,
            "as_at": self.as_at.isoformat() if self.as_at else None,
            "rulebooks": self.n_rulebooks,
            "acts": [each.as_json() for each in self.asked],
        }

    def blocks(self) -> list[Block]:
        """Return the acts one after another."""
        if self.about is not None and not self.asked:
            return [
                Paragraph(
                    f"No clause of {counted(self.n_rulebooks, 'rulebook')} has '{self.about}' in it, nor has its act."
                )
            ]
        return [block for each in self.asked for block in each.blocks()]

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each reply."""
        flat = [(each.name, reply, reply.as_json(each.name)) for each in self.asked for reply in each.replies]
        names = (
            *("rulebook", "clause", "label", "direction", "through", "points", "fine", "list", "grade", "lapse"),
            *("agency", "holds", "evidence", "seen", "source", "at"),
        )
        columns: dict[str, Sequence[Any]] = {"act": [act for act, _, _ in flat]}
        columns |= {name: [row[name] for _, _, row in flat] for name in names}
        return {**columns, "says": ["; ".join(row["says"]) for _, _, row in flat]}


def conduct(names: Sequence[str], further: Sequence[str], as_at: date | None) -> Conduct:
    """Return what every shipped rulebook and the further ones do about these acts; an unknown act is refused."""
    books = library(further)
    known = known_acts(books)
    found = [find_act(name, known) for name in dict.fromkeys(names)]
    return Conduct(tuple(_asked(books, act, acts, as_at) for act, acts in found), len(books), None, as_at)


def _asked(books: Sequence[Held], act: Act, acts: ActCatalogue, as_at: date | None) -> Asked:
    found = {held.reference: tuple(replies(held, act.id, acts)) for held in books}
    told = [_reply(held, each, as_at) for held in books for each in found[held.reference]]
    return Asked(act, acts, tuple(told), tuple(held for held in books if not found[held.reference]))


def _reply(held: Held, replied: Replied, as_at: date | None) -> Reply:
    is_later_step = replied.step is not None and replied.step.number > 1
    return Reply(held, replied, None if is_later_step else first_record(held, replied.clause, as_at), as_at)


def conduct_about(word: str, further: Sequence[str], as_at: date | None) -> Conduct:
    """Return the clauses that have a word in their own words or in their act's, act by act."""
    books = library(further)
    known = known_acts(books)
    found: dict[str | None, list[Reply]] = {}
    for held in books:
        for clause in held.book.clauses:
            act = known[clause.act][0] if clause.act is not None else None
            if _has(word, clause.label, clause.label_zh, clause.effect, *((act.id, act.label) if act else ())):
                step = step_of(held.book, clause)
                found.setdefault(clause.act, []).append(_reply(held, Replied(clause, clause.act, step), as_at))
    order = {name: place for place, name in enumerate(known)}
    asked = []
    for name in sorted(found, key=lambda name: len(order) if name is None else order[name]):
        act, acts = known[name] if name is not None else (None, None)
        asked.append(Asked(act, acts, tuple(found[name]), ()))
    return Conduct(tuple(asked), len(books), word, as_at)


def _has(word: str, *texts: str | None) -> bool:
    return any(word.casefold() in text.casefold() for text in texts if text)


@dataclass(frozen=True, slots=True)
class Deed:
    """One act, its class, and how many rulebooks have a clause for it or for what it is a kind of."""

    act: Act
    of: ActClass
    n_rulebooks: int

    def as_json(self) -> dict[str, Any]:
        """Return the act."""
        act = self.act
        return {
            "id": act.id,
            "label": act.label,
            "class": act.class_,
            "is_a": [act.is_a] if act.is_a else [],
            "rulebooks": self.n_rulebooks,
        }


@dataclass(frozen=True)
class Deeds(Answer):
    """Every act that the rulebooks may name, class by class."""

    deeds: tuple[Deed, ...]
    n_rulebooks: int

    def as_json(self) -> dict[str, Any]:
        """Return the acts in the order of their classes."""
        return {
            "about": None,
            "as_at": None,
            "rulebooks": self.n_rulebooks,
            "acts": [deed.as_json() for deed in self.deeds],
        }

    def blocks(self) -> list[Block]:
        """Return one grid for each class."""
        classes = {deed.of.id: deed.of for deed in self.deeds}
        shown: list[Block] = [
            Heading(
                f"{counted(len(self.deeds), 'act')}, and how many of {counted(self.n_rulebooks, 'rulebook')} answer to each",
                1,
            )
        ]
        for each in classes.values():
            rows = tuple(
                (deed.act.id, deed.act.label, str(deed.n_rulebooks)) for deed in self.deeds if deed.of.id == each.id
            )
            shown += [
                Heading(f"{each.label} ({each.id}: {each.kind}, {each.tone})"),
                Grid(("act", "what", "rulebooks"), rows, frozenset({2})),
            ]
        note = "An act is answered by a clause that names it, or names what it is a kind of.  Example: glasstown act "
        return [*shown, Paragraph(note + max(self.deeds, key=lambda deed: deed.n_rulebooks).act.id, quiet=True)]

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each act."""
        return {
            "act": [deed.act.id for deed in self.deeds],
            "label": [deed.act.label for deed in self.deeds],
            "class": [deed.of.id for deed in self.deeds],
            "tone": [deed.of.tone for deed in self.deeds],
            "is_a": [deed.act.is_a for deed in self.deeds],
            "rulebooks": [deed.n_rulebooks for deed in self.deeds],
        }


def deeds(further: Sequence[str]) -> Deeds:
    """Return every act with the number of rulebooks that answer, classes in their order, acts in catalogue order."""
    books = library(further)
    found: list[Deed] = []
    for act, acts in known_acts(books).values():
        kind = next(each for each in acts.classes if each.id == act.class_)
        found.append(Deed(act, kind, n_answering(books, act.id, acts)))
    order = list(dict.fromkeys(each.id for held in books for each in held.acts.classes))
    return Deeds(tuple(sorted(found, key=lambda deed: order.index(deed.of.id))), len(books))
