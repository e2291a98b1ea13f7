"""Synthetic people, or firms, of a run by what befell them: what `lives` answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glasstown.answers.base import Answer
from glasstown.outcomes.finding import MOST, Fitting, Found, find, questions_in
from glasstown.outcomes.wanted import Value, option
from glasstown.render.blocks import Block, Item, Paragraph
from glasstown.render.findings import shown
from glasstown.render.found_lives import befell_words, end_words, sought, who_words
from glasstown.storage.values import json_value
from glasstown.types import SYNTHETIC_WORDS, EntityKind, Progress
from glasstown.wording import as_typed, count


def found_lives(
    folder: Path,
    questions: Mapping[str, Value | None],
    under: str | None,
    kind: EntityKind,
    most: int | None,
    progress: Progress | None,
) -> Lives:
    """Return those of a run who fit the questions that are asked; those that are not are None or False.

    Errors   as of `outcomes.finding.find`
    """
    asked = dict(questions_in(questions))
    found = find(folder, asked, under=under, kind=kind, most=MOST if most is None else most, progress=progress)
    return Lives(folder, found)


@dataclass(frozen=True)
class Lives(Answer):
    """Those of a run who fit what was asked."""

    folder: Path
    found: Found

    population_words = SYNTHETIC_WORDS

    def as_json(self) -> dict[str, Any]:
        """Return what was asked, how far was searched, and one object for each life found."""
        found = self.found
        return {
            "population": SYNTHETIC_WORDS,
            "run": str(self.folder),
            "kind": found.kind,
            "asked": dict(found.asked),
            "rulebooks": list(found.under),
            "found": len(found.fitting),
            "in_all": found.in_all,
            "searched": found.searched,
            "eligible": found.eligible,
            "lives": [_as_json(each) for each in found.fitting],
        }

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each life: who it is, and how much of each thing befell them."""
        rows = [_row(each) for each in self.found.fitting]
        return {name: [row[name] for row in rows] for name in _row_names(self.found)}

    def blocks(self) -> list[Block]:
        """Return each life with what befell it and the command that opens it, then how many there are."""
        found = self.found
        firm = " --firm" if found.kind == "firm" else ""
        is_sole = len(found.under) == 1
        blocks: list[Block] = []
        for each in found.fitting:
            ends = [f"{words}." for words in end_words(each, is_sole=is_sole)]
            lines = (
                *befell_words(each.befell, found.labels, is_sole=is_sole),
                *(words[0].upper() + words[1:] for words in ends),
            )
            command = f"glasstown life {as_typed(shown(self.folder))} {each.number}{firm}"
            blocks.append(Item(f"{found.kind} {each.number}", who_words(each), lines, (command,)))
        return [*blocks, Paragraph(self._counted()), *([] if found.asked else [Paragraph(self._can_ask())])]

    def _can_ask(self) -> str:
        """Return what can be asked of this run, for somebody who has asked nothing."""
        options = ", ".join(option(each) for each in self.found.can_ask)
        return f"Nothing was asked, so these are the first by number, whatever befell them. Of this run one can ask: {options}."

    def _counted(self) -> str:
        """Return how many were found, and whether there may be more."""
        found, n = self.found, len(self.found.fitting)
        everybody = f"{SYNTHETIC_WORDS.capitalize()}: nobody like that exists outside this run."
        if not n:
            return f"This run has no {sought(found, 0)}. {everybody}"
        if found.in_all is not None:
            shown_words = "the first is shown" if n == 1 else f"the first {count(n)} are shown"
            some = f"; {shown_words}" if found.in_all > n else ""
            return f"This run has {count(found.in_all)} {sought(found, found.in_all)}{some}. {everybody}"
        seen = f"{count(found.searched)} of {count(found.eligible)} that could be such were looked at"
        more = f"there may be more: --most {max(10 * n, 100)} looks on"
        return f"The first {count(n) + ' ' if n > 1 else ''}{sought(found, n)}; {seen}, and {more}. {everybody}"


def _row_names(found: Found) -> tuple[str, ...]:
    return ("kind", "id", "age", "sex", "town", "group", "work", *COUNTS)


COUNTS = (
    "listings",
    "wrongful_listings",
    "wrong_records",
    "corrected",
    "refusals",
    "could_not_pay",
    "in_arrears",
    "out_of_work",
    "guarantor",
    "bankrupt",
)
"""what is counted of a life"""
OF_MONEY = COUNTS[COUNTS.index("could_not_pay") :]
"""what of it is about work, debts and courts"""


def _row(fitting: Fitting) -> dict[str, Any]:
    what = fitting.befell
    return {
        "kind": "firm" if fitting.who["age"] is None else "person",
        **{name: fitting.who[name] for name in ("id", "age", "sex", "town", "group", "work")},
        "listings": len(what.listings),
        "wrongful_listings": sum(each.was_wrong for each in what.listings),
        "wrong_records": sum(what.wrong.values()),
        "corrected": what.corrected,
        "refusals": sum(what.refused.values()),
        **{name: getattr(what, name) for name in OF_MONEY},
    }


def _as_json(fitting: Fitting) -> dict[str, Any]:
    what = fitting.befell
    return {
        **{name: json_value(value) for name, value in fitting.who.items()},
        "ends": [{name: json_value(value) for name, value in row.items()} for row in fitting.ends],
        "listings": [each.as_json() for each in what.listings],
        "wrong_records": dict(what.wrong),
        "refused": dict(what.refused),
        **{name: getattr(what, name) for name in ("corrected", *OF_MONEY)},
    }
