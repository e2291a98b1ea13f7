"""How much of what is found out is written down: shares of recording, fitted to what the schemes' records tell.

A town lives with every share at 1; its records per scored person are compared with the published ones, and the quotient
is the share.  Run it and carry the printed values into data/parameters.yaml, each as `fitted`.

    .venv/bin/python verification/fit_recording.py [--people N]
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from verification.entries import entries_a_year
from verification.towns import Plan, build, compiled, is_scored, layer_of, live, scores

PEOPLE = 300_000
BAD, GOOD = "recording.dishonesty", "recording.rewards"


@dataclass(frozen=True, slots=True)
class Target:
    """A published figure, per person or per owner, and how the same thing is measured in a town.

    parameters  shares that are turned until it agrees, all to one value
    tolerance   how far off the measured value may be, as a share of the target, beyond chance
    """

    name: str
    parameters: tuple[str, ...]
    value: Decimal
    source: str
    tolerance: Decimal
    measure: Callable[[Mapping[str, Decimal], int], tuple[float, float]]


def _per_scored(plan: Plan, signs: tuple[int, ...], first: int, months: float) -> tuple[float, float]:
    """Return records that took effect from month `first` on, per scored person and `months`, and how many were counted.

    Records of unknown value are counted too: they are records as much as the others.
    """
    town = build(plan)
    layer = layer_of(town)
    flows = live(town, plan.months)[first:]
    clauses = compiled(plan.rulebook).clauses
    columns = [layer.slots.records + row for row in range(len(clauses)) if int(np.sign(clauses[row].sign)) in signs]
    n_records = int(flows[:, columns].sum())
    return n_records / layer.n_scored / len(flows) * months, float(n_records)


def rongcheng(sign: int) -> Callable[[Mapping[str, Decimal], int], tuple[float, float]]:
    """Return the measurement of Rongcheng's records of one direction: 24 months from the scheme's start."""

    def measure(changes: Mapping[str, Decimal], people: int) -> tuple[float, float]:
        plan = Plan("rongcheng-2013", people, 24, date(2014, 1, 1), changes, past=True)
        return _per_scored(plan, (sign,), 0, 24)

    return measure


def suining(changes: Mapping[str, Decimal], people: int) -> tuple[float, float]:
    """Measure Suining's records of both directions in two months: the mean of months 2 to 13, past the first delays."""
    return _per_scored(Plan("suining-2010", people, 14, date(2010, 1, 1), changes, past=True), (-1, 1), 2, 2)


def jinan(changes: Mapping[str, Decimal], people: int) -> tuple[float, float]:
    """Measure the share of Jinan's owners who lost points in 20 months; everyone of age keeps a dog here."""
    town = build(Plan("jinan-dogs-2017", people, 20, date(2017, 1, 1), changes, everyone="dog-owner", past=True))
    lost = np.zeros(people, dtype=np.bool_)
    before = scores(town)
    for _ in range(20):
        town.advance()
        after = scores(town)
        lost |= after < before
        before = after
    n_lost, n_owners = int(lost.sum()), int(is_scored(town).sum())
    return n_lost / n_owners, float(n_lost)


def barred(rulebook: str, name: str) -> Callable[[Mapping[str, Decimal], int], tuple[float, float]]:
    """Return the measurement of a list's entries for conduct: a few a year among a million, so they are worked out and not lived."""

    def measure(changes: Mapping[str, Decimal], _people: int) -> tuple[float, float]:
        return float(entries_a_year(rulebook, name, changes)), math.inf

    return measure


ON_FILE = Decimal(590_000 + 30_000)
CHINESE = Decimal("1411.78")
"""people of the country in 2020, in millions"""
TARGETS = (
    Target(
        "Rongcheng 2015: dishonesty records per subject on file",
        (f"{BAD}.rongcheng-2013",),
        Decimal(260_000) / ON_FILE,
        "xinhua2015",
        Decimal("0.05"),
        rongcheng(-1),
    ),
    Target(
        "Rongcheng 2015: reward records per subject on file",
        (f"{GOOD}.rongcheng-2013",),
        Decimal(33_000) / ON_FILE,
        "xinhua2015",
        Decimal("0.05"),
        rongcheng(1),
    ),
    Target(
        "Suining 2010: names on the first list per person scored",
        (f"{BAD}.suining-2010", f"{GOOD}.suining-2010"),
        Decimal(812) / Decimal(1_140_000),
        "gv2010",
        Decimal("0.10"),
        suining,
    ),
    Target(
        "Jinan 2018: owners who lost points per owner",
        (f"{BAD}.jinan-dogs-2017",),
        Decimal(1_430) / Decimal(100_000),
        "ms2018",
        Decimal("0.05"),
        jinan,
    ),
    Target(
        "Rail list 2019: entries for conduct on trains a year, per person",
        (f"{BAD}.cn-rail-list-2018",),
        12 * 533 / CHINESE / 1_000_000,
        "ecns2019",
        Decimal("0.05"),
        barred("cn-rail-list-2018", "rail_notrain"),
    ),
    Target(
        "Air list 2019: entries a year, per person",
        (f"{BAD}.cn-air-list-2018",),
        12 * 692 / CHINESE / 1_000_000,
        "ecns2019",
        Decimal("0.05"),
        barred("cn-air-list-2018", "caac_nofly"),
    ),
)


def fit(target: Target, people: int, *, rounds: int) -> tuple[Decimal, float]:
    """Return the share that meets a target, at most 1, and what the town shows at that share.

    The first round measures at 1; further ones correct for what is not in proportion, such as people with two records.
    """
    share = Decimal(1)
    measured = 0.0
    for _ in range(rounds):
        measured, _count = target.measure(dict.fromkeys(target.parameters, share), people)
        share = min(share * target.value / Decimal(repr(measured)), Decimal(1)).quantize(Decimal("0.00001"))
        if share == 1:
            break
    return share, target.measure(dict.fromkeys(target.parameters, share), people)[0]


def main() -> None:
    """Fit every target and print what belongs into data/parameters.yaml."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    people = parser.parse_args().people
    for target in TARGETS:
        at_one, count = target.measure(dict.fromkeys(target.parameters, Decimal(1)), people)
        share, shown = fit(target, people, rounds=2 if target.measure is jinan else 1)
        print(f"{target.name} [{target.source}]")
        print(f"  target {target.value:.6f}, at share 1: {at_one:.6f} ({count:.0f} counted)")
        print(f"  share {share}, which shows {shown:.6f}: {', '.join(target.parameters)}")


if __name__ == "__main__":
    main()
