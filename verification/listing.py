"""S10 and S13: a list with one ground, a term of 60 months and one way out keeps the stock that can be worked out by hand.

Stays are counted in month-ends at which somebody stands on the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.tables.listed import lists_of_all
from glasstown.engine.tables.shapes import I64
from verification.table import BAND_99, Check, binomial, same, within
from verification.towns import Plan, build, is_scored, layer_of

RULEBOOK = str(Path(__file__).parent / "rulebooks" / "listing")
SEEN = str(Path(__file__).parent / "rulebooks" / "seen")
TERM = 60
BURN_IN = 2 * TERM + 30
MONTHS = 360
COURT, COURT_MONTHS = "cn-court-list-2017", 48
START = date(2001, 1, 1)
ABLE, UNABLE, SHARE_UNABLE = Decimal("0.0285"), Decimal("0.010"), Decimal("0.43")
SOURCE = "society model, section 6"
NO_ERRORS = {
    "filing.wrong_person": Decimal(0),
    "filing.wrong_content": Decimal(0),
    "filing.duplicate": Decimal(0),
    "filing.inferred": Decimal(0),
    "inform.false_share": Decimal(0),
    "ability.unable_spared": Decimal(1),
}
"""every source of wrong listings switched off"""
ERRORS = {
    "filing.wrong_person": Decimal("0.02"),
    "filing.wrong_content": Decimal("0.25"),
    "filing.duplicate": Decimal("0.05"),
    "filing.inferred": Decimal("0.5"),
    "ability.unable_spared": Decimal(0),
}
"""each of them switched on"""
PLAIN = {
    **NO_ERRORS,
    "living.lived": Decimal(0),
    "hazard.c11": Decimal("0.001"),
    "trait_loading": Decimal("0.5"),
    "delta_detection": Decimal(0),
    "recording.dishonesty.default": Decimal(1),
    "recording.court.default": Decimal(1),
    "filing.delay_months_court": Decimal(0),
    "objection.share": Decimal(0),
    "notice.delay_months": Decimal(0),
    "ability.share_unable": Decimal(0),
    "procedure.perform_per_month": ABLE,
    "procedure.perform_unable_per_month": UNABLE,
}
"""a town in which records are made at once, are right, nobody objects, conduct stays what it is, and whether somebody could pay is
drawn once a life"""
FALSE_REPORTS = {"inform.false_share": Decimal("0.5"), "inform.believed_false": Decimal("0.2")}
BUSY = {
    "hazard.c11": Decimal("0.01"),
    "ability.share_unable": SHARE_UNABLE,
    "filing.delay_months_court": Decimal(4),
    "procedure.perform_per_month": Decimal("0.1"),
}
"""many records that take their time, so that each source of error has occasion"""


class Listed(NamedTuple):
    """What a town's list did after its first BURN_IN months.

    inflow, stock     entries a month; people on it at the mean month-end
    wrong_inflow, wrong_stock   the same of those whom nothing but wrong records holds there
    stays             month-ends of each stay that ended in the window
    lone              the same of people with one record in their life, whose stays begin in the window and can end in it
    """

    inflow: float
    stock: float
    wrong_inflow: float
    wrong_stock: float
    stays: I64
    lone: I64


def checks(people: int) -> Iterator[Check]:
    """Yield the checks of stock, stay and exit by ability, of wrongful stock, and of the sources of error."""
    yield from _able_and_unable(people)
    yield from _wrongful_stock(people)
    yield from _sources_of_error(max(people // 10, 30_000))


def stay(hazard: float, term: int = TERM) -> float:
    """Return the mean stay in months under a monthly hazard and a term."""
    return (1 - (1 - hazard) ** term) / hazard


def _able_and_unable(people: int) -> Iterator[Check]:
    """Checks 1 and 2, for those who could pay, those who could not, and both."""
    able, unable, share = float(ABLE), float(UNABLE), float(SHARE_UNABLE)
    mixed = (1 - share) * stay(able) + share * stay(unable)
    spared = {"ability.unable_spared": Decimal(0)}
    for who, changes, mean, left in (
        ("who could pay", {}, stay(able), 1 - (1 - able) ** (TERM - 1)),
        ("who could not", {**spared, "ability.share_unable": Decimal(1)}, stay(unable), 1 - (1 - unable) ** (TERM - 1)),
        (
            "both", {**spared, "ability.share_unable": SHARE_UNABLE}, mixed,
            1 - (1 - share) * (1 - able) ** (TERM - 1) - share * (1 - unable) ** (TERM - 1),
        ),
    ):  # fmt: skip
        found = live_listed(people, changes)
        stays = float(found.stays.mean())
        yield within(
            f"debtors {who}: stock over inflow, months", f"{SOURCE}, check 1: the mean of completed stays",
            stays, found.stock / found.inflow, 0.01 * stays, "code identity", digits=2,
        )  # fmt: skip
        n = len(found.lone)
        band = BAND_99 * float(found.lone.std()) / max(n, 1) ** 0.5
        yield within(
            f"debtors {who}: mean stay ({n:,} stays)", f"{SOURCE}, check 2: W(r, {TERM})", mean,
            float(found.lone.mean()), band, "code identity", digits=2,
        )  # fmt: skip
        early = int((found.lone < TERM).sum())
        yield binomial(f"debtors {who}: left before the last month of the term", f"{SOURCE}, check 2", left, early, n)
        yield within(
            f"debtors {who}: monthly hazard of leaving", f"{SOURCE}, check 2: 1 / W", 1 / mean,
            1 / float(found.lone.mean()), band / mean**2, "code identity",
        )  # fmt: skip


def _wrongful_stock(people: int) -> Iterator[Check]:
    """Check 5: wrongful entries stay longer, so their share of the stock is larger than of the inflow."""
    errors = {"filing.wrong_person": Decimal("0.02"), "objection.months": Decimal(3)}
    shares: dict[str, float] = {}
    for name, objected, performed in (
        ("", "0.10", str(ABLE)),
        ("fewer objections", "0.02", str(ABLE)),
        ("faster performance", "0.10", "0.06"),
    ):
        changes = {
            **errors, "objection.share": Decimal(objected), "objection.granted_if_wrong": Decimal("0.8"),
            "objection.granted_if_right": Decimal("0.15"), "procedure.perform_per_month": Decimal(performed),
        }  # fmt: skip
        found = live_listed(people, changes)
        shares[name] = found.wrong_stock / found.stock
        if not name:
            e = found.wrong_inflow / found.inflow
            wrong = 0.08 * 3 + 0.92 * TERM
            right = 0.985 * stay(float(ABLE)) + 0.015 * 3
            expected = e * wrong / (e * wrong + (1 - e) * right)
            n = found.wrong_inflow * (MONTHS - BURN_IN)
            yield within(
                f"wrongful share of the stock ({n:,.0f} wrongful entries, {e:.4f} of all)", f"{SOURCE}, check 5",
                expected, shares[name], BAND_99 * expected * 1.1 / max(n, 1) ** 0.5, "code identity",
            )  # fmt: skip
    for name in ("fewer objections", "faster performance"):
        words = f"{shares['']:.4f} and with {name} {shares[name]:.4f}"
        is_more = shares[name] > shares[""]
        yield Check(
            f"wrongful share of the stock with {name}", f"{SOURCE}, check 5", "more", words, is_more, "code identity"
        )


def _sources_of_error(people: int) -> Iterator[Check]:
    """Without errors nobody is listed wrongly; each error alone lists somebody wrongly."""
    found = live_listed(people, BUSY, rulebook=COURT, months=COURT_MONTHS)
    n = round(found.wrong_inflow * COURT_MONTHS)
    yield same("wrongful listings with every source of error off", "society model, section 4, S7 and S10", 0, n)
    for name, value in ERRORS.items():
        found = live_listed(people, {**BUSY, name: value}, rulebook=COURT, months=COURT_MONTHS)
        n = round(found.wrong_inflow * COURT_MONTHS)
        figure = f"wrongful listings with {name} = {value} alone"
        yield Check(figure, "society model, section 4, S7 and S10", "some", f"{n:,}", n > 0, "code identity")
    for figure, changes, expected in (
        ("wrongful listings of what others see, every source off", {}, "none"),
        ("wrongful listings with inform.false_share = 0.5 alone", FALSE_REPORTS, "some"),
    ):
        found = live_listed(people, {**changes, "living.lived": Decimal(1)}, rulebook=SEEN, months=COURT_MONTHS)
        n = round(found.wrong_inflow * COURT_MONTHS)
        is_some = expected == "some"
        source = "society model, section 4, S6"
        yield Check(figure, source, expected, f"{n:,}", (n > 0) is is_some, "code identity")


def live_listed(
    people: int, changes: Mapping[str, Decimal], *, rulebook: str = RULEBOOK, months: int = MONTHS
) -> Listed:
    """Live a town and return what its list did; a town of fewer months than MONTHS is counted from its first."""
    plan = Plan(rulebook, people, months, START, {**PLAIN, **changes}, threads=2)
    town = build(plan)
    layer = layer_of(town)
    slots, first = layer.slots, BURN_IN if months == MONTHS else 0
    since = np.full(len(is_scored(town)), -1, dtype=np.int64)
    lone, stays, counted = [], [], np.zeros(4, dtype=np.int64)
    for month in range(months):
        town.advance()
        is_on = np.concatenate([lists_of_all(status.lists) for status in layer.statuses]) & 1 == 1
        left = (since >= 0) & ~is_on
        if month >= first:
            flow, level = layer.flow.sum(axis=0), layer.level.sum(axis=0)
            counted += (
                flow[slots.list_in], level[slots.level_lists], flow[slots.list_in_wrong], level[slots.level_lists_wrong],
            )  # fmt: skip
            stays.append(month - since[left])
            lone.append(_lone(since, left, month, first, months))
        since[left] = -1
        since[is_on & (since < 0)] = month
    inflow, stock, wrong_inflow, wrong_stock = (counted / (months - first)).tolist()
    once = np.concatenate([status.n_records for status in layer.statuses]) == 1
    ended = np.concatenate(lone) if lone else np.zeros((0, 2), dtype=np.int64)
    return Listed(inflow, stock, wrong_inflow, wrong_stock, np.concatenate(stays), ended[once[ended[:, 0]], 1])


def _lone(since: I64, left: NDArray[np.bool_], month: int, first: int, months: int) -> I64:
    """Return person and length of the stays that end now, of those that began late enough and early enough to be seen whole."""
    who = np.flatnonzero(left & (since >= first) & (since + TERM < months))
    return np.stack([who, month - since[who]], axis=1)
