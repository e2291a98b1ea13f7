"""Rulebooks by topic, each cell a cited answer: what `compare-rules --matrix` answers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from glasstown.answers.base import Answer
from glasstown.answers.compare_rules_rows import Row, Statement
from glasstown.answers.entries import source_words
from glasstown.answers.matrix_cells import MATRICES, STATES, UNSAID, Spot, spot_of
from glasstown.answers.matrix_page import page_of
from glasstown.answers.rights import RIGHTS
from glasstown.archive.library import Held, hold, library
from glasstown.errors import did_you_mean
from glasstown.letters import shown
from glasstown.render.blocks import Block, Grid, Heading, Item, Paragraph
from glasstown.runs.usage import refuse
from glasstown.wording import counted

if TYPE_CHECKING:
    from glasstown.storage.target import FileTarget

COLUMNS: Final = (
    "matrix", "rulebook", "title", "topic", "label", "state", "id", "says", "evidence", "seen", "source", "at", "work", "url",
    "section",
)  # fmt: skip
MOST_ACROSS: Final = 13
"""columns that the overview of a page may have beside the names of its rows"""
MOST_BESIDE: Final = 4
"""the same on a terminal"""
MOST_NAMED: Final = 6
"""rulebooks named in a line of the overview"""


@dataclass(frozen=True)
class Matrix(Answer):
    """Rulebooks by topic."""

    kind: str
    books: tuple[Held, ...]
    rows: tuple[Row, ...]
    files: tuple[Path, ...] = ()
    """the files that it was written into"""

    @property
    def title(self) -> str:
        """What it is a matrix of."""
        return f"{MATRICES[self.kind].title} in {counted(len(self.books), 'rulebook')}"

    def spots(self) -> Iterator[Spot]:
        """Yield every cell, topic by topic."""
        for row in self.rows:
            for held, cell in zip(self.books, row.cells, strict=True):
                yield spot_of(held, row, cell.statements, MATRICES[self.kind].section or RIGHTS[row.key][1])

    def as_json(self) -> dict[str, Any]:
        """Return every cell with its statements and their sources."""
        return {
            "matrix": self.kind,
            "rulebooks": [{"rulebook": held.reference, "title": held.book.title} for held in self.books],
            "topics": [{"topic": row.key, "label": row.label} for row in self.rows],
            "cells": [
                {
                    "rulebook": spot.held.reference,
                    "topic": spot.row.key,
                    "state": spot.state,
                    "section": spot.section,
                    "says": [
                        {"id": each.mark, "text": each.text, **_cited(spot.held, each)} for each in spot.statements
                    ],
                }
                for spot in self.spots()
            ],
            "files": [str(file) for file in self.files],
        }

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each statement, and one for each cell in which nothing is said."""
        flat = [row for spot in self.spots() for row in self._tidy(spot)]
        return {name: [row[name] for row in flat] for name in COLUMNS}

    def _tidy(self, spot: Spot) -> Iterator[dict[str, str | None]]:
        head = {"matrix": self.kind, "rulebook": spot.held.reference, "title": spot.held.book.title}
        topic = {"topic": spot.row.key, "label": spot.row.label, "state": spot.state, "section": spot.section}
        for each in spot.statements or (None,):
            said = {"id": each.mark, "says": each.text} if each else dict.fromkeys(("id", "says"))
            yield {**head, **topic, **said, **_cited(spot.held, each)}

    def blocks(self) -> list[Block]:
        """Return the overview, the words for what its cells are, and topic by topic what is said with its source."""
        told: list[Block] = [Heading(self.title, 1), *self._overview()]
        found = {spot.state for spot in self.spots()}
        words = "; ".join(f"{state}: {text}" for state, text in STATES.items() if state in found)
        told.append(Paragraph(f"{words}.", quiet=True))
        for row, spots in self.by_topic():
            told.append(Heading(row.label))
            for spot in spots:
                told += [
                    Item(spot.held.reference, each.text, (), (source_words(each.cite),) if each.cite else ())
                    for each in spot.statements
                ]
            told += _unsaid(spots)
        told += [Paragraph(f"Written into {file}.") for file in self.files]
        return told

    def by_topic(self) -> Iterator[tuple[Row, list[Spot]]]:
        """Yield each topic that any rulebook speaks of, with its cells."""
        spots = list(self.spots())
        for place, row in enumerate(self.rows):
            own = spots[place * len(self.books) : (place + 1) * len(self.books)]
            yield row, own

    def spread(self) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[Spot, ...]], ...]] | None:
        """Return the overview as heads and named rows of cells, the longer side down; None where both sides are long."""
        table = [tuple(spots) for _, spots in self.by_topic()]
        topics, books = [row.key for row in self.rows], [held.reference for held in self.books]
        if len(topics) >= len(books):
            heads, names = books, topics
        else:
            heads, names, table = topics, books, list(zip(*table, strict=True))
        if len(heads) > MOST_ACROSS:
            return None
        return ("", *heads), tuple(zip(names, table, strict=True))

    def grid(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]] | None:
        """Return the overview as heads and rows of states; None where both sides are long."""
        found = self.spread()
        if found is None:
            return None
        return found[0], tuple((name, *(spot.state for spot in spots)) for name, spots in found[1])

    def _overview(self) -> list[Block]:
        """Return the overview in columns, or where names are too many for these, a line a topic."""
        grid = self.grid()
        if grid is not None and len(grid[0]) - 1 <= MOST_BESIDE:
            return [Grid(*grid)]
        return [Item(row.key, "; ".join(_who(spots)), (), ()) for row, spots in self.by_topic()]


def _who(spots: Sequence[Spot]) -> Iterator[str]:
    """Yield each state that a topic has, with the rulebooks of which that is so; how many where they are many."""
    for state in STATES:
        names = [spot.held.reference for spot in spots if spot.state == state]
        if names:
            yield f"{state}: {', '.join(names) if len(names) <= MOST_NAMED else counted(len(names), 'rulebook')}"


def _unsaid(spots: Sequence[Spot]) -> Iterator[Block]:
    """Yield who says nothing, apart by why."""
    for state in UNSAID:
        found = [spot for spot in spots if spot.state == state]
        names = [spot.named if len(spots) <= MOST_ACROSS else spot.held.reference for spot in found]
        if names:
            yield Paragraph(f"{state}: {'; '.join(names)}", quiet=True)


def _cited(held: Held, said: Statement | None) -> dict[str, str | None]:
    """Return where a statement comes from: standing, how it was read, source, place in it, title and address of the work."""
    cite = said.cite if said is not None else None
    if cite is None:
        return dict.fromkeys(("evidence", "seen", "source", "at", "work", "url"))
    work = next((each for each in held.book.sources if each.key == cite.source), None)
    where = {"work": work.title if work else None, "url": work.url if work else None}
    return {"evidence": cite.evidence, "seen": cite.seen, "source": cite.source, "at": cite.at, **where}


def matrix(
    kind: str, references: Sequence[str], as_at: date | None, *, table: Path | None = None, page: Path | None = None
) -> Matrix:
    """Return rulebooks by topic, those named or all that ship, and write them as CSV or as a page where that is asked.

    Errors   UsageError for another kind, a rulebook twice, and a file that may not be written, before any work is done
    """
    if kind not in MATRICES:
        refuse("--matrix", f"'{kind}'", f"one of {', '.join(MATRICES)}", did_you_mean(kind, list(MATRICES)))
    twice = next((each for each in references if list(references).count(each) > 1), None)
    if twice is not None:
        refuse("rulebooks", f"'{twice}' twice", "each rulebook once", "Name two readings, such as ID@a and ID@b.")
    targets = _targets(table, page)
    books = tuple(hold(each) for each in references) or library()
    files = tuple(each for each in (table, page) if each is not None)
    answer = Matrix(kind, books, tuple(MATRICES[kind].rows(books, as_at)), files)
    for target, content in zip(targets, _contents(answer, table, page), strict=True):
        target.write(content)
    return answer


def _targets(table: Path | None, page: Path | None) -> list[FileTarget]:
    """Return the files to write, each known to be free or an earlier one of the kind."""
    from glasstown.render.html import is_report
    from glasstown.storage.target import file_target

    head = ",".join(COLUMNS).encode()
    found = []
    if table is not None:
        found.append(file_target(table, "the table", lambda beginning: beginning.startswith(head), ".csv"))
    if page is not None:
        found.append(file_target(page, "the page", is_report))
    return found


def _contents(answer: Matrix, table: Path | None, page: Path | None) -> Iterator[bytes]:
    if table is not None:
        yield csv_of(answer).encode("utf-8")
    if page is not None:
        yield page_of(answer.title, answer.books, answer.spread(), tuple(answer.by_topic())).encode("utf-8")


def csv_of(answer: Matrix) -> str:
    """Return the matrix as CSV: a line of names, then a row for each statement; nothing stands for what is not said."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = answer.columns()
    writer.writerow(columns)
    for row in zip(*columns.values(), strict=True):
        writer.writerow("" if cell is None else shown(cell) for cell in row)
    return out.getvalue()
