"""The town's live state as plain arrays in block order, whatever the shards: what a checkpoint holds."""

from __future__ import annotations

from typing import Any

import numpy as np

from glasstown.engine.conduct import PROFILE_GROUP, PROFILE_SCORED
from glasstown.engine.town import SLACK, Side, Town

PER_PERSON = ("score", "grade", "lists", "n_records")
PER_CLASS = ("detections",)
PER_BLOCK = ("n_entries", "hashes", "propensity")
Arrays = dict[str, np.ndarray[Any, Any]]


def take(town: Town) -> Arrays:
    """Return the state of all sides; static columns follow from the seed and are left out."""
    arrays: Arrays = {}
    for side in town.sides:
        for name in (*PER_PERSON, *PER_BLOCK):
            arrays[f"{side.kind}.{name}"] = np.concatenate([getattr(shard, name) for shard in side.shards])
        for name in PER_CLASS:
            parts = [getattr(shard, name)[:, : len(shard.score)] for shard in side.shards]
            arrays[f"{side.kind}.{name}"] = np.concatenate(parts, axis=1)
        arrays[f"{side.kind}.ledger"] = np.concatenate([pool.read[: pool.n_entries] for pool in side.pools])
        arrays[f"{side.kind}.level"] = side.level.copy()
    return arrays


def put(town: Town, arrays: Arrays, month: int) -> None:
    """Lay a state back into a town of the same people, cut into any shards, at the start of `month`."""
    for side in town.sides:
        person = block = entry = 0
        for shard, pool in zip(side.shards, side.pools, strict=True):
            n, n_blocks = len(shard.score), len(shard.n_entries)
            for name in PER_PERSON:
                getattr(shard, name)[:] = arrays[f"{side.kind}.{name}"][person : person + n]
            for name in PER_CLASS:
                getattr(shard, name)[:, :n] = arrays[f"{side.kind}.{name}"][:, person : person + n]
            for name in PER_BLOCK:
                getattr(shard, name)[:] = arrays[f"{side.kind}.{name}"][block : block + n_blocks]
            n_entries = int(shard.n_entries.sum())
            pool.read = np.zeros((n_entries + SLACK, 2), dtype=np.int64)
            pool.read[:n_entries] = arrays[f"{side.kind}.ledger"][entry : entry + n_entries]
            pool.written = np.zeros_like(pool.read)
            pool.n_entries = n_entries
            person, block, entry = person + n, block + n_blocks, entry + n_entries
        side.level[:] = arrays[f"{side.kind}.level"]
    town.month = month


def people_by_group(side: Side) -> dict[str, tuple[int, ...]]:
    """Return how many live in each group, and how many of them are scored."""
    n_groups = len(side.level)
    everyone = np.zeros(n_groups, dtype=np.int64)
    scored = np.zeros(n_groups, dtype=np.int64)
    for shard in side.shards:
        group = (shard.profile & np.uint16(PROFILE_GROUP)).astype(np.int64)
        is_scored = (shard.profile & np.uint16(PROFILE_SCORED)) != 0
        everyone += np.bincount(group, minlength=n_groups)[:n_groups]
        scored += np.bincount(group[is_scored], minlength=n_groups)[:n_groups]
    return {"all": tuple(everyone.tolist()), "scored": tuple(scored.tolist())}
