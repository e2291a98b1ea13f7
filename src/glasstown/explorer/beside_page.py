"""Two rulebooks beside each other: the same act, grade or question in each, with its source, and where nothing was read."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from glasstown.answers.compare_rules import Compared, Part, compare
from glasstown.answers.compare_rules_rows import THEMES
from glasstown.explorer import offered
from glasstown.explorer.asked import chosen
from glasstown.explorer.citing import cited
from glasstown.explorer.commands import python
from glasstown.explorer.site import Again, Asked, Page, Site

BESIDE: Final = "beside"
PART: Final = "part"


def references() -> tuple[str, ...]:
    """Return every rulebook, and every reading of one."""
    found = []
    for name, book in offered.books().items():
        found += [name, *(f"{name}@{each.id}" for each in book.variants)]
    return tuple(found)


@lru_cache(maxsize=16)
def _compared(first: str, second: str, part: str, day: date | None) -> Compared:
    return compare((first, second), day, (part,), only_differences=False, sources=True)


async def beside(site: Site, asked: Asked, reference: str, day: date | None) -> Response:
    """Answer a rulebook with the one that the address names beside it, a part at a time.

    Errors   UsageError for another rulebook that is none, or the same one
    """
    known = tuple(each for each in references() if each != reference)
    other = chosen(asked.found, BESIDE, known, "")
    part = chosen(asked.found, PART, tuple(THEMES), "clauses")
    found = await run_in_threadpool(_compared, reference, other, part, day)
    books = [held.book for held in found.books]
    option = "" if day is None else f" --as-at {day}"
    call = "" if day is None else f", as_at={str(day)!r}"
    again = Again(
        f"glasstown compare-rules {reference} {other} --part {part} --sources{option}",
        python(f"print(glasstown.compare_rules({reference!r}, {other!r}, part=[{part!r}]{call}))"),
    )
    values = {
        "reference": reference, "other": other, "books": books, "part": part, "rows": _rows(found.parts[0], books),
        "themes": [(name, theme.title) for name, theme in THEMES.items()], "year": None if day is None else day.year,
    }  # fmt: skip
    return site.render(Page("beside.html", f"{books[0].title}, and {books[1].title}", "/rulebooks", values, again))


def _rows(part: Part, books: list[Any]) -> list[dict[str, Any]]:
    """Return the rows of a part, those first in which the two differ."""
    rows = sorted(part.rows, key=lambda row: ("yes", "unknown", "no").index(row.differs))
    return [
        {
            "label": row.label,
            "differs": row.differs,
            "cells": [
                {
                    "absent": cell.absent,
                    "says": [
                        {"mark": each.mark, "text": each.text, "cited": cited(book, each.cite) if each.cite else None}
                        for each in cell.statements
                    ],
                }
                for cell, book in zip(row.cells, books, strict=True)
            ],
        }
        for row in rows
    ]
