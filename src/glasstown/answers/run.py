"""A town's run: what `run` and `resume` answer, and how the same request is asked again."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from glasstown.answers.base import Answer
from glasstown.render.blocks import Block
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import counted

if TYPE_CHECKING:
    import altair
    import pyarrow

    from glasstown.outcomes.measures import Accounts
    from glasstown.outcomes.opened import TownRun
    from glasstown.runs.again import Again
    from glasstown.runs.session import RunRequest, RunResult

MOST_MOOT: Final = 5
"""moot orders that the page of a run names"""


def command_line(request: RunRequest) -> str:
    """Return the command that asks for the same run."""
    parts = ["glasstown", "run", request.rulebook, "--people", str(request.people), "--months", str(request.months)]
    parts += ["--seed", str(request.seed)]
    if request.kept is None or request.place is not None:  # an earlier run's own place has no name outside it
        parts += ["--place", request.place_name]
    for path, setting in request.settings.items():
        parts += ["--set", f"{path}={setting}"]
    options = (
        ("--firms", request.firms),
        ("--drive", request.drive),
        ("--acts", request.acts),
        ("--parameters", request.parameters),
        ("--mechanism", request.mechanism),
        ("--start", request.start),
        ("--unknown", request.unknown),
        ("--threads", request.threads),
        ("--track", request.track or None),
        ("--out", request.out),
    )
    for option, value in options:
        if value is not None:
            parts += [option, f"./{value}" if str(value).startswith("-") else str(value)]
    return shlex.join(parts)


@dataclass(frozen=True)
class Town(Answer):
    """A finished run: its result, the folder where its tables lie, and how it stands to the earlier run that it repeats, if any.

    is_whole   tells every clause and measure, where the page of a run tells the first
    """

    result: RunResult
    folder: Path
    again: Again | None = None
    is_whole: bool = False

    population_words = SYNTHETIC_WORDS

    @property
    def exit_code(self) -> int:
        """1 where an earlier run was asked for again and another digest came out."""
        return 1 if self.again is not None and not self.again.is_same else 0

    def as_json(self) -> dict[str, Any]:
        """Return the run's result, with the words that say who is in it."""
        again = {"again": self.again.as_json()} if self.again is not None else {}
        return {**self.result.as_json(), **again, "population": SYNTHETIC_WORDS}

    def blocks(self) -> list[Block]:
        """Return the run on a page, and whether it is the earlier one over again."""
        from glasstown.render.blocks import Paragraph
        from glasstown.render.summary import summarise

        again = [Paragraph(self.again.words)] if self.again is not None else []
        return [*summarise(self.folder, is_whole=self.is_whole).blocks(), *self._own(), *self._ordered(), *again]

    def _own(self) -> list[Block]:
        """Return what a mechanism of one's own has a say in, where the run has one."""
        from glasstown.language.mechanism import parse_mechanism
        from glasstown.render.blocks import Paragraph
        from glasstown.storage.folder import RunFolder

        document = RunFolder.open(self.folder).manifest.mechanism
        if document is None:
            return []
        head = parse_mechanism(document.text, document.name).head
        said = f"A mechanism of one's own has a say in it: {head.name}, {head.label} ({head.seam} of {head.of})."
        return [Paragraph(f"{said} Its code has the SHA-256 {document.sha256}.")]

    def _ordered(self) -> list[Block]:
        """Return what became of orders, where desks had any."""
        from glasstown.render.blocks import Paragraph

        said = self.result.values.get("orders")
        if not said:
            return []
        moot = ", ".join(f"{each['about']} {each['of']} (month {each['month']})" for each in said["moot"][:MOST_MOOT])
        further = f" and {len(said['moot']) - MOST_MOOT} more" if len(said["moot"]) > MOST_MOOT else ""
        words = f"Desks gave {counted(said['given'], 'order')}."
        if said["moot"]:
            words += f" Moot, since there was nothing to decide: {moot}{further}."
        return [Paragraph(words)]

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return the accounts by month: month, date, kind, group, rulebook, account, item, value."""
        table = self.table()
        return {name: table.column(name).to_pylist() for name in table.column_names}

    def table(self) -> pyarrow.Table:
        """Return the accounts by month as Arrow."""
        from glasstown.storage.folder import RunFolder

        return RunFolder.open(self.folder).read("months")

    def chart(self) -> altair.TopLevelMixin:
        """Return grades over time, the mean score where the rulebook has no grades, or who is on its lists where it has no score."""
        import altair as alt

        from glasstown.outcomes.opened import open_all

        charts = [_over_time(run) for run in open_all(self.folder)]
        if len(charts) == 1:
            return charts[0]
        together: alt.VConcatChart = alt.vconcat(*charts)
        split: alt.VConcatChart = together.resolve_scale(color="independent")
        return split


def _over_time(run: TownRun) -> altair.Chart:
    import altair as alt

    from glasstown.render.charts import PERCENT

    if not any(any(run.accounts[kind].scored) for kind in run.scored_kinds):
        return _acts_over_time(run)
    if not run.book.score.kept and run.book.lists:
        return _lists_over_time(run)
    title = alt.TitleParams(f"{run.book.title} ({run.reference})", subtitle=f"{SYNTHETIC_WORDS}, at each month's end")
    if run.book.grades:
        rows = [row for kind in run.scored_kinds for row in _grade_rows(run, run.accounts[kind])]
        value = alt.Y("share:Q", axis=alt.Axis(labelExpr=PERCENT), title="share of those scored")
    else:
        rows = [row for kind in run.scored_kinds for row in _score_rows(run, run.accounts[kind])]
        value = alt.Y("score:Q", scale=alt.Scale(zero=False), title="mean score")
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=rows), title=title)
        .mark_line()
        .encode(
            x=alt.X("date:T", title=None),
            y=value,
            color=alt.Color(
                "line:N", title=None, legend=alt.Legend(orient="bottom", direction="vertical", labelLimit=600)
            ),
        )
    )
    return chart


def _lists_over_time(run: TownRun) -> altair.Chart:
    """Return who stands on each list at each month's end: what there is to draw where no score is kept."""
    import altair as alt

    from glasstown.runs.subjects import NOUNS

    all_lists = [(run.accounts[kind], rule) for kind in run.scored_kinds for rule in run.book.lists]
    with_somebody = [(accounts, rule) for accounts, rule in all_lists if any(accounts.series("lists", rule.id))]
    rows = [
        {"date": str(day), "line": f"{rule.label}: {NOUNS[accounts.kind]}", "on it": n}
        for accounts, rule in with_somebody or all_lists  # a list that nobody ever stood on is a line at zero
        for day, n in zip(accounts.dates, accounts.series("lists", rule.id), strict=True)
    ]
    title = alt.TitleParams(f"{run.book.title} ({run.reference})", subtitle=f"{SYNTHETIC_WORDS}, at each month's end")
    base: alt.Chart = alt.Chart(alt.InlineData(values=rows), title=title).mark_line(interpolate="step-after")
    colour = alt.Color("line:N", title=None, legend=alt.Legend(orient="bottom", direction="vertical", labelLimit=600))
    return base.encode(x=alt.X("date:T", title=None), y=alt.Y("on it:Q", title="on the list"), color=colour)


def _acts_over_time(run: TownRun) -> altair.Chart:
    """Return what was done month by month: all that there is to draw where nobody is scored."""
    import altair as alt

    subtitle = f"{SYNTHETIC_WORDS}; nobody is scored, so this is what was done"
    tones = {each.id: each.tone for each in run.acts.classes}
    rows = [
        {"date": str(day), "line": f"{kind}: {tone}", "acts": n}
        for kind, accounts in run.accounts.items()
        for tone in dict.fromkeys(tones[item] for item in accounts.items("acts"))
        for day, n in zip(accounts.dates, _acts_of(accounts, tone, tones), strict=True)
    ]
    title = alt.TitleParams(f"{run.book.title} ({run.reference})", subtitle=subtitle)
    base: alt.Chart = alt.Chart(alt.InlineData(values=rows), title=title).mark_line()
    colour = alt.Color("line:N", title=None, legend=alt.Legend(orient="bottom", direction="vertical", labelLimit=600))
    return base.encode(x=alt.X("date:T", title=None), y=alt.Y("acts:Q", title="acts in the month"), color=colour)


def _acts_of(accounts: Accounts, tone: str, tones: Mapping[str, str]) -> list[int]:
    """Return the acts of one tone in each month."""
    series = [accounts.series("acts", item) for item in accounts.items("acts") if tones[item] == tone]
    return [sum(month) for month in zip(*series, strict=True)]


def _grade_rows(run: TownRun, accounts: Accounts) -> list[dict[str, Any]]:
    from glasstown.outcomes.measures import grade_counts
    from glasstown.render.findings import grade_ids

    counts = grade_counts(accounts, grade_ids(run.book))
    return [
        {"date": str(day), "line": f"{accounts.kind}: {grade}", "share": part / whole}
        for grade, series in counts.items()
        for day, part, whole in zip(accounts.dates, series, accounts.scored, strict=True)
        if whole
    ]


def _score_rows(run: TownRun, accounts: Accounts) -> list[dict[str, Any]]:
    from glasstown.outcomes.measures import mean_score

    return [
        {"date": str(day), "line": accounts.kind, "score": float(mean)}
        for day, mean in zip(accounts.dates, mean_score(accounts), strict=True)
        if mean is not None
    ]
