"""A list as it was published and as a town lived it, year by year in one picture: entries, exits and stock, people against people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import altair as alt

from glasstown.language.series import Figure, Series, What
from glasstown.render import charts, style
from glasstown.render.charts import Chart
from glasstown.studies.list_years import ListYears
from glasstown.types import SYNTHETIC_WORDS

WIDTH: Final = 430
HEIGHT: Final = 140
LIVED: Final = style.BLUE
PUBLISHED: Final = style.ORANGE
PERFORMED: Final = style.GOLD
ENDS: Final = (2013.6, 2026.2)
READINGS: Final = ("usual", "vendor")


def list_picture(
    series: Series, lived: Sequence[ListYears], held_out: frozenset[str], *, begun: Sequence[ListYears] = ()
) -> Chart:
    """Return three panels over the same years; `held_out` names the figures that nothing was fitted to.

    lived   one a seed, of the same length
    begun   the same of towns that began with a stock, for the last panel
    """
    entries = [each for name in READINGS for each in series.over("entries", name)]
    exits, performed = series.over("exits"), series.over("performed")
    panels = [
        _flows(series, "entries", "Came onto the list, a year", {PUBLISHED: entries}, lived, held_out),
        _flows(series, "exits", "Left it, a year", {PERFORMED: performed, PUBLISHED: exits}, lived, held_out),
        _stock(series, lived, begun, held_out),
    ]
    title = alt.TitleParams(
        "The courts' list, published and lived",
        subtitle=[
            f"People per 1,000 of the country and of a {SYNTHETIC_WORDS}.",
            "Blue: lived, with the range of the seeds. Orange: published, what is",
            "taken and how far it may be off, since person-times of people and",
            "organisations are published. Filled: fitted to. Hollow: held out.",
            "Gold: performed. Grey: years of which nothing was published.",
            *(["Dashed: lived from the published stock of December 2023."] if begun else []),
        ],
    )
    return charts.finish(alt.vconcat(*panels, spacing=26).properties(title=title, padding=10))


def _flows(
    series: Series, what: What, heading: str, told: dict[str, Sequence[Figure]], lived: Sequence[ListYears],
    held_out: frozenset[str],
) -> Chart:  # fmt: skip
    rows = [_bar(series, figure, colour, held_out) for colour, figures in told.items() for figure in figures]
    years = [each.years() for each in lived]
    steps = []
    for place, year in enumerate(years[0]):
        seen = [getattr(each[place], what) for each in years]
        first = max(year.year, lived[0].start.year + (lived[0].start.month - 1) / 12)
        steps.append({"from": first, "to": year.year + 1, **_range(seen)})
    return _panel(heading, [*_grey(series, what, rows, told), *_bars(rows), *_steps(steps)])


def _bar(series: Series, figure: Figure, colour: str, held_out: frozenset[str]) -> dict[str, Any]:
    """Return one published span: people per 1,000 a year, the least and the most that it may be."""
    assert figure.from_ is not None
    assert figure.until is not None
    a_year = 365.25 / (figure.until - figure.from_).days
    low, value, high = (float(each) * a_year for each in series.people(figure))
    return {
        "from": year_of(figure.from_), "to": year_of(figure.until), "low": low, "value": value, "high": high,
        "colour": colour, "fill": 0.0 if figure.id in held_out else 0.22,
    }  # fmt: skip


def _range(seen: Sequence[float]) -> dict[str, float]:
    """Return mean, least and most of what the seeds lived."""
    return {"value": sum(seen) / len(seen), "low": min(seen), "high": max(seen)}


def year_of(day: date) -> float:
    """Return a day as a year with a fraction."""
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def _grey(series: Series, what: What, rows: Sequence[dict[str, Any]], told: dict[str, Sequence[Figure]]) -> list[Chart]:
    """Return bars over the years of which nothing was published, however it is counted."""
    years = [year for gap in series.unknown if gap.of == what for year in gap.years]
    bare = [y for y in years if not any(row["from"] <= y + 0.5 < row["to"] for row in rows)]
    return [_shade(series, bare)] if bare else []


def _shade(series: Series, years: Sequence[int]) -> Chart:
    rows = [{"from": max(float(year), year_of(series.began)), "to": year + 1} for year in years]
    return charts.chart_of(rows).mark_rect(color=style.MUTED, opacity=0.13).encode(x=_x(), x2="to:Q")


def _bars(rows: Sequence[dict[str, Any]]) -> list[Chart]:
    base = charts.chart_of(list(rows))
    band = base.mark_rect(strokeWidth=1).encode(
        x=_x(), x2="to:Q", y=_y("low"), y2="high:Q", color=alt.Color("colour:N", scale=None),
        fillOpacity=alt.FillOpacity("fill:Q", scale=None, legend=None), stroke=alt.Stroke("colour:N", scale=None),
    )  # fmt: skip
    line = base.mark_rule(strokeWidth=3).encode(
        x=_x(), x2="to:Q", y=_y("value"), color=alt.Color("colour:N", scale=None)
    )
    return [band, line]


def _steps(rows: Sequence[dict[str, Any]]) -> list[Chart]:
    base = charts.chart_of(list(rows))
    band = base.mark_rect(color=LIVED, opacity=0.25).encode(x=_x(), x2="to:Q", y=_y("low"), y2="high:Q")
    line = base.mark_rule(color=LIVED, strokeWidth=2.4).encode(x=_x(), x2="to:Q", y=_y("value"))
    return [band, line]


def _stock(series: Series, lived: Sequence[ListYears], begun: Sequence[ListYears], held_out: frozenset[str]) -> Chart:
    rows = _by_month(lived)
    told = []
    for figure in series.figures:
        if figure.of == "stock" and figure.on is not None and figure.reading == "usual":
            low, value, high = (float(each) for each in series.people(figure))
            told.append({"from": year_of(figure.on), "low": low, "value": value, "high": high,
                         "fill": style.PAPER if figure.id in held_out else PUBLISHED})  # fmt: skip
    base, dots = charts.chart_of(rows), charts.chart_of(told)
    years = [year for gap in series.unknown if gap.of == "stock" for year in gap.years]
    return _panel("Stood on it", [
        _shade(series, years),
        base.mark_area(color=LIVED, opacity=0.25).encode(x=_x(), y=_y("low"), y2="high:Q"),
        base.mark_line(color=LIVED, strokeWidth=2.4).encode(x=_x(), y=_y("value")),
        *([charts.chart_of(_by_month(begun)).mark_line(color=LIVED, strokeWidth=2, strokeDash=[5, 3]).encode(x=_x(), y=_y("value"))]
          if begun else []),
        dots.mark_rule(color=PUBLISHED, strokeWidth=2).encode(x=_x(), y=_y("low"), y2="high:Q"),
        dots.mark_point(size=70, stroke=PUBLISHED, strokeWidth=2, opacity=1, filled=True).encode(
            x=_x(), y=_y("value"), fill=alt.Fill("fill:N", scale=None)),
    ])  # fmt: skip


def _by_month(lived: Sequence[ListYears]) -> list[dict[str, float]]:
    """Return the stock at each month's end, per 1,000 people."""
    first = lived[0].start.year + (lived[0].start.month - 1) / 12
    counts = [1000 * each.stock / each.people for each in lived]
    return [
        {"from": first + (month + 1) / 12, **_range([float(each[month]) for each in counts])}
        for month in range(len(counts[0]))
    ]


def _panel(heading: str, layers: Sequence[Chart]) -> Chart:
    title = alt.TitleParams(heading, fontSize=14, offset=6)
    return alt.layer(*layers).properties(width=WIDTH, height=HEIGHT, title=title)


def _x() -> alt.X:
    axis = alt.Axis(values=list(range(2014, 2027, 2)), format="d", title=None, grid=False, labelFontSize=13, ticks=True)
    return alt.X("from:Q", scale=alt.Scale(domain=list(ENDS), nice=False), axis=axis)


def _y(name: str) -> alt.Y:
    axis = alt.Axis(title=None, labelFontSize=13, tickCount=4, minExtent=30, maxExtent=30)
    return alt.Y(f"{name}:Q", axis=axis, scale=alt.Scale(zero=True))
