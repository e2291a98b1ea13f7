"""The sides of a town, people and firms, and the rulebooks that lie over them as layers.

A side is who lives and what they do, cut into shards; a layer is one rulebook with a ledger, scores and accounts of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from queue import SimpleQueue
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from glasstown.compiler.columns import NO_GRADE
from glasstown.compiler.tables import CompiledRules
from glasstown.engine import counts
from glasstown.engine.before import find_unable, live_before
from glasstown.engine.kernel.calendar import make_calendar
from glasstown.engine.person.lists import settle
from glasstown.engine.person.scores import NO_CEILING, shown
from glasstown.engine.quotas import QuotaReading, read_quotas
from glasstown.engine.scratch import Scratch, make_scratch
from glasstown.engine.stock import Before, Stock, before_of, owe
from glasstown.engine.tables.bundles import Law
from glasstown.engine.tables.deterrence import standing_of
from glasstown.engine.tables.listed import as_bytes, lists_of_all
from glasstown.engine.tables.lived_rows import Lived
from glasstown.engine.tables.model import Conduct
from glasstown.engine.tables.person_rows import Begins, Chance
from glasstown.engine.tables.propensity import LEAST_OPEN, are_open
from glasstown.engine.tables.scene import Tally, make_tally
from glasstown.engine.tables.shapes import I64, Calendar, Mail, Practice, Rules, Shard, Slots, Status
from glasstown.engine.tables.state import (
    MOST_FILED,
    Residents,
    as_rules,
    chance_of,
    first_begins,
    first_more,
    make_mine,
    make_shard,
    make_slots,
    make_status,
    make_work,
    no_mail,
)
from glasstown.engine.tables.turning import Begin, Turning
from glasstown.population import BLOCK
from glasstown.rows import Rows, make_rows
from glasstown.types import EntityKind

N_GROUPS: Mapping[EntityKind, int] = {"person": 5, "firm": 4}
SLACK = 6 * (MOST_FILED + 512)
"""Room that a neighbourhood may need in the written ledger beyond what it read."""


@dataclass(slots=True)
class Pool:
    """A shard's ledger: read from one array, written to the other, then swapped."""

    read: I64
    written: I64
    n_entries: int = 0

    def grow(self, n_written: int, n_filed: int = MOST_FILED) -> None:
        """Give the written side more room, keeping what stands there; `n_filed` new entries are to fit."""
        larger = np.zeros((2 * len(self.written) + SLACK + 6 * n_filed, 2), dtype=np.int64)
        larger[:n_written] = self.written[:n_written]
        self.written = larger

    def swap(self, n_written: int) -> None:
        """Let what was written be what is read next month."""
        self.read, self.written = self.written, self.read
        self.n_entries = n_written


First: TypeAlias = tuple[int, int, list[int], list[tuple[int, int]]]
"""Grade, lists, further state and entries of somebody who begins under a rulebook."""


@dataclass(frozen=True, slots=True)
class InForce:
    """A rulebook that is in force over a side: its name in the run, its tables, the practice of its offices, and its stock."""

    name: str
    compiled: CompiledRules
    practice: Practice
    stock: Stock | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """What a rulebook closes in a month.

    by_list   (32,) bits of gates that each list closes; by_grade (32,) each grade
    shows     whether it shows anybody to anybody
    """

    by_list: I64
    by_grade: I64
    shows: bool


@dataclass(slots=True)
class Layer:
    """One rulebook over the people, or the firms, of a town: where everyone stands, its ledger and its accounts.

    statuses, pools  one for each shard of the side
    begins           where its grades begin this month
    mail             what others of the town send to each shard this month
    flow             (G, columns) what happened this month, by group
    level            (G, columns) what stands at the month's end, by group
    before           who of each shard stood on a list when the run began; none where the run has no stock
    begun            by the cut-offs of a month, how somebody begins who comes then
    closed           by month, what lists and grades close
    closed_by        the same by what is law, the bits of lists and of grades (engine/society/gates.py)
    """

    name: str
    law: Law
    begins: Rows[Begins]
    quotas: tuple[QuotaReading, ...]
    statuses: list[Status]
    pools: list[Pool]
    mail: list[Mail]
    flow: I64
    level: I64
    n_scored: int
    compiled: CompiledRules
    start: date
    before: list[Before] = field(default_factory=list)
    closed: dict[int, Closing] = field(default_factory=dict)
    closed_by: dict[tuple[bool, tuple[bool, ...]], tuple[I64, I64]] = field(default_factory=dict)
    begun: dict[bytes, Begin] = field(default_factory=dict)

    @property
    def rules(self) -> Rules:
        """Return the rulebook's tables."""
        return self.law.rules

    @property
    def calendar(self) -> Calendar:
        """Return the rulebook's calendar."""
        return self.law.cal

    @property
    def practice(self) -> Practice:
        """Return what its offices do."""
        return self.law.practice

    @property
    def slots(self) -> Slots:
        """Return where its accounts stand."""
        return self.law.slots


@dataclass(slots=True)
class Side:
    """The people, or the firms, of a town: what they do, their shards, and the rulebooks over them.

    tally     this month's acts and acts found out, by group and class
    lived     (G,) this month's accounts of lives
    turning   how places change their tenants; None where they do not
    """

    kind: EntityKind
    conduct: Conduct
    layers: tuple[Layer, ...]
    shards: list[Shard]
    tally: Tally
    lived: Rows[Lived]
    chance: Chance
    n_people: int
    turning: Turning | None = None


def first_status(law: Law, begins: Rows[Begins], month: int = 0) -> First:
    """Return how someone at the base begins, on the scheme's first day or at the beginning of a later month (the day, section 8)."""
    mine = make_mine(make_work(0), begins)
    me = mine.me
    me.score, me.ceiling, me.grade = law.rules.book.base_score, NO_CEILING, NO_GRADE
    more = first_more(law.rules)
    for place, value in enumerate(more):
        me.more[place] = value
    me.is_cut = 1 if month > 0 else 0
    settle(law, mine, max(int(law.cal.origin.first_day), int(law.cal.month_start[month])), 0)
    found = sorted((int(mine.keys[row]), int(mine.pays[row])) for row in range(me.n_entries))
    return int(me.grade), int(me.lists), [int(me.more[place]) for place in range(len(more))], found


def make_side(
    in_force: Sequence[InForce],
    known: Conduct,
    start: date,
    residents_of: Callable[[int, int], Residents],
    *,
    kind: EntityKind,
    seed: int,
    n_blocks: int,
    first_block: int = 0,
    n_shards: int,
    turning: Turning | None = None,
    threads: int = 1,
) -> Side:
    """Return the side of a town that consists of blocks first_block to first_block + n_blocks - 1, before its first month."""
    layers = [_empty_layer(each, kind, start) for each in in_force]
    firsts = [first_status(layer.law, layer.begins) for layer in layers]
    bounds = np.linspace(first_block, first_block + n_blocks, min(n_shards, max(n_blocks, 1)) + 1).astype(int)
    shards: list[Shard] = []
    for shard, group, scored in _begin(known, residents_of, bounds.tolist(), kind=kind, seed=seed, threads=threads):
        shards.append(shard)
        for each, layer, begin, is_scored in zip(in_force, layers, firsts, scored, strict=True):
            if each.stock is not None:
                layer.before.append(_stock_of(each.stock, known, shard, group, is_scored, seed))
            _add_shard(layer, shard, group, is_scored, begin)
            feel_base(layer, shard, is_scored)
    return Side(
        kind=kind,
        conduct=known,
        layers=tuple(layers),
        shards=shards,
        tally=make_tally(N_GROUPS[kind], len(known.classes)),
        lived=make_rows(Lived, N_GROUPS[kind]),
        chance=chance_of(seed, kind),
        n_people=sum(len(shard.roles) for shard in shards),
        turning=turning,
    )


def _stock_of(
    stock: Stock, known: Conduct, shard: Shard, group: NDArray[np.uint8], is_scored: NDArray[np.bool_], seed: int
) -> Before:
    """Return who of a shard stands on a list on the first day, and let them owe what they are listed for."""
    society, place = known.model.society, np.arange(len(is_scored))
    judged = np.zeros(len(is_scored), dtype=np.int64)
    if society.numbers.judged >= 0 and shard.propensity.shape[1]:
        k = int(society.numbers.judged)
        judged = shard.propensity[:, k][place // BLOCK, place % BLOCK].astype(np.int64) - int(known.base[k].max())
    found = before_of(stock, shard, is_scored, judged, seed)
    owe(society, shard, found, group, seed)
    find_unable(known, shard, chance_of(seed, "person"))
    return found


Begun: TypeAlias = tuple[Shard, NDArray[np.uint8], NDArray[np.bool_]]
"""A shard, the group of everybody in it, and (L, P) whom each rulebook scores."""


def _begin(
    known: Conduct, residents_of: Callable[[int, int], Residents], bounds: Sequence[int], *,
    kind: EntityKind, seed: int, threads: int,
) -> Iterator[Begun]:  # fmt: skip
    """Yield a shard from each of these blocks to the next, as it stands after all that was before the first month."""
    chance, scratches = chance_of(seed, kind), SimpleQueue[Scratch]()
    spans = [(first, last) for first, last in pairwise(bounds) if last > first]
    for _ in range(threads):
        scratches.put(make_scratch(len(known.classes), max((last - first for first, last in spans), default=0)))

    def begin(span: tuple[int, int]) -> Begun:
        residents, scratch = residents_of(*span), scratches.get()
        shard = make_shard(known, residents, kind=kind, first_block=span[0])
        live_before(known, shard, residents, chance, scratch)
        scratches.put(scratch)
        return shard, residents.group, residents.is_scored

    if threads == 1:
        yield from map(begin, spans)
        return
    with ThreadPoolExecutor(max_workers=threads) as executor:
        yield from executor.map(begin, spans)


def _empty_layer(book: InForce, kind: EntityKind, start: date) -> Layer:
    """Return a rulebook over a side that has no shard yet; its calendar knows its own working days."""
    rules = as_rules(book.compiled)
    calendar = make_calendar(start, scheme=book.compiled.days, working=book.compiled.rulebook.working_days)
    slots, flow_width, level_width = make_slots(len(rules.clauses), len(rules.lists), len(rules.measures))
    return Layer(
        name=book.name,
        law=Law(rules, calendar, book.practice, slots),
        begins=first_begins(rules),
        quotas=read_quotas(book.compiled),
        statuses=[],
        pools=[],
        mail=[],
        flow=np.zeros((N_GROUPS[kind], flow_width), dtype=np.int64),
        level=np.zeros((N_GROUPS[kind], level_width), dtype=np.int64),
        n_scored=0,
        compiled=book.compiled,
        start=start,
    )


def _add_shard(
    layer: Layer,
    shard: Shard,
    group: NDArray[np.uint8],
    is_scored: NDArray[np.bool_],
    begin: tuple[int, int, list[int], list[tuple[int, int]]],
) -> None:
    """Let the people of a shard begin under a rulebook, and enter them into its standing accounts."""
    grade, on_lists, more, first_entries = begin
    n_blocks = len(shard.hashes)
    status = make_status(layer.rules, is_scored, n_blocks=n_blocks, grade=grade, lists=on_lists, more=more)
    layer.statuses.append(status)
    layer.mail.append(no_mail())
    before = layer.before[-1] if layer.before else None
    layer.pools.append(_first_pool(shard, status, first_entries, before.entries(layer.law) if before else ()))
    _open_levels(layer, group[is_scored], grade, on_lists)
    if before:
        _open_list(layer, status, before, group)
    layer.n_scored += int(is_scored.sum())


def _open_list(layer: Layer, status: Status, before: Before, groups: NDArray[np.uint8]) -> None:
    """Put those of a stock on their list, and enter list and measures into the standing accounts: nobody comes on it today."""
    level, slots, rules, lists = layer.level, layer.slots, layer.rules, lists_of_all(status.lists)
    for place in before.places.tolist():
        group, grade, was = int(groups[place]), int(status.grade[place]), int(lists[place])
        now = was | 1 << before.stock.rule
        level[group, slots.level_lists + before.stock.rule] += now != was
        for measure in range(len(rules.measures)):
            begins = counts.in_force(rules.measures, measure, grade, now) - counts.in_force(
                rules.measures, measure, grade, was
            )
            level[group, slots.level_measures + measure] += begins
        lists[place] = np.uint32(now)
    status.lists[:] = as_bytes(lists, status.lists.shape[1])


def _first_pool(
    shard: Shard, status: Status, first_entries: list[tuple[int, int]], stock: Sequence[tuple[int, int, int]]
) -> Pool:
    """Return a ledger with what everyone begins with, holds of lists that the base is on, and those of the stock by place."""
    rows: list[tuple[int, int]] = []
    held = {place: (key, pay) for place, key, pay in stock}
    for position in range(len(status.is_scored)) if first_entries else sorted(held):
        if status.is_scored[position]:
            block, person = position // BLOCK, position % BLOCK
            mine = [(key, pay & ~255 | person) for key, pay in first_entries]
            mine += [held[position]] if position in held else []
            rows += sorted(mine)
            status.n_entries[block] += len(mine)
    read = np.zeros((len(rows) + SLACK, 2), dtype=np.int64)
    if rows:
        read[: len(rows)] = rows
    return Pool(read=read, written=np.zeros((len(rows) + SLACK, 2), dtype=np.int64), n_entries=len(rows))


def feel_base(layer: Layer, shard: Shard, is_scored: NDArray[np.bool_]) -> None:
    """S4. Fold what the base means under a rulebook into what those whom it scores do."""
    practice, place = layer.practice, np.arange(len(is_scored))
    column = int(standing_of(practice.borders, int(layer.rules.book.base_score)))
    for k in range(shard.propensity.shape[1]):
        mine = shard.propensity[:, k]
        x = mine[place // BLOCK, place % BLOCK]
        moved = np.where(are_open(x) & is_scored, practice.felt[k, column], 0).astype(np.int16)
        mine[place // BLOCK, place % BLOCK] = np.maximum(x + moved, np.minimum(x, LEAST_OPEN))


def _open_levels(layer: Layer, groups: NDArray[np.uint8], grade: int, on_lists: int) -> None:
    """Enter the first grade, lists, measures and score of those scored into the standing accounts."""
    level, slots, rules = layer.level, layer.slots, layer.rules
    scored = np.bincount(groups, minlength=len(level))[: len(level)]
    level[:, slots.level_grades + grade] += scored
    level[:, slots.level_score] += scored * int(shown(rules.book, int(rules.book.base_score), NO_CEILING))
    for rule in range(len(rules.lists)):
        level[:, slots.level_lists + rule] += scored * ((on_lists >> rule) & 1)
    for measure in range(len(rules.measures)):
        level[:, slots.level_measures + measure] += scored * int(
            counts.in_force(rules.measures, measure, grade, on_lists)
        )
