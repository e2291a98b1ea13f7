"""The pictures of the page: one for all code identities, one for each part that is held against something from outside."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence

import altair as alt

from glasstown.render import charts, style
from glasstown.render.charts import Chart
from glasstown.types import SYNTHETIC_WORDS
from verification.curves import accepted, lost_work, shut_out, stock
from verification.grades import Compared, compared
from verification.table import OUTSIDE, Check, Kind

WIDTH = 430
FURTHEST = 2.0
"""distances beyond this many times what is allowed are drawn here"""
LETTERS = 68
"""letters of a line above a figure"""
TICKS = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]
KIND_FORMS: Mapping[Kind, tuple[str, str]] = {
    "fitted": ("circle", style.LIVED), "hold-out": ("circle", style.PAPER), "context": ("diamond", style.PAPER),
}  # fmt: skip
"""how a town's figure is drawn: filled where a number was turned for it, hollow where none was, a diamond where it is context"""
GRADES = ("green", "blue", "yellow", "red", "black")

Found = Mapping[str, Sequence[Check]]
"""the checks of each part, in the order of the parts"""


def pictures(found: Found, sizes: Mapping[str, int]) -> dict[str, tuple[str, Chart]]:
    """Return every picture by its file's name: what it shows, and the chart.

    sizes   people, firms or lives of each part, as it was run
    """
    drawn: dict[str, tuple[str, Chart]] = {"identities": ("Code identities, part by part", identities(found))}
    makers: dict[str, tuple[str, str, Callable[[Sequence[Check]], Chart]]] = {
        "published": ("published figures", "Published figures of schemes", ratios),
        "stock": ("the flows of the courts' list", "The courts' list: people on it, year by year",
                  lambda _: stock(sizes["the flows of the courts' list"])),
        "flows": ("the flows of the courts' list", "The courts' list: flows", ratios),
        "jobs": ("finding work with a flag", "What a flag takes from employment",
                 lambda checks: lost_work(checks, sizes["finding work with a flag"])),
        "reports": ("reports of others", "How many reports are accepted", accepted),
        "refusals": ("refused tickets", "Refused tickets", ratios),
        "targets": ("further published figures", "Incomes, objections and files", ratios),
        "grades": ("grades that schemes published", "Grades of firms",
                   lambda _: grade_bars(compared(sizes["grades that schemes published"]))),
        "lending": ("lending and being shut out", "Who is shut out in the long run", shut_out),
    }  # fmt: skip
    for name, (part, title, make) in makers.items():
        if found.get(part):
            drawn[name] = (title, charts.finish(make(found[part]).properties(title=_title(title), padding=10)))
    return drawn


def identities(found: Found) -> Chart:
    """Draw how far each code identity is off, in parts of what chance allows; a fault lies outside the band."""
    rows = [
        {"part": part, "off": max(-FURTHEST, min(FURTHEST, (ours - expected) / allowed))}
        for part, checks in found.items()
        for check in checks
        if check.kind == "code identity" and check.numbers is not None
        for expected, ours, allowed in [check.numbers]
        if allowed > 0
    ]
    parts = list(dict.fromkeys(str(row["part"]) for row in rows))
    x = alt.X("off:Q", title=["distance from the exact result,", "in parts of what is allowed"],
              scale=alt.Scale(domain=[-FURTHEST, FURTHEST]), axis=alt.Axis(values=[-2, -1, 0, 1, 2], labelFlush=False))  # fmt: skip
    y = alt.Y("part:N", sort=parts, title=None, axis=alt.Axis(labelLimit=0, labelColor=style.INK, labelFontSize=12))
    band = charts.chart_of([{"low": -1, "high": 1}]).mark_rect(color=style.BAND).encode(
        x=alt.X("low:Q"), x2="high:Q")  # fmt: skip
    dots = charts.chart_of(rows).mark_circle(size=60, opacity=0.6, color=style.LIVED).encode(x=x, y=y)
    title = _title("Code identities: how far off, of what chance allows")
    chart = alt.layer(band, dots).properties(width=WIDTH - 180, height=28 * max(len(parts), 1), title=title, padding=10)
    return charts.finish(chart)


def ratios(checks: Sequence[Check]) -> Chart:
    """Draw ours over what was published, with the band of what is allowed, for every line that holds a town against it."""
    rows: list[dict[str, float | str]] = []
    for check in checks:
        if check.numbers is None or check.kind not in OUTSIDE or check.numbers[0] <= 0:
            continue
        expected, ours, allowed = check.numbers
        label = f"{check.figure}; {check.source}"
        rows.append({
            "label": "\n".join(textwrap.wrap(label, LETTERS)), "kind": check.kind,
            "ours": max(ours / expected, 0.01), "low": max(1 - allowed / expected, 0.01), "high": 1 + allowed / expected,
        })  # fmt: skip
    labels = list(dict.fromkeys(str(row["label"]) for row in rows))
    most = max((label.count("\n") + 1 for label in labels), default=1)
    step, dy = 15 * most + 26, 15 * most / 2
    ends = [float(row[key]) for row in rows for key in ("ours", "low", "high")] or [1.0]
    domain = [0.8 * min(ends), 1.25 * max(ends)]
    y = alt.Y("label:N", sort=labels, title=None, axis=None)
    x = alt.X("low:Q", title="ours, of the published figure; grey: what is allowed",
              scale=alt.Scale(type="log", domain=domain, nice=False),
              axis=alt.Axis(format="~r", values=TICKS, labelFlush=False, labelOverlap="greedy"))  # fmt: skip
    base = charts.chart_of(rows)
    bands = base.mark_bar(color=style.MUTED, opacity=0.3, height=12, yOffset=dy, y2Offset=dy).encode(
        y=y, x=x, x2="high:Q"
    )
    one = charts.chart_of([{"one": 1}]).mark_rule(color=style.PUBLISHED).encode(x="one:Q")
    dots = base.mark_point(size=80, opacity=1, filled=True, strokeWidth=2, yOffset=dy)
    layers = [bands, one, *charts.named(labels, "label", y, dy - 10), dots.encode(y=y, x="ours:Q", **_by_kind(rows))]
    return alt.layer(*layers).properties(width=WIDTH, height=step * max(len(labels), 1))


def grade_bars(all_compared: Sequence[Compared]) -> Chart:
    """Draw each published distribution of which all grades are told above a town's."""
    rows = []
    for each in all_compared:
        if len(each.theirs) < len(GRADES):
            continue
        for who, shares in (("published", each.theirs), ("a town's firms", each.ours)):
            bar = f"{each.published.name}\n{who}"
            rows += [{"bar": bar, "grade": grade, "share": share / 100, "place": place}
                     for place, (grade, share) in enumerate(shares.items())]  # fmt: skip
    axis = alt.Axis(labelColor=style.INK, labelLimit=0, labelExpr=charts.BROKEN)
    colours = alt.Scale(domain=list(GRADES), range=[style.NAMED[grade] for grade in GRADES])
    legend = alt.Legend(title=None, orient="top", labelColor=style.INK, symbolType="square")
    bars = charts.chart_of(rows).mark_bar(height=22).encode(
        x=alt.X("share:Q", title="share of those rated", axis=alt.Axis(labelExpr=charts.PERCENT, tickCount=5, labelFlush=False),
                scale=alt.Scale(domain=[0, 1])),
        y=alt.Y("bar:N", sort=list(dict.fromkeys(str(row["bar"]) for row in rows)), title=None, axis=axis),
        color=alt.Color("grade:N", scale=colours, legend=legend), order="place:Q",
    )  # fmt: skip
    return bars.properties(width=WIDTH - 170, height=42 * max(len({str(row["bar"]) for row in rows}), 1))


def _by_kind(rows: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Return shape and filling of a town's figures by their kind, with a legend of the kinds that there are."""
    kinds = [kind for kind in KIND_FORMS if any(row["kind"] == kind for row in rows)]
    shapes, fills = zip(*(KIND_FORMS[kind] for kind in kinds), strict=True) if kinds else ((), ())
    legend = alt.Legend(title=None, orient="top", labelColor=style.INK, labelFontSize=12, symbolStrokeWidth=2)
    return {
        "shape": alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=list(shapes)), legend=legend),
        "fill": alt.Fill("kind:N", scale=alt.Scale(domain=kinds, range=list(fills)), legend=legend),
        "stroke": alt.Stroke("kind:N", scale=alt.Scale(domain=kinds, range=[style.LIVED] * len(kinds)), legend=legend),
    }


def _title(text: str) -> alt.TitleParams:
    return alt.TitleParams(textwrap.wrap(text, 44), subtitle=SYNTHETIC_WORDS)
