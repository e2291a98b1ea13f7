"""Whose life a page tells when nobody is named: somebody listed, wrongly if any; else somebody with a telling record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from glasstown.outcomes.befell import befell
from glasstown.outcomes.opened import TownRun, interesting_person
from glasstown.population import BLOCK
from glasstown.runs.live_again import live_again
from glasstown.runs.outside import outside_of
from glasstown.runs.plan import plan_of
from glasstown.storage.folder import RunFolder
from glasstown.types import EntityKind

MOST_BLOCKS: Final = 12
"""neighbourhoods that are lived again for somebody listed wrongly"""


def at_a_glance(runs: Sequence[TownRun], kind: EntityKind = "person") -> int | None:
    """Return somebody worth telling by the final table alone: who ends on a black list, else of those with records one with several.

    None before the run's end, and where nobody is scored.
    """
    listed = _listed_at_end(runs, kind)
    if listed:
        return listed[0]
    found = (interesting_person(run.folder, run.reference) for run in runs if kind in run.scored_kinds)
    return next((each for each in found if each is not None), None)


def worth_telling(runs: Sequence[TownRun]) -> int | None:
    """Return the person whose life a page tells: the first found who came on a black list wrongly, else as at a glance.

    Neighbourhoods of those who end on a black list are lived again for it, `MOST_BLOCKS` at most.
    """
    wrongly = [
        run
        for run in runs
        if "person" in run.scored_kinds
        and any(
            run.accounts["person"].total("list_in_wrong", each.id) for each in run.book.lists if each.colour == "black"
        )
    ]
    listed = _listed_at_end(wrongly, "person")
    if not listed or not wrongly:
        return at_a_glance(runs)
    folder = RunFolder.open(runs[0].folder)
    plan = plan_of(folder)
    outside = outside_of(folder, plan)
    under = tuple(run.reference for run in wrongly)
    black = {rule.id for run in wrongly for rule in run.book.lists if rule.colour == "black"}
    blocks = list(dict.fromkeys(number // BLOCK for number in listed))[:MOST_BLOCKS]
    for block in blocks:
        lived = live_again(plan, "person", block, outside)
        for number in (each for each in listed if each // BLOCK == block):
            times = befell(plan, lived, number % BLOCK, under).listings
            if any(each.was_wrong and each.list in black for each in times):
                return number
    return listed[0]


def _listed_at_end(runs: Sequence[TownRun], kind: EntityKind) -> list[int]:
    """Return who ends a run on a black list of these rulebooks, by number, those first who have several records."""
    if not runs or not RunFolder.open(runs[0].folder).files("final"):
        return []
    final = RunFolder.open(runs[0].folder).read("final")
    columns = ["kind", "id", "rulebook", "lists", "n_records"]
    if not set(columns) <= set(final.column_names):  # a run of an earlier version
        return []
    final = final.select(columns)
    mine = final.filter(pc.and_(pc.equal(final["kind"].cast(pa.string()), kind), pc.is_valid(final["lists"])))
    black = {run.reference: {each.id for each in run.book.lists if each.colour == "black"} for run in runs}
    found = {
        row["id"]: row["n_records"] or 0
        for row in mine.to_pylist()
        if black.get(row["rulebook"], set()) & set((row["lists"] or "").split())
    }
    return sorted(found, key=lambda number: (-min(found[number], 2), number))
