"""What lies on a desk of a town in memory: what `town.desk("court")` answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from glasstown.answers.base import Answer
from glasstown.desks.docket import OPTIONS, Case, chosen
from glasstown.language.orders import Desk
from glasstown.render.blocks import Block, Item, Paragraph, Sentences
from glasstown.runs.arguments import whole
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import counted

BLIND: Final = "You see what this desk would see, and no more; whether it is true is told when you leave, by .reckon()."


@dataclass(frozen=True)
class AtDesk(Answer):
    """The files that lie on one desk at the eve of a month, of the synthetic people or firms of a town.

    date    first day of that month
    decided what the desk has decided about files of the month, by number
    seed    of the town
    """

    desk: Desk
    month: int
    date: str
    files: tuple[Case, ...]
    decided: Mapping[int, str]
    seed: int = 0

    population_words = SYNTHETIC_WORDS

    def cases(self, most: int | None = None) -> tuple[Case, ...]:
        """Return the files in the order of their numbers; with `most` only so many, chosen by seed, month and number alone."""
        return self.files if most is None else chosen(self.files, self.seed, whole("most", most))

    def as_json(self) -> dict[str, Any]:
        """Return the desk, its month and its files, each with what the desk sees of it and nothing else."""
        return {
            "population": SYNTHETIC_WORDS,
            "desk": self.desk,
            "month": self.month,
            "date": self.date,
            "files": [case.as_json() for case in self.files],
            "decided": {str(number): do for number, do in self.decided.items()},
        }

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each file."""
        rows = [_row(case, self.decided.get(case.number)) for case in self.files]
        return {name: [row[name] for row in rows] for name in _row_names()}

    def blocks(self) -> list[Block]:
        """Return each file with what it says, what it does not say, and what the desk may do."""
        n = counted(len(self.files), "file")
        head = Paragraph(f"The {self.desk}'s desk, {self.date[:7]}: {n}. {SYNTHETIC_WORDS.capitalize()}. {BLIND}")
        items = [_item(case, self.decided.get(case.number)) for case in self.files]
        options = sorted({each for case in self.files for each in case.options})
        may = Sentences(tuple(f"{each}: {OPTIONS[each]}." for each in options))
        left = Paragraph("What you leave is decided as this office usually decides.", quiet=True)
        return [head, *items, may, left] if self.files else [head]


def _row_names() -> tuple[str, ...]:
    return ("number", "about", "name", "age", "act", "says", "day", "amount", "under", "clause", "options", "decided")


def _row(case: Case, decided: str | None) -> dict[str, Any]:
    return {
        **{
            name: getattr(case, name) for name in ("number", "about", "act", "says", "day", "amount", "under", "clause")
        },
        "name": case.who.name,
        "age": case.who.age,
        "options": " ".join(case.options),
        "decided": decided,
    }


def _item(case: Case, decided: str | None) -> Item:
    """Return a file in words."""
    age = f", {case.who.age}" if case.who.age is not None else ""
    lines = (
        f"{case.under} {case.clause}: {case.clause_says}.",
        f"Done on {case.day}, it says. It does not say {'; '.join(case.not_said)}.",
        f"You may: {', '.join(case.options)}." if decided is None else f"You decided: {decided}.",
    )
    return Item(f"{case.number}", f"{case.who.name}{age} ({case.about}): {case.says}", lines)
