"""What somebody at a desk went by: group by group how many files, of how many the claim was wrong, and what was decided of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from glasstown.desks.reckoning import MOOT, Decided
from glasstown.engine.tables.practice_rows import RIGHT, TRUTHS

FEWEST: Final = 4
"""files of a group, and of all others, from which on a habit is put into words"""


@dataclass(frozen=True, slots=True)
class Habit:
    """The files that a desk decided about people, or firms, of one group.

    what     by what the group is parted from others: income, age, sex, place, or size of a firm
    wrong    files whose claim was wrong; files of which it is not known count among `files` alone
    spared, recorded, asked   what was decided
    """

    what: str
    group: str
    files: int
    wrong: int
    spared: int
    recorded: int
    asked: int


def habits_of(decided: Sequence[Decided]) -> tuple[Habit, ...]:
    """Return a row for each group that files were about, in the order of what parts them and of the groups."""
    mine = [each for each in decided if each.fate != MOOT]
    parted: dict[tuple[str, str], list[Decided]] = {}
    for each in mine:
        for what, group in each.groups.items():
            parted.setdefault((what, group), []).append(each)
    kinds = [what for each in mine for what in each.groups]
    keys = sorted(parted, key=lambda key: (kinds.index(key[0]), key[1]))
    return tuple(_habit(what, group, parted[what, group]) for what, group in keys)


def _habit(what: str, group: str, mine: Sequence[Decided]) -> Habit:
    did = [each.order.do for each in mine]
    return Habit(
        what=what,
        group=group,
        files=len(mine),
        wrong=sum(is_wrong(each) for each in mine),
        spared=did.count("spare"),
        recorded=did.count("record"),
        asked=did.count("ask-means"),
    )


def is_wrong(decided: Decided) -> bool:
    """Return whether what a file said was not so; a claim of which nothing is known is not called wrong."""
    return decided.claim is not None and decided.claim != TRUTHS[RIGHT]


def rules_of_thumb(habits: Sequence[Habit]) -> Iterator[tuple[Habit, str]]:
    """Yield each group of which everybody was spared, or written down, and nobody else was: with the word for what was done.

    One that has few files, or few beside it, is none: it could be anything.
    """
    parts: dict[str, list[Habit]] = {}
    for each in habits:
        parts.setdefault(each.what, []).append(each)
    for mine in parts.values():
        files, spared, recorded = (
            sum(getattr(each, name) for each in mine) for name in ("files", "spared", "recorded")
        )
        for each in mine:
            if min(each.files, files - each.files) < FEWEST:
                continue
            if each.spared == each.files and spared == each.spared:
                yield each, "spared"
            elif each.recorded == each.files and recorded == each.recorded:
                yield each, "wrote down"
