"""The reckoning: a town beside its twin without orders, up to where it stands; who was spared or hurt, and whether rightly.

Here the truth arrives that no desk saw.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

import numpy as np

from glasstown.desks.fared import Fared, groups_of
from glasstown.desks.sees import Somebody, place_of, somebody
from glasstown.engine.sides import Side
from glasstown.engine.tables.listed import lists_of_all
from glasstown.engine.tables.log_rows import CAME, FILED, LogLine
from glasstown.engine.tables.practice_rows import MISJUDGED, RIGHT, TRUTHS
from glasstown.language.days import month_first
from glasstown.language.orders import Order
from glasstown.runs.eve import Written, next_month
from glasstown.runs.living import Living
from glasstown.runs.memory import Summing
from glasstown.runs.ordered import Act, Aimed, act_of, canonical, moot_in, rows_of_orders
from glasstown.runs.plan import Plan
from glasstown.studies.summed import counts_from
from glasstown.types import EntityKind, Progress

AS_USUAL: Final = "as usual"
SPARED: Final = "spared"
WRITTEN: Final = "written down"
OTHERWISE: Final = "written down otherwise"
MOOT: Final = "moot"
MOST_TURNED: Final = 40
"""lives that took another turn of which it is told who they are"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What was written down of an act: the clause, and what is true of it."""

    clause: str
    truth: str


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision and what came of it; pairs are with the desk, then without.

    name      of whom the file was about, invented
    says      the act in words, as the file had it, and `act` its id; None of a moot order
    fate      SPARED, WRITTEN, OTHERWISE, AS_USUAL or MOOT
    written   what was written down; None for nothing
    claim     what is true of what the file said; None where it is lost, or averted, whatever a desk decides
    listed    months on a black list under the rulebook, from the order's month on
    fared     what befell whom the file was about, from that month on
    groups    to which groups they belonged when it lay there, by what parts them
    """

    order: Order
    name: str
    says: str | None
    fate: str
    written: tuple[Entry | None, Entry | None]
    listed: tuple[int, int]
    claim: str | None = None
    fared: tuple[Fared, Fared] = (Fared(), Fared())
    groups: Mapping[str, str] = field(default_factory=dict)
    act: str | None = None

    @property
    def is_right(self) -> bool | None:
        """Return whether what the desk changed is as the rulebook's own words ask; None where it changed nothing."""
        with_desk, without = self.written
        if self.fate == WRITTEN and with_desk is not None:
            return with_desk.truth == TRUTHS[RIGHT]
        if self.fate in (SPARED, OTHERWISE) and without is not None:
            return without.truth != TRUTHS[RIGHT]
        return None


@dataclass(frozen=True, slots=True)
class Turned:
    """Somebody whose life took another turn: their number, who lives there at the end, and at how many months' ends they differed."""

    kind: EntityKind
    number: int
    name: str
    months: int


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A town beside its twin: what became of each decision, how many lives took another turn, and every measure of both.

    turned   people, and firms, whose lists, grade, work, debts, closed gates or ties were not the same at some month's end
    furthest those of them who differed longest, at most MOST_TURNED
    start    first day of the first month
    counts   by measure of `outcomes.counted`, with the desk and without; None where a town does not keep it
    """

    months: int
    decided: tuple[Decided, ...]
    turned: Mapping[EntityKind, int]
    counts: Mapping[str, tuple[int | None, int | None]]
    digests: tuple[str, str]
    furthest: tuple[Turned, ...] = ()
    start: date = date.min

    def month_of(self, order: Order) -> date:
        """Return the first day of the month of an order."""
        return month_first(self.start, order.month)


def reckoned(living: Living, months: int | None = None, tell: Progress | None = None) -> Reckoned:
    """Return a town beside its twin without orders; both are lived once more, from the first month to where the town stands.

    months   how many are lived instead
    """
    plan, months = living.plan, living.month if months is None else months
    both = [Living(plan, threads=living.threads), Living(_without(living), threads=living.threads)]
    try:
        watch = _Watch(both, [each for each in plan.inputs.orders if each.month < months])
        for month in range(months):
            watch.live_month()
            if tell is not None:
                tell(month + 1, months)
        return watch.result()
    finally:
        for town in both:
            town.close()


def _without(living: Living) -> Plan:
    """Return the plan of the twin."""
    return replace(living.plan, inputs=replace(living.plan.inputs, orders=()))


class _Watch:
    """Two towns that are lived side by side, and what is noted of them."""

    def __init__(self, both: Sequence[Living], orders: Sequence[Aimed]) -> None:
        self._both = both
        self._orders = orders
        self._sums = [Summing(each.plan, each.town) for each in both]
        self._turned: dict[EntityKind, np.ndarray[Any, np.dtype[np.int16]]] = {}
        self._moot: set[int] = set()
        self._seen: dict[Act, LogLine] = {}
        self._who: dict[int, Somebody] = {}
        self._fared = [[Fared(), Fared()] for _ in orders]
        self._written: list[dict[Act, LogLine]] = [{}, {}]
        self._would: dict[Act, LogLine] = {}
        self._listed = np.zeros((len(orders), 2), dtype=np.int64)

    def live_month(self) -> None:
        """Live a month of both; where desks had orders, with what was written down."""
        month = self._both[0].month
        asked = [place for place, each in enumerate(self._orders) if each.month == month]
        if asked:
            self._read(asked)
        for living in self._both:
            living.step()
        self._moot |= set(moot_in(month, self._orders, self._both[0].town.orders))
        for living, sums in zip(self._both, self._sums, strict=True):
            sums.add(living.town)
        self._turn()
        for place, each in enumerate(self._orders):
            if each.month <= month:
                self._listed[place] += [_is_listed(living, each) for living in self._both]
                self._fared[place] = [
                    fared.later(living.town, each.kind, each.order.number)
                    for fared, living in zip(self._fared[place], self._both, strict=True)
                ]

    def _read(self, asked: Sequence[int]) -> None:
        """Note what came before desks in the month that is next, and what both towns write down of it."""
        wanted = {self._orders[place].act for place in asked}
        for number, living in enumerate(self._both):
            with next_month(living, (CAME, FILED)) as (lines, then):
                for act, written in _by_act(lines):
                    if act not in wanted:
                        continue
                    if written.line.kind == FILED:
                        self._written[number].setdefault(act, written.line)
                    elif number == 0:
                        self._seen[act] = written.line
                for place in asked if number == 0 else ():
                    each = self._orders[place]
                    self._who[place] = somebody(living.plan, then, each.kind, each.order.number)
        self._record_all([self._orders[place] for place in asked])

    def _record_all(self, asked: Sequence[Aimed]) -> None:
        """Note what the twin would write down of these acts if all of them were recorded: what is true of each is told by that."""
        twin = self._both[1]
        all_recorded = [replace(each, order=each.order.model_copy(update={"do": "record"})) for each in asked]
        twin.town.orders = rows_of_orders(all_recorded)
        with next_month(twin, (FILED,)) as (lines, _):
            self._would |= dict(reversed([(act, written.line) for act, written in _by_act(lines)]))
        twin.town.orders = {}

    def _turn(self) -> None:
        """Note whose life has taken another turn."""
        ours, theirs = (living.town for living in self._both)
        for one, other in zip(ours.sides, theirs.sides, strict=True):
            differs = np.concatenate([_differ(one, other, number) for number in range(len(one.shards))])
            so_far = self._turned.get(one.kind)
            self._turned[one.kind] = differs.astype(np.int16) if so_far is None else so_far + differs

    def _furthest(self) -> Iterator[Turned]:
        """Yield those whose lives differed longest, the longest first."""
        living = self._both[0]
        rows = [
            (-int(months[n]), kind, int(n)) for kind, months in self._turned.items() for n in np.flatnonzero(months)
        ]
        for months, kind, number in sorted(rows)[:MOST_TURNED]:
            yield Turned(kind, number, somebody(living.plan, living.town, kind, number).name, -months)

    def result(self) -> Reckoned:
        """Return what was noted."""
        ours, theirs = (
            counts_from(living.plan, sums.sums()) for living, sums in zip(self._both, self._sums, strict=True)
        )
        digest_of = [living.digest() for living in self._both]
        return Reckoned(
            months=self._both[0].month,
            decided=tuple(self._decided(place) for place in range(len(self._orders))),
            turned={kind: int(np.count_nonzero(months)) for kind, months in self._turned.items()},
            counts={name: (ours[name], theirs[name]) for name in ours},
            digests=(digest_of[0], digest_of[1]),
            furthest=tuple(self._furthest()),
            start=self._both[0].plan.manifest.start,
        )

    def _decided(self, place: int) -> Decided:
        aimed, plan = self._orders[place], self._both[0].plan
        seen, clauses = self._seen.get(aimed.act), plan.compiled[aimed.rulebook].clause_ids()
        entries = [
            None if line is None else Entry(clauses[line.clause], TRUTHS[line.truth])
            for line in (mine.get(aimed.act) for mine in self._written)
        ]
        return Decided(
            order=canonical([aimed])[0],
            name=self._who[place].name,
            says=None if seen is None else plan.conduct[aimed.kind].acts[seen.act].label,
            act=None if seen is None else plan.conduct[aimed.kind].acts[seen.act].id,
            fate=MOOT if place in self._moot else _fate(entries[0], entries[1]),
            written=(entries[0], entries[1]),
            listed=(int(self._listed[place, 0]), int(self._listed[place, 1])),
            claim=_claim(seen, self._would.get(aimed.act)),
            fared=(self._fared[place][0], self._fared[place][1]),
            groups=groups_of(plan, aimed.kind, aimed.order.number, self._who[place]),
        )


def _fate(with_desk: Entry | None, without: Entry | None) -> str:
    """Return what a desk's decision did to whom the file was about."""
    if with_desk == without:
        return AS_USUAL
    if with_desk is None:
        return SPARED
    return WRITTEN if without is None else OTHERWISE


def _claim(seen: LogLine | None, would: LogLine | None) -> str | None:
    """Return what is true of what a file said, by what would be written down of it: another act where means were asked after."""
    if seen is None or would is None:
        return None
    return TRUTHS[would.truth if would.act == seen.act else MISJUDGED]


def _by_act(lines: Sequence[Written]) -> Iterator[tuple[Act, Written]]:
    for each in lines:
        act = act_of(each.rulebook, each.kind, each.number, each.line.event)
        if act is not None:
            yield act, each


def _is_listed(living: Living, aimed: Aimed) -> bool:
    """Return whether whom an order is about stands on a black list under its rulebook now."""
    side, shard, place = place_of(living.town, aimed.kind, aimed.order.number)
    layer = next(each for each in side.layers if each.name == aimed.rulebook)
    rules = living.plan.compiled[aimed.rulebook].rulebook.lists
    black = sum(1 << row for row, rule in enumerate(rules) if rule.colour == "black")
    return int(lists_of_all(layer.statuses[shard].lists[place : place + 1])[0]) & black != 0


def _differ(one: Side, other: Side, number: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return who of a shard does not stand alike in two towns."""
    ours, theirs = one.shards[number], other.shards[number]
    differs = np.zeros(len(ours.roles), dtype=np.bool_)
    for name in ("work", "late", "owed", "closed", "ties", "means"):
        mine, yours = getattr(ours.lives, name), getattr(theirs.lives, name)
        if len(mine):
            differs |= mine != yours
    for mine, yours in zip(one.layers, other.layers, strict=True):
        for name in ("lists", "grade", "score"):
            unlike = getattr(mine.statuses[number], name) != getattr(yours.statuses[number], name)
            differs |= unlike.reshape(len(differs), -1).any(axis=1)
    return differs
