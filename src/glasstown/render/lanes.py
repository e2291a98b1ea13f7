"""Pictures of differences: a lane for each thing that is compared, with a dot for the mean and a bar for each width.

Thick is luck, thin is what is not known, palest what was not known before the record was asked.  One column, narrow enough for a
telephone; names are broken, never cut; a scale bends where the longest bar would make points of all others.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import altair as alt

from glasstown.render import charts, style
from glasstown.render.charts import Chart

Span: TypeAlias = tuple[float, float]
WIDTH: Final = 430
"""pixels of a picture, without its margin"""
NAMES: Final = 150
"""pixels for names left of lanes"""
LETTERS: Final = {"title": 46, "told": 66, "heading": 56, "beside": 23, "above": 70}
"""how many letters of each kind of text stand on one line"""
LINE: Final = 15
"""pixels of a line of small text"""
BENT: Final = 12.0
"""a scale bends where the furthest end lies so many times as far from the middle as half of the others"""
TICKS: Final = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000, 100_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class Lane:
    """One thing that is compared: its name, the mean, and how far luck and what is not known move it."""

    name: str
    mean: float
    luck: Span
    ways: Span | None = None
    before: Span | None = None
    """the width over draws that nobody held against the record"""
    colour: str = style.PLAIN

    @property
    def ends(self) -> tuple[float, ...]:
        """Every number that is drawn of it."""
        return (self.mean, *self.luck, *(self.ways or ()), *(self.before or ()))


def picture(title: str, told: Iterable[str], panels: Sequence[Chart], key: Sequence[tuple[str, str]] = ()) -> Chart:
    """Return panels one below the other under a title; `key` is what each colour means, drawn only where there is any."""
    head = alt.TitleParams(
        _lines(title, "title"), subtitle=[line for text in told for line in _lines(text, "told")], offset=14
    )
    parts = [*([_key(key)] if key else []), *panels]
    return charts.finish(alt.vconcat(*parts, spacing=20).properties(title=head, padding=10))


def panel(lanes: Sequence[Lane], heading: str, *, middle: float | None, unit: str, above: bool = False) -> Chart:
    """Draw lanes over one axis, with a line at `middle` if there is one; names stand left of them, long ones above each."""
    wide = WIDTH if above else WIDTH - NAMES
    names = {lane.name: "\n".join(_lines(lane.name, "above" if above else "beside")) for lane in lanes}
    most = max((name.count("\n") + 1 for name in names.values()), default=1)
    step = 22 + LINE * most if above else max(24, LINE * most + 6)
    labels = None if above else alt.Axis(
        labelExpr=charts.BROKEN, labelLimit=0, labelColor=style.INK, labelFontSize=12, minExtent=NAMES, maxExtent=NAMES
    )  # fmt: skip
    y = alt.Y("lane:N", sort=list(names.values()), title=None, axis=labels)
    base = charts.chart_of([_row(lane, names[lane.name]) for lane in lanes]).encode(y=y)
    dy = LINE * most / 2 if above else 0
    layers = [*_middle(middle, lanes, unit), *_bars(base, lanes, middle, unit, dy)]
    if above:
        layers += charts.named(list(names.values()), "lane", y, dy - 8)
    drawn = alt.layer(*layers).properties(width=wide, height=step * len(lanes))
    head = alt.TitleParams(_lines(heading, "heading"), fontSize=13, lineHeight=16, offset=8)
    return drawn.properties(title=head) if heading else drawn


def _row(lane: Lane, name: str) -> dict[str, Any]:
    row: dict[str, Any] = {"lane": name, "mean": lane.mean, "colour": lane.colour}
    for key, span in (("luck", lane.luck), ("ways", lane.ways), ("before", lane.before)):
        if span is not None:
            row |= {f"{key}_low": span[0], f"{key}_high": span[1]}
    return row


def _bars(base: Chart, lanes: Sequence[Lane], middle: float | None, unit: str, dy: float) -> list[Chart]:
    colour = alt.Color("colour:N", scale=None)
    drawn = []
    for key, width, aside in (("before", 3.0, 6.0), ("ways", 1.4, 0.0), ("luck", 5.0, 0.0)):
        if any(getattr(lane, key) is not None for lane in lanes):
            hue = alt.value(style.FAINT) if key == "before" else colour
            rule = base.transform_filter(f"isValid(datum.{key}_low)").mark_rule(strokeWidth=width, yOffset=dy + aside)
            drawn.append(rule.encode(x=_x(f"{key}_low", lanes, middle, unit), x2=f"{key}_high:Q", color=hue))
    dots = base.mark_point(filled=True, size=60, opacity=1, yOffset=dy)
    return [*drawn, dots.encode(x=_x("mean", lanes, middle, unit), color=colour)]


def _middle(middle: float | None, lanes: Sequence[Lane], unit: str) -> list[Chart]:
    if middle is None:
        return []
    rule = charts.chart_of([{"middle": middle}]).mark_rule(color=style.MUTED, strokeDash=[3, 3])
    return [rule.encode(x=_x("middle", lanes, middle, unit))]


def _x(field: str, lanes: Sequence[Lane], middle: float | None, unit: str) -> alt.X:
    """Return the axis that all layers of a panel share; it bends where one end lies far beyond the others."""
    ends = [end for lane in lanes for end in lane.ends] + [0.0 if middle is None else middle]
    low, high = min(ends), max(ends)
    if not _is_bent(ends, middle or 0.0):
        axis = alt.Axis(title=unit, tickCount=4, labelFlush=False)
        return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(domain=_around(low, high), nice=True))
    ticks = [sign * tick for tick in TICKS for sign in (1, -1) if low <= sign * tick <= high]
    reach = sorted({abs(tick) for tick in ticks if tick})[-3:]
    kept = sorted({0, *(tick for tick in ticks if abs(tick) in reach)})
    axis = alt.Axis(
        title=f"{unit} (the scale bends)", values=kept, labelFlush=False, labelOverlap="greedy", format=",.0f"
    )
    return alt.X(
        f"{field}:Q", axis=axis, scale=alt.Scale(type="symlog", constant=max(reach[0] / 2, 1), domain=[low, high])
    )


def _around(low: float, high: float) -> list[float]:
    """Return a domain that is never a point."""
    return [low, high] if high > low else [low - 1, high + 1]


def _is_bent(ends: Sequence[float], middle: float) -> bool:
    far = sorted(abs(end - middle) for end in ends if end != middle)
    return bool(far) and far[-1] > 100 and far[-1] > BENT * far[len(far) // 2]


def _key(entries: Sequence[tuple[str, str]]) -> Chart:
    """Return what colours mean, as dots with words, in lines that are full before the next begins."""
    rows, x, y = [], 6.0, 0
    for words, colour in entries:
        room = 26 + 7.4 * len(words)
        if x > 6 and x + room > WIDTH:
            x, y = 6.0, y + 1
        rows.append({"x": x, "y": 9 + 18 * y, "words": words, "colour": colour})
        x += room
    base = charts.chart_of(rows).encode(
        x=alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, WIDTH], range=[0, WIDTH], nice=False)),
        y=alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, 18 * (y + 1)], range=[0, 18 * (y + 1)], nice=False)),
    )
    dots = base.mark_point(filled=True, size=70, opacity=1).encode(color=alt.Color("colour:N", scale=None))
    text = base.mark_text(align="left", dx=9, fontSize=12, color=style.INK).encode(text="words:N")
    return alt.layer(dots, text).properties(width=WIDTH, height=18 * (y + 1))


def tones(lanes: Iterable[Lane]) -> list[tuple[str, str]]:
    """Return what the colours of lanes mean to those it happens to: those that are there, in one order."""
    there = {lane.colour for lane in lanes}
    return [(tone, colour) for tone, colour in style.TONES.items() if colour in there]


def _lines(text: str, kind: str) -> list[str]:
    return textwrap.wrap(text, LETTERS[kind], break_on_hyphens=False) or [""]
