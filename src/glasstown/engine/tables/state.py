"""The live state: what a shard holds at the start, what a thread works with, and where the accounts stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasstown.chance import STREAMS, key_of
from glasstown.compiler import columns as col
from glasstown.compiler.rulebook_rows import TABLES, Book
from glasstown.compiler.tables import CompiledRules
from glasstown.engine.person.scores import NO_CEILING
from glasstown.engine.society.trade import first_trade
from glasstown.engine.tables.bundles import Desk, Mine
from glasstown.engine.tables.conduct_rows import Did, Household, Seen
from glasstown.engine.tables.filing_rows import Filed, Letter
from glasstown.engine.tables.listed import as_bytes, bytes_for
from glasstown.engine.tables.lives import N_BELIEFS, WIDTH, first_beliefs, make_lives
from glasstown.engine.tables.loads import FORTIES
from glasstown.engine.tables.log_rows import Log, LogLine
from glasstown.engine.tables.model import Conduct
from glasstown.engine.tables.person_rows import Begins, Chance, Cursor, Ident, Me
from glasstown.engine.tables.practice_rows import N_REDRESS, N_RETURNS, N_TRUTHS
from glasstown.engine.tables.profiles import pack_profiles
from glasstown.engine.tables.propensity import LEAST_OPEN, NEVER_SHIFT, are_open
from glasstown.engine.tables.shapes import I64, Found, Mail, Post, Rules, Shard, Slots, Status, Work
from glasstown.population import BLOCK
from glasstown.rows import Rows, as_array, each, make_row, make_rows, rows_of, stack
from glasstown.types import EntityKind

MOST_FILED = 4096
"""New entries that one neighbourhood may file in a month."""
MOST_FILED_IN_GROUPS = 1 << 14
"""The same where a record reaches a whole neighbourhood; an event's number has room for no more."""
MOST_ENTRIES = 4096
"""Entries that one person may have at once."""

STREAM_NAMES = {
    "person": ("act", "found", "filing", "procedure", "choice"),
    "firm": ("firm-act", "firm-found", "firm-filing", "firm-procedure", "firm-choice"),
}
LIFE_STREAMS = {"person": ("life", "memory"), "firm": ("firm-life", "firm-memory")}


@dataclass(frozen=True, slots=True)
class Residents:
    """What the engine needs to know of people or firms, one array a column, length P.

    group      0 to 4 income fifth, or 0 to 3 size of a firm
    is_scored  (L, P) whom each of the rulebooks scores
    household  number inside the block; 0 for firms
    work, owes place in WORK, and whether a bank is owed; none for firms
    age, is_female  none for firms
    """

    group: NDArray[np.uint8]
    is_urban: NDArray[np.bool_]
    is_scored: NDArray[np.bool_]
    household: NDArray[np.uint8]
    roles: NDArray[np.uint16]
    theta: NDArray[np.int16]
    prosocial: NDArray[np.int16]
    work: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, dtype=np.uint8))
    owes: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    age: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, dtype=np.uint8))
    is_female: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))


def as_rules(compiled: CompiledRules) -> Rules:
    """Return a compiled rulebook as kernels take it: writable copies, so that there is one signature."""
    tables: dict[str, Any] = {name: as_array(getattr(compiled, name)).copy() for name in TABLES if name != "book"}
    return Rules(**tables, steps=np.array(compiled.steps, dtype=np.int64), book=stack(Book, [compiled.book])[0])


def make_slots(n_clauses: int, n_lists: int, n_measures: int) -> tuple[Slots, int, int]:
    """Return where each account of a rulebook begins, and the widths of `flow` and `level`."""
    sizes = {
        "truth": N_TRUTHS, "records": n_clauses, "points": n_clauses, "points_wrong": n_clauses,
        "unknown": n_clauses, "dropped": n_clauses, "fines": n_clauses, "corrections": 1, "spared": 1,
        "too_late": 1, "redress": N_REDRESS,
        "returned": N_RETURNS, "list_in": n_lists, "list_out": n_lists, "list_in_wrong": n_lists,
        "list_died": n_lists, "list_moved": n_lists,
    }  # fmt: skip
    starts, at = {}, 0
    for name, size in sizes.items():
        starts[name] = at
        at += size
    levels = {
        "level_grades": col.N_STANDINGS, "level_lists": n_lists, "level_lists_wrong": n_lists, "level_measures": n_measures,
        "level_score": 1,
    }  # fmt: skip
    width, at = at, 0
    for name, size in levels.items():
        starts[name] = at
        at += size
    return Slots(**starts), width, at


def propensities(known: Conduct, residents: Residents) -> NDArray[np.int16]:
    """Return the starting propensity of each class and person, Q8.8: lg h_c + a_c theta - lg Z_c, and the load of sex and age.

    Nobody acts in a class before its age.  Source   society_model S4.
    """
    n = len(residents.roles)
    result = np.empty((len(known.classes), n), dtype=np.int16)
    for k in range(len(known.classes)):
        mine = residents.roles & np.uint16(known.model.class_mask[k])
        base = known.base[k].astype(np.int32)[mine]
        trait = residents.prosocial if known.is_good[k] else residents.theta
        moved = base + ((trait.astype(np.int32) * np.int32(known.loading[k])) >> 8)
        moved += known.lift[k].astype(np.int32)[mine, residents.is_urban.astype(np.int64)]
        if len(residents.age):
            in_forties = (residents.age >= FORTIES[0]) & (residents.age <= FORTIES[1])
            moved += known.loads[k][residents.is_female.astype(np.int64), in_forties.astype(np.int64)].astype(np.int32)
            base = np.where(residents.age < known.from_age[k], np.int32(NEVER_SHIFT), base)
        result[k] = np.where(base <= NEVER_SHIFT, NEVER_SHIFT, np.maximum(moved, LEAST_OPEN)).astype(np.int16)
    return result


def by_block(propensity: NDArray[np.int16], n_blocks: int) -> NDArray[np.int16]:
    """Return (K, P) as (B, K, BLOCK): all that a neighbourhood's month begins with stands in one run of memory."""
    n_classes, n = propensity.shape
    whole = np.full((n_classes, n_blocks * BLOCK), NEVER_SHIFT, dtype=np.int16)
    whole[:, :n] = propensity
    return np.ascontiguousarray(whole.reshape(n_classes, n_blocks, BLOCK).transpose(1, 0, 2))


def positions(n: int) -> tuple[I64, I64]:
    """Return neighbourhood and place in it of each of `n` people of a shard."""
    place = np.arange(n, dtype=np.int64)
    return place // BLOCK, place % BLOCK


def make_shard(
    known: Conduct,
    residents: Residents,
    *,
    kind: EntityKind,
    first_block: int,
) -> Shard:
    """Return the shared state of whole neighbourhoods on the first day; what rulebooks add to it is laid over it."""
    n = len(residents.roles)
    n_blocks = -(-n // BLOCK)
    propensity = propensities(known, residents)
    society = known.model.society
    lives = make_lives(
        society, residents.group, residents.work, residents.owes, n_blocks,
        age=residents.age, is_female=residents.is_female,
    )  # fmt: skip
    if len(lives.strain):
        shift = society.strain_shift[lives.strain].T
        propensity += np.where(are_open(propensity), shift, 0).astype(np.int16)
        first_beliefs(society, lives, known.model.class_mask, residents.roles, residents.is_urban, propensity)
    return Shard(
        first=np.minimum(np.arange(n_blocks + 1, dtype=np.int64) * BLOCK, n),
        ident=make_ident(kind, first_block),
        propensity=by_block(propensity, n_blocks),
        detections=np.zeros((len(known.classes), n), dtype=np.uint8),
        roles=residents.roles.astype(np.uint16),
        profile=pack_profiles(residents.group, residents.is_urban, residents.household),
        hashes=np.zeros(n_blocks, dtype=np.uint64),
        lives=lives,
        trade=first_trade(known.model.business, n),
    )


def first_more(rules: Rules) -> list[int]:
    """Return what a rulebook keeps beside the score on the first day: no ceiling, nothing held, no consent, the parts."""
    more = [0] * int(rules.book.n_more)
    if rules.book.ceiling >= 0:
        more[rules.book.ceiling] = NO_CEILING
    if rules.book.assessed >= 0:
        more[rules.book.assessed] = col.NO_GRADE
    for part, bounds in enumerate(each(rules.parts)):
        more[rules.book.parts + part] = int(bounds.base_score)
    return more


def make_status(
    rules: Rules,
    is_scored: NDArray[np.bool_],
    *,
    n_blocks: int,
    grade: int,
    lists: int,
    more: Sequence[int] | None = None,
) -> Status:
    """Return where everyone of a shard stands under a rulebook on the first day: at the base."""
    n = len(is_scored)
    return Status(
        is_scored=is_scored.astype(np.uint8),
        score=np.full(n, rules.book.base_score, dtype=np.int32),
        grade=np.full(n, grade, dtype=np.uint8),
        lists=as_bytes(np.where(is_scored, np.uint32(lists), np.uint32(0)), bytes_for(len(rules.lists))),
        n_records=np.zeros(n, dtype=np.uint8),
        nothing_owed=np.zeros(n, dtype=np.uint8),
        more=np.tile(np.array(first_more(rules) if more is None else more, dtype=np.int64).astype(np.int32), (n, 1)),
        n_entries=np.zeros(n_blocks, dtype=np.int32),
        begun=np.zeros(n, dtype=np.int16),
    )


def make_found(n_blocks: int, n_rows: int) -> Found:
    """Return room for what is found out in a shard in one month."""
    return Found(starts=np.zeros(n_blocks + 1, dtype=np.int64), rows=np.zeros(n_rows, dtype=np.int64))


def no_mail() -> Mail:
    """Return a month's mail to a shard that nothing came to."""
    return Mail(starts=np.zeros(1, dtype=np.int64), rows=make_rows(Letter, 0))


def make_post(n_rows: int) -> Post:
    """Return room for what a shard sends to others in one month; none where its rulebook sends nothing."""
    return Post(rows=make_rows(Letter, n_rows), written=np.zeros(1, dtype=np.int64))


def make_work(n_classes: int, n_filed: int = MOST_FILED) -> Work:
    """Return the scratch of one thread."""
    return Work(
        draws=np.zeros((max(4 * (-(-n_classes // 4)), 4), WIDTH), dtype=np.uint32),
        did=make_rows(Did, WIDTH * max(n_classes, 1)),
        seen=make_rows(Seen, N_BELIEFS),
        keys=np.zeros(MOST_ENTRIES, dtype=np.int64),
        pays=np.zeros(MOST_ENTRIES, dtype=np.int64),
        filed=make_rows(Filed, n_filed),
        starts=np.zeros(WIDTH + 2, dtype=np.int64),
        in_order=np.zeros((n_filed, 2), dtype=np.int64),
        me=make_row(Me),
        house=make_rows(Household, 256),
    )


def first_begins(rules: Rules) -> Rows[Begins]:
    """Return where each grade begins before any cut-off is published."""
    begins = make_rows(Begins, len(rules.grades))
    as_array(begins)["before_cut"] = as_array(begins)["after_cut"] = as_array(rules.grades)["from_"]
    return begins


def make_mine(work: Work, begins: Rows[Begins]) -> Mine:
    """Return the person in hand, in the arrays of a thread's scratch."""
    return Mine(work.keys, work.pays, work.me, begins)


def make_desk(
    work: Work,
    begins: Rows[Begins],
    log: Log,
    chance: Chance,
    accounts: tuple[I64, I64],
    pools: tuple[I64, I64],
    cursor: Cursor,
) -> Desk:
    """Return what a thread works with: accounts of this month and standing ones, ledgers to read and to write."""
    return Desk(work, make_mine(work, begins), log, chance, *accounts, *pools, cursor)


def make_log(n_rows: int) -> Log:
    """Return a log with room for this many lines; none for a bulk run."""
    return Log(rows=make_rows(LogLine, n_rows), written=np.zeros(2, dtype=np.int64))


def make_ident(kind: EntityKind, first_block: int) -> Ident:
    """Return who lives in a shard that begins with this neighbourhood."""
    streams = [STREAMS[name].number for name in STREAM_NAMES[kind]]
    is_firm, (lives, memory) = int(kind == "firm"), (STREAMS[name].number for name in LIFE_STREAMS[kind])
    return rows_of(Ident, [[first_block * BLOCK, first_block, BLOCK, *streams, is_firm, lives, memory]])[0]


def chance_of(seed: int, kind: EntityKind) -> Chance:
    """Return the seed's two words and the stream of official choices."""
    low, high = key_of(seed)
    return rows_of(Chance, [[low, high, STREAMS[STREAM_NAMES[kind][4]].number]])[0]


def shared_bytes(shard: Shard) -> int:
    """Return the bytes of the shared state arrays that have one entry a person."""
    arrays = (shard.propensity, shard.detections, shard.roles, shard.profile, *shard.lives, *shard.trade)
    return sum(int(array.nbytes) for array in arrays)


def status_bytes(status: Status) -> int:
    """Return the bytes of a rulebook's state arrays that have one entry a person."""
    arrays = (
        status.is_scored,
        status.score,
        status.grade,
        status.lists,
        status.n_records,
        status.nothing_owed,
        status.more,
        status.begun,
    )
    return sum(int(array.nbytes) for array in arrays)
