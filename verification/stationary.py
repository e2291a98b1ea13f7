"""Whether a town without a rulebook stands still: every account's drift a year after month 12, with its luck.

.venv/bin/python verification/stationary.py [--short]

A drift is the slope of a straight line through an account's months, over its mean: of the three years after month 12, in which what
has not come to rest would still move, and of all months from 12 on.  Towns of several seeds give as many slopes, and their spread is
the luck.  What moves beyond luck by more than 2 % a year, in either, is a fault; of what luck hides the table says how many people
would tell.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from glasstown.engine.sides import Side
from glasstown.rows import as_table
from glasstown.runs.accounts import LIVED, TALLIES
from glasstown.runs.plan import make_plan, make_town, with_parameters
from glasstown.runs.request import RunRequest, manifest_of

FIRST = 12
"""Month from which on nothing may move."""
SOON = 36
"""Months after it in which what has not come to rest would move most."""
MOST = 0.02
"""The most that an account may move in a year."""
T_99 = {
    2: 63.657, 3: 9.925, 4: 5.841, 5: 4.604, 6: 4.032, 7: 3.707, 8: 3.499, 9: 3.355, 10: 3.250, 11: 3.169, 12: 3.106,
    13: 3.055, 14: 3.012, 15: 2.977, 16: 2.947,
}  # fmt: skip
"""Half-width of a 99 % band around a mean of so many, in their standard errors: Student's quantiles."""
Series = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Size:
    """How many towns are lived, how large, and for how long."""

    seeds: int
    people: int
    firms: int
    months: int


SHORT, FULL = Size(6, 6_000, 3_000, 48), Size(8, 100_000, 30_000, 132)


@dataclass(frozen=True, slots=True)
class Slope:
    """How an account moves over some months.

    drift  a year, of its mean
    luck   half-width of the drift's 99 % band
    """

    drift: float
    luck: float

    @property
    def moves(self) -> bool:
        """Return whether it moves too much, beyond luck."""
        return abs(self.drift) - self.luck > MOST


@dataclass(frozen=True, slots=True)
class Drift:
    """How an account moves: soon after month 12, and in all months from then on; `mean` is a month's."""

    account: str
    mean: float
    soon: Slope
    whole: Slope

    @property
    def moves(self) -> bool:
        """Return whether it moves too much, beyond luck."""
        return self.soon.moves or self.whole.moves

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


def series_of(size: Size, seed: int, settings: Mapping[str, str]) -> dict[str, Series]:
    """Return every account of a town without a rulebook, month by month; `settings` are parameters, beyond their ranges too."""
    request = RunRequest("no-scheme", people=size.people, firms=size.firms, months=size.months, seed=seed)
    manifest, inputs = manifest_of(request)
    numbers = tuple(
        each.model_copy(update={"value": Decimal(settings[each.id])}) if each.id in settings else each
        for each in inputs.parameters.parameters
    )
    plan = with_parameters(make_plan(manifest, inputs), inputs.parameters.model_copy(update={"parameters": numbers}))
    town = make_town(plan, threads=1)
    months: list[dict[str, int]] = []
    for _ in range(size.months):
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
    towns = [series_of(size, seed, settings or {}) for seed in range(1, size.seeds + 1)]
    return [found for name in towns[0] if (found := drift_of(name, [town[name] for town in towns])) is not None]


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
    luck = T_99[len(months)] * float(slopes.std(ddof=1)) / len(months) ** 0.5
    return Slope(float(slopes.mean()), luck)


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
