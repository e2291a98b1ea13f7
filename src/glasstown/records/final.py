"""The last state of every person and firm as a table, made some blocks at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from glasstown.compiler.columns import NO_GRADE
from glasstown.engine.conduct import PROFILE_SCORED
from glasstown.engine.shapes import Shard
from glasstown.engine.town import Town
from glasstown.population import FIRM_SIZES, WORK, role_ids
from glasstown.population.tables import INCOME_FIFTHS
from glasstown.records.build import Plan
from glasstown.records.parts import table_of


def final_tables(plan: Plan, town: Town) -> Iterator[pa.Table]:
    """Return one table a shard, people first; all have the same columns, null where a column is not theirs.

    `score` is in quanta and null for those whom the scheme does not score; `points` is the same as a decimal string.
    """
    for side in town.sides:
        for shard in side.shards:
            first = int(shard.ident[1])
            last = first + len(shard.n_entries)
            own = _people(plan, first, last) if side.kind == "person" else _firms(plan, first, last)
            yield table_of("final", {"kind": _same(side.kind, len(shard.score)), **own, **_state(plan, shard)})


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


def _people(plan: Plan, first: int, last: int) -> dict[str, Any]:
    people = plan.population.people(first, last)
    n = len(people)
    return {
        "id": people.person_id,
        "block": (people.person_id // 150).astype(np.int32),
        "age": pa.array(people.age),
        "sex": _words(people.is_female.astype(np.int32), ("male", "female")),
        "town": _words(people.is_urban.astype(np.int32), ("rural", "urban")),
        "group": _words(people.income_fifth, INCOME_FIFTHS),
        "work": _words(people.work, WORK),
        "owes": pa.array(people.owes),
        "household": pa.array(people.household),
        "roles": _roles(people.roles, role_ids(plan.inputs.acts, "person")),
        "representative": pa.nulls(n, pa.int64()),
    }


def _firms(plan: Plan, first: int, last: int) -> dict[str, Any]:
    firms = plan.population.firms(first, last)
    n = len(firms)
    none = pa.nulls(n, pa.int32())
    return {
        "id": firms.firm_id,
        "block": (firms.firm_id // 150).astype(np.int32),
        "age": pa.nulls(n, pa.uint8()),
        "sex": pa.DictionaryArray.from_arrays(none, pa.array(["male", "female"])),
        "town": pa.DictionaryArray.from_arrays(none, pa.array(["rural", "urban"])),
        "group": _words(firms.size, FIRM_SIZES),
        "work": pa.DictionaryArray.from_arrays(none, pa.array(list(WORK))),
        "owes": pa.nulls(n, pa.bool_()),
        "household": pa.nulls(n, pa.uint8()),
        "roles": _roles(firms.roles, role_ids(plan.inputs.acts, "firm")),
        "representative": firms.representative,
    }


def _state(plan: Plan, shard: Shard) -> dict[str, Any]:
    is_scored = (shard.profile & np.uint16(PROFILE_SCORED)) != 0
    mask = ~is_scored
    compiled = plan.compiled
    grades = (*compiled.grade_ids(),)
    codes = np.where(shard.grade == NO_GRADE, 0, shard.grade).astype(np.int32)
    grade = pa.DictionaryArray.from_arrays(
        pa.array(codes, mask=mask | (shard.grade == NO_GRADE)), pa.array(list(grades) or [""], pa.string())
    )
    shown = shard.score.astype(np.int64)
    if plan.inputs.book.score.beyond_bounds == "latent":
        shown = np.clip(shown, compiled.book[1], compiled.book[2])
    unique, inverse = np.unique(shown, return_inverse=True)
    quantum = plan.inputs.book.score.quantum
    points = [format((int(value) * quantum).normalize(), "f") for value in unique]
    return {
        "score": pa.array(shown, mask=mask),
        "points": pa.DictionaryArray.from_arrays(pa.array(inverse.astype(np.int32), mask=mask), pa.array(points)),
        "grade": grade,
        "lists": _roles(shard.lists, compiled.list_ids()),
        "n_records": pa.array(shard.n_records),
        "n_detected": pa.array(shard.detections.sum(axis=0, dtype=np.int64)),
    }
