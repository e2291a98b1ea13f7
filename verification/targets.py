"""Further published figures that the model says something about: incomes, objections, and what errors do to a file.

What it says nothing about stands in NOT_MODELLED, which the page prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.tables.lives import CHILD, POWER_STEPS, UNEMPLOYED
from glasstown.engine.tables.profiles import groups_of
from glasstown.engine.town import Town
from verification.table import BAND_99, Check, within
from verification.towns import Plan, build, is_scored, layer_of, live, numbers, scores

RULEBOOK = "rongcheng-2013"
START = date(2014, 1, 1)
YEARS = 5
FIFTHS = (9_215, 20_442, 32_195, 50_220, 95_055)
NBS = "National Bureau of Statistics, communiqué for 2023: disposable income a head by fifths"
GINI = "National Bureau of Statistics: Gini coefficient of 2016"
PIP = "UK Parliament, written answer 2019: 10 % of decisions on disability benefit appealed, half of these overturned"
FTC = "Federal Trade Commission 2012, credit files of consumers"
NO_ERRORS = {
    "filing.wrong_person": Decimal(0),
    "filing.wrong_content": Decimal(0),
    "filing.duplicate": Decimal(0),
    "inform.false_share": Decimal(0),
}
APART = {
    "eps_s": Decimal(0),
    "objection.share": Decimal(0),
    "belief.own": Decimal(0),
    "belief.neighbours": Decimal(0),
    "norm.loading": Decimal(0),
}
"""nobody's conduct follows from a score or a detection of others, and no error is put right"""
NOT_MODELLED = (
    ("Firms in black in Xiangyang 2020, 5 of 909 (Jingchu Net 2020)",
     "so few that a town without any such firm cannot be told from theirs: a check that agrees with nothing is none"),
    ("Share of village debtors who are late, 79.5 % without shaming and 64.7 or 60.9 % with it (Bu and Liao 2022)",
     "the response to being shown to others is a reading of this experiment, so it cannot be held against it; nobody "
     "borrows from a village fund here"),
    ("Support for scoring people, 53 % before and 29 % after balanced information (Rieger, Wang and Ohlberg 2020)",
     "nobody in the model is told anything about a scheme"),
    ("Files with a potential error, 26 %, and files that were changed, 21 % (Federal Trade Commission 2012)",
     "a town knows of wrong records, not of what somebody who reads the own file would hold to be one"),
    ("False flags among all: 92 % where one in a thousand is guilty, and 90 % of these and 1 % of the others are found (arithmetic)",
     "nothing in the model tests everybody at once; wrong records come of records and of false reports"),
    ("Eight norms that keep cooperation with public reputation (Ohtsuki and Iwasa 2006)",
     "nobody in the model cooperates with anybody, so there is no reputation to be judged by"),
)  # fmt: skip
"""figure, and why no line of the table is about it"""


def checks(people: int) -> Iterator[Check]:
    """Yield incomes, objections and files."""
    yield from _incomes(people)
    yield _objections(people)
    yield from _files(people)


def gini(incomes: NDArray[np.float64]) -> float:
    """Return the Gini coefficient of incomes."""
    ordered = np.sort(incomes)
    n = len(ordered)
    return float((2 * np.arange(1, n + 1) - n - 1) @ ordered / (n * ordered.sum()))


def _incomes(people: int) -> Iterator[Check]:
    """Hold the fifths against the communiqué, and how uneven incomes are against the official coefficient."""
    values = numbers({})
    shipped = [12 * float(values[f"income.fifth_{n}"]) for n in range(1, 6)]
    for n, (mine, official) in enumerate(zip(shipped, FIFTHS, strict=True), start=1):
        yield within(f"income of fifth {n}", NBS, official, mine, 0.005 * official, "code identity", "yuan a year", 0)
    grouped = gini(np.array(shipped))
    yield within(
        "Gini coefficient where all of a fifth have the same", GINI, 0.465, grouped, 0.01, "property", digits=3
    )
    town = build(Plan(RULEBOOK, people, 12, START, {}, past=True))
    live(town, 12)
    yield within("Gini coefficient of a month's incomes that a town lives", GINI, 0.465, gini(_month(town)), 0.01, "fitted",
                 digits=3)  # fmt: skip


def _month(town: Town) -> NDArray[np.float64]:
    """Return everybody's income of the month in yuan; children have the usual one of their household."""
    side = town.sides[0]
    society, found = side.conduct.model.society, []
    for shard in side.shards:
        lives = shard.lives
        row = np.clip((lives.shock.astype(np.int64) >> 4) + (POWER_STEPS >> 1), 0, POWER_STEPS - 1)
        share = np.asarray(society.power)[row] / 256.0
        share[lives.work == UNEMPLOYED] *= society.numbers.out_of_work / 256.0
        share[lives.work == CHILD] = 1.0
        found.append(np.asarray(society.usual)[groups_of(shard.profile), lives.wage] * share)
    return np.concatenate(found).astype(np.float64)


def _objections(people: int) -> Check:
    """Let everybody object to every record that takes something: which share is granted?"""
    plan = Plan(RULEBOOK, people, 36, START, {"objection.share": Decimal(1)}, past=True)
    town = build(plan)
    slots = layer_of(town).slots
    flows = live(town, plan.months)[12:]
    clauses = layer_of(town).compiled.rulebook.clauses
    taking = [slots.records + row for row, clause in enumerate(clauses) if clause.direction == "deduct"]
    made, granted = int(flows[:, taking].sum()), int(flows[:, slots.corrections].sum())
    share = granted / max(made, 1)
    band = BAND_99 * (share * (1 - share) / max(made, 1)) ** 0.5
    return within(f"share of objections granted ({made:,} records that take points)", PIP, 0.5, share, min(band + 0.02, 0.25),
                  "context",
                  digits=3)  # fmt: skip


def _files(people: int) -> Iterator[Check]:
    """Compare the same people with and without wrong records: whose score differs, and whose grade, among those on file."""
    with_errors, without = _after(people, {}), _after(people, NO_ERRORS)
    on_file = with_errors[2] | without[2]
    n = int(on_file.sum())
    for word, place, published in (("score", 0, 0.13), ("grade", 1, 0.052)):
        share = float((with_errors[place] != without[place])[on_file].mean())
        band = BAND_99 * (published * (1 - published) / max(n, 1)) ** 0.5
        change = "had a score changed" if place == 0 else "moved to a better class of risk"
        yield within(f"people on file whose {word} stands otherwise for wrong records, after {YEARS} years ({n:,})",
                     f"{FTC}: {100 * published:.3g} % {change}", published, share, band + 0.01, "context", digits=3)  # fmt: skip


def _after(
    people: int, changes: Mapping[str, Decimal]
) -> tuple[NDArray[np.int64], NDArray[np.uint8], NDArray[np.bool_]]:
    """Return score, grade and who is on file after some years in which nobody's conduct follows from records."""
    town = build(Plan(RULEBOOK, people, 12 * YEARS, START, {**APART, **changes}, past=True))
    live(town, 12 * YEARS)
    statuses = layer_of(town).statuses
    grades = np.concatenate([status.grade for status in statuses])
    on_file = np.concatenate([status.n_records > 0 for status in statuses])
    return scores(town), grades, on_file & is_scored(town)
