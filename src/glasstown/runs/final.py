"""The last state of every person and firm as a table, made some blocks at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa

from glasstown.compiler import CompiledRules
from glasstown.compiler.columns import NO_GRADE
from glasstown.compiler.rows import parts_kept
from glasstown.engine.quotas import shown_scores
from glasstown.engine.sides import Layer, Side
from glasstown.engine.tables.listed import lists_of_all
from glasstown.engine.tables.lives import ALL_DOORS, DOORS
from glasstown.engine.tables.shapes import Shard, Status
from glasstown.engine.town import Town
from glasstown.population import BLOCK, FIRM_SIZES, WORK, People, role_ids
from glasstown.population.tables import INCOME_FIFTHS
from glasstown.population.tenants import Homes, Tenants
from glasstown.runs.accounts import step_of
from glasstown.runs.plan import Plan
from glasstown.storage.parts import number_type, table_of


def final_tables(plan: Plan, town: Town, *, threads: int = 1) -> Iterator[pa.Table]:
    """Return one table a shard, people first; all have the same columns, null where a column is not theirs.

    So many threads make the tables ahead of whoever takes them, at most one waiting table each; their order stays.

    A row for each person and rulebook that scores the person, by person, then in the rulebooks' order; whom no rulebook scores has
    one row without rulebook, score, grade and lists.  `score` and `balance` are points, exact.
    """
    waiting: deque[Future[pa.Table]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for side in town.sides:
            for number in range(len(side.shards)):
                waiting.append(pool.submit(_table, plan, side, number))
                if len(waiting) > 2 * threads:
                    yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _table(plan: Plan, side: Side, number: int) -> pa.Table:
    """Return the rows of one shard."""
    shard = side.shards[number]
    first = int(shard.ident.block)
    last = first + len(shard.hashes)
    own = pa.table(_people(plan, side, number) if side.kind == "person" else _firms(plan, first, last))
    own = own.append_column("closed", _closed(shard)).append_column("health", _health(shard))
    own = own.append_column("n_detected", pa.array(shard.detections.sum(axis=0, dtype=np.int64)))
    person, under = _rows(side, number, len(shard.roles))
    standing = _standings(plan, side, number).take(pa.array(under * len(shard.roles) + person))
    columns = {name: own.column(name).take(pa.array(person)).combine_chunks() for name in own.column_names}
    n_detected = columns.pop("n_detected")
    states = {name: standing.column(name).combine_chunks() for name in standing.column_names}
    kind = _same(side.kind, len(person))
    return table_of("final", {"kind": kind, **columns, **states, "n_detected": n_detected}, scale=plan.scale)


HEALTH = ("healthy", "in distress", "gone")


def _closed(shard: Shard) -> pa.Array:
    """Return the gates that are closed to everybody at the end, separated by spaces; null where lives are not lived."""
    closed = shard.lives.closed
    if len(closed) == 0:
        return pa.nulls(len(shard.roles), pa.string())
    return _roles(closed & np.uint32(ALL_DOORS), DOORS).cast(pa.string())


def _health(shard: Shard) -> pa.Array:
    """Return how each firm stands at the end; null for people and where firms do not trade."""
    health = shard.trade.health
    if len(health) == 0:
        return pa.nulls(len(shard.roles), pa.string())
    return _words(health, HEALTH).cast(pa.string())


def _rows(side: Side, number: int, n: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return person and rulebook of every row of a shard; the number after the last rulebook stands for none."""
    is_row = np.zeros((len(side.layers) + 1, n), dtype=np.bool_)
    for row, layer in zip(is_row, side.layers, strict=False):
        row[:] = layer.statuses[number].is_scored != 0
    is_row[-1] = ~is_row[:-1].any(axis=0)
    person, under = np.nonzero(is_row.T)
    return person, under


def _standings(plan: Plan, side: Side, number: int) -> pa.Table:
    """Return where everyone of a shard stands, one rulebook after the other, and last the rows of no rulebook."""
    n = len(side.shards[number].roles)
    tables = [_standing(plan, layer, layer.statuses[number]) for layer in side.layers]
    none = pa.nulls(n, pa.int32())
    unscored = {
        "rulebook": pa.DictionaryArray.from_arrays(none, pa.array([""])),
        "score": pa.nulls(n, number_type(plan.scale)),
        "grade": pa.DictionaryArray.from_arrays(none, pa.array([""])),
        "lists": pa.DictionaryArray.from_arrays(pa.array(np.zeros(n, dtype=np.int32)), pa.array([""])),
        "n_records": pa.array(np.zeros(n, dtype=np.uint8)),
        "balance": pa.nulls(n, number_type(plan.scale)),
        "consent": pa.nulls(n, pa.bool_()),
        "parts": pa.DictionaryArray.from_arrays(none, pa.array([""])),
    }
    return pa.concat_tables([*tables, pa.table(unscored)]).unify_dictionaries().combine_chunks()


def _same(word: str | None, n: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(
        pa.array(np.zeros(n, dtype=np.int8), mask=np.full(n, word is None)), pa.array([word or ""])
    ).cast(pa.string())


def _words(codes: np.ndarray[Any, Any], words: tuple[str, ...]) -> pa.Array:
    """Return words for codes, dictionary-coded."""
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), pa.array(list(words), pa.string()))


def _roles(bits: np.ndarray[Any, Any], roles: tuple[str, ...]) -> pa.Array:
    """Return the roles of each as one string, separated by spaces."""
    unique, inverse = np.unique(bits, return_inverse=True)
    words = [" ".join(role for place, role in enumerate(roles) if (int(value) >> place) & 1) for value in unique]
    return _words(inverse, tuple(words))


def _people(plan: Plan, side: Side, number: int) -> dict[str, Any]:
    """Return who lives in each place of a shard at the end."""
    shard = side.shards[number]
    people = plan.population.people(int(shard.ident.block), int(shard.ident.block) + len(shard.hashes))
    lives, n = shard.lives, len(people)
    who: People | Tenants = people
    if side.turning is not None:
        homes = Homes(
            people.person_id.astype(np.uint64), lives.since.astype(np.uint64), lives.age, people.is_urban,
            people.household,
        )  # fmt: skip
        who = plan.population.tenants(homes)
    return {
        "id": people.person_id,
        "block": (people.person_id // BLOCK).astype(np.int32),
        "age": pa.array(lives.age if side.turning is not None else people.age),
        "sex": _words(who.is_female.astype(np.int32), ("male", "female")),
        "town": _words(people.is_urban.astype(np.int32), ("rural", "urban")),
        "registration": _words(people.is_registered_urban.astype(np.int32), ("rural", "urban")),
        "group": _words(people.income_fifth, INCOME_FIFTHS),
        "work": _words(who.work, WORK),
        "owes": pa.array(who.owes),
        "household": pa.array(people.household),
        "roles": _roles(who.roles, role_ids(plan.inputs.acts, "person")),
        "representative": pa.nulls(n, pa.int64()),
        "since": pa.array(lives.since.astype(np.int32) if len(lives.since) else np.zeros(n, dtype=np.int32)),
    }


def _firms(plan: Plan, first: int, last: int) -> dict[str, Any]:
    firms = plan.population.firms(first, last)
    n = len(firms)
    none = pa.nulls(n, pa.int32())
    return {
        "id": firms.firm_id,
        "block": (firms.firm_id // BLOCK).astype(np.int32),
        "age": pa.nulls(n, pa.uint8()),
        "sex": pa.DictionaryArray.from_arrays(none, pa.array(["male", "female"])),
        "town": pa.DictionaryArray.from_arrays(none, pa.array(["rural", "urban"])),
        "registration": pa.DictionaryArray.from_arrays(none, pa.array(["rural", "urban"])),
        "group": _words(firms.size, FIRM_SIZES),
        "work": pa.DictionaryArray.from_arrays(none, pa.array(list(WORK))),
        "owes": pa.nulls(n, pa.bool_()),
        "household": pa.nulls(n, pa.uint8()),
        "roles": _roles(firms.roles, role_ids(plan.inputs.acts, "firm")),
        "representative": firms.representative,
        "since": pa.nulls(n, pa.int32()),
    }


def _standing(plan: Plan, layer: Layer, status: Status) -> pa.Table:
    """Return where everyone of a shard stands under one rulebook; rows of those whom it does not score are not read."""
    compiled = plan.compiled[layer.name]
    n = len(status.score)
    codes = np.where(status.grade == NO_GRADE, 0, status.grade).astype(np.int32)
    grade = pa.DictionaryArray.from_arrays(
        pa.array(codes, mask=status.grade == NO_GRADE), pa.array(list(compiled.grade_ids()) or [""], pa.string())
    )
    shown = shown_scores(layer.rules, status)
    return pa.table(
        {
            "rulebook": _words(np.zeros(n, dtype=np.int32), (layer.name,)),
            "score": in_points(shown, compiled.quantum, plan.scale),
            "grade": grade,
            "lists": _roles(lists_of_all(status.lists), compiled.list_ids()),
            "n_records": pa.array(status.n_records),
            **_further(compiled, status, plan.scale),
        }
    )


def in_points(quanta: np.ndarray[Any, Any], quantum: Decimal, scale: int) -> pa.Array:
    """Return quanta as points: whole numbers, or exact decimals with so many places."""
    step = step_of(quantum)
    if scale == 0:
        return pa.array(quanta.astype(np.int64) * int(step))
    unique, inverse = np.unique(quanta, return_inverse=True)
    points = pa.array([Decimal(int(value) * step) for value in unique], number_type(scale))
    return points.take(pa.array(inverse))


def _further(compiled: CompiledRules, status: Status, scale: int) -> dict[str, pa.Array]:
    """Return what a rulebook keeps beside the score: points as money, consent, the parts in words; else null."""
    n, book = len(status.score), compiled.book
    balance, consent, first = int(book.balance), int(book.consent), int(book.parts)
    further: dict[str, pa.Array] = {
        "balance": in_points(status.more[:, balance], compiled.quantum, scale)
        if balance >= 0
        else pa.nulls(n, number_type(scale)),
        "consent": pa.array(status.more[:, consent] == 1) if consent >= 0 else pa.nulls(n, pa.bool_()),
        "parts": pa.DictionaryArray.from_arrays(pa.nulls(n, pa.int32()), pa.array([""])),
    }
    if first >= 0:
        names = [part.id for part in parts_kept(compiled.rulebook)]
        rows, inverse = np.unique(status.more[:, first : first + len(names)], axis=0, return_inverse=True)
        quantum = compiled.quantum
        words = [
            " ".join(f"{name}={(int(value) * quantum).normalize():f}" for name, value in zip(names, row, strict=True))
            for row in rows.tolist()
        ]
        further["parts"] = _words(inverse.reshape(-1), tuple(words))
    return further
