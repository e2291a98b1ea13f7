"""A comparison's picture: how far luck, and what is not known, move each measure, in per cent of the first side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from glasstown.answers.contrast import Contrast
from glasstown.outcomes.counted import MEASURES, harm_of
from glasstown.outcomes.intervals import middle
from glasstown.render import style
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import counted, noun

if TYPE_CHECKING:
    import altair

    from glasstown.render.lanes import Lane, Span

Counts = Sequence[Mapping[str, tuple[int | None, ...]]]
"""of each town that is one of a pair, every measure on both sides"""


def lanes_of(contrasts: Sequence[Contrast], seeds: Counts, drawn: Counts, *, is_middle: bool) -> list[Lane]:
    """Return a lane for each measure that has a share of the first and that some seed or some draw moves.

    is_middle   whether the width over draws is the middle nine tenths of it
    """
    from glasstown.render.lanes import Lane

    lanes = []
    for each in contrasts:
        luck = _shares(each.name, seeds)
        if not each.first or not luck:
            continue
        ways = _shares(each.name, drawn)
        if not any(luck) and not any(ways):
            continue
        span: Span | None = (middle(ways) if is_middle else (min(ways), max(ways))) if ways else None
        colour = style.TONES[style.tone_of(each.verdict, harm_of(each.name))]
        mean = float(100 * each.mean / each.first)
        lanes.append(Lane(MEASURES[each.name], mean, (min(luck), max(luck)), span, colour=colour))
    return lanes


def picture_of(names: Sequence[str], lanes: Sequence[Lane], n_known: int, told: Sequence[str]) -> altair.VConcatChart:
    """Return the picture of two sides; `n_known` measures were compared, and `told` says what the bars are."""
    from glasstown.render.lanes import panel, picture, tones

    left = n_known - len(lanes)
    why = "that nothing moves, or of which the first side has none"
    out = [f"{counted(left, 'measure')} {why}, {noun(left, 'is', 'are')} left out."] if left else []
    said = [
        f"{SYNTHETIC_WORDS.capitalize()}. Difference in per cent of the first side; dot: the mean of the seeds. {' '.join(told)}",
        *out,
        "The colour says what it means to those it happens to.",
    ]
    panels = [panel(lanes, "", middle=0.0, unit="per cent of the first side", above=True)] if lanes else []
    chart: altair.VConcatChart = picture(f"{names[1]} beside {names[0]}", said, panels, tones(lanes))
    return chart


def _shares(name: str, counts: Counts) -> list[float]:
    """Return the differences of a measure in per cent of the first side, where that has any of it."""
    sides = [both[name][:2] for both in counts]
    return [100 * (other - one) / one for one, other in sides if one and other is not None]
