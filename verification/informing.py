"""Check 9, levels: which share of reports is accepted, how many of these are false, and what would make the published shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from glasstown.rows import total_of
from verification.table import BAND_99, Check, between, within
from verification.towns import Plan, build, numbers

RULEBOOK = "rongcheng-2013"
MONTHS = 12
SOURCE = "society model, section 6, check 9"
SHIYAN = "Hubei Daily 2019: Shiyan accepted 19,000 of 52,600 rewarded traffic reports, 2017 to 2019"
BRITISH = (0.13, 0.15)
BRITAIN = "Department for Work and Pensions: 85 to 87 % of benefit tip-offs closed for want of evidence, 2010 to 2017"
STILL = {
    "belief.own": Decimal(0),
    "belief.neighbours": Decimal(0),
    "norm.loading": Decimal(0),
    "delta_detection": Decimal(0),
    "launch_effect": Decimal(0),
}
"""conduct stays what it is, so that the number of true reports does not depend on what is believed"""


class Reports(NamedTuple):
    """Reports of a year.

    true, false               how many were made; of true ones the town knows those believed, and the others follow
    believed_true, believed_false   how many of each were accepted
    """

    true: float
    false: int
    believed_true: int
    believed_false: int

    @property
    def true_share(self) -> float:
        """Return which share of all reports is true."""
        return self.true / (self.true + self.false)

    @property
    def accepted(self) -> float:
        """Return which share of all reports is accepted."""
        return (self.believed_true + self.believed_false) / (self.true + self.false)

    @property
    def false_among_accepted(self) -> float:
        """Return which share of the accepted reports is false."""
        return self.believed_false / max(self.believed_true + self.believed_false, 1)


def checks(people: int) -> Iterator[Check]:
    """Yield the closed form against the lived shares, and the lived shares against published ones."""
    values = {name: float(value) for name, value in numbers({}).items()}
    sensitive, fooled, rate = (
        values[f"inform.{name}"] for name in ("believed_true", "believed_false", "false_per_month")
    )
    usual = live(people, {})
    yield from _closed_form("with the shipped parameters", usual, sensitive, fooled)
    yield within("share of reports accepted with the shipped parameters", SHIYAN, 0.36, usual.accepted, 0.03, "context",
                 digits=3)  # fmt: skip
    yield between("share of reports accepted with the shipped parameters", BRITAIN, *BRITISH, usual.accepted, "context",
                  digits=3)  # fmt: skip
    highest = 0.002
    most = live(people, {"inform.false_per_month": Decimal(str(highest))})
    figure = (
        f"share of reports accepted with {highest} false reports a month, ten times the shipped, the top of the range"
    )
    yield within(figure, SHIYAN, 0.36, most.accepted, 0.03, "property", digits=3)
    lowest = "0.0001"
    seldom = live(people, {"inform.true_per_observer": Decimal(lowest)})
    figure = f"share of reports accepted where witnesses report {lowest} of what they see, the bottom of the range"
    band = BAND_99 * (0.36 * 0.64 / (seldom.true + seldom.false)) ** 0.5 + 0.03
    yield within(figure, SHIYAN, 0.36, seldom.accepted, band, "property", digits=3)
    for name, source, accepted in (("Shiyan", SHIYAN, 0.36), ("Britain", BRITAIN, 0.15), ("Britain", BRITAIN, 0.13)):
        wanted = needed(most, highest, accepted, sensitive, fooled)
        found = live(people, {"inform.false_per_month": Decimal(f"{wanted:.6f}")})
        made = found.true + found.false
        band = BAND_99 * (accepted * (1 - accepted) / made) ** 0.5 + 0.01
        yield within(f"share of reports accepted with {wanted:.4f} false reports a month, {wanted / rate:.0f} times the shipped",
                     source, accepted, found.accepted, band, "property", digits=3)  # fmt: skip
        yield from _closed_form(f"as in {name}, {accepted:.0%} accepted".replace("%", " %"), found, sensitive, fooled)


def needed(counted: Reports, rate: float, accepted: float, sensitive: float, fooled: float) -> float:
    """Return the monthly rate of false reports under which a share is accepted: x Se + (1 - x) Fp, solved for x.

    counted   reports of the same town at some other rate, the more false ones the better
    """
    x = (accepted - fooled) / (sensitive - fooled)
    return counted.true * (1 - x) / x * rate / counted.false


def _closed_form(which: str, found: Reports, sensitive: float, fooled: float) -> Iterator[Check]:
    """Hold accepted reports and the false ones among them against x Se + (1 - x) Fp, x being the share of true reports.

    The town counts true reports once they are believed, so what can differ is what becomes of the false ones.
    """
    x, made = found.true_share, found.true + found.false
    accepted = x * sensitive + (1 - x) * fooled
    band = BAND_99 * (found.false * fooled * (1 - fooled)) ** 0.5
    yield within(f"share of reports accepted {which}, {x:.3f} of them true", f"{SOURCE}: x Se + (1 - x) Fp", accepted,
                 found.accepted, band / made + 1e-9, "code identity", at=x)  # fmt: skip
    expected = (1 - x) * fooled / accepted
    n_accepted = found.believed_true + found.believed_false
    yield within(f"share of accepted reports that are false {which}", f"{SOURCE}: (1 - x) Fp / accepted", expected,
                 found.false_among_accepted, 1.1 * band / n_accepted + 1e-9, "code identity")  # fmt: skip


def live(people: int, changes: Mapping[str, Decimal]) -> Reports:
    """Live a year and count what was reported and believed."""
    town = build(Plan(RULEBOOK, people, MONTHS, date(2014, 1, 1), {**STILL, **changes}))
    true, false, fooled = 0, 0, 0
    for _ in range(MONTHS):
        town.advance()
        lived = total_of(town.sides[0].lived)
        true, false, fooled = (
            true + int(lived.reported),
            false + int(lived.false),
            fooled + int(lived.believed),
        )
    return Reports(true / float(numbers(changes)["inform.believed_true"]), false, true, fooled)
