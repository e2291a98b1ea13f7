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

if TYPE_CHECKING:
    import altair
    import pyarrow

    from glasstown.runs.again import Again
    from glasstown.runs.session import RunRequest, RunResult

MOST_MOOT: Final = 5
"""moot orders that the page of a run names"""


def command_line(request: RunRequest, reference: str | None = None) -> str:
    """Return the command that asks for the same run; of one with orders, by the scenario or run that has them."""
    asked = request.rulebook if reference is None or not request.orders else reference
    parts = ["glasstown", "run", asked, "--people", str(request.people), "--months", str(request.months)]
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
        """Return which orders of desks found nothing to decide, where any did."""
        from glasstown.render.blocks import Paragraph

        said = self.result.values.get("orders")
        if not said or not said["moot"]:
            return []
        moot = ", ".join(f"{each['about']} {each['of']} (month {each['month']})" for each in said["moot"][:MOST_MOOT])
        further = f" and {len(said['moot']) - MOST_MOOT} more" if len(said["moot"]) > MOST_MOOT else ""
        return [Paragraph(f"Moot, since there was nothing to decide: {moot}{further}.")]

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

        from glasstown.answers.run_chart import panels_of
        from glasstown.outcomes.opened import open_all
        from glasstown.render.charts import finish

        panels = [panel for run in open_all(self.folder) for panel in panels_of(run)]
        chart: alt.VConcatChart = alt.vconcat(*panels, spacing=22).resolve_scale(color="independent")
        finished: alt.VConcatChart = finish(chart.properties(padding=10))
        return finished
