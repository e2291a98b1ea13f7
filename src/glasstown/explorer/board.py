"""The public board of a town: what a credit platform would publish of its lists, and what stands in no entry of it.

A list is published where a rulebook says so; what an entry shows is what that statement names.  All of it is of the run's last day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow.compute as pc

from glasstown.explorer.frames import BARRED, BLACK, UNABLE, WRONGLY
from glasstown.explorer.towns import Lived
from glasstown.language.days import month_first
from glasstown.language.model import ListRule, Publicity, Rulebook
from glasstown.outcomes.finding import WHO
from glasstown.population.names import MARK, firm_name, person_name
from glasstown.runs.plan import plan_of
from glasstown.storage.folder import RunFolder
from glasstown.types import EntityKind

NAMING: Final = frozenset({"name", "organisation-code"})
"""what an item of publicity has to show for its list to be one of names"""
COLUMNS: Final = ("kind", "rulebook", "lists", "grade", "since", *WHO)
HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody on a list, with the invented name that an entry would have; `age` is None of a firm."""

    kind: EntityKind
    number: int
    name: str
    age: int | None
    sex: str | None
    lives: str

    @property
    def letter(self) -> str:
        """Return the letter under which the entry is found."""
        return self.name[0]


@dataclass(frozen=True, slots=True)
class Board:
    """One list: its rule, what is said of its publication, and who is on it on the last day."""

    rulebook: str
    book: Rulebook
    rule: ListRule
    said: tuple[Publicity, ...]
    entries: tuple[Entry, ...]

    @property
    def is_published(self) -> bool:
        """Return whether a rule on record publishes names of those on it."""
        return bool(self.said)

    @property
    def address(self) -> str:
        """Return the list as an address names it: its rulebook and its id."""
        return f"{self.rulebook}.{self.rule.id}"


@dataclass(frozen=True, slots=True)
class Boards:
    """All lists of a town on its last day."""

    day: date
    boards: tuple[Board, ...]

    @property
    def published(self) -> tuple[Board, ...]:
        """Return the lists of which a rule publishes names."""
        return tuple(each for each in self.boards if each.is_published)

    @property
    def kept(self) -> tuple[Board, ...]:
        """Return the lists that are kept, and that no rule on record publishes."""
        return tuple(each for each in self.boards if not each.is_published)

    def named(self) -> frozenset[int]:
        """Return the numbers of the people who are named on a list that is published."""
        return frozenset(entry.number for board in self.published for entry in board.entries if entry.kind == "person")


def boards_of(folder: Path) -> Boards:
    """Return the lists of a finished run on its last day, in the rulebooks' order."""
    run = RunFolder.open(folder)
    plan = plan_of(run)
    final = run.final_rows()
    listed = final.filter(pc.not_equal(final["lists"].cast("string"), "")).select(list(dict.fromkeys(COLUMNS)))
    on: dict[tuple[str, str], list[Entry]] = {}
    for row in listed.to_pylist():
        entry = _entry(row, plan.manifest.seed)
        for name in str(row["lists"]).split():
            on.setdefault((row["rulebook"], name), []).append(entry)
    boards = [
        Board(name, book, rule, published_by(book, rule), tuple(sorted(on.get((name, rule.id), ()), key=_by_name)))
        for name, book in plan.books.items()
        for rule in book.lists
    ]
    return Boards(month_first(run.manifest.start.replace(day=1), run.manifest.months - 1), tuple(boards))


def published_by(book: Rulebook, rule: ListRule) -> tuple[Publicity, ...]:
    """Return the statements by which names on a list are published; one that names no list is about all of its rulebook."""
    naming = [each for each in book.publicity if NAMING & set(each.what) and "on-request" not in each.where]
    mine = [each for each in naming if each.when is not None and rule.id in each.when.lists]
    return tuple(mine) or tuple(each for each in naming if each.when is None and rule.colour != "red")


def _entry(row: Mapping[str, object], seed: int) -> Entry:
    number = int(str(row["id"]))
    if row["kind"] == "firm":
        return Entry("firm", number, firm_name(seed, number).removesuffix(f" {MARK}"), None, None, "")
    name = person_name(seed, number, int(str(row["since"] or 0))).removesuffix(f" {MARK}")
    lives = "in town" if row["town"] == "urban" else "in the countryside"
    return Entry("person", number, name, int(str(row["age"])), str(row["sex"]), lives)


def _by_name(entry: Entry) -> tuple[str, int]:
    return entry.name, entry.number


def letters_of(entries: Sequence[Entry]) -> dict[str, int]:
    """Return how many entries there are under each letter."""
    found: dict[str, int] = {}
    for each in entries:
        found[each.letter] = found.get(each.letter, 0) + 1
    return dict(sorted(found.items()))


def hundreds_of(entries: Sequence[Entry]) -> dict[int, int]:
    """Return how many entries there are in each hundred of numbers."""
    found: dict[int, int] = {}
    for each in entries:
        found[each.number // HUNDRED] = found.get(each.number // HUNDRED, 0) + 1
    return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True)
class Silence:
    """What no entry of the board says, counted on the last day.

    wrongly    of the people named: on a black list through wrong records alone
    unable     of the people named: owe by judgment what they could not pay
    barred     people who meet closed gates and are on no black list, so that no board explains it
    left       people who stood on a black list in an earlier month and are on none now
    """

    named: int
    wrongly: int
    unable: int
    barred: int
    left: int


def silence_of(boards: Boards, lived: Lived) -> Silence:
    """Return what the board of a town of people does not say; nothing where the town's map is one of firms."""
    if lived.kind != "person":
        return Silence(0, 0, 0, 0, 0)
    last, named = lived.frames[-1], sorted(boards.named())
    mine = last[named]
    ever = (lived.frames & BLACK).any(axis=0)
    return Silence(
        named=len(named),
        wrongly=int(((mine & WRONGLY) != 0).sum()),
        unable=int(((mine & UNABLE) != 0).sum()),
        barred=int(((last & BARRED) != 0).sum()),
        left=int((ever & ((last & BLACK) == 0)).sum()),
    )
