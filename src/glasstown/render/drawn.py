"""The page's charts: grades over time, points lost for what, and one life's score.

The picture of a sweep: one bar for each parameter, with its confidence.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import altair as alt

from glasstown.outcomes.measures import NO_GRADE, Accounts, grade_counts
from glasstown.outcomes.opened import TownRun
from glasstown.render import charts, findings, style, words
from glasstown.render.charts import Chart, Line, Panel
from glasstown.render.findings import KIND_WORDS, ClauseRow
from glasstown.studies.sensitivity import Effect
from glasstown.types import SYNTHETIC_WORDS

if TYPE_CHECKING:
    import altair

WIDTHS: Final = (690, 300)
"""pixels of a drawing on a wide page, and on a telephone"""
NARROW: Final = 400
LABEL_LENGTH: Final = 44
NARROW_LABEL: Final = 34
PARTS: Final = {"right records": style.RIGHT, "wrong records": style.WRONG}
WIDER_FONT: Final = 44
LETTER: Final = 7.2
"""pixels of a letter of a bold label"""
AXIS_ROOM: Final = 48
"""pixels kept free beside labels"""


def grades_chart(run: TownRun, accounts: Accounts, *, width: int) -> Chart | None:
    """Draw the share of subjects in each grade at each month's end; None where the rulebook has no grades."""
    counts = grade_counts(accounts, findings.grade_ids(run.book))
    held = {grade: series for grade, series in counts.items() if any(series)}
    if not accounts.dates or not set(held) - {NO_GRADE}:
        return None
    colours = {**style.of_grades(findings.grade_ids(run.book)), NO_GRADE: style.NO_GRADE}
    lines = tuple(
        Line("no grade" if grade == NO_GRADE else grade, colours[grade], charts.shares(n, accounts.scored))
        for grade, n in held.items()
    )
    noun = KIND_WORDS[accounts.kind]
    room = max(len(line.label) for line in lines) * LETTER + 16  # labels stand right of the lines
    wide = width - round(1.25 * room) - AXIS_ROOM
    step = 1 if len(charts.january(accounts.dates)) * 40 <= wide else 2
    title = f"Share of {noun} in each grade"
    panel = Panel(title, f"{SYNTHETIC_WORDS}, month's end", accounts.dates, lines, wide, year_step=step)
    # A reader's browser can have a wider font than the one that the labels were measured with.
    padding = {"left": 8, "right": 8 + round(room / 4), "top": 8, "bottom": 8}
    return charts.finish(charts.line_panel(panel, height=250).properties(padding=padding, autosize="pad"))


def points_chart(rows: Sequence[ClauseRow], *, width: int) -> Chart | None:
    """Draw the points that each clause took, parted by whether the record was right; None where none were taken.

    Clauses are named beside their bars, or above them where the page is narrow; a name is broken and never cut.
    """
    taken = [row for row in rows if row.tally.points < 0 and not row.is_expression][:8]
    if not taken:
        return None
    is_narrow = width < NARROW
    names = ["\n".join(textwrap.wrap(row.label, NARROW_LABEL if is_narrow else LABEL_LENGTH)) for row in taken]
    cells = [cell for row, name in zip(taken, names, strict=True) for cell in _parts(row, name)]
    most = max(name.count("\n") + 1 for name in names)
    step = 15 * most + (22 if is_narrow else 14)
    labels = None if is_narrow else alt.Axis(
        labelLimit=0, labelExpr=charts.BROKEN, labelColor=style.INK, labelFontSize=12
    )  # fmt: skip
    what = [each for each in PARTS if any(cell["what"] == each and cell["points"] for cell in cells)]
    legend = alt.Legend(
        title=None, orient="top", columnPadding=24, labelColor=style.INK, labelFontSize=12, symbolType="square"
    )
    scale = alt.Scale(domain=what, range=[PARTS[each] for each in what])
    y = alt.Y("clause:N", sort=names, title=None, axis=labels)
    below = 15 * most / 2 if is_narrow else 0
    bars = charts.chart_of(cells).mark_bar(height=12 if is_narrow else 18, yOffset=below, y2Offset=below)
    ticks = alt.Axis(
        title=f"points lost, {SYNTHETIC_WORDS}", tickCount=3 if is_narrow else 5, format=",.0f", labelFlush=False
    )
    drawn = bars.encode(
        y=y, x=alt.X("sum(points):Q", axis=ticks), color=alt.Color("what:N", scale=scale, legend=legend), order=alt.Order("what:N"),
    )  # fmt: skip
    layers = [drawn, *(charts.named(names, "clause", y, below - 9) if is_narrow else [])]
    wide = width - 44 if is_narrow else width - 220 - WIDER_FONT
    # A reader's browser can have a wider font than the one that the labels were measured with.
    padding = {"left": 12 if is_narrow else 8 + WIDER_FONT, "right": 24 if is_narrow else 8, "top": 8, "bottom": 8}
    return charts.finish(alt.layer(*layers).properties(width=wide, height=step * len(taken), padding=padding))


def _parts(row: ClauseRow, name: str) -> Iterator[dict[str, Any]]:
    """Yield the points that a clause took by right and by wrong records."""
    wrong = float(-min(row.tally.wrong_points, Decimal(0)))
    for what, points in zip(PARTS, (float(-row.tally.points) - wrong, wrong), strict=True):
        yield {"clause": name, "what": what, "points": points}


@dataclass(frozen=True, slots=True)
class Step:
    """A score from one day on, and whether the record behind it was wrong."""

    day: date
    score: Decimal
    is_wrong: bool


def life_chart(
    start: date,
    end: date,
    base: Decimal,
    steps: Sequence[Step],
    thresholds: Sequence[tuple[str, Decimal]],
    *,
    width: int,
) -> Chart:
    """Draw one life's score by the day, with the lowest score of each grade that lies near it."""
    rows: list[dict[str, Any]] = [{"day": str(start), "score": float(base)}]
    rows += [{"day": str(step.day), "score": float(step.score)} for step in steps]
    rows.append({"day": str(end), "score": rows[-1]["score"]})
    low, high = _range([row["score"] for row in rows], thresholds)
    y = alt.Y("score:Q", scale=alt.Scale(domain=[low, high], nice=False), axis=alt.Axis(title="score", tickCount=5))
    x = alt.X("day:T", axis=alt.Axis(title=None, grid=False, format="%b %Y", tickCount=2 if width < NARROW else 6))
    line = (
        charts.chart_of(rows).mark_line(interpolate="step-after", strokeWidth=2.4, color=style.PLAIN).encode(x=x, y=y)
    )
    dots = _dots(steps, x, y)
    near = [(grade, at) for grade, at in thresholds if low < float(at) < high]
    rules = [layer for grade, at in near for layer in _threshold(grade, at, y, width)]
    return charts.finish(alt.layer(*rules, line, *dots).properties(width=width - AXIS_ROOM, height=220, padding=8))


def _dots(steps: Sequence[Step], x: alt.X, y: alt.Y) -> list[Chart]:
    layers = []
    for is_wrong, shape, colour in ((False, "circle", style.RIGHT), (True, "diamond", style.WRONG)):
        rows = [{"day": str(s.day), "score": float(s.score)} for s in steps if s.is_wrong == is_wrong]
        if rows:
            marks = charts.chart_of(rows).mark_point(
                shape=shape, size=150 if is_wrong else 80, filled=True, fill=colour, opacity=1, stroke=style.PAPER
            )
            layers.append(marks.encode(x=x, y=y))
    return layers


def _threshold(grade: str, at: Decimal, y: alt.Y, width: int) -> list[Chart]:
    base = charts.chart_of([{"score": float(at), "text": f"{grade} begins at {words.grouped(at)}"}])
    rule = base.mark_rule(strokeDash=[4, 4], color=style.MUTED).encode(y=y)
    text = base.mark_text(align="right", x=width - AXIS_ROOM, dy=-7, fontSize=11.5, color=style.MUTED).encode(
        y=y, text="text:N"
    )
    return [rule, text]


def _range(scores: Sequence[float], thresholds: Sequence[tuple[str, Decimal]]) -> tuple[float, float]:
    low, high = min(scores), max(scores)
    reach = max(high - low, 10.0)
    near = [float(at) for _, at in thresholds if low - reach <= float(at) <= high + reach]
    low, high = min([low, *near]), max([high, *near])
    margin = max(high - low, 5.0) * 0.12
    return low - margin, high + margin


AXES: Final = {
    "morris": ["mu*: mean size of the effect of", "the whole range, ± 95 % confidence"],
    "sobol": ["ST: share of the variance it has a part in,", "± 95 % confidence; dot: S1, its own"],
}
ONE_WAY: Final = 0.5
"""share of its size that an effect must keep when signs are counted, to be told as going one way"""
SIGNS: Final = {"more": "+", "less": "−", "undetermined": "±"}
"""before the name of a parameter: which way a measure goes as it grows"""


def bars(
    method: str, effects: Sequence[Effect], title: str, subtitle: Sequence[str], harm: int = 0
) -> altair.LayerChart | altair.FacetChart:
    """Return bars of mu* or ST, strongest on top; of mu* in the colour of what it means that the measure goes that way.

    harm   1 where more of the measure is harm, -1 where it is good, 0 where it is neither
    """
    import altair as alt

    scale = 1000.0 if method == "morris" else 1.0
    rows = [_row(method, effect, scale, harm) for effect in effects]
    told = [tone for tone in style.TONES if any(row["tone"] == tone for row in rows)]
    colours = alt.Scale(domain=told or [OF_ALL], range=[style.TONES[tone] for tone in told] or [style.PLAIN])
    legend = alt.Legend(orient="top", labelColor=style.INK, labelFontSize=12) if told else None
    signs = ["+ grows, − falls, ± either, as the parameter grows"] if method == "morris" else []
    said = [line for text in (*subtitle, *signs) for line in textwrap.wrap(text, 66)]
    head = alt.TitleParams(textwrap.wrap(title, 44), subtitle=said, anchor="start")
    labels = alt.Axis(labelLimit=0, labelExpr=charts.BROKEN, labelFontSize=12, labelColor=style.INK)
    base = alt.Chart(alt.InlineData(values=rows), width=250).encode(
        y=alt.Y("parameter:N", sort=None, title=None, axis=labels)
    )
    axis = alt.X("strength:Q", title=AXES[method], axis=alt.Axis(tickCount=4, labelFlush=False))
    layers = [
        base.mark_bar(opacity=0.85).encode(x=axis, color=alt.Color("tone:N", title=None, scale=colours, legend=legend)),
        base.mark_rule(color=style.INK, strokeWidth=1.5).encode(x="least:Q", x2="most:Q"),
    ]
    if method == "sobol":
        layers.append(base.mark_point(filled=True, size=55, color=style.INK, opacity=1).encode(x="own:Q"))
    height = len(rows) * (14 * max((str(row["parameter"]).count("\n") for row in rows), default=0) + 24)
    chart: altair.LayerChart = charts.finish(
        alt.layer(*layers).properties(title=head, padding=10, height=max(height, 24))
    )
    return chart


OF_ALL: Final = "share"
"""what a bar of Sobol' is: of a parameter's part in all of a variance there is no better and no worse"""


def _row(method: str, effect: Effect, scale: float, harm: int) -> dict[str, Any]:
    size, width = effect.strength * scale, effect.confidence * scale
    name = "\n".join(textwrap.wrap(effect.parameter.replace(".", ". "), 24)).replace(". ", ".")
    row = {"parameter": name, "strength": size, "least": max(size - width, 0.0), "most": size + width}
    if method == "sobol":
        return {**row, "tone": OF_ALL, "own": effect.indices["S1"]}
    lean = (effect.indices["mu"] or 0.0) * scale / size
    way = "more" if lean >= ONE_WAY else "less" if lean <= -ONE_WAY else "undetermined"
    return {**row, "parameter": f"{SIGNS[way]} {name}", "tone": style.tone_of(way, harm)}
