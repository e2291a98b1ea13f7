"""A town of the explorer: lived month by month in memory, with its accounts and where everybody stands at each month's end."""

from __future__ import annotations

import gzip
from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from glasstown.explorer.asked import View
from glasstown.explorer.frames import BARRED, BLACK, UNABLE, WRONGLY, Bytes, book_of, frame_of
from glasstown.explorer.requested import hash_of, kind_told, parts_of
from glasstown.explorer.seats import request_with_orders
from glasstown.fields import is_points
from glasstown.language.model import Rulebook
from glasstown.outcomes.counted import MEASURED, number_of, why_not
from glasstown.outcomes.finding import WHO
from glasstown.outcomes.measures import Accounts
from glasstown.population.tables import BLOCK
from glasstown.runs.final import final_tables
from glasstown.runs.living import Living
from glasstown.runs.memory import plan_in_memory
from glasstown.runs.plan import Plan
from glasstown.runs.subjects import unkept_accounts
from glasstown.types import EntityKind, Progress

GOT: Final = ("offences", "found out", "good deeds", "records")
COST: Final = (
    "on a black list", "wrongly listed", "barred unlisted", "refusals", "payments missed", "out of work", "wrong records",
    "expression",
)  # fmt: skip
"""what the rules got and what they cost: measures that a page lays side by side, of people; of firms where only those are scored"""

MOST_TOLD, FIRST_TOLD = 3_000, 150
"""people of whom it is kept who they are: of those whom something befell, and of all"""


@dataclass(frozen=True, slots=True)
class Month:
    """One month that was lived: its number from 0, its first day, its measures, and where everybody stands at its end."""

    number: int
    day: date
    measures: Mapping[str, int | None]
    frame: Bytes


@dataclass(frozen=True, slots=True)
class Lived:
    """A town that was lived.

    kind     who the map is about: people, or firms where only those are scored
    series   each measure by month; those that are not kept are in `unkept`, with the reason
    frames   (months, P) where everybody stands
    fixed    (P,) income fifth from 1, and 8 for those who live in town
    grades   those of the first rulebook that has any, best first, with the place of the grade in which everybody begins
    who      who somebody is, by number: of those whom something befell, and of the first of all
    texts    the hash of all texts, eight digits: what an address has as `h`
    parts    the hash of each text by its name, so that a page can say which one is another
    """

    view: View
    kind: EntityKind
    days: tuple[date, ...]
    series: Mapping[str, tuple[int, ...]]
    unkept: Mapping[str, str]
    frames: NDArray[np.uint8]
    fixed: Bytes
    grades: tuple[str, ...]
    base: int
    digest: str
    texts: str
    parts: Mapping[str, str]
    people: int
    firms: int
    rulebooks: tuple[tuple[str, str], ...]
    who: Mapping[int, Mapping[str, Any]]

    @property
    def nbytes(self) -> int:
        """Return how much memory its frames hold."""
        return self.frames.nbytes


@dataclass(frozen=True, slots=True)
class _Booked:
    """A rulebook with the accounts of one month."""

    book: Rulebook
    accounts: Mapping[EntityKind, Accounts]


class Stepping:
    """A town that lives a month whenever the next one is asked for."""

    def __init__(self, view: View) -> None:
        """Make the town of a view, before its first month.  Errors   GlasstownError where the request is wrong."""
        self.view = view
        self.plan = plan_in_memory(request_with_orders(view.made_of))
        self._living = Living(self.plan)
        self.kind = kind_told(self.plan)
        prefix = "" if self.kind == "person" else "firms: "
        numbers = {each.id: str(each.value) for each in self.plan.inputs.parameters.parameters}
        self._unkept = {
            (name, kind): unkept_accounts(book, kind, numbers)
            for name, book in self.plan.books.items()
            for kind in self.plan.kinds
        }
        nothing = why_not(self._booked({}, self.plan.manifest.start))
        every = [prefix + name for name in (*GOT, *COST) if prefix + name in MEASURED]
        self.names = tuple(name for name in every if name not in nothing)
        self.unkept = {name: nothing[name] for name in every if name in nothing}

    def months(self) -> Generator[Month, None, None]:
        """Yield each month when it has been lived; whoever asks no more lets the town go."""
        books = None
        try:
            while self._living.month < self._living.months:
                number, day = self._living.month, self._living.day
                self._living.step()
                side = next(each for each in self._living.town.sides if each.kind == self.kind)
                books = books or [book_of(layer.compiled) for layer in side.layers]
                booked = self._booked(_sums(self._living.accounts()), day)
                measures = {name: number_of(name, booked, self.plan.inputs.acts) for name in self.names}
                yield Month(number, day, measures, frame_of(side, books))
        finally:
            self._living.close()

    def who(self, numbers: Collection[int]) -> dict[int, Mapping[str, Any]]:
        """Return who each of these is now, with the columns of `outcomes.finding.WHO`."""
        wanted, found = pa.array(sorted(numbers), pa.int64()), dict[int, Mapping[str, Any]]()
        for table in final_tables(self.plan, self._living.town):
            mine = pc.and_(pc.equal(table["kind"], self.kind), pc.is_in(table["id"].cast(pa.int64()), wanted))
            for row in table.filter(mine).select(list(WHO)).to_pylist():
                found.setdefault(row["id"], row)
        return found

    def digest(self) -> str:
        """Return the digest of the months lived so far, which is that of a run of so many."""
        return self._living.digest()

    def _booked(self, sums: Mapping[tuple[Any, ...], Any], day: date) -> list[_Booked]:
        """Return each rulebook with the accounts of one month; what belongs to no rulebook is under each."""
        found: dict[tuple[str, EntityKind], dict[tuple[str, str], tuple[Any, ...]]] = {
            (name, kind): {} for name in self.plan.books for kind in self.plan.kinds
        }
        for (kind, rulebook, account, item), value in sums.items():
            if not is_points(account):
                for name in (rulebook,) if rulebook is not None else tuple(self.plan.books):
                    found[name, kind][account, item] = (int(value),)
        return [
            _Booked(book, {
                kind: Accounts(kind, (day,), found[name, kind], {}, self._unkept[name, kind]) for kind in self.plan.kinds
            })
            for name, book in self.plan.books.items()
        ]  # fmt: skip


def _sums(columns: Mapping[str, Sequence[Any]]) -> dict[tuple[Any, ...], Any]:
    """Return the accounts of a month summed over groups, by kind, rulebook, account and item."""
    sums: dict[tuple[Any, ...], Any] = {}
    names = ("kind", "rulebook", "account", "item", "value")
    for kind, rulebook, account, item, value in zip(*(columns[name] for name in names), strict=True):
        key = (kind, rulebook, account, item)
        sums[key] = sums.get(key, 0) + value
    return sums


def live(view: View, tell: Progress) -> Lived:
    """Return the town of a view, lived to its end.  Errors   GlasstownError where the request is wrong."""
    stepping = Stepping(view)
    months: list[Month] = []
    digest, who = "", dict[int, Mapping[str, Any]]()
    for month in stepping.months():
        months.append(month)
        tell(month.number + 1, view.months)
        if month.number + 1 == view.months:  # the town is let go when the next month is asked for
            digest, who = stepping.digest(), stepping.who(_told_of(months))
    plan, manifest = stepping.plan, stepping.plan.manifest
    grades, base = _grades(plan, stepping.kind)
    parts = parts_of(manifest)
    return Lived(
        view=view,
        kind=stepping.kind,
        days=tuple(month.day for month in months),
        series={name: tuple(month.measures[name] or 0 for month in months) for name in stepping.names},
        unkept=stepping.unkept,
        frames=np.stack([month.frame for month in months]),
        fixed=_fixed(plan, stepping.kind, len(months[0].frame)),
        grades=grades,
        base=base,
        digest=digest,
        texts=hash_of(parts),
        parts=parts,
        people=manifest.people,
        firms=manifest.firms,
        rulebooks=tuple((name, book.title) for name, book in plan.books.items()),
        who=who,
    )


def _told_of(months: Sequence[Month]) -> set[int]:
    """Return the numbers of those who are told of one by one: whom something befell, the first of them, and the first of all."""
    ever = np.bitwise_or.reduce([month.frame for month in months]) & np.uint8(BLACK | WRONGLY | BARRED | UNABLE)
    return {*np.flatnonzero(ever)[:MOST_TOLD].tolist(), *range(min(FIRST_TOLD, len(ever)))}


def _grades(plan: Plan, kind: EntityKind) -> tuple[tuple[str, ...], int]:
    """Return the grades of the first rulebook that has any, and the place of the one in which most begin; 0 of none."""
    for each in plan.in_force[kind]:
        grades = each.compiled.grade_ids()
        if grades:
            base = each.compiled.book.base_score
            at = next((n for n, rule in enumerate(each.compiled.rulebook.grades) if _holds(rule, base, each)), 0)
            return tuple(grades), at
    return (), 0


def _holds(rule: Any, base: int, each: Any) -> bool:
    points = base * each.compiled.quantum
    low, high = rule.from_, rule.below
    above = not hasattr(low, "as_tuple") or low <= points
    return above and (not hasattr(high, "as_tuple") or points < high)


def _fixed(plan: Plan, kind: EntityKind, n: int) -> Bytes:
    """Return the income fifth of everybody, from 1, and 8 for those who live in town; firms are all in town."""
    if kind == "firm":
        firms = plan.population.firms(0, plan.population.n_firm_blocks)
        return (firms.size.astype(np.uint8) + 9)[:n]
    people = plan.population.people(0, -(-n // BLOCK))
    return (people.income_fifth.astype(np.uint8) + 1 + 8 * people.is_urban.astype(np.uint8))[:n]


def packed(lived: Lived, head: bytes = b"") -> bytes:
    """Return what the map is painted from, compressed: `head`, `fixed`, then of each month what differs from the one before."""
    moved = lived.frames.copy()
    moved[1:] ^= lived.frames[:-1]
    return gzip.compress(head + lived.fixed.tobytes() + moved.tobytes(), 6, mtime=0)
