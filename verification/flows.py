"""Check 3: the official flows of the courts' list: what they say of one another, and what a town's list does beside them.

The published counts are person-times of people and organisations; a town counts people who come onto the list and leave it, so the
share of people is taken out of the published counts first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from glasstown.engine.tables.listed import lists_of_all
from glasstown.engine.tables.shapes import I64
from verification.table import BAND_99, Check, Kind, within
from verification.towns import Plan, build, is_scored, layer_of

RULEBOOK = "cn-court-list-2017"
START = date(2013, 10, 1)
MONTHS = 120
FIVE_YEARS = 63
"""months from the list's first, October 2013, to the end of 2018"""
FIRST_COUNTED = 36
"""by then arrears, on which most judgments rest, have found their level"""
TERM = (24, 25)
"""month-ends at which somebody stands there whom the term of 24 months takes off, with some days for the removal"""

PERSONS = 0.849
"""of new subjects of all black lists those that are people: National Public Credit Information Centre, May 2018; 0.826 in December"""
NOTE = f"{100 * PERSONS:.1f} % of the published count, people alone"
POPULATION = 1411.78
"""million people, seventh census, November 2020"""
STOCK = 8.54
SPREAD = 0.25
"""how far a count of people may be off: twice 0.12, for the share of people in it, which runs from 0.71 to 0.94 by place"""
ENTRIES = {2024: 2.457, 2025: 2.340}
EXITS = {2024: 2.821, 2025: 2.670}
HAZARD = 0.028
SPC = "Supreme People's Court, in People's Daily, 2025, and at its press conference of January 2026"
STOCK_SOURCE = "Financial Times, December 2023"
LISTINGS = (
    (date(2013, 10, 24), 0.03), (date(2014, 3, 10), 0.087), (date(2017, 3, 1), 6.73), (date(2017, 7, 1), 7.49),
    (date(2017, 11, 8), 8.87), (date(2017, 12, 31), 9.59), (date(2018, 4, 15), 10.59), (date(2018, 9, 15), 12.11),
    (date(2018, 12, 31), 12.88),
)  # fmt: skip
"""cumulative listings in millions, as the courts told them from time to time"""
PERFORMED = 3.51 / 12.88
PERFORMED_SOURCE = "Supreme People's Court in Global Times, 2019: 3.51 of 12.88 million listings by the end of 2018"


class Lived(NamedTuple):
    """What a town's list did.

    entries, exits, stock   (months,) people
    """

    entries: I64
    exits: I64
    stock: I64


class Performing(NamedTuple):
    """A list that people leave by performing or by a term alone, and how many had performed after FIVE_YEARS."""

    lived: Lived
    n_performed: int


class Implied(NamedTuple):
    """A published figure, and what another published one makes of it.

    digits   after the point
    """

    figure: str
    source: str
    published: float
    implied: float
    digits: int


def checks(people: int) -> Iterator[Check]:
    """Yield the comparison with a town: people against people."""
    yield from _in_a_town(people)


def replay(stock: float, entries: Sequence[float], hazard: float) -> list[float]:
    """Return a stock after each month: what was there loses a share, and what comes in stays for the month."""
    found = []
    for each in entries:
        stock = stock * (1 - hazard) + each
        found.append(stock)
    return found


def implied_hazard(stock: float, entries: float, exits: float) -> float:
    """Return the monthly hazard under which a stock with even entries has so many exits in a year."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        after = replay(stock, [entries / 12] * 12, middle)[-1]
        low, high = (middle, high) if stock + entries - after < exits else (low, middle)
    return (low + high) / 2


def implied() -> tuple[Implied, ...]:
    """Return what the courts' figures say of one another: no town is asked, so nothing here is a check.

    From the stock of December 2023 through two years by published entries less published exits, and by one hazard; then the
    hazards that the exits of 2023 and of the years to 2018 ask for.
    """
    by_hazard = by_count = STOCK
    rows = []
    for year, entries in ENTRIES.items():
        before = by_hazard
        by_hazard = replay(before, [entries / 12] * 12, HAZARD)[-1]
        by_count += entries - EXITS[year]
        exits = before + entries - by_hazard
        rows += [
            Implied(f"stock at the end of {year}, million, under a hazard of {HAZARD} a month", f"{SPC}; {STOCK_SOURCE}", by_count,
                    by_hazard, 3),
            Implied(f"exits of {year}, million, under that hazard", SPC, EXITS[year], exits, 3),
        ]  # fmt: skip
    entries_2023, exits_2023 = ENTRIES[2024] / (1 - 0.234), EXITS[2024] / 1.354
    hazard = implied_hazard(STOCK - entries_2023 + exits_2023, entries_2023, exits_2023)
    changes = f"{SPC}: entries of 2024 23.4 % fewer and exits 35.4 % more than the year before"
    may = "National Public Credit Information Centre, May 2018: 126,790 of 8.4 million subjects of all black lists left"
    return (
        *rows,
        Implied("hazard a month of 2024, and the one that 2023 implies", changes, HAZARD, hazard, 4),
        Implied("share of the listings to the end of 2018 that performed, and under the hazard of 2024", PERFORMED_SOURCE, PERFORMED,
                left_of_series(HAZARD), 3),
        Implied("hazard a month told in May 2018, and the one under which that share comes out", may, 126.790 / 8400,
                hazard_of_series(PERFORMED), 4),
    )  # fmt: skip


def hazard_of_series(share: float) -> float:
    """Return the monthly hazard under which a share of the published listings has left by the last day told."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if left_of_series(middle) < share else (low, middle)
    return low


def left_of_series(hazard: float) -> float:
    """Return the share of the published listings that has left by the last day told, even between two days told."""
    last, total = LISTINGS[-1]
    left: float = LISTINGS[0][1] * (1 - (1 - hazard) ** _months(LISTINGS[0][0], last))
    for (day, before), (next_day, after) in pairwise(LISTINGS):
        ages = np.linspace(_months(day, last), _months(next_day, last), 101)
        left += (after - before) * float((1 - (1 - hazard) ** ages).mean())
    return left / total


def _months(first: date, last: date) -> float:
    return (last - first).days / 30.4375


def _in_a_town(people: int) -> Iterator[Check]:
    """Compare a town's list with the published one, each per 1,000 people of all ages."""
    lived = court_town(people)
    yield from _yearly(lived, people)
    stock = 1000 * float(lived.stock[-12:].mean()) / people
    expected = 1000 * PERSONS * STOCK / POPULATION
    yield within(f"stock in the tenth year of a list that began empty ({NOTE})", f"{STOCK_SOURCE}, ten years after the first listing",
                 expected, stock, 0.25 * expected, "context", "per 1,000 people", 2)  # fmt: skip
    performing = performing_town(people)
    source = f"{SPC}: stock over exits, 15 % either way"
    for which, each in (("with all ways out", lived), ("with performing and terms alone", performing.lived)):
        stay = float(each.stock[-60:].sum()) / max(int(each.entries[-60:].sum()), 1)
        figure = f"mean stay on the list {which}: stock over entries of the last five years"
        yield within(figure, source, 1 / HAZARD, stay, 0.15 / HAZARD, "fitted", "months", 1)
    n_entered = int(performing.lived.entries[:FIVE_YEARS].sum())
    band = min(BAND_99 * (PERFORMED * (1 - PERFORMED) / max(n_entered, 1)) ** 0.5, 0.5 * PERFORMED)
    figure = f"share of {n_entered:,} entries of the first five years and a quarter that had performed"
    share = performing.n_performed / max(n_entered, 1)
    yield within(figure, PERFORMED_SOURCE, PERFORMED, share, band, "context", digits=3)


def _yearly(lived: Lived, people: int) -> Iterator[Check]:
    """Compare entries and exits a year, and one over the other, past the list's first years."""
    entries, exits = lived.entries[FIRST_COUNTED:], lived.exits[FIRST_COUNTED:]
    years = len(entries) / 12
    for year in ENTRIES:
        for word, published, ours in (("entries", ENTRIES[year], entries), ("exits", EXITS[year], exits)):
            expected, found = 1000 * PERSONS * published / POPULATION, 1000 * float(ours.sum()) / people / years
            band = SPREAD * expected + BAND_99 * (1000 * expected / people / years) ** 0.5
            kind: Kind = "context" if word == "exits" else "fitted" if year == min(ENTRIES) else "hold-out"
            yield within(f"{word} of the courts' list a year, {year} ({NOTE})", SPC, expected, found, min(band, 0.75 * expected),
                         kind, "per 1,000 people", 2)  # fmt: skip
    ratio = float(exits.sum()) / max(int(entries.sum()), 1)
    yield within(f"exits per entry, months {FIRST_COUNTED + 1} to {MONTHS} of a list that began empty", f"{SPC}, 2024",
                 EXITS[2024] / ENTRIES[2024], ratio, 0.05, "context", digits=3)  # fmt: skip


@cache
def court_town(people: int) -> Lived:
    """Live ten years under the courts' list with the shipped parameters, from an empty list on."""
    town = build(Plan(RULEBOOK, people, MONTHS, START, {}, past=True))
    layer = layer_of(town)
    slots, counted = layer.slots, np.zeros((3, MONTHS), dtype=np.int64)
    for month in range(MONTHS):
        town.advance()
        flow, level = layer.flow.sum(axis=0), layer.level.sum(axis=0)
        counted[:, month] = flow[slots.list_in], flow[slots.list_out], level[slots.level_lists]
    return Lived(counted[0], counted[1], counted[2])


@cache
def performing_town(people: int) -> Performing:
    """Live ten years with objections and other ways out switched off: whoever leaves has performed or come to the end of a term."""
    changes = {"objection.share": Decimal(0), "procedure.repair_per_month": Decimal(0)}
    town = build(Plan(RULEBOOK, people, MONTHS, START, changes, past=True))
    layer = layer_of(town)
    since = np.full(len(is_scored(town)), -1, dtype=np.int64)
    counted, n_performed = np.zeros((3, MONTHS), dtype=np.int64), 0
    for month in range(MONTHS):
        town.advance()
        is_on = np.concatenate([lists_of_all(status.lists) for status in layer.statuses]) & 1 == 1
        left, came = (since >= 0) & ~is_on, is_on & (since < 0)
        counted[:, month] = came.sum(), left.sum(), is_on.sum()
        n_performed += int((~np.isin(month - since[left], TERM)).sum()) if month < FIVE_YEARS else 0
        since[left] = -1
        since[came] = month
    return Performing(Lived(counted[0], counted[1], counted[2]), n_performed)
