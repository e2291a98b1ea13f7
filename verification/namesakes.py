"""Check 6: whoever goes by name alone meets as many listed namesakes as the name is common; whoever goes by number meets none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from math import exp

import numpy as np

from glasstown.engine.beginning import N_NAMES, names_of, shares_of_names
from glasstown.engine.tables.listed import lists_of_all
from glasstown.engine.tables.lives import AIR
from glasstown.engine.town import Town
from glasstown.rows import total_of
from verification.table import BAND_99, Check, same, within
from verification.towns import Plan, build, layer_of

SOURCE = "society model, check 6"
COURT, MONTHS = "cn-court-list-2017", 24
PLAIN = {
    "hazard.c11": Decimal("0.003"), "trait_loading": Decimal("0.5"), "recording.dishonesty.default": Decimal(1),
    "filing.copy_corrected_per_month": Decimal(1), "living.lived": Decimal(1),
}  # fmt: skip
COUNTRY, COMMONEST, PREVALENCE = 1_411_780_000, 294_282, 0.00605
"""people (census 2020), holders of the commonest name (names report 2020), and the listed among all (8.54 million, 2023)"""
BINS = ((1, 2), (3, 9), (10, 29), (30, 99), (100, 9999))
"""names by how many in town have them"""


def checks(people: int) -> Iterator[Check]:
    """Yield the checks of names in the country, and of gates that go by name and by number in a town."""
    commonest = float(shares_of_names()[0]) * COUNTRY
    yield within("holders of the commonest name in a country of 1,411.78 million",
                 "names report 2020, census 2020", COMMONEST, commonest, 0.02 * COMMONEST, "code identity", digits=0)  # fmt: skip
    yield within("listed namesakes of one of them, going by name alone", SOURCE, 1780, commonest * PREVALENCE, 40, "property",
                 digits=0)  # fmt: skip
    yield from _by_name(people)
    town = _town(people, by_number=True)
    barred = sum(int(_month(town)) for _ in range(MONTHS))
    yield same("people barred by a namesake's listing, going by number", SOURCE, 0, barred)


def _town(people: int, *, by_number: bool) -> Town:
    changes = {**PLAIN, "linkage.by_number": Decimal(int(by_number))}
    return build(Plan(COURT, people, MONTHS + 1, date(2018, 1, 1), changes, threads=2))


def _month(town: Town) -> int:
    """Live a month; return how many were barred by a namesake's listing alone."""
    town.advance()
    return int(total_of(town.sides[0].lived).namesakes)


def _by_name(people: int) -> Iterator[Check]:
    """Live a town that goes by names, and hold who is barred against counts by hand and against closed forms."""
    town = _town(people, by_number=False)
    for _ in range(MONTHS):
        town.advance()
    shards = town.sides[0].shards
    is_on = np.concatenate([lists_of_all(status.lists) for status in layer_of(town).statuses]) != 0
    names = names_of(1, 0, len(is_on))
    holders, listed = np.bincount(names, minlength=N_NAMES), np.bincount(names[is_on], minlength=N_NAMES)
    barred = _month(town)
    yield same(
        "people barred by a namesake's listing, counted by hand", SOURCE, int((listed[names[~is_on]] > 0).sum()), barred
    )
    closed = np.concatenate([shard.lives.closed for shard in shards]).astype(np.int64)
    prevalence = float(is_on.mean())
    for low, high in BINS:
        mine = ~is_on & (holders[names] >= low) & (holders[names] <= high)
        count = int(mine.sum())
        if count < 100:
            continue
        others = (holders[names[mine]] - 1) * prevalence
        n_names = len(np.unique(names[mine]))
        spread = BAND_99 * (float(np.var(listed[names[mine]])) / n_names) ** 0.5 + 1e-9
        figure = f"names with {low} to {high} holders in town ({count:,} people, {n_names:,} names)"
        yield within(f"{figure}: listed namesakes a person", f"{SOURCE}: n × prevalence", float(others.mean()),
                     float(listed[names[mine]].mean()), spread, "code identity")  # fmt: skip
        expected = float(np.mean([1 - exp(-each) for each in others]))
        share = float((closed[mine] & AIR > 0).mean())
        band = BAND_99 * (expected * (1 - expected) / n_names) ** 0.5 + 0.002
        yield within(
            f"{figure}: share barred", f"{SOURCE}: 1 − exp(−n × prevalence)", expected, share, band, "code identity"
        )
