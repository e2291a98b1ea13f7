"""The town's live state as plain arrays in block order, whatever the shards: what a checkpoint holds."""

from __future__ import annotations

from typing import Any

import numpy as np

from glasstown import fields
from glasstown.compiler.columns import N_STANDINGS
from glasstown.engine.office.spilling import NO_ROWS
from glasstown.engine.sides import SLACK, Layer, Side
from glasstown.engine.tables.filing_rows import Letter
from glasstown.engine.tables.profiles import groups_of
from glasstown.engine.tables.shapes import Lives, Trade
from glasstown.engine.town import Town
from glasstown.rows import as_table, rows_of

PER_PERSON = ("score", "grade", "lists", "n_records", "nothing_owed", "more", "is_scored", "begun")
PER_BLOCK = ("hashes", "propensity")
LIVES_PER_BLOCK = tuple(each.name for each in fields.LIVES if each.dims.startswith("B"))
"""as the register of arrays says, so that an array that is added later is laid back by blocks too"""
Arrays = dict[str, np.ndarray[Any, Any]]


def take(town: Town) -> Arrays:
    """Return the state of all sides and rulebooks; static columns follow from the seed and are left out."""
    arrays: Arrays = {"town.went_under": np.array([town.went_under], dtype=np.int64)}
    for side in town.sides:
        for name in PER_BLOCK:
            arrays[f"{side.kind}.{name}"] = np.concatenate([getattr(shard, name) for shard in side.shards])
        for name in Lives._fields:
            arrays[f"{side.kind}.lives.{name}"] = np.concatenate([getattr(shard.lives, name) for shard in side.shards])
        for name in Trade._fields:
            arrays[f"{side.kind}.trade.{name}"] = np.concatenate([getattr(shard.trade, name) for shard in side.shards])
        arrays[f"{side.kind}.roles"] = np.concatenate([shard.roles for shard in side.shards])
        arrays[f"{side.kind}.detections"] = np.concatenate([shard.detections for shard in side.shards], axis=1)
        for number, layer in enumerate(side.layers):
            stem = f"{side.kind}.{number}"
            for name in (*PER_PERSON, "n_entries"):
                arrays[f"{stem}.{name}"] = np.concatenate([getattr(status, name) for status in layer.statuses])
            arrays[f"{stem}.ledger"] = np.concatenate([pool.read[: pool.n_entries] for pool in layer.pools])
            arrays[f"{stem}.level"] = layer.level.copy()
            arrays[f"{stem}.begins"] = as_table(layer.begins).copy()
            arrays[f"{stem}.mail"] = as_table(town.waiting.get((side.kind, layer.name), NO_ROWS))
    return arrays


def put(town: Town, arrays: Arrays, month: int) -> None:
    """Lay a state back into a town of the same people and rulebooks, cut into any shards, at the start of `month`."""
    for side in town.sides:
        person = block = 0
        for shard in side.shards:
            n, n_blocks = len(shard.roles), len(shard.hashes)
            for name in PER_BLOCK:
                getattr(shard, name)[:] = arrays[f"{side.kind}.{name}"][block : block + n_blocks]
            for name in Lives._fields:
                mine = getattr(shard.lives, name)
                first = block if name in LIVES_PER_BLOCK else person
                mine[:] = arrays[f"{side.kind}.lives.{name}"][first : first + len(mine)]
            for name in Trade._fields:
                mine = getattr(shard.trade, name)
                mine[:] = arrays[f"{side.kind}.trade.{name}"][person : person + len(mine)]
            shard.roles[:] = arrays[f"{side.kind}.roles"][person : person + n]
            shard.detections[:] = arrays[f"{side.kind}.detections"][:, person : person + n]
            person, block = person + n, block + n_blocks
        for number, layer in enumerate(side.layers):
            _put_layer(layer, arrays, f"{side.kind}.{number}")
            town.waiting[side.kind, layer.name] = rows_of(Letter, arrays[f"{side.kind}.{number}.mail"])
    town.month, town.went_under = month, int(arrays["town.went_under"][0])


def _put_layer(layer: Layer, arrays: Arrays, stem: str) -> None:
    """Lay back where everyone stands under one rulebook, its ledger and its standing accounts."""
    person = block = entry = 0
    for status, pool in zip(layer.statuses, layer.pools, strict=True):
        n, n_blocks = len(status.score), len(status.n_entries)
        for name in PER_PERSON:
            getattr(status, name)[:] = arrays[f"{stem}.{name}"][person : person + n]
        status.n_entries[:] = arrays[f"{stem}.n_entries"][block : block + n_blocks]
        n_entries = int(status.n_entries.sum())
        pool.read = np.zeros((n_entries + SLACK, 2), dtype=np.int64)
        pool.read[:n_entries] = arrays[f"{stem}.ledger"][entry : entry + n_entries]
        pool.written = np.zeros_like(pool.read)
        pool.n_entries = n_entries
        person, block, entry = person + n, block + n_blocks, entry + n_entries
    layer.level[:] = arrays[f"{stem}.level"]
    as_table(layer.begins)[:] = arrays[f"{stem}.begins"]


def people_by_group(side: Side) -> dict[str | None, tuple[int, ...]]:
    """Return how many each rulebook scores in each group, and under None how many live there."""
    everyone = np.zeros(len(side.lived), dtype=np.int64)
    for shard in side.shards:
        everyone += np.bincount(groups_of(shard.profile), minlength=len(everyone))[: len(everyone)]
    return {None: tuple(everyone.tolist()), **scored_by_group(side)}


def scored_by_group(side: Side) -> dict[str | None, tuple[int, ...]]:
    """Return how many each rulebook scores in each group now: everybody whom it scores stands in one grade, or in none."""
    found: dict[str | None, tuple[int, ...]] = {}
    for layer in side.layers:
        first = layer.slots.level_grades
        found[layer.name] = tuple(layer.level[:, first : first + N_STANDINGS].sum(axis=1).tolist())
    return found
