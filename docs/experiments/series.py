"""Experiments of several steps: every step against the first side, on the same people with the same luck, as a page and a picture."""

# ruff: noqa: E501
from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import altair as alt

sys.path.insert(0, str(Path(__file__).resolve().parent))

from asked import Experiment

from glasstown.answers.contrast import Contrast
from glasstown.outcomes.counted import MEASURES, harm_of
from glasstown.render import style
from glasstown.runs.memory import plan_in_memory
from glasstown.runs.request import RunRequest, manifest_of
from glasstown.studies.pairs import NO_DRAWS, Drawn, drawn_pairs, requested
from glasstown.studies.summed import counts_of
from glasstown.types import SYNTHETIC_WORDS

HERE = Path(__file__).resolve().parent
ENDS = (("least", "most"), ("lowest", "utmost"))
"""ends of a row's two widths of ignorance: what the record leaves open, and what was open before it was asked"""
ORDINALS = ("the first", "the second", "the third", "the fourth", "the fifth", "the sixth", "the seventh", "the eighth")


class Series(NamedTuple):
    """An answered series.

    counts   for each seed, every measure on the first side and on each step
    drawn    the same for each way in which things may be: members of the ensemble where one fits, else draws that were kept
    prior    the same for draws that were kept, where `drawn` are members
    """

    counts: tuple[Mapping[str, tuple[int, ...]], ...]
    drawn: Drawn
    prior: Drawn = NO_DRAWS

    @property
    def drawn_freely(self) -> Drawn:
        """Return the draws that nobody held against the record."""
        return self.prior if self.drawn.is_ensemble else self.drawn

    def first(self, name: str) -> Fraction:
        """Return what the first side comes to, the mean over the seeds."""
        return Fraction(sum(each[name][0] for each in self.counts), len(self.counts))

    def contrast(self, name: str, step: int, *, prior: bool = False) -> Contrast:
        """Return how a step differs from the first side; with the width of the draws that nobody held against the record, if asked."""
        drawn = self.prior if prior else self.drawn
        sides = [each[name] for each in self.counts]
        first, second = (Fraction(sum(side[at] for side in sides), len(sides)) for at in (0, step + 1))
        return Contrast(
            name, first, second, tuple(side[step + 1] - side[0] for side in sides),
            tuple(each[name][step + 1] - each[name][0] for each in map(kept_by_all, drawn.counts)),
        )  # fmt: skip


def kept_by_all(counts: Mapping[str, tuple[int | None, ...]]) -> dict[str, tuple[int, ...]]:
    """Return the measures that every side keeps; a measure that is asked for and not kept is then no key."""
    known = {name: tuple(number for number in each if number is not None) for name, each in counts.items()}
    return {name: each for name, each in known.items() if len(each) == len(counts[name])}


def ask(experiment: Experiment, first: str, *, people: int, months: int, seeds: int, draws: int) -> Series:
    """Live the first side and every step, for each seed and under each way in which things may be that is kept."""
    requests = sides_of(experiment, first, {"people": people, "months": months})
    counts = []
    for seed in range(1, seeds + 1):
        sides = [counts_of(plan_in_memory(replace(request, seed=seed)), {}) for request in requests]
        counts.append(kept_by_all({name: tuple(side[name] for side in sides) for name in MEASURES}))
    drawn = drawn_pairs(requests, draws)
    return Series(tuple(counts), drawn, drawn_pairs(requests, draws, prior=True) if drawn.is_ensemble else NO_DRAWS)


def sides_of(experiment: Experiment, first: str, options: Mapping[str, int]) -> list[RunRequest]:
    """Return what is asked for on every side, all from the latest first month of any."""
    base = requested(first, options)
    asked = [base]
    for step in experiment.steps:
        of = requested(named(step.of), options) if step.of else base
        asked.append(replace(of, settings={**of.settings, **step.sets}))
    start = base.start or f"{max(manifest_of(each)[0].start for each in asked):%Y-%m}"
    return [replace(each, start=start) for each in asked]


def named(name: str) -> str:
    """Return what a side is called for a request: a scenario beside this file by its path, anything else as it is."""
    return str(HERE / name) if name.endswith(".yaml") else name


def as_markdown(experiment: Experiment, found: Series, *, people: int, months: int) -> str:
    """Return the table and its words."""
    lines = [
        f"First side: {experiment.first}. The same {people:,} people with the same luck, {months} months, {len(found.counts)} seeds. "
        f"{SYNTHETIC_WORDS.capitalize()}.\n",
        "| over the whole run | first | " + " | ".join(step.label for step in experiment.steps) + " |",
        "|---|--:|" + "--:|" * len(experiment.steps),
    ]
    for name in experiment.measures:
        cells = [_cell(found, name, step) for step in range(len(experiment.steps))]
        lines.append(f"| {MEASURES[name]} | {round(found.first(name)):,} | " + " | ".join(cells) + " |")
    lines += ["", _widths_told(found), "", *ways_told(found.drawn), *ways_told(found.prior)]
    lines += ["", "What each step sets beyond the first side:", ""]
    for step in experiment.steps:
        sets = [f"`{path}={value}`" for path, value in step.sets.items()]
        of = [f"`{step.of.removesuffix('.yaml')}` in place of the first side"] if step.of else []
        lines.append(f"- {step.label}: " + ", ".join(of + sets))
    return "\n".join(lines) + "\n"


def _widths_told(found: Series) -> str:
    widths = ["from least to most over seeds (luck)"]
    if found.drawn.is_ensemble:
        widths.append("over members of the ensemble (what the record leaves open, and luck)")
    if found.drawn_freely:
        widths.append("over draws from the parameters' ranges (ignorance before the record was asked)")
    return (
        f"In each cell the mean difference from the first side, then {', then '.join(widths)}. "
        "A mean whose 95 % interval over the seeds holds 0, or whose sign fewer than nine in ten draws share, is *undetermined*, or "
        "*no more* or *no less* where no seed and no draw goes the other way."
    )


def ways_told(drawn: Drawn) -> list[str]:
    """Return which ways in which things may be were taken; nothing where there are none."""
    if not drawn.tried:
        return []
    near = f" in which {ORDINALS[drawn.held]} side comes near {'; and '.join(drawn.near)}" if drawn.near else ""
    told = (
        f" Of {drawn.tried:,} draws {len(drawn):,} were kept: those{near}."
        if near
        else f" There are {drawn.tried:,} of them."
    )
    return [drawn.said + told]


def _cell(found: Series, name: str, step: int) -> str:
    one = found.contrast(name, step)
    mean = f"**{_signed(one.mean)}**" if one.verdict in ("more", "less", "same") else f"*{one.verdict}*"
    each = [one.differences, one.drawn]
    if found.drawn.is_ensemble:
        each.append(found.contrast(name, step, prior=True).drawn)
    return f"{mean} ({'; '.join(f'{_signed(min(width))} to {_signed(max(width))}' for width in each if width)})"


def widths_before(known: Sequence[Contrast], freely: Sequence[Contrast], drawn: Drawn) -> str:
    """Return a table of what the record narrowed: a comparison's widths over members of the ensemble and over draws from ranges."""
    before = {each.name: each for each in freely}
    lines = [
        "## What the record narrows\n",
        "| over the whole run | mean | over members of the ensemble | over draws from the ranges |",
        "|---|--:|--:|--:|",
    ]
    for each in known:
        wide = before[each.name].drawn
        if any(each.differences) and each.drawn and wide:
            widths = [f"{_signed(min(width))} to {_signed(max(width))}" for width in (each.drawn, wide)]
            lines.append(f"| {MEASURES[each.name]} | {_signed(each.mean)} | {' | '.join(widths)} |")
    return "\n".join([*lines, "", *ways_told(drawn)]) + "\n"


def _signed(value: Fraction | int) -> str:
    whole = round(value)
    return f"{whole:+,}".replace("-", "−") if whole else "0"


def picture(experiment: Experiment, found: Series) -> alt.TopLevelMixin:
    """Return small panels, one a measure: each step's difference in per cent of the first, with both widths."""
    labels = [step.label for step in experiment.steps]
    shown = [name for name in experiment.measures if found.contrast(name, 0).first]
    panels = [_panel(name, labels, found) for name in shown]
    whole = alt.TitleParams(
        experiment.question, fontSize=15,
        subtitle=f"{SYNTHETIC_WORDS}; difference from the first side in per cent: dot the mean of the seeds, thick bar luck, thin bar {_thin(found)}",
    )  # fmt: skip
    rows = [alt.hconcat(*panels[at : at + 2], spacing=28) for at in range(0, len(panels), 2)]
    return alt.vconcat(*rows, spacing=22).properties(title=whole)


def _thin(found: Series) -> str:
    return "what the record leaves open, grey the ranges before it" if found.drawn.is_ensemble else "ignorance"


def _panel(name: str, labels: Sequence[str], found: Series) -> alt.LayerChart | alt.FacetChart:
    rows = []
    for step, label in enumerate(labels):
        one = found.contrast(name, step)
        if not one.first:
            continue
        seeds = [_share(each[name], step) for each in found.counts if each[name][0]]
        row = {
            "step": label,
            "mean": float(100 * one.mean / one.first),
            "verdict": style.tone_of(one.verdict, harm_of(name)),
            "low": min(seeds),
            "high": max(seeds),
        }
        for (low, high), drawn in zip(ENDS, (found.drawn, found.drawn_freely), strict=True):
            draws = [_share(each[name], step) for each in map(kept_by_all, drawn.counts) if each[name][0]] or seeds
            row.update({low: min(draws), high: max(draws)})
        rows.append(row)
    base = alt.Chart(
        alt.InlineData(values=rows), title=alt.TitleParams(MEASURES[name], fontSize=12), width=330, height=130
    )
    x = alt.X(
        "step:N",
        sort=list(labels),
        title=None,
        axis=alt.Axis(labelAngle=0, labelLimit=160, labelExpr="split(datum.label, ' ')"),
    )
    scale = alt.Scale(domain=list(style.TONES), range=list(style.TONES.values()))
    colour = alt.Color("verdict:N", scale=scale, title=None)
    palest = base.mark_rule(strokeWidth=1.2, color=style.FAINT, xOffset=7).encode(x=x, y="lowest:Q", y2="utmost:Q")
    thin = base.mark_rule(strokeWidth=1.2).encode(x=x, y=alt.Y("least:Q", title="per cent"), y2="most:Q", color=colour)
    thick = base.mark_rule(strokeWidth=5).encode(x=x, y="low:Q", y2="high:Q", color=colour)
    dots = base.mark_point(filled=True, size=55, opacity=1).encode(x=x, y="mean:Q", color=colour)
    zero = (
        alt.Chart(alt.InlineData(values=[{"zero": 0}]))
        .mark_rule(color=style.MUTED, strokeDash=[3, 3])
        .encode(y="zero:Q")
    )
    beside = [palest] if found.drawn.is_ensemble else []
    return alt.layer(zero, *beside, thin, thick, dots)


def _share(sides: tuple[int, ...], step: int) -> float:
    return 100 * (sides[step + 1] - sides[0]) / sides[0]
