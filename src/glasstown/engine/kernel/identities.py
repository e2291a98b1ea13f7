"""S16: what must add up in every month, checked as the month ends; a town whose accounts do not add up stops."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from glasstown.compiler.columns import N_STANDINGS
from glasstown.engine.sides import Layer, Side
from glasstown.engine.society.joint import owed_once
from glasstown.engine.society.trade import GONE
from glasstown.engine.tables.lives import UNEMPLOYED
from glasstown.engine.tables.practice_rows import N_RETURNS
from glasstown.engine.tables.shapes import I64
from glasstown.errors import Fault, RunError
from glasstown.rows import total_of


@dataclass(frozen=True, slots=True)
class Standing:
    """What stood at a month's beginning.

    levels      standing accounts of each rulebook, all groups together
    unemployed  people without work
    gone        firms that have gone under
    owed        yuan that people owe by judgment, a claim of two once
    """

    levels: tuple[I64, ...]
    unemployed: int
    gone: int
    owed: int


def standing(side: Side) -> Standing:
    """Return what stands now on one side of a town."""
    return Standing(
        tuple(layer.level.sum(axis=0) for layer in side.layers),
        sum(int(np.count_nonzero(shard.lives.work == UNEMPLOYED)) for shard in side.shards),
        sum(int(np.count_nonzero(shard.trade.health == GONE)) for shard in side.shards),
        _owed(side),
    )


def _owed(side: Side) -> int:
    return sum(owed_once(shard.lives) for shard in side.shards)


def gaps(side: Side, before: Standing) -> list[tuple[str, int]]:
    """Return every identity of the month that has passed, in words, with what it is off by; 0 where it holds."""
    found = []
    for layer, level in zip(side.layers, before.levels, strict=True):
        found += [(f"{layer.name}: {what}", gap) for what, gap in _of_layer(layer, level)]
    lived = total_of(side.lived)
    if any(len(shard.lives.work) for shard in side.shards):
        change = int(lived.unemployed) - before.unemployed
        lost = int(lived.lost + lived.failed - lived.found + lived.unemployed_came - lived.unemployed_left)
        found.append(
            ("the unemployed changed by jobs and businesses lost − found, and by who came and left", change - lost)
        )
        gone = int(lived.recovered) + int(lived.written_off) + int(lived.moved_away)
        moved, owed = before.owed + int(lived.judged) + int(lived.moved_here) - gone, _owed(side)
        found.append(
            (
                "owed before + newly owed + moved in − recovered − written off − moved away is owed after",
                owed - moved,
            )
        )
        found.append(
            (
                "places have one tenant each: left is came",
                int(lived.left[0] + lived.left[1] - lived.came[0] - lived.came[1]),
            )
        )
        found.append(("what people owe adds up to what the accounts say", owed - int(lived.owed)))
    if any(len(shard.trade.health) for shard in side.shards):
        change = int(lived.firms_gone) - before.gone
        moved = int(lived.went_under - lived.taken_over)
        found.append(("firms gone changed by those that went under − taken over", change - moved))
    return found


def _of_layer(layer: Layer, before: I64) -> list[tuple[str, int]]:
    slots, was = layer.slots, before.tolist()
    after, flow = layer.level.sum(axis=0).tolist(), layer.flow.sum(axis=0).tolist()
    found = []
    for rule, name in enumerate(layer.compiled.list_ids()):
        change = after[slots.level_lists + rule] - was[slots.level_lists + rule]
        gone = flow[slots.list_out + rule] + flow[slots.list_died + rule] + flow[slots.list_moved + rule]
        what = f"list {name} changed by in − out − died − moved"
        found.append((what, change - (flow[slots.list_in + rule] - gone)))
    grades = sum(after[slots.level_grades : slots.level_grades + N_STANDINGS])
    found.append(("grades add up to those scored", grades - layer.n_scored))
    if layer.rules.book.latent == 0 and layer.rules.book.ceiling < 0:
        points = sum(flow[slots.points : slots.points + len(layer.rules.clauses)])
        returned = sum(flow[slots.returned : slots.returned + N_RETURNS])
        change = after[slots.level_score] - was[slots.level_score]
        found.append(("the sum of scores changed by points + what was returned", change - points - returned))
    return found


def assert_identities(side: Side, before: Standing, month: int) -> None:
    """Stop a town whose accounts of a month do not add up.  Errors   RunError, with all that does not hold."""
    faults = [
        Fault(f"{side.kind} side, month {month}", None, f"{what}: off by {gap}", "0",
              "This is a fault of Glasstown: keep the command and the manifest, and report it.")
        for what, gap in gaps(side, before)
        if gap != 0
    ]  # fmt: skip
    if faults:
        raise RunError("The accounts do not add up", faults)
