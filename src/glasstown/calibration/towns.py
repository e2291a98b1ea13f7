"""A design point lived: every target counted in its small town, as a sum and what it is divided by.

A point is whole numbers, so that it can be kept exactly; `logarithm` makes of them what a target is compared with.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final, TypeAlias

import numpy as np

from glasstown.calibration.targets import Targets
from glasstown.calibration.terms import items_meant, items_of, parted
from glasstown.calibration.unknowns import Lever
from glasstown.errors import Fault, UsageError
from glasstown.language.act_numbers import SHARE, act_numbers, fitted
from glasstown.language.target_file import Measure, SmallTown, Target
from glasstown.runs.memory import plan_in_memory, settled, with_seed
from glasstown.runs.plan import Plan
from glasstown.runs.request import RunRequest
from glasstown.runs.series import Series, Term, lived_series
from glasstown.types import EntityKind

Counts: TypeAlias = dict[str, tuple[int, int]]
"""by target: what was counted, and what it is divided by"""
HALF: Final = 0.5
"""added to what was counted, so that nothing has a logarithm too"""
LEAST_PEOPLE: Final = 150


@dataclass(frozen=True, slots=True)
class Bench:
    """The small towns of some targets, each made once; `share` of their people and firms live."""

    targets: tuple[Target, ...]
    plans: Mapping[str, Plan]
    towns: Mapping[str, SmallTown]

    def live(self, settings: Mapping[str, str], seed: int) -> Counts:
        """Let every town live under these settings with the luck of a seed, and return what each target counts.

        Errors   UsageError where a setting names nothing or lies out of its bounds.
        """
        found: Counts = {}
        for town_id, plan in self.plans.items():
            mine = [(each, each.measure) for each in self.targets if each.measure and each.measure.town == town_id]
            terms = {each.id: _terms(plan, self.towns[town_id], measure) for each, measure in mine}
            wanted = [term for both in terms.values() for part in both for term in part]
            series = lived_series(with_seed(plan, seed), settings, wanted)
            for each, measure in mine:
                count, per = terms[each.id]
                found[each.id] = (
                    _sum(series, count, measure.months),
                    _sum(series, per, measure.per_months or measure.months),
                )
        return found


def bench_of(targets: Targets, held: Sequence[Target], *, share: float = 1.0, towns: int = 1) -> Bench:
    """Return the towns that these targets need; `towns` are to live side by side."""
    names = dict.fromkeys(each.measure.town for each in held if each.measure)
    plans = {name: plan_in_memory(_request(targets.town(name), share), towns=towns) for name in names}
    return Bench(tuple(held), plans, {name: targets.town(name) for name in names})


def _request(town: SmallTown, share: float) -> RunRequest:
    people = max(int(town.people * share), LEAST_PEOPLE)
    firms = max(int(town.firms * share), LEAST_PEOPLE) if town.firms else 0
    return RunRequest(
        ",".join(town.rulebooks), people=people, firms=firms, months=town.months, start=town.start,
        references=town.rulebooks, command="glasstown calibration",
    )  # fmt: skip


def _terms(plan: Plan, town: SmallTown, measure: Measure) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """Return the terms that a measure counts, and those that it divides by."""
    name = plan.inputs.names[town.rulebooks.index(measure.rulebook or town.rulebooks[0])]
    count, per = (tuple(_term(plan, name, measure.of, text) for text in part) for part in (measure.count, measure.per))
    return count, per


def _term(plan: Plan, name: str, kind: EntityKind, text: str) -> Term:
    account, item, group = parted(text)
    book, acts = plan.books[name], plan.inputs.acts
    known = items_of(account, kind, book, acts) or ()
    return Term(kind, name, account, items_meant(item, known, kind, book, acts), group)


def _sum(series: Mapping[Term, Series], terms: Sequence[Term], months: tuple[int, int]) -> int:
    first, last = months
    return sum(int(series[term][first - 1 : last].sum()) for term in terms)


def logarithm(target: Target, counts: tuple[int, int]) -> float | None:
    """Return a town's value on the logarithm; None where there is nothing to divide by."""
    count, base = counts
    times = target.measure.times if target.measure else 1
    return math.log(float(times) * (count + HALF) / base) if base > 0 else None


def value_of(target: Target, counts: tuple[int, int]) -> float | None:
    """Return a town's value in the target's unit, as it was counted."""
    count, base = counts
    times = target.measure.times if target.measure else 1
    return float(times) * count / base if base > 0 else None


def refuse_unread(bench: Bench, levers: Sequence[Lever]) -> None:
    """Refuse free unknowns that no equation reads: no table of any town differs between the two ends of their range.

    Errors   UsageError with each of them.
    """
    faults = [
        Fault(f"unknown '{each.path}'", None, "a number that no equation reads in any town of the targets",
              "one that moves something", "Leave it out of `free`, or add a target that it bears on.")
        for each in levers
        if not any(_moves(plan, each) for plan in bench.plans.values())
    ]  # fmt: skip
    if faults:
        raise UsageError("The unknowns", faults)


def _moves(plan: Plan, lever: Lever) -> bool:
    """Return whether any table of a town differs between the defaults and an end of a lever's range, the farther one first."""
    acts, usual = plan.inputs.acts, _tables(plan)
    shares = {path: f"{value:f}" for path, value in act_numbers(acts).items() if path.endswith(f"/{SHARE}")}
    others = shares if lever.path in shares else {}
    ends = sorted((0.0, 1.0), key=lambda place: -abs(place - lever.usual))
    return any(_tables(settled(plan, fitted({**others, lever.path: lever.at(end)}, acts))) != usual for end in ends)


def _tables(plan: Plan) -> Any:
    return [_flat(getattr(plan, name)) for name in ("conduct", "in_force")]


def _flat(value: Any) -> Any:
    """Return tables as plain values that can be compared; of what holds no numbers only its kind."""
    if isinstance(value, np.ndarray):
        return value.tobytes()
    if isinstance(value, Mapping):
        return {key: _flat(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_flat(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return [_flat(getattr(value, each.name)) for each in fields(value) if each.name != "compiled"]
    return value if isinstance(value, int | float | str | bytes | np.generic) else type(value).__name__
