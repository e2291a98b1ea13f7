"""Charts in Vega-Lite: the grammar that the notebooks, the report and the explorer share.

Every picture says "synthetic population".  Lines carry their names at their ends: no reader has to match colours.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeAlias

import altair as alt
import vl_convert as vlc

from glasstown.errors import Fault, UsageError
from glasstown.letters import shown
from glasstown.outcomes.measures import Series
from glasstown.render import style
from glasstown.storage.target import write_answer

Chart: TypeAlias = Any
"""Any Altair chart; its own types differ from release to release."""

try:
    import resource
except ModuleNotFoundError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

PNG_SCALE: Final = 2
ADDRESSES: Final = 96 << 30
"""What the engine that draws charts may reserve: 64 GiB are too few, 93 are enough."""
HEIGHT: Final = 270
LINE: Final = 15
"""pixels of a line of names"""
PERCENT: Final = "format(100 * datum.value, '.0f') + ' %'"
"""labels of an axis of shares, written as everywhere else"""
BROKEN: Final = "split(datum.label, '\\n')"
"""labels of an axis on as many lines as they have"""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a panel: its name (line breaks allowed), its colour, and a share (0 to 1) at each month's end."""

    name: str
    colour: str
    shares: tuple[float, ...]

    @property
    def label(self) -> str:
        """Return what stands at the line's end: its last value, then its name."""
        return f"{percent_label(self.shares[-1])}\n{self.name}" if "\n" in self.name else self.short_label

    @property
    def short_label(self) -> str:
        """Return name and last value on one line."""
        return f"{self.name}  {percent_label(self.shares[-1])}"


@dataclass(frozen=True, slots=True)
class Panel:
    """One frame of a picture: a heading, lines over the same months, and whether the space between two is shaded."""

    title: str
    subtitle: str
    dates: tuple[date, ...]
    lines: tuple[Line, ...]
    width: int
    shade_between: bool = False
    has_labels: bool = True
    name_gap: float = 0.066
    year_step: int = 1


def named(names: Sequence[str], field: str, y: alt.Y, bottom: float) -> list[Chart]:
    """Return names above what they name: their last line ends so many pixels off the middle of each; paper keeps lines off them."""
    layers = []
    for n_lines in sorted({name.count("\n") + 1 for name in names}):
        base = chart_of([{field: name} for name in names if name.count("\n") + 1 == n_lines])
        for paper in ({"stroke": style.PAPER, "strokeWidth": 4, "strokeJoin": "round"}, {}):
            text = base.mark_text(
                align="left", baseline="top", x=0, dy=bottom - LINE * n_lines, lineBreak="\n", lineHeight=LINE, fontSize=12,
                color=style.INK, **paper,
            )  # fmt: skip
            layers.append(text.encode(y=y, text=f"{field}:N"))
    return layers


def shares(part: Series, whole: Series) -> tuple[float, ...]:
    """Return one series as a share of another, for drawing only; 0 where the whole is empty."""
    return tuple(n / all_ if all_ else 0.0 for n, all_ in zip(part, whole, strict=True))


def percent_label(share: float) -> str:
    """Return a share for a label: whole percents, but never 0 or 100 for what is neither."""
    if 0 < share < 0.005:
        return "< 1 %"
    if 0.995 <= share < 1:
        return "> 99 %"
    return f"{share:.0%}".replace("%", " %")


def line_panel(panel: Panel, *, height: int = HEIGHT) -> Chart:
    """Draw one panel: lines from 0 to 100 %, each with its last value and name at its right end."""
    layers: list[Chart] = [_gap(panel), _apart(panel)] if panel.shade_between else []
    layers += [_lines(panel), _names(panel)]
    return alt.layer(*layers, *_heading(panel)).properties(width=panel.width, height=height)


def _heading(panel: Panel) -> list[Chart]:
    """Return the panel's title and subtitle as marks: a Vega title would shift where the axis has labels."""
    title = chart_of([{}]).mark_text(align="left", x=0, y=-38, fontSize=14, fontWeight="bold", color=style.INK)
    subtitle = chart_of([{}]).mark_text(align="left", x=0, y=-20, fontSize=11.5, color=style.MUTED)
    return [title.encode(text=alt.value(panel.title)), subtitle.encode(text=alt.value(panel.subtitle))]


def chart_of(rows: Sequence[Mapping[str, Any]]) -> Chart:
    """Return an empty chart over these rows."""
    return alt.Chart(alt.InlineData(values=list(rows)))


def _x(panel: Panel) -> alt.X:
    ticks = [str(day) for day in january(panel.dates)[:: panel.year_step]]
    axis = alt.Axis(format="%Y", values=ticks, grid=False, title=None, labelFlush=False)
    domain = [str(panel.dates[0]), str(panel.dates[-1])]
    return alt.X("date:T", axis=axis, scale=alt.Scale(domain=domain, nice=False))


def _y(panel: Panel, field: str = "share") -> alt.Y:
    axis = alt.Axis(labelExpr=PERCENT, values=[0, 0.25, 0.5, 0.75, 1], title=None, labels=panel.has_labels)
    return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(domain=[0, 1]))


def _colours(panel: Panel) -> alt.Color:
    scale = alt.Scale(domain=[line.name for line in panel.lines], range=[line.colour for line in panel.lines])
    return alt.Color("line:N", scale=scale, legend=None)


def _lines(panel: Panel) -> Chart:
    rows = [
        {"date": str(day), "share": share, "line": line.name}
        for line in panel.lines
        for day, share in zip(panel.dates, line.shares, strict=True)
    ]
    marks = chart_of(rows).mark_line(strokeWidth=2.6, strokeCap="round", interpolate="monotone")
    return marks.encode(x=_x(panel), y=_y(panel), color=_colours(panel))


def _gap(panel: Panel) -> Chart:
    one, other = panel.lines[:2]
    rows = [
        {"date": str(day), "share": min(a, b), "high": max(a, b)}
        for day, a, b in zip(panel.dates, one.shares, other.shares, strict=True)
    ]
    band = chart_of(rows).mark_area(color=style.BAND, interpolate="monotone")
    return band.encode(x=_x(panel), y=_y(panel), y2="high:Q")


def _apart(panel: Panel) -> Chart:
    """Return the distance between the two lines, written where it is widest; nothing where there is no room."""
    gaps = [abs(a - b) for a, b in zip(panel.lines[0].shares, panel.lines[1].shares, strict=True)]
    at = min(max(range(len(gaps)), key=lambda i: (gaps[i], -i)), round(len(gaps) * 0.78))
    middle = (panel.lines[0].shares[at] + panel.lines[1].shares[at]) / 2
    roomy = gaps[at] >= 0.15
    text = f"{round(100 * gaps[-1])} percentage\npoints apart" if roomy else ""
    rows = [{"date": str(panel.dates[at]), "share": middle, "text": text}]
    marks = chart_of(rows).mark_text(color=style.MUTED, fontSize=12, lineBreak="\n", lineHeight=15)
    return marks.encode(x=_x(panel), y=_y(panel), text="text:N")


def _names(panel: Panel) -> Chart:
    places = spread([line.shares[-1] for line in panel.lines], panel.name_gap)
    rows = [
        {"date": str(panel.dates[-1]), "share": at, "line": line.name, "text": line.label}
        for at, line in zip(places, panel.lines, strict=True)
    ]
    marks = chart_of(rows).mark_text(
        align="left", baseline="middle", dx=8, fontSize=11.5, fontWeight="bold", lineBreak="\n", lineHeight=14
    )
    return marks.encode(x=_x(panel), y=_y(panel), text="text:N", color=_colours(panel))


def january(dates: Sequence[date]) -> list[date]:
    """Return the first month of every year; the first month of all where no year begins."""
    return [day for day in dates if day.month == 1] or list(dates[:1])


def spread(ends: Sequence[float], gap: float) -> list[float]:
    """Return places for the names of lines: in the order of their ends, `gap` apart, inside 0 to 1 if they fit."""
    order = sorted(range(len(ends)), key=lambda i: (ends[i], -i))
    places = [ends[i] for i in order]
    for i in range(1, len(places)):
        places[i] = max(places[i], places[i - 1] + gap)
    ceiling = 1.0
    for i in range(len(places) - 1, -1, -1):
        places[i] = min(places[i], ceiling)
        ceiling = places[i] - gap
    placed = dict(zip(order, places, strict=True))
    return [placed[i] for i in range(len(ends))]


def finish(chart: Chart) -> Chart:
    """Return the chart with the shared theme."""
    return chart.configure(**style.theme())


def _check_addresses() -> None:
    """Refuse a limit under which the drawing engine would end the whole process: it reserves addresses, not memory."""
    if resource is None:
        return
    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    if most != resource.RLIM_INFINITY and most < ADDRESSES:
        found, expected = f"{most >> 30} GiB of addresses for this process", f"{ADDRESSES >> 30} GiB, or no limit"
        way_out = "Lift it for this command: `ulimit -v unlimited`. Memory that is really used stays far below."
        raise UsageError("cannot draw the charts", [Fault("the limit `ulimit -v`", None, found, expected, way_out)])


def svg(chart: Chart) -> str:
    """Return the chart as SVG text, drawn without a browser and without the network."""
    return str(vlc.vegalite_to_svg(_spec(chart)))


def save(chart: Chart, stem: Path) -> tuple[Path, Path]:
    """Write STEM.png, twice the size for sharp screens, and STEM.svg; return both paths."""
    png_path, svg_path = stem.with_suffix(".png"), stem.with_suffix(".svg")
    write_answer(png_path, "the picture", vlc.vegalite_to_png(_spec(chart), scale=PNG_SCALE))
    write_answer(svg_path, "the picture", svg(chart).encode("utf-8"))
    return png_path, svg_path


def _spec(chart: Chart) -> str:
    _check_addresses()
    return json.dumps(_safe(chart.to_dict()))


def _safe(value: Any) -> Any:
    """Return plain values with letters that no text may have written out: XML forbids some, and the drawer then ends the process."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, dict):
        return {key: _safe(each) for key, each in value.items()}
    return [_safe(each) for each in value] if isinstance(value, list) else value
