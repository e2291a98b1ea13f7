"""Curves that can be worked out by hand, with what a town lived as dots, and what was published as rules and bands."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import altair as alt

from glasstown.render import charts, style
from glasstown.render.charts import Chart
from verification import flows, informing, jobs
from verification.lending import shut_out_in_the_long_run
from verification.table import Check
from verification.towns import numbers

WIDTH, HEIGHT = 400, 270
APART = 3.0
"""years that two published stocks must be apart for both labels to stand above their dots"""
ABOVE, BELOW = -13, 15
"""pixels from a dot to the middle of its label"""
PUBLISHED_STOCKS = ((6.3, 5.7, "early 2020"), (10.1, flows.STOCK, "end of 2023"))
"""years since October 2013, million people, and when; both in the Financial Times, December 2023"""


def stock(people: int) -> Chart:
    """Draw people on the list of a town that began empty, with all ways out and with one, and the published stocks."""
    lists = {
        "all ways out": (flows.court_town(people), [1, 0], 13),
        "performing alone": (flows.performing_town(people).lived, [5, 3], -12),
    }
    by_count, told = flows.STOCK, list(PUBLISHED_STOCKS)
    for year, entries in flows.ENTRIES.items():
        by_count += entries - flows.EXITS[year]
        told.append((10.1 + year - 2023, by_count, str(year)))
    rows = [
        {"year": year, "share": 1000 * n / flows.POPULATION, "text": text, "dy": dy}
        for (year, n, text), dy in zip(told, sides(told), strict=True)
    ]
    axes = _axes("year", "years since the first listing", [0, 13], "share", "on the list, per 1,000 people", [0, 7])
    layers = []
    for text, (lived, dash, aside) in lists.items():
        line = [{"year": (month + 1) / 12, "share": 1000 * int(n) / people} for month, n in enumerate(lived.stock)]
        drawn = charts.chart_of(line).mark_line(strokeWidth=2.4, color=style.LIVED, strokeDash=dash)
        at = line[len(line) * 3 // 8]  # where no published stock lies near
        name = charts.chart_of([{**at, "text": text}]).mark_text(
            align="right" if aside < 0 else "left",
            dx=-6 if aside < 0 else 6,
            dy=aside,
            color=style.LIVED,
            fontWeight="bold",
        )
        layers += [drawn.encode(**axes), name.encode(text="text:N", **axes)]
    published = charts.chart_of(rows)
    layers.append(published.mark_circle(size=70, color=style.PUBLISHED, opacity=1).encode(**axes))
    for row in rows:
        label = charts.chart_of([row]).mark_text(dy=row["dy"], color=style.PUBLISHED, fontSize=12)
        layers.append(label.encode(text="text:N", **axes))
    return alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)


def sides(told: Sequence[tuple[float, float, str]]) -> list[int]:
    """Return how many pixels each label is moved down: above its dot, or below where the one before is near."""
    near = [n > 0 and year - told[n - 1][0] < APART for n, (year, _, _) in enumerate(told)]
    return [BELOW if each else ABOVE for each in near]


def lost_work(checks: Sequence[Check], people: int) -> Chart:
    """Draw what a flag adds to unemployment in a year, by how far it lowers the chance of a job, from two first shares."""
    values = {name: float(value) for name, value in numbers({}).items()}
    lose, find = values["work.lose_per_month"], values["work.find_per_month"]
    starts = (
        ("from the steady share", jobs.steady(lose, find)),
        ("from a town's first day", jobs.lived(people, Decimal(0))[0]),
    )
    rows = [
        {"at": fall / 100, "ours": 100 * jobs.gap(lose, find, fall / 100, first), "from": name}
        for name, first in starts
        for fall in range(71)
    ]
    axes = _axes("at", "fall of the chance of a job", [0, 0.7], "ours", "points of unemployment after a year", [0, 6])
    dash = alt.StrokeDash("from:N", legend=alt.Legend(title=None, orient="top", labelColor=style.INK))
    line = charts.chart_of(rows).mark_line(color=style.BY_HAND, strokeWidth=1.6).encode(**axes, strokeDash=dash)
    told = [{"ours": 3.0, "at": 0.01, "text": "Bos, Breza and Liberman 2018"},
            {"ours": 0.0, "at": 0.25, "text": "Dobbie and others 2020"}]  # fmt: skip
    rules = charts.chart_of(told)
    return alt.layer(
        rules.mark_rule(color=style.PUBLISHED, strokeDash=[5, 4]).encode(y="ours:Q"),
        rules.mark_text(align="left", dy=-8, color=style.PUBLISHED, fontSize=12).encode(text="text:N", **axes),
        line, *_dots(checks, axes),
    ).properties(width=WIDTH, height=HEIGHT)  # fmt: skip


def accepted(checks: Sequence[Check]) -> Chart:
    """Draw which share of reports is accepted, by which share of them is true."""
    values = {name: float(value) for name, value in numbers({}).items()}
    sensitive, fooled = values["inform.believed_true"], values["inform.believed_false"]
    rows = [{"at": x / 100, "ours": x / 100 * sensitive + (1 - x / 100) * fooled} for x in range(101)]
    axes = _axes("at", "share of reports that are true", [0, 1], "ours", "share of reports accepted", [0, 1])
    line = charts.chart_of(rows).mark_line(color=style.BY_HAND, strokeWidth=1.6).encode(**axes)
    told = [{"at": 0.01, "ours": accepted, "text": text} for accepted, text in ((0.36, "Shiyan"), (0.14, "Britain"))]
    band = charts.chart_of([{"low": informing.BRITISH[0], "high": informing.BRITISH[1]}])
    return alt.layer(
        band.mark_rect(color=style.PUBLISHED, opacity=0.25).encode(y=alt.Y("low:Q"), y2="high:Q"),
        charts.chart_of(told[:1]).mark_rule(color=style.PUBLISHED, strokeDash=[5, 4]).encode(y="ours:Q"),
        charts.chart_of(told).mark_text(align="left", dy=-9, color=style.PUBLISHED, fontSize=12).encode(text="text:N", **axes),
        line, *_dots(checks, axes),
    ).properties(width=WIDTH, height=HEIGHT)  # fmt: skip


def shut_out(checks: Sequence[Check]) -> Chart:
    """Draw which share is shut out in the long run, by the chance of being readmitted in a month."""
    rows = [{"at": back / 1000, "ours": shut_out_in_the_long_run(back / 1000)} for back in range(5, 251)]
    axes = _axes("at", "chance of being readmitted in a month", [0, 0.25], "ours", "share shut out", [0, 1])
    line = charts.chart_of(rows).mark_line(color=style.BY_HAND, strokeWidth=1.6).encode(**axes)
    return alt.layer(line, *_dots(checks, axes)).properties(width=WIDTH, height=HEIGHT)


def _dots(checks: Sequence[Check], axes: dict[str, Any]) -> list[Chart]:
    """Return what a town lived, with the band of what chance allows, for checks that have a place on the axis."""
    rows = [
        {"at": check.at, "ours": ours, "low": ours - allowed, "high": ours + allowed}
        for check in checks
        if check.at is not None and check.numbers is not None
        for _, ours, allowed in [check.numbers]
    ]
    base = charts.chart_of(rows)
    bars = base.mark_rule(color=style.LIVED, strokeWidth=2).encode(x=axes["x"], y=alt.Y("low:Q"), y2="high:Q")
    return [bars, base.mark_circle(size=80, color=style.LIVED, opacity=1).encode(**axes)]


def _axes(x: str, x_title: str, x_domain: list[float], y: str, y_title: str, y_domain: list[float]) -> dict[str, Any]:
    return {
        "x": alt.X(
            f"{x}:Q",
            title=x_title,
            scale=alt.Scale(domain=x_domain),
            axis=alt.Axis(grid=False, tickCount=6, labelFlush=False),
        ),
        "y": alt.Y(f"{y}:Q", title=y_title, scale=alt.Scale(domain=y_domain)),
    }
