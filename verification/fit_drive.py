"""Fit the drive of the courts' list to what was published of it: recording to entries, performing to exits, period by period.

.venv/bin/python -m verification.fit_drive [PEOPLE]     prints the periods of data/drives/courts-list.yaml
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from glasstown.archive.series import load_series
from glasstown.language.acts import Basis
from glasstown.language.drive import Drive, Pace
from glasstown.language.series import Series
from glasstown.runs.memory import plan_in_memory
from glasstown.runs.plan import Plan, with_parameters
from glasstown.runs.request import RunRequest
from glasstown.studies.list_years import list_of

BOOK = "cn-court-list-2017@since-2013"
MONTHS = 147
START = date(2013, 10, 1)
ROUNDS = 4
SEEDS = (1, 2)


class Target(NamedTuple):
    """A period whose count a drive is turned to.

    first, until  months of the run
    millions      the published count, before shares
    weights       how the pace rises over the years of the period; one where it stays
    """

    first: str
    until: str
    millions: float
    counts: str = "people and organisations"
    weights: tuple[float, ...] = (1.0,)


ENTRIES = (
    Target("2013-10", "2014-03", 0.0871),
    Target("2014-03", "2017-03", 6.643, weights=(1.0, 2.0, 3.0)),
    Target("2017-03", "2018-01", 2.86),
    Target("2018-01", "2019-01", 3.29),
    Target("2019-01", "2020-01", 2.96, "people"),
    Target("2020-01", "2021-01", 2.4984, "people"),
    Target("2023-01", "2024-01", 3.208),
    Target("2024-01", "2025-01", 2.457),
)
EXITS = (
    Target("2013-10", "2017-01", 0.58),
    Target("2017-01", "2019-01", 2.93),
    Target("2019-01", "2023-01", 7.41),
    Target("2023-01", "2024-01", 2.083),
    Target("2024-01", "2025-01", 2.821),
)
"""7.41: performed from 2019 to February 2025, 12.76 million, less the exits of 2023, of 2024 and of two months of 2025"""
BEGIN = (0.13, 0.62, 0.95, 0.83, 0.99, 0.69, 0.96, 0.73), (0.01, 0.13, 0.18, 0.15, 0.77)
"""paces that the first round is lived with"""


def month_of(text: str) -> int:
    """Return the month of the run that a month written YYYY-MM is."""
    year, month = (int(part) for part in text.split("-"))
    return (year - START.year) * 12 + month - START.month


def wanted(series: Series, target: Target, what: str) -> float:
    """Return the people per 1,000 that a target means."""
    figure = next(each for each in series.figures if each.of == what)
    told = figure.model_copy(update={"millions": Decimal(str(target.millions)), "counts": target.counts})
    return float(series.people(told)[1])


def main(people: int = 60_000) -> int:
    """Turn every period's pace until the town's list has as many entries and exits as were published."""
    series = load_series("courts-list")
    plans = [plan_in_memory(RunRequest(BOOK, people=people, months=MONTHS, seed=seed)) for seed in SEEDS]
    recording, performing = list(BEGIN[0]), list(BEGIN[1])
    for number in range(ROUNDS):
        drive = drive_of(recording, performing)
        towns = [list_of(with_drive(plan, drive), series.list) for plan in plans]
        for paces, targets, what in ((recording, ENTRIES, "entries"), (performing, EXITS, "exits")):
            for row, target in enumerate(targets):
                months = slice(month_of(target.first), month_of(target.until))
                found = np.mean([getattr(town, what)[months].sum() for town in towns]) * 1000 / people
                asked = wanted(series, target, what)
                factor = asked / found if found else 2.0
                paces[row] *= min(max(factor, 0.25), 4.0) ** (1.0 if what == "entries" else 0.9)
                print(f"{number} {what} {target.first}: wanted {asked:.3f}, lived {found:.3f}, pace {paces[row]:.3f}")
    for line in lines(drive_of(recording, performing)):
        print(line)
    return 0


def drive_of(recording: Sequence[float], performing: Sequence[float]) -> Drive:
    """Return the drive of these paces; what no figure was published of lies between its neighbours."""
    basis = Basis(source="own fit to the published series", evidence="fitted")
    return Drive.model_construct(
        glasstown_drive=1, id="fit", label="fit", rulebook="cn-court-list-2017", list="spc_dishonest", stock=None, deletion=(),
        recording=tuple(_paces(ENTRIES, recording, basis)), performing=tuple(_paces(EXITS, performing, basis)),
    )  # fmt: skip


def _paces(targets: Sequence[Target], values: Sequence[float], basis: Basis) -> list[Pace]:
    found: list[Pace] = []
    for target, value in zip(targets, values, strict=True):
        if found and found[-1].until < target.first:
            found.append(_pace(found[-1].until, target.first, (float(found[-1].times) + value) / 2, basis))
        mean = sum(target.weights) / len(target.weights)
        for year, weight in enumerate(target.weights):
            begins = target.first if year == 0 else f"{int(target.first[:4]) + year}{target.first[4:]}"
            ends = (
                target.until
                if year == len(target.weights) - 1
                else f"{int(target.first[:4]) + year + 1}{target.first[4:]}"
            )
            found.append(_pace(begins, ends, value * weight / mean, basis))
    found.append(_pace(found[-1].until, "2026-01", float(found[-1].times), basis))
    return found


def _pace(first: str, until: str, times: float, basis: Basis) -> Pace:
    return Pace.model_construct(from_=first, until=until, times=Decimal(f"{times:.3f}"), basis=basis)


def with_drive(plan: Plan, drive: Drive) -> Plan:
    """Return a plan with a drive."""
    return with_parameters(replace(plan, inputs=replace(plan.inputs, drive=drive)), plan.inputs.parameters)


def lines(drive: Drive) -> list[str]:
    """Return the periods as a drive's file has them."""
    told = []
    for name in ("recording", "performing"):
        told.append(f"{name}:")
        for each in getattr(drive, name):
            told.append(f'  - {{from: "{each.from_}", until: "{each.until}", times: {each.times}, basis: *fitted}}')
    return told


if __name__ == "__main__":
    sys.exit(main(*(int(each) for each in sys.argv[1:2])))
