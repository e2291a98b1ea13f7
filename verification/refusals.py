"""Check 10: refused tickets of people on the courts' list against the published ones, and which attempts would make them.

The published counts are refused purchases; how many people tried, and how often each, was never told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from glasstown.engine.tables.lives import AIR, RAIL, SEATS
from glasstown.engine.tables.profiles import groups_of
from glasstown.rows import total_of
from verification.table import BAND_99, Check, between, within
from verification.towns import Plan, build, numbers

RULEBOOK = "cn-court-list-2017"
MONTHS, FIRST = 60, 24
START = date(2018, 1, 1)
AIR_2018, AIR_2019 = 17.46, 27.30
"""million air tickets refused until the end of 2018 and until 9 July 2019"""
DAYS = 190
STOCKS = (5.7, 13.5)
"""million people: the stock of early 2020, and all listings published until April 2019, which is more than stood there"""
PER_RAIL = (17.46 / 5.47, 27.3 / 6.0)
ARTICLE = 20.47 / 5.71
DEMAND = 0.52 / 2.32
SPC = "Supreme People's Court in Global Times and Shanghai Daily, 2019"
SCMP = "South China Morning Post 2019: 20.47 million by air and 5.71 million by rail"
JULY = "National Development and Reform Commission, July 2019: 2.56 million by air and 90,000 by rail in the month"
TRIPS = "Civil Aviation Administration and China Railway, 2024"
MORE = {"hazard.c11": Decimal("0.001")}
"""more judgments than usual, so that there are enough listed people; who they are, and so what they wish, hardly depends on it"""

NOBODY_LEARNS = {"gate.learns": Decimal(0)}


class Refused(NamedTuple):
    """Refusals by air and rail, and person-years behind each gate; what everybody there would want, by fifths, in trips a year."""

    air: int
    rail: int
    air_years: float
    rail_years: float
    wanted_air: float
    wanted_rail: float

    @property
    def per_rail(self) -> float:
        """Return air refusals for each by rail."""
        return self.air / max(self.rail, 1)


def checks(people: int) -> Iterator[Check]:
    """Yield refusals against the closed form, then against the published record, then with equal attempts."""
    values = {name: float(value) for name, value in numbers({}).items()}
    shipped, asking = live(people, {}), live(people, NOBODY_LEARNS)
    for name, refused, years, wanted in (
        ("air", asking.air, asking.air_years, asking.wanted_air), ("rail", asking.rail, asking.rail_years, asking.wanted_rail),
    ):  # fmt: skip
        attempts = values[f"gate.attempts_{name}"]
        expected, n = wanted * attempts, refused / attempts
        yield within(f"refusals by {name} for each person-year behind the gate ({refused:,} counted)",
                     "society model, S11: trips wanted by those there, times attempts", expected, refused / years,
                     BAND_99 * expected / max(n, 1) ** 0.5, "code identity", digits=3)  # fmt: skip
    low, high = ((AIR_2019 - AIR_2018) / DAYS * 365 / stock for stock in reversed(STOCKS))
    yield between("refusals by air for each person-year on the list",
                  f"{SPC}: 9.84 million in {DAYS} days over 5.7 to 13.5 million people", low, high, shipped.air / shipped.air_years,
                  "fitted")  # fmt: skip
    ratio = "refusals by air for each by rail, with the shipped attempts"
    yield between(ratio, SPC, *PER_RAIL, shipped.per_rail, "context")
    yield within(ratio, SCMP, ARTICLE, shipped.per_rail, 0.1 * ARTICLE, "context", digits=2)
    yield within(ratio, JULY, 2.56 / 0.09, shipped.per_rail, 2.8, "context", digits=2)
    yield from _equal_attempts(people, values)


def _equal_attempts(people: int, values: Mapping[str, float]) -> Iterator[Check]:
    """Let everybody ask once by air and once by rail: refusals must then stand as wishes do, and how far off that is."""
    once = live(people, {**NOBODY_LEARNS, "gate.attempts_air": Decimal(1), "gate.attempts_rail": Decimal(1)})
    expected = once.wanted_air / once.wanted_rail
    band = BAND_99 * once.per_rail * (1 / max(once.air, 1) + 1 / max(once.rail, 1)) ** 0.5
    yield within("refusals by air for each by rail where everybody asks once", "trips wanted by those on the list", expected,
                 once.per_rail, band, "code identity", digits=3)  # fmt: skip
    figure = "refusals by air for each by rail where everybody asks once, against all people's flights and trips in the better seats"
    yield within(figure, TRIPS, DEMAND / values["gate.seats"], once.per_rail, 0.05, "fitted", digits=3)
    low, high = (ratio / once.per_rail for ratio in PER_RAIL)
    shipped = values["gate.attempts_air"] / values["gate.attempts_rail"]
    yield between("attempts by air for each by rail that the record asks for, against the shipped ones",
                  f"{SPC}, over trips wanted by those on the list", low, high, shipped, "property")  # fmt: skip


def live(people: int, changes: Mapping[str, Decimal]) -> Refused:
    """Live a town past the list's first years, and count what was refused to whom."""
    town = build(Plan(RULEBOOK, people, MONTHS, START, {**MORE, **changes}, past=True))
    side = town.sides[0]
    society = side.conduct.model.society
    chances = np.asarray(society.wanted).astype(np.float64) / 2**32
    refused, months, wanted = np.zeros(2), np.zeros(2), np.zeros(2)
    for month in range(MONTHS):
        town.advance()
        if month < FIRST:
            continue
        lived = total_of(side.lived)
        refused += lived.refused_trips[0], lived.refused_trips[1]
        for shard in side.shards:
            fifth = groups_of(shard.profile)
            for kind, gate in enumerate((AIR, RAIL | SEATS)):
                behind = shard.lives.closed & gate != 0
                months[kind] += behind.sum()
                part = np.where((kind == 1) & (shard.lives.closed & RAIL == 0), society.numbers.seats / 256, 1.0)
                wanted[kind] += (chances[kind, fifth] * part)[behind].sum()
    return Refused(
        int(refused[0]), int(refused[1]), float(months[0]) / 12, float(months[1]) / 12,
        float(12 * wanted[0] / months[0]), float(12 * wanted[1] / months[1]),
    )  # fmt: skip
