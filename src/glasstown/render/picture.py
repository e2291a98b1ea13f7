"""The picture of the demo: how far two readings of one rulebook lie apart, for the same people with the same luck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import altair as alt

from glasstown.language.model_base import NO_PUBLISHER
from glasstown.outcomes.measures import Accounts
from glasstown.outcomes.opened import TownRun
from glasstown.render import charts, style, words
from glasstown.render.charts import Chart, Line, Panel
from glasstown.types import SYNTHETIC_WORDS, GradeId

AXIS_ROOM: Final = 38
"""Width of the labels left of the first panel, in pixels."""

SPACING: Final = 112
"""Room between two panels, in pixels: the names at the lines' ends stand there."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a rulebook as the picture shows it: the name at its line, in words, and its accounts."""

    name: str
    clause: str
    accounts: Accounts


@dataclass(frozen=True, slots=True)
class Scene:
    """What the picture is about.  `notes` are the lines below it; `third` is a town of its own, with its grades."""

    title: str
    first: Reading
    second: Reading
    grades: tuple[GradeId, GradeId]
    third_title: str
    third: Accounts
    third_grades: tuple[GradeId, ...]
    people: int
    seed: int
    notes: tuple[str, ...]


def two_readings(scene: Scene) -> Chart:
    """Draw the share of people in two grades under both readings, and the third town's own grades beside it."""
    frames = [_contrast(scene, grade, position) for position, grade in enumerate(scene.grades)]
    panels = [charts.line_panel(panel) for panel in (*frames, _third(scene))]
    row = alt.hconcat(*panels, spacing=SPACING, bounds="flush").resolve_scale(color="independent")
    title = alt.TitleParams(finding(scene), subtitle=_subtitle(scene), offset=34)
    below = charts.chart_of([{}]).mark_text(
        align="left",
        baseline="top",
        x=-AXIS_ROOM,
        y=0,
        text=list(scene.notes),
        color=style.MUTED,
        fontSize=11,
        lineHeight=15,
    )
    notes = below.properties(width=800, height=15 * len(scene.notes), view=alt.ViewBackground(stroke=None))
    return charts.finish(alt.vconcat(row, notes, spacing=22).properties(title=title, padding=20))


def finding(scene: Scene) -> list[str]:
    """Return what the two runs say, as the picture's title, in the numbers of the last month."""
    grade = scene.grades[0]
    one, other = (_last_percent(reading, grade) for reading in (scene.first, scene.second))
    months = len(scene.first.accounts.dates)
    return [
        f"{scene.title}: if {scene.first.clause}, {one} of people hold grade {grade} after {words.counted(months, 'month')};",
        f"if {scene.second.clause}, it is {other}. The difference is the reading alone.",
    ]


def source_note(run: TownRun, said: str) -> str:
    """Return where a run's reading comes from, in a few words."""
    variant = next((each for each in run.book.variants if each.id == run.book.variant), None)
    if variant is None:
        return said
    source = run.source(variant.cite.source)
    who = [source.author, source.publisher, source.year] if source else []
    where = " ".join(str(part) for part in who if part and part != NO_PUBLISHER) or "no text seen"
    seen = ", as quoted" if variant.cite.seen == "quoted" else ""
    return f"{said} ({where}{seen}; {variant.cite.evidence})"


def _last_percent(reading: Reading, grade: GradeId) -> str:
    accounts = reading.accounts
    return words.percent(accounts.series("grades", grade)[-1], accounts.scored[-1])


def _subtitle(scene: Scene) -> list[str]:
    return [
        f"Share of scored people at each month's end. The same {SYNTHETIC_WORDS} of {words.count(scene.people)} "
        f"with the same luck (seed {scene.seed}) under each rulebook.",
    ]


def _contrast(scene: Scene, grade: GradeId, position: int) -> Panel:
    lines = tuple(
        Line(reading.name, colour, charts.shares(reading.accounts.series("grades", grade), reading.accounts.scored))
        for reading, colour in zip((scene.first, scene.second), style.SIDES, strict=True)
    )
    return Panel(
        title=f"Grade {grade}",
        subtitle="Rongcheng, two readings",
        dates=scene.first.accounts.dates,
        lines=lines,
        width=215,
        shade_between=True,
        has_labels=position == 0,
        name_gap=0.17,
    )


def _third(scene: Scene) -> Panel:
    counts = scene.third
    colours = style.of_grades(scene.third_grades)
    lines = tuple(
        Line(grade, colours[grade], charts.shares(counts.series("grades", grade), counts.scored))
        for grade in scene.third_grades
    )
    subtitle = f"its own grades, {scene.third_grades[0]} to {scene.third_grades[-1]}"
    return Panel(scene.third_title, subtitle, counts.dates, lines, width=130, has_labels=False, year_step=2)
