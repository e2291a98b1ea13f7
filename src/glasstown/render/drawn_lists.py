"""The page's charts of a list: who stands on it, who comes and leaves, and what closed gates refused, month by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import altair as alt

from glasstown.outcomes.measures import Accounts
from glasstown.outcomes.opened import TownRun
from glasstown.render import charts, style, words
from glasstown.render.charts import Chart
from glasstown.render.findings import KIND_WORDS

FEW_GATES: Final = 4
"""rows of the drawing of refusals, the last of which can be all others together"""
BESIDE: Final = 66
"""pixels left of a drawing, for the numbers of its axis and what they count"""
OTHERS: Final = "something else"
CAME: Final = "came on it"
LEFT: Final = "left it"
WRONGLY: Final = "came by nothing but wrong records"


def list_chart(run: TownRun, accounts: Accounts, name: str, *, width: int) -> Chart | None:
    """Draw one list: its stock at each month's end above, entries and exits below; None where nobody ever stood on it."""
    stock, came, left = (accounts.series(account, name) for account in ("lists", "list_in", "list_out"))
    wrongly = accounts.series("list_in_wrong", name)
    if not any(stock) and not any(came):
        return None
    width -= BESIDE
    noun, colour = KIND_WORDS[accounts.kind], style.LISTS[_colour(run, name)]
    rows = [{"date": str(day), "stock": n} for day, n in zip(accounts.dates, stock, strict=True)]
    above = charts.chart_of(rows).mark_area(
        interpolate="step-after", color=colour, opacity=0.25, line={"color": colour, "strokeWidth": 2.2, "interpolate": "step-after"}
    )  # fmt: skip
    y = alt.Y("stock:Q", axis=_counts(f"{noun} on it", 0, max(stock)))
    above = above.encode(x=_x(accounts.dates, width), y=y).properties(width=width, height=120)
    flows = (CAME, _less(came, wrongly), 1), (WRONGLY, wrongly, 1), (LEFT, left, -1)
    moved = [
        {"date": str(day), "what": what, "n": sign * n}
        for what, series, sign in flows
        for day, n in zip(accounts.dates, series, strict=True)
        if n
    ]
    below = _bars(moved, accounts.dates, width, FLOWS, "came (up), left (down)").properties(width=width, height=110)
    both = alt.vconcat(above, below, spacing=18).properties(padding={"left": 8, "right": 16, "top": 8, "bottom": 8})
    return charts.finish(both)


def _colour(run: TownRun, name: str) -> str:
    return next((rule.colour for rule in run.book.lists if rule.id == name), "grey")


def _less(whole: Sequence[int], part: Sequence[int]) -> tuple[int, ...]:
    return tuple(n - m for n, m in zip(whole, part, strict=True))


FLOWS: Final = {CAME: style.RIGHT, WRONGLY: style.WRONG, LEFT: style.LEFT}


def refusals_chart(people: Accounts, *, width: int) -> Chart | None:
    """Draw what closed gates refused in each month, the most frequent gates each in a row; None where none refused anything."""
    refused = Counter(people.totals("refusals"))
    if not refused:
        return None
    width -= BESIDE
    first = [gate for gate, _ in refused.most_common(FEW_GATES if len(refused) <= FEW_GATES else FEW_GATES - 1)]
    rest = [gate for gate in refused if gate not in first]
    parts = [([gate], words.GATE_WORDS.get(gate, gate)) for gate in first] + ([(rest, OTHERS)] if rest else [])
    told = []
    for gates, name in parts:
        series = [sum(people.series("refusals", gate)[month] for gate in gates) for month in range(len(people.dates))]
        told.append((f"{name}: {words.count(sum(series))}", series))
    most = max(max(series) for _, series in told)
    panels = [
        _months(series, people.dates, width, name, most, is_last=place == len(told) - 1)
        for place, (name, series) in enumerate(told)
    ]
    padding = {"left": 8, "right": 16, "top": 8, "bottom": 8}
    return charts.finish(alt.vconcat(*panels, spacing=14).properties(padding=padding))


def _months(
    series: Sequence[int], dates: Sequence[date], width: int, name: str, most: int, *, is_last: bool
) -> Chart:  # fmt: skip
    """Return bars by month of one thing under its name, on the same scale as its neighbours; the last has the years."""
    rows = [{"date": str(day), "n": n} for day, n in zip(dates, series, strict=True) if n]
    x = _x(dates, width, has_labels=is_last)
    y = alt.Y("n:Q", axis=_counts("", 0, most, ticks=2), scale=alt.Scale(domain=[0, most]))
    bars = charts.chart_of(rows).mark_bar(size=_bar_width(width, dates), color=style.PLAIN)
    head = alt.TitleParams(name, fontSize=12, fontWeight="normal", offset=4)
    return bars.encode(x=x, y=y).properties(width=width, height=44, title=head)


def _bar_width(width: int, dates: Sequence[date]) -> float:
    return max(2.0, 0.7 * width / max(len(dates), 1))


def _bars(
    rows: Sequence[dict[str, Any]], dates: Sequence[date], width: int, colours: dict[str, str], title: str
) -> Chart:  # fmt: skip
    """Return bars by month, one upon another, with a legend above of what there is."""
    there = [what for what in colours if any(row["what"] == what for row in rows)]
    scale = alt.Scale(domain=there, range=[colours[what] for what in there])
    legend = alt.Legend(
        title=None, orient="top", labelColor=style.INK, labelFontSize=12, symbolType="square", columns=1 if width < 400 else 3,
        labelLimit=0, columnPadding=44,
    )  # fmt: skip
    bars = charts.chart_of(rows).mark_bar(size=_bar_width(width, dates))
    return bars.encode(
        x=_x(dates, width),
        y=alt.Y("sum(n):Q", axis=_counts(title, *_reach(rows))),
        color=alt.Color("what:N", scale=scale, legend=legend),
        order=alt.Order("what:N"),
    )


def _reach(rows: Sequence[dict[str, Any]]) -> tuple[int, int]:
    """Return the lowest and the highest that bars reach in a month."""
    up: Counter[str] = Counter()
    down: Counter[str] = Counter()
    for row in rows:
        (up if row["n"] > 0 else down)[row["date"]] += row["n"]
    return min(down.values(), default=0), max(up.values(), default=0)


def _counts(title: str, low: int, high: int, ticks: int = 4) -> alt.Axis:
    """Return an axis of whole numbers: about so many ticks, zero among them."""
    step = next(each for each in STEPS if (high - low) <= ticks * each)
    values = list(range(-(-low // step) * step, high + 1, step))
    return alt.Axis(title=title or None, values=values, format=",.0f", minExtent=34, maxExtent=34)


STEPS: Final = tuple(digit * 10**place for place in range(10) for digit in (1, 2, 5))


def _x(dates: Sequence[date], width: int, *, has_labels: bool = True) -> alt.X:
    """Return the axis of months: a label for each year, or each other year where there is no room."""
    years = charts.january(dates)
    step = 1 if len(years) * 45 <= width else 2 if len(years) * 22 <= width else 5
    ticks = [str(day) for day in years[::step]]
    axis = alt.Axis(format="%Y", values=ticks, grid=False, title=None, labelFlush=False, labels=has_labels)
    return alt.X("date:T", axis=axis, scale=alt.Scale(domain=[str(dates[0]), str(dates[-1])], nice=False, padding=6))
