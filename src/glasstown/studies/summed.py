"""Measures of a town that was lived in memory: the same that `twins` counts of a run on disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from glasstown.language.model import Rulebook
from glasstown.outcomes.by_group import ALL
from glasstown.outcomes.counted import MEASURED, Counts, counted, why_not
from glasstown.outcomes.measures import Accounts, parted
from glasstown.runs.accounts import GROUPS
from glasstown.runs.memory import Sums, live_in_memory, summed_in_memory
from glasstown.runs.plan import Plan
from glasstown.runs.subjects import unkept_accounts
from glasstown.types import EntityKind


@dataclass(frozen=True, slots=True)
class SummedRun:
    """One rulebook of such a town; each series of its accounts has one entry, the sum over the run."""

    book: Rulebook
    accounts: Mapping[EntityKind, Accounts]


def counts_of(plan: Plan, settings: Mapping[str, str]) -> Counts:
    """Let the town of a plan live under these parameters and return every measure of `counted.MEASURES`."""
    return counts_from(plan, live_in_memory(plan, settings))


def counts_by_group(plan: Plan, settings: Mapping[str, str]) -> dict[str, Counts]:
    """Let the town of a plan live under these parameters; return every measure, of all, and those of people by income fifth."""
    summing = summed_in_memory(plan, settings)
    of_people = [name for name, each in MEASURED.items() if each.kind == "person"]
    found = {ALL: counts_from(plan, summing.sums())}
    for place, group in enumerate(GROUPS["person"]):
        counts = counts_from(plan, summing.of_group("person", place))
        found[group] = {name: counts[name] for name in of_people}
    return found


def counts_from(plan: Plan, sums: Sums) -> Counts:
    """Return every measure of `counted.MEASURES` from the sums of a town."""
    return counted([_under(plan, name, sums) for name in plan.inputs.names], plan.inputs.acts)


def why_not_of(plan: Plan) -> dict[str, str]:
    """Return the measures that towns of a plan do not keep, each with the reason."""
    return why_not([_under(plan, name, {}) for name in plan.inputs.names])


def _under(plan: Plan, name: str, sums: Sums) -> SummedRun:
    book = plan.books[name]
    numbers = {each.id: str(each.value) for each in plan.inputs.parameters.parameters}
    accounts = {}
    for kind in plan.kinds:
        booked = {**sums.get((kind, None), {}), **sums.get((kind, name), {})}
        series = parted({place: (value,) for place, value in booked.items()})
        accounts[kind] = Accounts(kind, (plan.manifest.start,), *series, unkept_accounts(book, kind, numbers))
    return SummedRun(book, accounts)
