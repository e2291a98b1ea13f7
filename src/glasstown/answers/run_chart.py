"""A run's chart: grades over time, the mean score, who is on its lists, or what was done, whichever the rulebook has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from glasstown.outcomes.measures import NO_GRADE, grade_counts, mean_score
from glasstown.render import style
from glasstown.types import SYNTHETIC_WORDS

if TYPE_CHECKING:
    import altair

    from glasstown.outcomes.measures import Accounts
    from glasstown.outcomes.opened import TownRun

LETTERS = 58
"""letters of a line of a title"""
WIDTH = 340
"""pixels of a panel, beside the numbers of its axis"""


def panels_of(run: TownRun) -> list[altair.Chart]:
    """Return the panels of a rulebook, the first with its title."""
    import altair as alt

    from glasstown.render.charts import PERCENT
    from glasstown.render.findings import grade_ids

    if not any(any(run.accounts[kind].scored) for kind in run.scored_kinds):
        return _headed(run, _acts_over_time(run), "nobody is scored, so this is what was done in each month")
    if not run.book.score.kept and run.book.lists:
        return _headed(run, _lists_over_time(run), "who stands on each list at each month's end")
    panels = []
    for kind in run.scored_kinds:
        rows = (_grade_rows if run.book.grades else _score_rows)(run, run.accounts[kind])
        if not run.book.grades:
            y = alt.Y("value:Q", scale=alt.Scale(zero=False), title="mean score")
            panels.append(_panel(kind, rows, style.PLAIN, y))
            continue
        there = list(dict.fromkeys(str(row["line"]) for row in rows))
        colours = {**style.of_grades(grade_ids(run.book)), NO_GRADE: style.NO_GRADE}
        scale = alt.Scale(domain=there, range=[colours[line] for line in there])
        colour = alt.Color("line:N", title="grade", scale=scale, legend=alt.Legend(orient="right"))
        y = alt.Y("value:Q", axis=alt.Axis(labelExpr=PERCENT), title="share of those scored")
        panels.append(_panel(kind, rows, style.PLAIN, y).encode(color=colour))
    return _headed(run, panels, "at each month's end")


def _headed(run: TownRun, panels: Sequence[altair.Chart], subtitle: str) -> list[altair.Chart]:
    """Return panels of which the first bears the rulebook's name above its own."""
    import altair as alt

    first, *rest = panels
    lines = [*wrap(f"{SYNTHETIC_WORDS}; {subtitle}", LETTERS), str(first.title)]
    head = alt.TitleParams(wrap(f"{run.book.title} ({run.reference})", LETTERS), subtitle=lines, fontSize=15)
    return [
        first.properties(title=head),
        *(each.properties(title=alt.TitleParams(each.title, fontSize=13)) for each in rest),
    ]


def _panel(name: str, rows: list[dict[str, Any]], colour: str, y: altair.Y, *, steps: bool = False) -> altair.Chart:
    """Return a line over time under its name; rows have `date` and `value`."""
    import altair as alt

    base = alt.Chart(alt.InlineData(values=rows), title=name, width=WIDTH, height=110)
    line = base.mark_line(color=colour, strokeWidth=2.2, interpolate="step-after" if steps else "linear")
    x = alt.X("date:T", title=None, axis=alt.Axis(tickCount=4, labelFlush=False))
    chart: alt.Chart = line.encode(x=x, y=y)
    return chart


def _lists_over_time(run: TownRun) -> list[altair.Chart]:
    """Return who stands on each list at each month's end: what there is to draw where no score is kept."""
    import altair as alt

    from glasstown.runs.subjects import NOUNS

    all_lists = [(run.accounts[kind], rule) for kind in run.scored_kinds for rule in run.book.lists]
    with_somebody = [(accounts, rule) for accounts, rule in all_lists if any(accounts.series("lists", rule.id))]
    panels = []
    for accounts, rule in with_somebody or all_lists:  # a list that nobody ever stood on is a line at zero
        series = zip(accounts.dates, accounts.series("lists", rule.id), strict=True)
        rows = [{"date": str(day), "value": n} for day, n in series]
        y = alt.Y("value:Q", title="on the list", axis=alt.Axis(tickMinStep=1, tickCount=4))
        panels.append(_panel(f"{rule.label}: {NOUNS[accounts.kind]}", rows, style.LISTS[rule.colour], y, steps=True))
    return panels


def _acts_over_time(run: TownRun) -> list[altair.Chart]:
    """Return what was done month by month: all that there is to draw where nobody is scored."""
    import altair as alt

    tones = {each.id: each.tone for each in run.acts.classes}
    panels = []
    for kind, accounts in run.accounts.items():
        for tone in dict.fromkeys(tones[item] for item in accounts.items("acts")):
            series = zip(accounts.dates, _acts_of(accounts, tone, tones), strict=True)
            rows = [{"date": str(day), "value": n} for day, n in series]
            panels.append(_panel(f"{kind}: {tone}", rows, style.PLAIN, alt.Y("value:Q", title="acts in the month")))
    return panels or [_panel("nothing was done", [], style.PLAIN, alt.Y("value:Q", title="acts in the month"))]


def _acts_of(accounts: Accounts, tone: str, tones: Mapping[str, str]) -> list[int]:
    """Return the acts of one tone in each month."""
    series = [accounts.series("acts", item) for item in accounts.items("acts") if tones[item] == tone]
    return [sum(month) for month in zip(*series, strict=True)]


def _grade_rows(run: TownRun, accounts: Accounts) -> list[dict[str, Any]]:
    from glasstown.render.findings import grade_ids

    counts = grade_counts(accounts, grade_ids(run.book))
    return [
        {"date": str(day), "line": grade, "value": part / whole}
        for grade, series in counts.items()
        if any(series)
        for day, part, whole in zip(accounts.dates, series, accounts.scored, strict=True)
        if whole
    ]


def _score_rows(run: TownRun, accounts: Accounts) -> list[dict[str, Any]]:

    return [
        {"date": str(day), "value": float(mean)}
        for day, mean in zip(accounts.dates, mean_score(accounts), strict=True)
        if mean is not None
    ]
