"""Rulebooks laid side by side: what `compare-rules` answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from glasstown.answers.base import Answer
from glasstown.answers.compare_rules_rows import THEMES, Cell, Row, Statement
from glasstown.answers.entries import source_words
from glasstown.archive.library import Held, hold, library
from glasstown.errors import did_you_mean
from glasstown.language.days import holds_on, years
from glasstown.render.blocks import Block, Grid, Heading, Item, Paragraph
from glasstown.runs.usage import refuse
from glasstown.wording import counted

MOST_BESIDE = 3
"""rulebooks that stand in columns; more are told one below the other"""
MOST_NAMED = 6
"""rulebooks named in a line on who says nothing"""


@dataclass(frozen=True)
class Part:
    """One part of a comparison, such as the clauses, with the rows that are shown."""

    id: str
    title: str
    rows: tuple[Row, ...]
    n_alike: int = 0
    """rows left out because all rulebooks say the same in them"""
    n_unknown: int = 0
    """rows left out because it is unknown whether they differ"""


@dataclass(frozen=True)
class Compared(Answer):
    """Several rulebooks, part by part and row by row."""

    books: tuple[Held, ...]
    parts: tuple[Part, ...]
    as_at: date | None = None
    only_differences: bool = False
    sources: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the rulebooks, then every row with each rulebook's statements and their sources."""
        return {
            "as_at": self.as_at.isoformat() if self.as_at else None,
            "only_differences": self.only_differences,
            "rulebooks": [self._head(held) for held in self.books],
            "parts": [
                {
                    "part": part.id,
                    "left_out": {"alike": part.n_alike, "unknown": part.n_unknown},
                    "rows": [
                        {
                            "key": row.key,
                            "label": row.label,
                            "differs": row.differs,
                            "cells": [self._cell(held, cell) for held, cell in zip(self.books, row.cells, strict=True)],
                        }
                        for row in part.rows
                    ],
                }
                for part in self.parts
            ],
        }

    def _head(self, held: Held) -> dict[str, Any]:
        force = held.book.in_force
        return {
            "rulebook": held.reference,
            "title": held.book.title,
            "in_force": {
                "from": force.from_.isoformat(),
                "until": force.until.isoformat() if isinstance(force.until, date) else force.until,
            },
            "holds": holds_on(held.book, self.as_at) if self.as_at else None,
        }

    def _cell(self, held: Held, cell: Cell) -> dict[str, Any]:
        return {
            "rulebook": held.reference,
            "says": [
                {
                    "id": each.mark,
                    "text": each.text,
                    "evidence": each.cite.evidence if each.cite else None,
                    "source": each.cite.source if each.cite else None,
                    "at": each.cite.at if each.cite else None,
                }
                for each in cell.statements
            ],
            "absent": cell.absent,
        }

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each statement, and one for each rulebook that says nothing in a row."""
        flat = list(self._flat())
        said = [each for _, _, _, _, each in flat]
        return {
            "part": [part.id for part, _, _, _, _ in flat],
            "key": [row.key for _, row, _, _, _ in flat],
            "label": [row.label for _, row, _, _, _ in flat],
            "differs": [row.differs for _, row, _, _, _ in flat],
            "rulebook": [held.reference for _, _, held, _, _ in flat],
            "id": [each.mark if each else None for each in said],
            "says": [each.text if each else None for each in said],
            "absent": [absent for _, _, _, absent, _ in flat],
            "evidence": [each.cite.evidence if each and each.cite else None for each in said],
            "source": [each.cite.source if each and each.cite else None for each in said],
            "at": [each.cite.at if each and each.cite else None for each in said],
        }

    def _flat(self) -> Iterator[tuple[Part, Row, Held, str | None, Statement | None]]:
        for part in self.parts:
            for row in part.rows:
                for held, cell in zip(self.books, row.cells, strict=True):
                    for statement in cell.statements or (None,):
                        yield part, row, held, cell.absent, statement

    def blocks(self) -> list[Block]:
        """Return the comparison: in columns where few rulebooks stand side by side, one below the other otherwise."""
        names = ", ".join(held.reference for held in self.books) if len(self.books) <= MOST_NAMED else ""
        shown: list[Block] = [Heading(names or counted(len(self.books), "rulebook"), 1), *self._force()]
        for part in self.parts:
            shown.append(Heading(part.title))
            if part.rows:
                shown += self._columns(part) if len(self.books) <= MOST_BESIDE else self._below(part)
            shown += self._remark(part)
        return shown

    def _force(self) -> list[Block]:
        if self.as_at is None:
            times = [f"{held.reference}: {years(held.book)}" for held in self.books]
            return [Paragraph("; ".join(times), quiet=True)] if len(times) <= MOST_NAMED else []
        day = self.as_at.isoformat()
        words = {
            "no": f"is not in force on {day}; its text follows all the same",
            "unknown": f"may be in force on {day} or not: the record does not say when it ends",
        }
        states = [(held.reference, holds_on(held.book, self.as_at)) for held in self.books]
        told: list[Block] = [Paragraph(f"{name} {words[state]}.") for name, state in states if state in words]
        return told or [Paragraph(f"All are in force on {day}.")]

    def _remark(self, part: Part) -> list[Block]:
        why = "they name no act" if part.id == "others" else "they stand in one alone, and another was not read"
        counts = ((part.n_alike, "the same in all"), (part.n_unknown, f"unknown whether they differ: {why}"))
        said = [f"{counted(n, 'row')} ({reason})" for n, reason in counts if n]
        if said:
            return [Paragraph(f"Left out: {'; '.join(said)}.", quiet=True)]
        return [] if part.rows else [Paragraph("Nothing on record in any of them.", quiet=True)]

    def _columns(self, part: Part) -> list[Block]:
        rows = tuple(
            ("\n".join(_name(part, row)), *(self._text(cell) for cell in cells))
            for row, cells in zip(part.rows, _said_once(part), strict=True)
        )
        return [Grid(("", *(held.reference for held in self.books)), rows, roomy=True)]

    def _text(self, cell: Cell) -> str:
        return "\n".join(self._lines(cell)) or (cell.absent or "")

    def _lines(self, cell: Cell) -> Iterator[str]:
        for each in cell.statements:
            yield f"{each.mark}: {each.text}" if each.mark else each.text
            if self.sources and each.cite:
                yield source_words(each.cite)

    def _below(self, part: Part) -> list[Block]:
        shown: list[Block] = [self._overview(part)]
        for row in part.rows:
            lines = [
                f"{held.reference}  {line}"
                for held, cell in zip(self.books, row.cells, strict=True)
                for line in self._lines(cell)
            ]
            label, *key = _name(part, row)
            shown.append(Item(label, "".join(key), tuple(lines), tuple(self._absent(row))))
        return shown

    def _overview(self, part: Part) -> Grid:
        rows = []
        for row in part.rows:
            saying = [(held, cell) for held, cell in zip(self.books, row.cells, strict=True) if cell.statements]
            n_statements = sum(len(cell.statements) for _, cell in saying)
            names = _few([held.reference for held, _ in saying])
            rows.append((_name(part, row)[0], str(len(saying)), str(n_statements), names))
        return Grid(("", "rulebooks", "statements", "which"), tuple(rows), frozenset({1, 2}))

    def _absent(self, row: Row) -> Iterator[str]:
        if row.stands_alone:
            return
        by_reason: dict[str, list[str]] = {}
        for held, cell in zip(self.books, row.cells, strict=True):
            if cell.absent:
                by_reason.setdefault(cell.absent, []).append(held.reference)
        for reason, names in by_reason.items():
            yield f"{reason}: {_few(names)}"


def _said_once(part: Part) -> Iterator[Sequence[Cell]]:
    """Yield the cells of each row; of who is reached, what an earlier row of the column says in full is named by its mark alone."""
    told: dict[int, list[Statement]] = {}
    for row in part.rows:
        cells = []
        for column, cell in enumerate(row.cells):
            before = told.setdefault(column, [])
            again = [each for each in cell.statements if each in before] if part.id == "reach" else []
            new = tuple(each for each in cell.statements if each not in again)
            before += new
            marks = ", ".join(each.mark or each.text for each in again)
            cells.append(
                replace(cell, statements=(*new, *([Statement(None, f"as above: {marks}", None)] if again else [])))
            )
        yield cells


def _name(part: Part, row: Row) -> tuple[str, ...]:
    """Return what a row is called: its label, and the id where that is something to look up."""
    return (row.label, row.key) if part.id in ("clauses", "others") else (row.label,)


def _few(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= MOST_NAMED else counted(len(names), "rulebook")


def compare(
    references: Sequence[str], as_at: date | None, parts: Sequence[str], *, only_differences: bool, sources: bool
) -> Compared:
    """Return rulebooks side by side: those named, or all that ship where only parts are."""
    for part in parts:
        if part not in THEMES:
            refuse("part", f"'{part}'", f"one of {', '.join(THEMES)}", did_you_mean(part, list(THEMES)))
    if len(set(references)) < len(references):
        again = next(each for each in references if references.count(each) > 1)
        refuse("rulebooks", f"'{again}' twice", "each rulebook once", "Name two readings, such as ID@a and ID@b.")
    if len(references) == 1 or not (references or parts):
        way_out = "Name a second one, or only a part, such as `--part reach`, which compares all that ship."
        refuse("rulebooks", f"{len(references)} to compare", "two or more", way_out)
    books = tuple(hold(each) for each in references) or library()
    told = tuple(_part(name, books, as_at, only_differences) for name in dict.fromkeys(parts or THEMES))
    return Compared(books, told, as_at, only_differences, sources)


def _part(name: str, books: Sequence[Held], as_at: date | None, only_differences: bool) -> Part:
    rows = tuple(THEMES[name].rows(books, as_at))
    if not only_differences:
        return Part(name, THEMES[name].title, rows)
    states = Counter(row.differs for row in rows)
    kept = tuple(row for row in rows if row.differs == "yes")
    return Part(name, THEMES[name].title, kept, states["no"], states["unknown"])
