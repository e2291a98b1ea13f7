"""One line of the verification: figure, source, ours, verdict, kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["code identity", "property", "fitted", "hold-out", "context"]
OUTSIDE: frozenset[Kind] = frozenset(("fitted", "hold-out", "context"))
"""kinds that hold what a town lived against a figure from outside; each has to miss where a town has nothing, or five times it"""
TIMES = 5

BAND_99 = 2.5758
"""Half-width of a 99 % band, in standard deviations."""


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison.

    kind   code identity: the kernels do what the equations say; a miss is a fault and ends with exit code 1
           property: what follows from the model's equations or inputs, held against other equations or studies; no town could fail it
           fitted: a number was turned until it agreed; agreement is no evidence
           hold-out: a published figure, like for like, for which nothing was turned; a miss is a finding about the model
           context: a published figure that is not like for like, told beside ours
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
    survivors: tuple[str, ...] | None = None
    """which false outputs it would agree with, `nothing` or `five times`; None where none was tried"""

    def __post_init__(self) -> None:
        if self.kind in OUTSIDE and self.was_run and self.survivors is None:
            raise ValueError(
                f"{self.figure}: a check of the kind {self.kind} says what it makes of nothing and of five times"
            )


def within(
    figure: str, source: str, expected: float, ours: float, allowed: float, kind: Kind, unit: str = "", digits: int = 4,
    *, at: float | None = None,
) -> Check:  # fmt: skip
    """Return the check that two numbers differ by no more than what is allowed; the unit stands behind both."""
    tail = f" {unit}" if unit else ""
    wanted = f"{expected:.{digits}f} ± {allowed:.{digits}f}{tail}"
    numbers, agrees = (expected, ours, allowed), _is_near(expected, ours, allowed)
    mutants = survivors_of(expected, lambda other: _is_near(expected, other, allowed), ours if agrees else None)
    return Check(figure, source, wanted, f"{ours:.{digits}f}{tail}", agrees, kind, numbers, at, survivors=mutants)


def survivors_of(expected: float, judge: Callable[[float], bool], ours: float | None = None) -> tuple[str, ...]:
    """Return which false outputs a check agrees with: nothing at all, and five times what is expected, or what agrees.

    judge   whether the check agrees with an output; what it allows must not follow from the output
    ours    the output, where the check agrees with it
    """
    found = ("nothing",) if judge(0.0) else ()
    is_taken = judge(TIMES * expected) or (bool(ours) and judge(TIMES * (ours or 0.0)))
    return (*found, "five times") if is_taken else found


def _is_near(expected: float, ours: float, allowed: float) -> bool:
    return abs(ours - expected) <= allowed


def between(
    figure: str, source: str, low: float, high: float, ours: float, kind: Kind, unit: str = "", digits: int = 2
) -> Check:
    """Return the check that a number lies in a published range, ends included."""
    tail = f" {unit}" if unit else ""
    wanted = f"{low:.{digits}f} to {high:.{digits}f}{tail}"
    middle, half = (low + high) / 2, (high - low) / 2
    agrees, numbers = low <= ours <= high, (middle, ours, half)
    mutants = survivors_of(middle, lambda other: low <= other <= high, ours if agrees else None)
    return Check(figure, source, wanted, f"{ours:.{digits}f}{tail}", agrees, kind, numbers, survivors=mutants)


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
    if is_blind(check):
        return "FAULT"
    return "agrees" if check.agrees else "FAULT" if check.kind == "code identity" else "misses"


def is_fault(check: Check) -> bool:
    """Return whether a check shows that the code does not do what it says, or cannot fail."""
    return (check.kind == "code identity" and check.was_run and not check.agrees) or is_blind(check)


def is_blind(check: Check) -> bool:
    """Return whether a check against a figure from outside agrees with a town that has nothing of it, or five times as much."""
    return check.kind in OUTSIDE and bool(check.survivors)


def as_mutants(checks: Sequence[Check]) -> str:
    """Return what each check against a figure from outside makes of nothing and of five times, as Markdown."""
    tried = [check for check in checks if check.kind in OUTSIDE and check.was_run]
    lines = ["| figure | kind | with nothing | with five times |", "|---|---|---|---|"]
    for check in tried:
        told = ["AGREES" if which in (check.survivors or ()) else "misses" for which in ("nothing", "five times")]
        lines.append("| " + " | ".join((check.figure, check.kind, *told)) + " |")
    n_blind = sum(1 for check in tried if is_blind(check))
    lines += ["", f"{len(tried)} checks against figures from outside, {n_blind} that cannot fail."]
    return "\n".join(lines)
