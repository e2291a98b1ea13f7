"""Whether a town without a rulebook stands still: every account's drift a year after month 12, with its luck.

.venv/bin/python verification/stationary.py [--short]

A drift is the slope of a straight line through an account's months, over its mean: of the three years after month 12, in which what
has not come to rest would still move, and of all months from 12 on.  Towns of several seeds give as many slopes, and their spread is
the luck.  What moves beyond luck by more than 2 % a year, in either, is a fault; so that luck alone makes one in a hundred tables say
so, and not every table, the band for that is wider the more accounts there are.  Of what luck hides the table says how many people
would tell.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import stats

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from glasstown.engine.sides import Side
from glasstown.population import Population
from glasstown.rows import as_table
from glasstown.runs.accounts import LIVED, TALLIES
from glasstown.runs.plan import Plan, make_plan, make_town, with_parameters
from glasstown.runs.request import RunRequest, manifest_of

FIRST = 12
"""Month from which on nothing may move."""
SOON = 36
"""Months after it in which what has not come to rest would move most."""
MOST = 0.02
"""The most that an account may move in a year."""
BAND = 0.99
"""Share of the lucks that a band holds."""
AT_ONCE = 0.01
"""Chance that any account at all is said to move where none does: many are looked at."""
Series = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Size:
    """How many towns are lived, how large, and for how long."""

    seeds: int
    people: int
    firms: int
    months: int


SHORT, FULL = Size(10, 9_000, 3_000, 48), Size(8, 100_000, 30_000, 132)


@dataclass(frozen=True, slots=True)
class Slope:
    """How an account moves over some months.

    drift  a year, of its mean
    error  standard error of that
    n      towns
    """

    drift: float
    error: float
    n: int

    @property
    def luck(self) -> float:
        """Return the half-width of the drift's 99 % band."""
        return float(stats.t.ppf((1 + BAND) / 2, self.n - 1)) * self.error

    def moves(self, looked_at: int) -> bool:
        """Return whether it moves too much, beyond the luck of the most unlucky of so many."""
        return abs(self.drift) - float(stats.t.ppf(1 - AT_ONCE / looked_at / 2, self.n - 1)) * self.error > MOST


@dataclass(frozen=True, slots=True)
class Drift:
    """How an account moves: soon after month 12, and in all months from then on.

    mean    a month's, over months and towns
    moves   whether it moves too much, beyond luck
    """

    account: str
    mean: float
    soon: Slope
    whole: Slope
    moves: bool = False

    @property
    def is_told(self) -> bool:
        """Return whether the towns are large enough, and live long enough, to see a drift of `MOST`."""
        return self.whole.luck <= MOST

    @property
    def verdict(self) -> str:
        """Return what is to be said of it."""
        if self.moves:
            return "MOVES"
        if self.is_told:
            return "stands"
        return f"too rare to tell: {(self.whole.luck / MOST) ** 2:,.1f} times as many would"


def plan_of(size: Size, settings: Mapping[str, str]) -> Plan:
    """Return what towns without a rulebook are made from; `settings` are parameters, beyond their ranges too."""
    request = RunRequest("no-scheme", people=size.people, firms=size.firms, months=size.months)
    manifest, inputs = manifest_of(request)
    numbers = tuple(
        each.model_copy(update={"value": Decimal(settings[each.id])}) if each.id in settings else each
        for each in inputs.parameters.parameters
    )
    return with_parameters(make_plan(manifest, inputs), inputs.parameters.model_copy(update={"parameters": numbers}))


def series_of(plan: Plan, seed: int) -> dict[str, Series]:
    """Return every account of the town of a seed, month by month."""
    manifest, inputs = plan.manifest, plan.inputs
    population = Population(inputs.place, inputs.acts, manifest.people, manifest.firms, seed)
    town = make_town(
        replace(plan, manifest=manifest.model_copy(update={"seed": seed}), population=population), threads=1
    )
    months: list[dict[str, int]] = []
    for _ in range(manifest.months):
        town.advance()
        town.heard.clear()
        months.append({name: value for side in town.sides for name, value in _booked(side)})
    return {name: np.array([month[name] for month in months], dtype=np.float64) for name in months[0]}


def _booked(side: Side) -> Iterator[tuple[str, int]]:
    """Yield what a month has booked on a side, by account."""
    classes = [each.id for each in side.conduct.classes]
    for account, rows in zip(TALLIES, side.tally, strict=True):
        for name, value in zip(classes, rows.sum(axis=0).tolist(), strict=True):
            yield f"{side.kind}: {account} {name}", value
    for (account, item), value in zip(LIVED, as_table(side.lived).sum(axis=0).tolist(), strict=True):
        yield f"{side.kind}: {account}, {item}", value


def drifts(size: Size, settings: Mapping[str, str] | None = None) -> list[Drift]:
    """Return the drift of every account in which anything is booked."""
    plan = plan_of(size, settings or {})
    towns = [series_of(plan, seed) for seed in range(1, size.seeds + 1)]
    found = [each for name in towns[0] if (each := drift_of(name, [town[name] for town in towns])) is not None]
    return [replace(each, moves=each.soon.moves(2 * len(found)) or each.whole.moves(2 * len(found))) for each in found]


def drift_of(account: str, towns: Sequence[Series]) -> Drift | None:
    """Return the drift of an account over towns of several seeds; None where nothing is booked after month 12."""
    months = np.array(towns)[:, FIRST:]
    mean = float(months.mean())
    if mean == 0:
        return None
    return Drift(account, mean, slope_of(months[:, :SOON], mean), slope_of(months, mean))


def slope_of(months: Series, mean: float) -> Slope:
    """Return the slope through months of several towns, (towns, months), a year and of a mean."""
    years = np.arange(months.shape[1]) / 12
    years -= years.mean()
    slopes = months @ years / (years @ years) / mean
    return Slope(float(slopes.mean()), float(slopes.std(ddof=1)) / len(months) ** 0.5, len(months))


def as_text(found: Sequence[Drift], size: Size) -> str:
    """Return the table as Markdown, with a last line that sums it up."""
    lines = [f"| account | a month | % a year, months {FIRST} to {FIRST + SOON - 1} | from {FIRST} on | verdict |"]
    lines.append("|---|---:|---:|---:|---|")
    for each in found:
        soon, whole = (f"{100 * part.drift:+.2f} ± {100 * part.luck:.2f}" for part in (each.soon, each.whole))
        lines.append(f"| {each.account} | {each.mean:,.1f} | {soon} | {whole} | {each.verdict} |")
    moving, told = sum(each.moves for each in found), sum(each.is_told for each in found)
    lines += [
        "",
        f"{size.seeds} towns of {size.people:,} people and {size.firms:,} firms, {size.months} months.  "
        f"Of {len(found)} accounts {moving} move by more than 2 % a year beyond luck; {told} are large enough to tell 2 %.",
    ]
    return "\n".join(lines)


def main() -> int:
    """Print the table; return 1 where an account moves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="fewer and smaller towns")
    size = SHORT if parser.parse_args().short else FULL
    found = drifts(size)
    print(as_text(found, size))
    return 1 if any(each.moves for each in found) else 0


if __name__ == "__main__":
    sys.exit(main())
