"""What is counted of a run by age, sex, place, registration and work: every neighbourhood is lived again, and counted by person.

Accounts are kept by income alone.  A life lived again has a line of most of what they hold; each measure told here adds up over a
trait to what the run's accounts have of everybody, and one that does not is not told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from glasstown.errors import RunError
from glasstown.outcomes.by_group import OfGroup
from glasstown.outcomes.counted import MEASURED, Counts, counted
from glasstown.outcomes.measures import Accounts
from glasstown.outcomes.opened import TownRun, open_all
from glasstown.population import WORK
from glasstown.population.tables import INCOME_FIFTHS
from glasstown.runs.live_again import live_again
from glasstown.runs.one_life import hash_differences, other_fault
from glasstown.runs.outside import outside_of
from glasstown.runs.person_accounts import Key, PersonAccounts
from glasstown.runs.plan import Plan, plan_of
from glasstown.storage.folder import RunFolder
from glasstown.types import Progress

TRAITS: Final = ("group", "age", "sex", "town", "registration", "work")
"""columns of the final table by which people are told apart; the income fifth is `group`"""
BY: Final[Mapping[str, str]] = {
    "income": "group", "age": "age", "sex": "sex", "place": "town", "registration": "registration", "work": "work",
}  # fmt: skip
"""what a comparison can be asked by, in words, and the trait"""
AGES: Final = ((0, 17), (18, 29), (30, 44), (45, 59), (60, 120))
AGE_BANDS: Final = tuple(f"{low} to {high}" for low, high in AGES)
VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "group": INCOME_FIFTHS,
    "age": AGE_BANDS,
    "sex": ("male", "female"),
    "town": ("rural", "urban"),
    "registration": ("rural", "urban"),
    "work": WORK,
}
"""the groups of each trait"""
NO_LINE: Final = frozenset({
    "income", "payments missed", "could not pay", "written off", "false reports", "support", "averted", "barred unlisted",
})  # fmt: skip
"""measures of people of which a life lived again has no line"""
WHY_NO_LINE: Final = "the run keeps them by income alone, and a life that is lived again has no line of them"
Sums = dict[Key, int]
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ByTrait:
    """What was counted by some traits.

    counts  by group, as "age: 18 to 29", every measure of people; None where it is not told, or not kept
    lived   by group, person-months lived
    why     by measure that is not told, the reason
    """

    counts: Mapping[str, Counts]
    lived: Mapping[str, int]
    why: Mapping[str, str]


NOTHING_ASKED: Final = ByTrait({}, {}, {})


def group_name(trait: str, value: str) -> str:
    """Return what people of a trait's value are called among the groups: an income fifth by itself."""
    return value if trait == "group" else f"{trait}: {value}"


def counted_by_trait(path: Path, traits: Collection[str], progress: Progress | None = None) -> ByTrait:
    """Return every measure of people by these traits, under all rulebooks of a finished run together.

    progress   told neighbourhoods lived again, and how many there are

    Errors   RecordError for a run that is not finished or not whole, RunError where this code lives it otherwise than it was lived
    """
    asked = [trait for trait in TRAITS if trait in traits]
    if not asked:
        return NOTHING_ASKED
    folder = RunFolder.open(path)
    folder.final_rows()  # raises where the run has not got to its end
    plan, runs = plan_of(folder), open_all(path)
    outside, n = outside_of(folder, plan), plan.n_blocks("person")
    sums: dict[str, Sums] = {group_name(trait, value): {} for trait in asked for value in VALUES[trait]}
    lived = dict.fromkeys(sums, 0)
    for block in range(n):
        accounts = PersonAccounts(plan, plan.population.people(block, block + 1))
        found = live_again(plan, "person", block, outside, accounts)
        if differences := hash_differences(folder, found, "person", block):
            raise RunError("The counts by trait", [other_fault(folder, differences)])
        codes = _codes_of(plan, accounts)
        _add({trait: codes[trait] for trait in asked}, accounts, sums, lived)
        if progress is not None:
            progress(block + 1, n)
    return _told(runs, asked, sums, lived)


def _codes_of(plan: Plan, accounts: PersonAccounts) -> dict[str, Codes]:
    """Return, for each trait, which of its values everybody had in each month, months after each other.

    Work is as it was drawn for the age, whatever the rules have made of it since, so that both sides of a comparison have the same
    groups.
    """
    homes, people = accounts.homes(), accounts.people
    who, months = plan.population.tenants(homes), len(accounts.age)
    return {
        "group": np.tile(people.income_fifth, months).astype(np.int64),
        "age": np.searchsorted([low for low, _ in AGES], homes.age.astype(np.int64), side="right") - 1,
        "sex": who.is_female.astype(np.int64),
        "town": np.tile(people.is_urban, months).astype(np.int64),
        "registration": np.tile(people.is_registered_urban, months).astype(np.int64),
        "work": who.work.astype(np.int64),
    }


def _add(codes: Mapping[str, Codes], accounts: PersonAccounts, sums: dict[str, Sums], lived: dict[str, int]) -> None:
    """Add what a neighbourhood's people did and bore to the groups of each trait; most numbers of most months are 0."""
    names = {trait: [group_name(trait, value) for value in VALUES[trait]] for trait in codes}
    for trait, mine in codes.items():
        for name, n in zip(names[trait], np.bincount(mine, minlength=len(names[trait])).tolist(), strict=True):
            lived[name] += n
    for key, values in accounts.booked.items():
        flat = values.ravel()
        place = np.flatnonzero(flat)
        for trait, mine in codes.items():
            numbers = np.zeros(len(names[trait]), dtype=np.int64)
            np.add.at(numbers, mine[place], flat[place])
            for name, number in zip(names[trait], numbers.tolist(), strict=True):
                if number:
                    sums[name][key] = sums[name].get(key, 0) + number


def _told(
    runs: Sequence[TownRun], traits: Sequence[str], sums: Mapping[str, Sums], lived: Mapping[str, int]
) -> ByTrait:
    """Return the measures of each group in which somebody lived, without those that do not add up to the run's accounts."""
    acts = runs[0].acts
    whole, names = counted(runs, acts), [name for name, each in MEASURED.items() if each.kind == "person"]
    counts = {group: counted([_of_group(run, mine) for run in runs], acts) for group, mine in sums.items()}
    why = dict.fromkeys(NO_LINE, WHY_NO_LINE)
    for name in names:
        for trait in traits:
            parts = [counts[group_name(trait, value)][name] for value in VALUES[trait]]
            if name not in why and sum(part or 0 for part in parts) != (whole[name] or 0):
                why[name] = (
                    f"by {trait} they come to {sum(part or 0 for part in parts):,}, and the run has {whole[name]:,}"
                )
    told = {
        group: {name: None if name in why else mine[name] for name in names}
        for group, mine in counts.items()
        if lived[group]
    }
    return ByTrait(told, {group: n for group, n in lived.items() if n}, why)


def _of_group(run: TownRun, sums: Sums) -> OfGroup:
    """Return a rulebook with what was counted of a group, each number the sum over the whole run."""
    mine = {(account, item): (value,) for (book, account, item), value in sums.items() if book in (None, run.reference)}
    return OfGroup(
        run.book, {"person": Accounts("person", (run.manifest.start,), mine, unkept=run.accounts["person"].unkept)}
    )
