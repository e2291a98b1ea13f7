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
NANCHANG = "press on Nanchang, to May 2018: 15,000 of 90,000 reports accepted"
BRITISH = (0.13, 0.15)
BRITAIN = "Department for Work and Pensions: 85 to 87 % of benefit tip-offs closed for want of evidence, 2010 to 2017"
STILL = {
    "belief.own": Decimal(0),
    "belief.neighbours": Decimal(0),
    "norm.loading": Decimal(0),
    "delta_detection": Decimal(0),
    "launch_effect": Decimal(0),
}
"""conduct stays what it is, so that the number of reports does not depend on what is found out"""


class Reports(NamedTuple):
    """Reports of a year.

    true, false               how many were made
    believed_true, believed_false   how many of each were accepted
    """

    true: int
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
    sensitive, fooled, lies = (values[f"inform.{name}"] for name in ("believed_true", "believed_false", "false_share"))
    usual = live(people, {})
    yield from _closed_form("with the shipped parameters", usual, sensitive, fooled)
    yield within("share of reports accepted with the shipped parameters", SHIYAN, 0.36, usual.accepted, 0.03, "fitted",
                 digits=3)  # fmt: skip
    yield between("share of reports accepted with the shipped parameters", BRITAIN, *BRITISH, usual.accepted, "context",
                  digits=3)  # fmt: skip
    for name, source, accepted in (
        ("Nanchang", NANCHANG, 0.17),
        ("Britain", BRITAIN, 0.15),
        ("Britain", BRITAIN, 0.13),
    ):
        wanted = (accepted - lies * fooled) / (1 - lies)
        found = live(people, {"inform.believed_true": Decimal(f"{wanted:.6f}")})
        made = found.true + found.false
        band = BAND_99 * (accepted * (1 - accepted) / made) ** 0.5 + 0.01
        yield within(f"share of reports accepted where {wanted:.2f} of the true ones are", source, accepted, found.accepted, band,
                     "property", digits=3)  # fmt: skip
        yield from _closed_form(f"as in {name}, {accepted:.0%} accepted".replace("%", " %"), found, wanted, fooled)


def _closed_form(which: str, found: Reports, sensitive: float, fooled: float) -> Iterator[Check]:
    """Hold accepted reports and the false ones among them against x Se + (1 - x) Fp, x being the share of true reports.

    Acceptance is apart from truth: of true reports most that are turned down lack proof.
    """
    x, made = found.true_share, found.true + found.false
    accepted = x * sensitive + (1 - x) * fooled
    band = BAND_99 * (found.true * sensitive * (1 - sensitive) + found.false * fooled * (1 - fooled)) ** 0.5
    yield within(f"share of reports accepted {which}, {x:.3f} of them true", f"{SOURCE}: x Se + (1 - x) Fp", accepted,
                 found.accepted, band / made + 1e-9, "code identity", at=x)  # fmt: skip
    expected = (1 - x) * fooled / accepted
    lying = BAND_99 * (found.false * fooled * (1 - fooled)) ** 0.5
    n_accepted = found.believed_true + found.believed_false
    yield within(f"share of accepted reports that are false {which}", f"{SOURCE}: (1 - x) Fp / accepted", expected,
                 found.false_among_accepted, 1.1 * (lying + expected * band) / n_accepted + 1e-9, "code identity")  # fmt: skip


def live(people: int, changes: Mapping[str, Decimal]) -> Reports:
    """Live a year and count what was reported and believed."""
    town = build(Plan(RULEBOOK, people, MONTHS, date(2014, 1, 1), {**STILL, **changes}))
    made = Reports(0, 0, 0, 0)
    for _ in range(MONTHS):
        town.advance()
        lived = total_of(town.sides[0].lived)
        month = (lived.told, lived.false, lived.reported, lived.believed)
        made = Reports(*(before + int(now) for before, now in zip(made, month, strict=True)))
    return made
