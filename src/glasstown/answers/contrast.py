"""One measure in two runs of the same people: means, differences, and whether their sign is firm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from statistics import pstdev
from typing import Any, Final

from glasstown.outcomes.counted import MEASURES
from glasstown.outcomes.intervals import Interval, interval_of, middle
from glasstown.wording import grouped, signed

FIRM_SIGN: Final = Fraction(9, 10)
"""share of the draws that differ which must agree on a sign before it is told"""
FEWEST_DIFFERING: Final = Fraction(1, 2)
"""share of the draws that must differ at all: where most make no difference, ignorance goes as far as whether there is one"""
FEWEST_ONE_WAY: Final = 6
"""seeds that have to differ, all one way, where no more or no less is told: of six tosses all fall alike once in thirty-two"""
NOT_SETTLED: Final = ("no more", "no less", "undetermined")
"""verdicts of a mean whose interval holds 0, or whose sign the draws do not share"""
NOT_KEPT: Final = "not kept"
MOST_PLACES: Final = 3
"""digits behind the point that a mean is shown with at most"""


@dataclass(frozen=True, slots=True)
class Contrast:
    """One measure: means of both sides over the seeds, and the differences, second less first, by seed and by draw.

    A side that does not keep it has no mean and no difference; `why` has the reason of each side.
    """

    name: str
    first: Fraction | None
    second: Fraction | None
    differences: tuple[int, ...]
    drawn: tuple[int, ...] = ()
    why: tuple[str | None, str | None] = (None, None)

    @property
    def is_kept(self) -> bool:
        """Return whether both sides keep the measure."""
        return self.first is not None and self.second is not None

    @property
    def mean(self) -> Fraction:
        """Mean difference; of no meaning where a side does not keep the measure."""
        return Fraction(sum(self.differences), len(self.differences) or 1)

    @property
    def agreeing(self) -> Fraction:
        """Share of the seeds that differ whose difference has the sign of the mean; 1 where nothing differs."""
        return self._share(self.differences)

    @property
    def agreeing_draws(self) -> Fraction:
        """Share of the draws of the parameters that differ whose difference has that sign; 1 where none differs."""
        return self._share(self.drawn)

    @property
    def draws_agree(self) -> bool:
        """Return whether the draws have the sign of the mean: half of them differ or more, nine in ten of these that way.

        A draw that makes no difference goes neither way, as in a sign test; where none was made there is nothing to disagree.
        """
        if not any((*self.differences, *self.drawn)):
            return True
        n_differing = sum(self.draw_signs)
        return n_differing >= FEWEST_DIFFERING * len(self.drawn) and self.agreeing_draws >= FIRM_SIGN

    def _share(self, differences: tuple[int, ...]) -> Fraction:
        more, less = _signs(differences)
        if not more + less:
            return Fraction(1)
        return Fraction(more if self.mean > 0 else less, more + less) if self.mean else Fraction(0)

    @property
    def seed_signs(self) -> tuple[int, int]:
        """Return in how many seeds the second has more, and in how many less; the others do not differ."""
        return _signs(self.differences)

    @property
    def draw_signs(self) -> tuple[int, int]:
        """Return the same of the draws."""
        return _signs(self.drawn)

    @property
    def interval(self) -> Interval | None:
        """Return the mean difference with its 95 % interval over the seeds; None of one seed, or where a side does not keep it."""
        return interval_of(self.differences)

    @property
    def relative(self) -> float | None:
        """Return the mean difference as a share of the first; None where that is nothing or not kept."""
        return float(self.mean / self.first) if self.is_kept and self.first else None

    @property
    def verdict(self) -> str:
        """Return same, more, less, no more, no less, undetermined, or not kept.

        More and less ask that the interval of the mean excludes 0, that half of the draws differ or more, and that nine in ten of
        these have its sign; of one seed, which has no interval, its own sign counts.  No more and no less ask that six seeds differ
        or more, and that of all seeds and draws none goes the other way: the sign test at 5 per cent, in which what does not differ
        says nothing.
        """
        if not self.is_kept:
            return NOT_KEPT
        if not any((*self.differences, *self.drawn)):
            return "same"
        is_firm = self.interval.excludes_zero if self.interval is not None else self.mean != 0
        if is_firm and self.draws_agree:
            return "more" if self.mean > 0 else "less"
        (more, less), (drawn_more, drawn_less) = self.seed_signs, self.draw_signs
        if more >= FEWEST_ONE_WAY and less == drawn_less == 0:
            return "no less"
        if less >= FEWEST_ONE_WAY and more == drawn_more == 0:
            return "no more"
        return "undetermined"

    def span(self, *, is_middle: bool) -> tuple[int, ...]:
        """Return the ends of what the draws span, or of their middle nine tenths; nothing of none."""
        if not self.drawn:
            return ()
        least, most = middle(self.drawn) if is_middle else (min(self.drawn), max(self.drawn))
        return round(least), round(most)

    def is_outside(self, *, is_middle: bool) -> bool:
        """Return whether the mean of the seeds lies outside that."""
        ends = self.span(is_middle=is_middle)
        return self.is_kept and bool(ends) and not ends[0] <= self.mean <= ends[1]

    @property
    def spreads(self) -> tuple[float | None, float | None]:
        """Return the standard deviation over seeds, and what the draws have beyond that; None of fewer than two."""
        luck = pstdev(self.differences) if len(self.differences) > 1 else None
        if luck is None or len(self.drawn) < 2:
            return luck, None
        return luck, max(pstdev(self.drawn) ** 2 - luck**2, 0.0) ** 0.5

    def shown(self) -> tuple[str, str, str]:
        """Return both means and their difference as they are shown: the numbers add up, to as many digits as that takes."""
        if self.first is None or self.second is None:
            return _plain(self.first), _plain(self.second), NOT_KEPT
        for places in range(MOST_PLACES + 1):
            first, second = _rounded(self.first, places), _rounded(self.second, places)
            if _fits(second - first, self.mean, self.differences, self.interval):
                break
        return grouped(first), grouped(second), signed(second - first)

    def as_json(self) -> dict[str, Any]:
        """Return the measure with its width over the seeds."""
        interval = self.interval if self.is_kept else None
        return {
            "measure": self.name,
            "words": MEASURES[self.name],
            "first": None if self.first is None else float(self.first),
            "second": None if self.second is None else float(self.second),
            "difference": float(self.mean) if self.is_kept else None,
            "low": interval.low if interval else None,
            "high": interval.high if interval else None,
            "relative": self.relative,
            "least": min(self.differences, default=None),
            "most": max(self.differences, default=None),
            "agreeing": float(self.agreeing) if self.is_kept else None,
            "seeds_more": _share_of(self.differences, 1),
            "seeds_less": _share_of(self.differences, -1),
            "seeds_same": _share_of(self.differences, 0),
            "draws_more": _share_of(self.drawn, 1),
            "draws_less": _share_of(self.drawn, -1),
            "draws_same": _share_of(self.drawn, 0),
            "drawn_least": min(self.drawn, default=None),
            "drawn_most": max(self.drawn, default=None),
            "drawn_5": middle(self.drawn)[0] if self.drawn else None,
            "drawn_95": middle(self.drawn)[1] if self.drawn else None,
            "luck_spread": self.spreads[0],
            "ignorance_spread": self.spreads[1],
            "drawn_agreeing": float(self.agreeing_draws) if self.drawn else None,
            "verdict": self.verdict,
            "why_first": self.why[0],
            "why_second": self.why[1],
        }


def _signs(differences: Sequence[int]) -> tuple[int, int]:
    """Return how many differences lie above 0, and how many below."""
    return sum(each > 0 for each in differences), sum(each < 0 for each in differences)


def _share_of(differences: Sequence[int], sign: int) -> float | None:
    """Return the share of differences that have a sign, or for 0 that are nothing; None of none."""
    signs = [(each > 0) - (each < 0) for each in differences]
    return signs.count(sign) / len(signs) if signs else None


def _plain(value: Fraction | None) -> str:
    return NOT_KEPT if value is None else grouped(_rounded(value, 0))


def _rounded(value: Fraction, places: int) -> Decimal:
    """Return a mean with so many places; halves go up, so that means of one difference are rounded alike."""
    return Decimal(floor(value * 10**places + Fraction(1, 2))).scaleb(-places)


def _fits(shown: Decimal, mean: Fraction, differences: Sequence[int], interval: Interval | None) -> bool:
    """Return whether a difference of rounded means has the mean's sign, lies where the seeds' do and in the interval."""
    has_sign = (shown > 0) == (mean > 0) and (shown < 0) == (mean < 0)
    lies = min(differences, default=0) <= shown <= max(differences, default=0)
    return has_sign and lies and (interval is None or interval.low <= float(shown) <= interval.high or shown == mean)
