"""Measures of a town that was lived in memory: the same that `twins` counts of a run on disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from glasstown.language.model import Rulebook
from glasstown.outcomes.measures import Accounts
from glasstown.outcomes.twins import Counts, counted
from glasstown.runs.memory import Sums, live_in_memory
from glasstown.runs.plan import Plan
from glasstown.runs.request import scores
from glasstown.types import EntityKind

KINDS: Final[tuple[EntityKind, ...]] = ("person", "firm")


@dataclass(frozen=True, slots=True)
class SummedRun:
    """One rulebook of such a town; each series of its accounts has one entry, the sum over the run."""

    book: Rulebook
    accounts: Mapping[EntityKind, Accounts]


def counts_of(plan: Plan, settings: Mapping[str, str]) -> Counts:
    """Let the town of a plan live under these parameters and return every measure of `twins.MEASURES`."""
    return counts_from(plan, live_in_memory(plan, settings))


def counts_from(plan: Plan, sums: Sums) -> Counts:
    """Return every measure of `twins.MEASURES` from the sums of a town."""
    return counted([_under(plan, name, sums) for name in plan.inputs.names], plan.inputs.acts)


def _under(plan: Plan, name: str, sums: Sums) -> SummedRun:
    book = plan.books[name]
    accounts = {}
    for kind in KINDS:
        if scores(book, kind):
            booked = {**sums.get((kind, None), {}), **sums.get((kind, name), {})}
            series = {place: (value,) for place, value in booked.items()}
            accounts[kind] = Accounts(kind, (plan.manifest.start,), series)
    return SummedRun(book, accounts)
