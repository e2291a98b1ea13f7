"""One hypothetical firm as every corporate rulebook in force tells it: what `firm` answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from glasstown.answers.base import Answer
from glasstown.answers.case import Told
from glasstown.answers.entries import source_words
from glasstown.answers.firm_repair import repair
from glasstown.answers.firm_rows import Row, behind, gates, inspections, lists, partners, ratings, representative
from glasstown.render.blocks import Block, Heading, Item, Paragraph
from glasstown.render.case_words import moved
from glasstown.wording import counted

if TYPE_CHECKING:
    from glasstown.cases.firm import FirmTold

HYPOTHETICAL: Final = "A hypothetical firm, typed by hand: nobody's record."
COMPARES: Final = "What rules that were read say; no advice, and no forecast of what an office would do."
PARTS: Final = {
    "ratings": ("Ratings over time", ratings, "No rating of it is worked out."),
    "lists": ("Lists", lists, "It is on no list."),
    "inspections": ("Inspections to expect", inspections, "No rule in force brings more or fewer of them."),
    "gates": ("Gates that close and open", gates, "None closes or opens."),
    "representative": ("What reaches those who lead it", representative, "Nothing."),
    "partners": ("Partners", partners, "They see nothing of it."),
    "repair": ("How each entry is repaired", repair, "There is nothing to repair."),
}
"""the parts of the answer: heading, what finds its rows, and what is said where there is none"""
LASTING: Final = frozenset({"lists", "inspections", "gates", "representative", "partners"})
"""parts whose rows hold until the end of what is told where they have no end"""
COLUMNS: Final = ("part", "since", "till", "what", "under", "id", "gate", "kind", "evidence", "source", "at")


@dataclass(frozen=True)
class FirmAnswer(Answer):
    """A firm's file and what each rulebook answers."""

    told: FirmTold
    page: Path | None = field(default=None)
    """the file that the page was written into"""

    @cached_property
    def rows(self) -> dict[str, tuple[Row, ...]]:
        """The statements by part, in the order of their days."""
        return {name: tuple(sorted(rows(self.told), key=_order)) for name, (_, rows, _) in PARTS.items()}

    @cached_property
    def timeline(self) -> tuple[Row, ...]:
        """Every line of every ledger of the firm, by day; on one day rulebook by rulebook."""
        found = [row for life in self.told.of("firm") for row in self._lines(Told(life.case, life.result))]
        return tuple(sorted(found, key=_order))

    def _lines(self, told: Told) -> Iterator[Row]:
        for line in told.account.ledger:
            name, cite = behind(line, told.book)
            said = (told.reason(line.why),)
            yield Row("timeline", line.day, None, moved(line, told.book), told.book.id, name, said, cite, line.source)

    def happened(self) -> Iterator[tuple[str, Row]]:
        """Yield what happened in each of the lives, with what no rulebook answers to marked."""
        for whose, entries in self.told.happened.items():
            silent = self.told.unanswered(whose)
            for each in entries:
                if each.repair is None:
                    said = ("no rulebook told here answers to it",) if each in silent else ()
                    yield whose, Row("happened", each.day, each.until, each.label, whose, each.id, said)

    def as_json(self) -> dict[str, Any]:
        """Return what was typed, the rulebooks, and each part with its sources."""
        firm = self.told.firm
        typed = {
            "sector": firm.sector,
            "size": firm.size,
            "age": firm.age,
            "licences": list(firm.licences),
            "place": firm.place,
            "from": firm.from_.isoformat(),
            "until": firm.until.isoformat(),
        }
        return {
            "firm": typed,
            "happened": [{"whose": whose, **_happened(row)} for whose, row in self.happened()],
            "rulebooks": [self._book(name) for name in self.rulebooks()],
            "quiet": [{"under": name, "why": why} for name, why in self.told.quiet],
            **{name: [row.as_json() for row in rows] for name, rows in self.rows.items()},
            "timeline": [row.as_json() for row in self.timeline],
            "page": str(self.page) if self.page is not None else None,
        }

    def rulebooks(self) -> tuple[str, ...]:
        """Return the rulebooks that tell the firm's own life."""
        return tuple(life.held.reference for life in self.told.of("firm"))

    def _book(self, name: str) -> dict[str, Any]:
        life = next(each for each in self.told.of("firm") if each.held.reference == name)
        closing = Told(life.case, life.result)
        return {
            "under": name,
            "title": life.held.book.title,
            "score": closing.score if life.held.book.score.kept else None,
            "grade": life.account.grade,
            "lists": list(life.account.lists),
            "left_out": [{"event": each.event, "why": each.why} for each in life.left],
        }

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return all statements, part by part, one a row."""
        rows = [{**row.as_json(), "part": name} for name, part in self.rows.items() for row in part]
        return {name: [row[name] for row in rows] for name in COLUMNS}

    def described(self) -> str:
        """Return in a sentence what the firm is."""
        firm, words = self.told.firm, self.told.words.words
        licences = {each.id: each.label for each in words.licences}
        said = [f"{words.sizes[firm.size]}, {words.sectors[firm.sector]}", f"{counted(firm.age, 'year')} old at first"]
        said += [licences[each] for each in firm.licences]
        said += [f"in {words.places[firm.place]}"] if firm.place else []
        return f"{'; '.join(said)}; told from {firm.from_} to {firm.until}."

    def blocks(self) -> list[Block]:
        """Return what the firm is and what happened, then part by part what the rulebooks say, with clause and source."""
        n = counted(len(self.rulebooks()), "rulebook")
        shown: list[Block] = [Heading(f"One firm under {n}", 1), Paragraph(HYPOTHETICAL, quiet=True)]
        shown += [Paragraph(self.described()), Paragraph(COMPARES, quiet=True), Heading("What happened")]
        shown += [item(row) for _, row in self.happened()] or [Paragraph("Nothing.")]
        for name, (heading, _, none) in PARTS.items():
            shown.append(Heading(heading))
            shown += [item(row) for row in self.rows[name]] or [Paragraph(none)]
        shown += [Heading("Rulebooks"), *self._about_rulebooks()]
        return [*shown, *([Paragraph(f"The page lies in {self.page}.")] if self.page is not None else [])]

    def _about_rulebooks(self) -> Iterator[Block]:
        """Yield which rulebooks were asked, what they leave out, and which say nothing of this firm."""
        for life in self.told.of("firm"):
            left = "; ".join(f"{each.event} left out: {each.why}" for each in life.left)
            yield Item(life.held.reference, life.held.book.title, (f"{left}.",) if left else ())
        for name, why in self.told.quiet:
            yield Item(name, f"not asked: {why}")


def _order(row: Row) -> tuple[bool, str]:
    return row.since is None, row.since.isoformat() if row.since else ""


def _happened(row: Row) -> dict[str, Any]:
    kept = ("since", "till", "what", "id")
    return {**{key: row.as_json()[key] for key in kept}, "answered": not row.says}


def days(row: Row) -> str:
    """Return the days of a row: the first, and the last behind it where it ends."""
    if row.since is None:
        return "at any time"
    if row.till is not None and row.till != row.since:
        return f"{row.since} to {row.till}"
    return f"from {row.since}" if row.part in LASTING else str(row.since)


def item(row: Row) -> Item:
    """Return a row as it is shown: days, what, further words, then rulebook, clause and source."""
    opens = (
        {"restrict": "closes", "reward": "opens"}.get(row.kind or "", "") if row.gate and row.part == "gates" else ""
    )
    what = f"{opens} {row.gate}: {row.what}" if opens else row.what
    if row.part == "happened":
        return Item(days(row), f"{row.what} ({row.id})", row.says)
    source = f" {source_words(row.cite)}" if row.cite is not None else f" {row.source}" if row.source else ""
    return Item(days(row), what, row.says, (f"{row.under}, {row.id}{source}",))
