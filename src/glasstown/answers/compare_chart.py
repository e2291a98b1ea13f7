"""The panels of a comparison's picture: how far luck, and ignorance, move each measure, in per cent of the first side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from glasstown.answers.contrast import Contrast
from glasstown.outcomes.counted import MEASURES, harm_of
from glasstown.outcomes.intervals import middle
from glasstown.render import style

if TYPE_CHECKING:
    import altair


def widths_of(
    contrasts: Sequence[Contrast], counts: Sequence[Mapping[str, tuple[int | None, ...]]], *, is_middle: bool
) -> list[dict[str, Any]]:
    """Return a row for each measure of which there is a share of the first: its width, and the mean difference of the seeds."""
    values = []
    for each in contrasts:
        sides = [both[each.name][:2] for both in counts]
        shares = [_per_cent(one, other) for one, other in sides if one and other is not None]
        if each.first and shares:
            difference = float(100 * each.mean / each.first)
            least, most = middle(shares) if is_middle else (min(shares), max(shares))
            tone = style.tone_of(each.verdict, harm_of(each.name))
            row = {"least": least, "most": most, "difference": difference, "verdict": tone}
            values.append({"measure": MEASURES[each.name], **row})
    return values


def panel(
    values: list[dict[str, Any]], names: Sequence[str], title: altair.TitleParams, labels: altair.Axis | None
) -> altair.LayerChart | altair.FacetChart:
    """Return widths as lines with a dot each; every panel has a line of its own for each of `names`, so that they lie level."""
    import altair as alt

    y = alt.Y("measure:N", title=None, sort=None, axis=labels, scale=alt.Scale(domain=list(names)))
    base = alt.Chart(alt.InlineData(values=values), title=title, width=260).encode(y=y)
    told = [tone for tone in style.TONES if any(row["verdict"] == tone for row in values)]
    scale = alt.Scale(domain=told, range=[style.TONES[tone] for tone in told])
    colour = alt.Color("verdict:N", title=None, scale=scale)
    lines = base.mark_rule(strokeWidth=3).encode(x=alt.X("least:Q", title="%"), x2="most:Q", color=colour)
    return alt.layer(lines, base.mark_point(filled=True, size=60, opacity=1).encode(x="difference:Q", color=colour))


def _per_cent(first: int, second: int) -> float:
    """Return a difference in per cent of the first."""
    return 100 * (second - first) / first
