"""The rulebooks that ship, one line each: what `rulebooks` answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, get_args

from glasstown.answers.base import Answer
from glasstown.archive.extent import (
    ClauseCounts,
    Extended,
    Halves,
    count_clauses,
    count_lists,
    count_measures,
    count_redress,
    evidence_counts,
    extent_of,
    only_rewards,
)
from glasstown.archive.library import find_act, known_acts, library, replies
from glasstown.errors import did_you_mean
from glasstown.language.days import holds_on, years
from glasstown.language.model import Subject
from glasstown.render.blocks import Block, Grid, Paragraph
from glasstown.runs.usage import refuse
from glasstown.types import UNKNOWN, Evidence
from glasstown.wording import counted

if TYPE_CHECKING:
    import altair

    from glasstown.archive.library import Held
    from glasstown.language.model import Rulebook

SUBJECT_KINDS: tuple[str, ...] = get_args(Subject.model_fields["kind"].annotation)
UNREAD = "unread"
SHORT = {"runnable": "whole", "runnable in part": "in part", "record card": "card"}
NOTE = (
    "runs: whole, in part, or not at all (card: a record card, shown and cited).  clauses: executable / declared "
    "unknown / words alone.  lists, measures, redress: executable / unknown or in words.  evidence: per cent of the "
    "statements that are official / reported by press or scholars / weaker.  More on one: glasstown show "
)


@dataclass(frozen=True)
class Shelved:
    """One rulebook with what is counted of it."""

    book: Rulebook

    @cached_property
    def counts(self) -> ClauseCounts:
        """Its clauses, by how far each can be executed."""
        return count_clauses(self.book)

    @cached_property
    def extended(self) -> Extended:
        """How far it can be executed, and why no further."""
        return extent_of(self.book)

    @cached_property
    def evidence(self) -> Mapping[Evidence, int]:
        """Its statements, by how well they are documented."""
        return evidence_counts(self.book)

    @property
    def shares(self) -> str:
        """Per cent official, reported and weaker, as they are shown; they sum to 100."""
        total = sum(self.evidence.values())
        official, reported = (round(100 * self.evidence[kind] / total) for kind in ("official", "reported"))
        return f"{official}/{reported}/{100 - official - reported}"

    @property
    def redress(self) -> int:
        """Ways out and statements on them: procedures, objection, and what the text says."""
        return self.parts["redress"].executable + self.parts["redress"].unknown

    @cached_property
    def parts(self) -> dict[str, Halves]:
        """Lists, measures and redress, each by what of it can be executed."""
        book = self.book
        return {"lists": count_lists(book), "measures": count_measures(book), "redress": count_redress(book)}

    def row(self) -> tuple[str, ...]:
        """Return the line that is shown to people."""
        book, counts = self.book, self.counts
        clauses = f"{counts.executable}/{counts.unknown}/{counts.shown}"
        numbers = (f"{part.executable}/{part.unknown}" for part in self.parts.values())
        span = years(book).replace(UNKNOWN, "?")
        return (book.id, span, SHORT[self.extended.extent], clauses, *numbers, self.shares)

    def as_json(self) -> dict[str, Any]:
        """Return everything that is counted, and the readings."""
        book, counts, force = self.book, self.counts, self.book.in_force
        return {
            "id": book.id,
            "title": book.title,
            "title_zh": book.title_zh,
            "place": book.place.name,
            "level": book.place.level,
            "in_force": {
                "from": force.from_.isoformat(),
                "until": force.until.isoformat() if isinstance(force.until, date) else force.until,
            },
            "years": years(book),
            "subjects": [each.kind for each in book.subjects],
            "extent": self.extended.extent,
            "because": list(self.extended.because),
            "clauses": {
                "all": counts.all,
                "executable": counts.executable,
                "unknown": counts.unknown,
                "shown": counts.shown,
                "points_unknown": counts.points_unknown,
            },
            **{name: {"executable": each.executable, "unknown": each.unknown} for name, each in self.parts.items()},
            "evidence": dict(self.evidence),
            "only_rewards": only_rewards(book),
            "status": book.status,
            "documented": book.documented,
            "variants": [
                {"id": each.id, "label": each.label, "default": each.id == book.default_variant}
                for each in book.variants
            ],
        }


@dataclass(frozen=True)
class Shelf(Answer):
    """The shipped rulebooks that were asked for, in alphabetical order of their ids."""

    books: tuple[Rulebook, ...]
    rewards_only: bool = False

    @cached_property
    def shelved(self) -> tuple[Shelved, ...]:
        """The rulebooks with what is counted of them."""
        return tuple(Shelved(book) for book in self.books)

    def as_json(self) -> dict[str, Any]:
        """Return one object for each rulebook under the key `rulebooks`."""
        return {"rulebooks": [each.as_json() for each in self.shelved]}

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each rulebook."""
        rows = [each.as_json() for each in self.shelved]
        plain = (
            "id",
            "title",
            "place",
            "years",
            "extent",
            "only_rewards",
            "documented",
        )
        clauses = ("all", "executable", "unknown", "shown", "points_unknown")
        return {
            **{name: [row[name] for row in rows] for name in plain},
            "subjects": [", ".join(row["subjects"]) for row in rows],
            **{
                f"{part}_{half}": [row[part][half] for row in rows]
                for part in ("lists", "measures", "redress")
                for half in ("executable", "unknown")
            },
            **{f"clauses_{name}": [row["clauses"][name] for row in rows] for name in clauses},
            **{f"evidence_{kind}": [row["evidence"][kind] for row in rows] for kind in get_args(Evidence)},
        }

    def blocks(self) -> list[Block]:
        """Return one line for each rulebook, and the sum."""
        if not self.books:
            return [Paragraph("No shipped rulebook fits.")]
        heads = ("rulebook", "years", "runs", "clauses", "lists", "measures", "redress", "evidence")
        grid = Grid(heads, tuple(each.row() for each in self.shelved), frozenset(range(3, 8)))
        return [grid, Paragraph(self._sum()), *self._caution(), Paragraph(NOTE + self.books[0].id, quiet=True)]

    def _caution(self) -> list[Block]:
        """Return, of schemes that only reward, how many may take in a part that nobody has read."""
        if not self.rewards_only:
            return []
        unread = sum(UNREAD in (book.sections.catalogue.read, book.sections.measures.read) for book in self.books)
        text = f"As far as the record goes: of {unread} of them catalogue or measures were not read in full, "
        return [Paragraph(text + "so that it is unknown whether something takes there.")]

    def _sum(self) -> str:
        extents = Counter(each.extended.extent for each in self.shelved)
        said = ", ".join(
            counted(n, extent) if extent == "record card" else f"{n} {extent}" for extent, n in extents.items()
        )
        counts = [each.counts for each in self.shelved]
        executable, every = sum(each.executable for each in counts), sum(each.all for each in counts)
        n = counted(len(self.books), "rulebook")
        return f"{n}: {said}; {counted(every, 'clause')}, {executable} of them executable."

    def chart(self) -> altair.TopLevelMixin:
        """Return the clauses of each rulebook by how far they can be executed."""
        import altair as alt

        from glasstown.render import charts, style

        rows = [
            {"rulebook": each.book.id, "extent": kind, "clauses": getattr(each.counts, kind)}
            for each in self.shelved
            for kind in ("executable", "unknown", "shown")
        ]
        there = [each for each in style.EXTENTS if any(row["extent"] == each and row["clauses"] for row in rows)]
        scale = alt.Scale(domain=there, range=[style.EXTENTS[each] for each in there])
        chart: alt.Chart = (
            alt.Chart(alt.InlineData(values=rows), title="Clauses by how far they can be executed")
            .mark_bar()
            .encode(
                x="clauses:Q",
                y=alt.Y("rulebook:N", title=None),
                color=alt.Color("extent:N", title=None, scale=scale, legend=alt.Legend(orient="top")),
            )
        )
        finished: altair.Chart = charts.finish(chart)
        return finished


def shelf(
    kind: str | None, place: str | None, act: str | None, *, rewards_only: bool, day: date | None = None
) -> Shelf:
    """Return the shipped rulebooks that score this kind of subject, lie in this place, answer to this act, never take.

    With a day those of which it is not known that they are not in force on it.
    """
    if kind is not None and kind not in SUBJECT_KINDS:
        expected = f"one of {', '.join(SUBJECT_KINDS)}"
        refuse("kind", f"'{kind}'", expected, did_you_mean(kind, SUBJECT_KINDS))
    books: Sequence[Held] = library()
    known = known_acts(books)
    if kind is not None:
        books = [held for held in books if kind in {each.kind for each in held.book.subjects}]
    if place is not None:
        books = [held for held in books if place.casefold() in _where(held.book)]
    if act is not None:
        found, acts = find_act(act, known)
        books = [held for held in books if any(replies(held, found.id, acts))]
    if rewards_only:
        books = [held for held in books if only_rewards(held.book)]
    if day is not None:
        books = [held for held in books if holds_on(held.book, day) != "no"]
    return Shelf(tuple(held.book for held in books), rewards_only)


def _where(book: Rulebook) -> str:
    return f"{book.place.name}; {book.place.level}".casefold()
