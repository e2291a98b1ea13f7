"""What a comparison says of its widths: intervals, signs of seeds and draws, what would settle a row, and what lies outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from glasstown.answers.contrast import FEWEST_ONE_WAY, FIRM_SIGN, NOT_SETTLED, Contrast
from glasstown.outcomes.counted import MEASURES
from glasstown.outcomes.intervals import Interval, seeds_needed
from glasstown.wording import counted, signed

INTERVAL: Final = (
    "The interval holds the mean difference of all seeds in 95 of 100 such comparisons (Student's t over the pairs). More, less: it "
    f"excludes 0, and nine in ten draws have its sign. No more, no less: {FEWEST_ONE_WAY} seeds differ or more, and of all seeds and "
    "draws none goes the other way (the sign test, at 5 per cent)."
)
SIGNS: Final = "Of the seeds, and of the draws: + has how many have more in the second, − how many have less."
FEW_DRAWS: Final = (
    "since few draws reach few places of the ranges, and none has the shipped parameters, which the seeds have"
)
OTHER_TOWNS: Final = (
    "since no member has the shipped parameters, which the seeds have, and each has people and luck of its own: what a member makes "
    "of a measure is another town's difference"
)
NOTHING: Final = 1e-9
"""an end of an interval below which only rounding of machine numbers tells it from nothing"""


def interval_words(interval: Interval | None) -> str:
    """Return the ends of an interval, with as many digits as tell each from nothing; nothing where there is none."""
    if interval is None:
        return ""
    return f"{signed(_end(interval.low))} to {signed(_end(interval.high))}"


def _end(value: float) -> Decimal:
    return round_to(value) or (Decimal(f"{value:.1g}") if abs(value) > NOTHING else Decimal(0))


def share_words(share: float) -> str:
    """Return a share as a change in per cent, with as many digits as tell it from nothing: −11.5 %, −0.013 %."""
    per_cent = 100 * share
    return f"{signed(round_to(per_cent) if abs(per_cent) >= 0.1 else Decimal(f'{per_cent:.2g}'))} %"


def round_to(value: float) -> Decimal:
    """Return a number with as many places as a reader can use: none from 100 on, else one."""
    return Decimal((f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}").removesuffix(".0"))


def sign_words(signs: tuple[int, int]) -> str:
    """Return in how many the second has more, and in how many less: +5 −1."""
    return f"+{signs[0]} −{signs[1]}"


def power_words(contrasts: Sequence[Contrast]) -> str | None:
    """Return what would settle the rows that are open, were means and spreads as they seem; None where all are settled.

    Of what draws leave open no number of seeds settles anything, and of what never goes one way none that can be asked for.
    """
    said = ". ".join(each[0].upper() + each[1:] for each in _open_words(contrasts))
    return f"{said}." if said else None


def _open_words(contrasts: Sequence[Contrast]) -> Iterator[str]:
    """Yield, of the rows that are not settled, which seeds would settle, which none would, and which the draws leave open."""
    open_ones = [each for each in contrasts if each.verdict in NOT_SETTLED and each.interval is not None]
    by_draws = [each for each in open_ones if each.agreeing_draws < FIRM_SIGN]
    by_luck = [each for each in open_ones if each.agreeing_draws >= FIRM_SIGN]
    needed = {each.name: n for each in by_luck if (n := seeds_needed(each.differences)) is not None}
    if open_ones:
        n = len(open_ones)
        yield f"{counted(n, 'row')} {'is' if n == 1 else 'are'} not settled (undetermined, no more, no less)"
    if needed:
        yield (
            f"--seeds {max(needed.values())} or fewer, or as many times more people, would settle {counted(len(needed), 'row')} of "
            "these, were the mean and its spread as they seem here"
        )
    if never := [MEASURES[each.name] for each in by_luck if each.name not in needed]:
        yield f"no number of seeds that can be asked for would settle: {'; '.join(never)}"
    if by_draws:
        which = (
            "all of them" if len(by_draws) == len(open_ones) else "; ".join(MEASURES[each.name] for each in by_draws)
        )
        yield f"more seeds do not settle where fewer than nine in ten draws have the sign of the mean: {which}"


def outside_words(contrasts: Sequence[Contrast], n_draws: int, *, is_ensemble: bool) -> str | None:
    """Return which means lie outside the range of ignorance that stands beside them, and why; None where none does."""
    out = [MEASURES[each.name] for each in contrasts if each.is_outside(is_middle=is_ensemble)]
    if not out:
        return None
    of = counted(n_draws, "member", "members") if is_ensemble else counted(n_draws, "draw")
    what = f"the middle nine tenths of {of}" if is_ensemble else f"what {of} span"
    return f"The mean lies outside {what}, {OTHER_TOWNS if is_ensemble else FEW_DRAWS}: {'; '.join(out)}."
