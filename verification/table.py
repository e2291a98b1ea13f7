"""One line of the verification: figure, source, ours, verdict, kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["code identity", "fitted", "independent"]

BAND_99 = 2.5758
"""Half-width of a 99 % band, in standard deviations."""


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison.

    kind   code identity: the kernels do what the equations say; a miss is a fault and ends with exit code 1
           fitted: a number was turned until it agreed; agreement is no evidence
           independent: nothing was turned; a miss is a finding about the model
    """

    figure: str
    source: str
    expected: str
    ours: str
    agrees: bool
    kind: Kind
    numbers: tuple[float, float, float] | None = None
    """expected, ours and what is allowed, for pictures; None where the line is no pair of numbers"""
    at: float | None = None
    """where it stands on the axis of its part's picture"""
    was_run: bool = True
    """False where something that the check needs is missing: then it neither agrees nor misses"""


def within(
    figure: str, source: str, expected: float, ours: float, allowed: float, kind: Kind, unit: str = "", digits: int = 4,
    *, at: float | None = None,
) -> Check:  # fmt: skip
    """Return the check that two numbers differ by no more than what is allowed; the unit stands behind both."""
    tail = f" {unit}" if unit else ""
    wanted = f"{expected:.{digits}f} ± {allowed:.{digits}f}{tail}"
    agrees, numbers = abs(ours - expected) <= allowed, (expected, ours, allowed)
    return Check(figure, source, wanted, f"{ours:.{digits}f}{tail}", agrees, kind, numbers, at)


def between(
    figure: str, source: str, low: float, high: float, ours: float, kind: Kind, unit: str = "", digits: int = 2
) -> Check:
    """Return the check that a number lies in a published range, ends included."""
    tail = f" {unit}" if unit else ""
    wanted = f"{low:.{digits}f} to {high:.{digits}f}{tail}"
    middle, half = (low + high) / 2, (high - low) / 2
    agrees, numbers = low <= ours <= high, (middle, ours, half)
    return Check(figure, source, wanted, f"{ours:.{digits}f}{tail}", agrees, kind, numbers)


def not_run(figure: str, source: str, why: str, kind: Kind) -> Check:
    """Return the line of a check that could not be made here."""
    return Check(figure, source, "-", why, False, kind, was_run=False)


def binomial(figure: str, source: str, share: float, hits: int, trials: int) -> Check:
    """Return the check that a share of trials lies inside its 99 % binomial band."""
    band = BAND_99 * (share * (1 - share) / max(trials, 1)) ** 0.5
    return within(f"{figure} ({trials:,} trials)", source, share, hits / max(trials, 1), band, "code identity")


def same(figure: str, source: str, expected: int, ours: int) -> Check:
    """Return the check that two whole numbers are the same."""
    return Check(figure, source, f"{expected:,}", f"{ours:,}", expected == ours, "code identity")


def as_text(checks: Sequence[Check]) -> str:
    """Return the table as Markdown, faults last in the summary line."""
    lines = ["| figure | source | expected | ours | verdict | kind |", "|---|---|---|---|---|---|"]
    for check in checks:
        row = (check.figure, check.source, check.expected, check.ours, verdict_of(check), check.kind)
        lines.append("| " + " | ".join(row) + " |")
    n_faults = sum(1 for check in checks if is_fault(check))
    n_not_run = sum(1 for check in checks if not check.was_run)
    not_run_too = f", {n_not_run} not run" if n_not_run else ""
    lines += ["", f"{len(checks)} checks of a synthetic population, {n_faults} faults{not_run_too}."]
    return "\n".join(lines)


def verdict_of(check: Check) -> str:
    """Return the verdict in a word."""
    if not check.was_run:
        return "not run"
    return "agrees" if check.agrees else "FAULT" if check.kind == "code identity" else "misses"


def is_fault(check: Check) -> bool:
    """Return whether a check shows that the code does not do what it says."""
    return check.kind == "code identity" and check.was_run and not check.agrees
