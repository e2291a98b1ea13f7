"""What is counted of a run by the groups that its accounts are kept by: income fifths of people, sizes of firms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from glasstown.fields import is_points
from glasstown.language.acts import ActCatalogue
from glasstown.language.model import Rulebook
from glasstown.outcomes.counted import MEASURED, Counts, counted
from glasstown.outcomes.measures import Accounts
from glasstown.outcomes.opened import TownRun
from glasstown.runs.accounts import GROUPS
from glasstown.types import EntityKind

ALL: Final = "all"
"""the name of everybody together, beside the groups"""
EACH: Final = 100_000
"""people for whom a group's differences are told"""
Totals = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class OfGroup:
    """A rulebook with the accounts of one group, each the sum over the whole run."""

    book: Rulebook
    accounts: Mapping[EntityKind, Accounts]


def counted_by_group(runs: Sequence[TownRun], acts: ActCatalogue) -> dict[str, Counts]:
    """Return, for each group of those who live in a town, every measure of such subjects, under all of its rulebooks together."""
    totals = _totals(runs[0].months)
    found: dict[str, Counts] = {}
    for kind in runs[0].kinds:
        for group in GROUPS[kind]:
            of_group = [_of_group(run, kind, group, totals) for run in runs]
            counts = counted(of_group, acts)
            found[group] = {name: n for name, n in counts.items() if MEASURED[name].kind == kind}
    return found


def rate(counts: tuple[int, int], lived: tuple[int, int], months: int) -> float:
    """Return second less first for so many people (`EACH`) of a group over a whole run; `lived` are its months lived on each side."""
    return EACH * months * (counts[1] / lived[1] - counts[0] / lived[0])


def months_lived(months: pa.Table) -> dict[str, int]:
    """Return how many months those of each group lived together: person-months of fifths, firm-months of sizes; `all` are people."""
    there = months.filter(pc.and_(pc.equal(months["account"], "people"), pc.equal(months["item"], "all")))
    summed = there.group_by(["kind", "group"], use_threads=False).aggregate([("value", "sum")]).to_pylist()
    found = {row["group"]: int(row["value_sum"] or 0) for row in summed}
    return {ALL: sum(found[row["group"]] for row in summed if row["kind"] == "person"), **found}


def _totals(months: pa.Table) -> Mapping[tuple[str, str, str | None], Totals]:
    """Return what was booked in all, by kind, group and rulebook; points are left out."""
    keys = ["kind", "group", "rulebook", "account", "item"]
    summed = months.group_by(keys, use_threads=False).aggregate([("value", "sum")])
    found: dict[tuple[str, str, str | None], dict[tuple[str, str], int]] = {}
    for kind, group, book, account, item, value in zip(
        *(summed[name].to_pylist() for name in (*keys, "value_sum")), strict=True
    ):
        if not is_points(account):
            found.setdefault((kind, group, book), {})[account, item] = int(value or 0)
    return found


def _of_group(
    run: TownRun, kind: EntityKind, group: str, totals: Mapping[tuple[str, str, str | None], Totals]
) -> OfGroup:
    booked = {**totals.get((kind, group, None), {}), **totals.get((kind, group, run.reference), {})}
    sums = {key: (value,) for key, value in booked.items()}
    accounts = Accounts(kind, (run.manifest.start,), sums, unkept=run.accounts[kind].unkept)
    return OfGroup(run.book, {kind: accounts})
