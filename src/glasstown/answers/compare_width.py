"""What a comparison says of its widths: intervals, signs of seeds and draws, what would settle a row, and what lies outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from glasstown.answers.contrast import FEWEST_ONE_WAY, NOT_SETTLED, Contrast
from glasstown.outcomes.counted import MEASURES
from glasstown.outcomes.intervals import Interval, seeds_needed
from glasstown.population import MOST_PEOPLE
from glasstown.wording import count, counted, noun, signed

INTERVAL: Final = (
    "The interval holds the mean difference of all seeds in 95 of 100 such comparisons (Student's t over the pairs). More, less: "
    "it excludes 0, and where there are draws, half of them differ or more, and nine in ten of these have its sign. No more, no "
    f"less: the direction alone is told, as {FEWEST_ONE_WAY} seeds differ or more, and of all seeds and draws none goes the other "
    "way (the sign test, at 5 per cent). What does not differ goes neither way."
)
SIGNS: Final = (
    "Of the seeds, and of the draws: + has how many have more in the second, − how many less, = how many the same."
)
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


LEAST_PER_CENT = 0.01
"""of a change, in per cent; of less it is only said that it is less"""


def share_words(share: float) -> str:
    """Return a share as a change in per cent, with as many digits as a reader can use: −11.5 %, −0.013 %, < 0.01 % less."""
    per_cent = 100 * share
    if 0 < abs(per_cent) < LEAST_PER_CENT:
        return f"< {LEAST_PER_CENT} % {'less' if share < 0 else 'more'}"
    return f"{signed(round_to(per_cent) if abs(per_cent) >= 0.1 else Decimal(f'{per_cent:.2g}'))} %"


def round_to(value: float) -> Decimal:
    """Return a number with as many places as a reader can use: none from 100 on, else one."""
    return Decimal((f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}").removesuffix(".0"))


def sign_words(signs: tuple[int, int], n: int) -> str:
    """Return in how many of so many the second has more, in how many less, and in how many neither: `+5 −1`, `+5 −0 =1`."""
    same = n - sum(signs)
    return f"+{signs[0]} −{signs[1]}{f' ={same}' if same else ''}"


def power_words(contrasts: Sequence[Contrast], people: int) -> str | None:
    """Return what would settle the rows that are open, were means and spreads as they seem; None where all are settled.

    people   how many live in each town

    Of what draws leave open no number of seeds settles anything, and of what never goes one way none that can be asked for.
    """
    said = ". ".join(each[0].upper() + each[1:] for each in _open_words(contrasts, people))
    return f"{said}." if said else None


def _open_words(contrasts: Sequence[Contrast], people: int) -> Iterator[str]:
    """Yield, of the rows that are not settled, which seeds would settle, which none would, and which the draws leave open."""
    open_ones = [each for each in contrasts if each.verdict in NOT_SETTLED and each.interval is not None]
    by_draws = [each for each in open_ones if not each.draws_agree]
    by_luck = [each for each in open_ones if each.draws_agree]
    needed = {each.name: n for each in by_luck if (n := seeds_needed(each.differences)) is not None}
    if open_ones:
        yield _open_counts(open_ones)
    if needed:
        yield (
            f"{_more_of(max(needed.values()), len(contrasts[0].differences), people)} would settle {counted(len(needed), 'row')} of "
            "these as more or less, were the mean and its spread as they seem here"
        )
    if never := [MEASURES[each.name] for each in by_luck if each.name not in needed]:
        yield f"no number of seeds that can be asked for would settle: {'; '.join(never)}"
    if by_draws:
        which = (
            "all of them" if len(by_draws) == len(open_ones) else "; ".join(MEASURES[each.name] for each in by_draws)
        )
        yield f"more seeds do not settle where the draws do not share the sign of the mean: {which}"


def _open_counts(open_ones: Sequence[Contrast]) -> str:
    """Return how many rows are undetermined, and of how many the direction alone is told."""
    n = sum(each.verdict == "undetermined" for each in open_ones)
    one_way = len(open_ones) - n
    told = [f"{counted(n, 'row')} {noun(n, 'is', 'are')} undetermined"] if n else []
    told += [f"of {count(one_way)} (no more, no less) the direction alone is settled"] if one_way else []
    return " and ".join(told)


def _more_of(seeds: int, asked: int, people: int) -> str:
    """Return how many seeds, or how many people with the seeds that were asked: a spread falls with either alike."""
    many = -(-people * seeds // asked)
    step = 10 ** max(len(str(many)) - 2, 0)
    many = -(-many // step) * step
    more = f", or the {asked} seeds with --people {many} or fewer," if many <= MOST_PEOPLE else ""
    return f"--seeds {seeds} or fewer{more}"


def outside_words(contrasts: Sequence[Contrast], n_draws: int, *, is_ensemble: bool) -> str | None:
    """Return which means lie outside the range of ignorance that stands beside them, and why; None where none does."""
    out = [MEASURES[each.name] for each in contrasts if each.is_outside(is_middle=is_ensemble)]
    if not out:
        return None
    of = counted(n_draws, "member", "members") if is_ensemble else counted(n_draws, "draw")
    what = f"the middle nine tenths of {of}" if is_ensemble else f"what {of} span"
    return f"The mean lies outside {what}, {OTHER_TOWNS if is_ensemble else FEW_DRAWS}: {'; '.join(out)}."
