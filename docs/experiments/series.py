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

from glasstown.answers.compare import IGNORANCE
from glasstown.answers.contrast import Contrast
from glasstown.outcomes.counted import MEASURES
from glasstown.runs.memory import plan_in_memory
from glasstown.runs.request import manifest_of
from glasstown.studies.pairs import Drawn, drawn_pairs, requested
from glasstown.studies.summed import counts_of
from glasstown.types import SYNTHETIC_WORDS

COLOURS = {
    "more": "#a8432f", "no less": "#d9a08f", "less": "#2b6ca3", "no more": "#9dc0dc", "same": "#6b6b6b", "undetermined": "#b5b5b5",
}  # fmt: skip


class Series(NamedTuple):
    """An answered series.

    counts   for each seed, every measure on the first side and on each step
    drawn    the same for each draw of the parameters that was kept
    """

    counts: tuple[Mapping[str, tuple[int, ...]], ...]
    drawn: Drawn

    def first(self, name: str) -> Fraction:
        """Return what the first side comes to, the mean over the seeds."""
        return Fraction(sum(each[name][0] for each in self.counts), len(self.counts))

    def contrast(self, name: str, step: int) -> Contrast:
        """Return how a step differs from the first side."""
        sides = [each[name] for each in self.counts]
        first, second = (Fraction(sum(side[at] for side in sides), len(sides)) for at in (0, step + 1))
        return Contrast(
            name, first, second, tuple(side[step + 1] - side[0] for side in sides),
            tuple(each[name][step + 1] - each[name][0] for each in map(kept_by_all, self.drawn.counts)),
        )  # fmt: skip


def kept_by_all(counts: Mapping[str, tuple[int | None, ...]]) -> dict[str, tuple[int, ...]]:
    """Return the measures that every side keeps; a measure that is asked for and not kept is then no key."""
    known = {name: tuple(number for number in each if number is not None) for name, each in counts.items()}
    return {name: each for name, each in known.items() if len(each) == len(counts[name])}


def ask(experiment: Experiment, first: str, *, people: int, months: int, seeds: int, draws: int) -> Series:
    """Live the first side and every step, for each seed and under each draw of the parameters that is kept."""
    base = requested(first, {"people": people, "months": months})
    base = replace(base, start=base.start or f"{manifest_of(base)[0].start:%Y-%m}")
    requests = [base, *(replace(base, settings={**base.settings, **step.sets}) for step in experiment.steps)]
    counts = []
    for seed in range(1, seeds + 1):
        sides = [counts_of(plan_in_memory(replace(request, seed=seed)), {}) for request in requests]
        counts.append(kept_by_all({name: tuple(side[name] for side in sides) for name in MEASURES}))
    held = {path: value for step in experiment.steps for path, value in step.sets.items()}
    return Series(tuple(counts), drawn_pairs(requests, draws) if held else drawn_pairs(requests[:1], draws))


def as_markdown(experiment: Experiment, found: Series, *, people: int, months: int) -> str:
    """Return the table and its words."""
    seeds, kept = len(found.counts), len(found.drawn)
    lines = [
        f"First side: {experiment.first}. The same {people:,} people with the same luck, {months} months, {seeds} seeds, "
        f"{kept} draws. {SYNTHETIC_WORDS.capitalize()}.\n",
        "| over the whole run | first | " + " | ".join(step.label for step in experiment.steps) + " |",
        "|---|--:|" + "--:|" * len(experiment.steps),
    ]
    for name in experiment.measures:
        each = [found.contrast(name, step) for step in range(len(experiment.steps))]
        lines.append(
            f"| {MEASURES[name]} | {round(found.first(name)):,} | " + " | ".join(_cell(one) for one in each) + " |"
        )
    lines += [
        "",
        "In each cell the mean difference from the first side, then from least to most over seeds (luck) and over draws (ignorance). "
        "A mean whose 95 % interval over the seeds holds 0, or whose sign fewer than nine in ten draws share, is *undetermined*, or "
        "*no more* or *no less* where no seed and no draw goes the other way.",
        "",
        IGNORANCE,
    ]
    if found.drawn.near:
        near = "; and ".join(found.drawn.near)
        lines.append(
            f"Of {found.drawn.tried:,} draws {kept:,} were kept: those in which the first side comes near {near}."
        )
    lines += ["", "What each step sets beyond the first side:", ""]
    for step in experiment.steps:
        lines.append(f"- {step.label}: " + ", ".join(f"`{path}={value}`" for path, value in step.sets.items()))
    return "\n".join(lines) + "\n"


def _cell(one: Contrast) -> str:
    mean = f"**{_signed(one.mean)}**" if one.verdict in ("more", "less", "same") else f"*{one.verdict}*"
    widths = [f"{_signed(min(each))} to {_signed(max(each))}" for each in (one.differences, one.drawn) if each]
    return f"{mean} ({'; '.join(widths)})"


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
        subtitle=f"{SYNTHETIC_WORDS}; difference from the first side in per cent: thick bar luck, thin bar ignorance, dot the mean of the seeds",
    )  # fmt: skip
    rows = [alt.hconcat(*panels[at : at + 2], spacing=28) for at in range(0, len(panels), 2)]
    return alt.vconcat(*rows, spacing=22).properties(title=whole)


def _panel(name: str, labels: Sequence[str], found: Series) -> alt.LayerChart | alt.FacetChart:
    rows = []
    for step, label in enumerate(labels):
        one = found.contrast(name, step)
        if not one.first:
            continue
        seeds = [_share(each[name], step) for each in found.counts if each[name][0]]
        draws = [_share(each[name], step) for each in map(kept_by_all, found.drawn.counts) if each[name][0]] or seeds
        row = {"step": label, "mean": float(100 * one.mean / one.first), "verdict": one.verdict}
        rows.append({**row, "low": min(seeds), "high": max(seeds), "least": min(draws), "most": max(draws)})
    base = alt.Chart(
        alt.InlineData(values=rows), title=alt.TitleParams(MEASURES[name], fontSize=12), width=330, height=130
    )
    x = alt.X("step:N", sort=list(labels), title=None, axis=alt.Axis(labelAngle=-25, labelLimit=140))
    colour = alt.Color("verdict:N", scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())), title=None)
    thin = base.mark_rule(strokeWidth=1.2).encode(x=x, y=alt.Y("least:Q", title="per cent"), y2="most:Q", color=colour)
    thick = base.mark_rule(strokeWidth=5).encode(x=x, y="low:Q", y2="high:Q", color=colour)
    dots = base.mark_point(filled=True, size=55, opacity=1).encode(x=x, y="mean:Q", color=colour)
    zero = alt.Chart(alt.InlineData(values=[{"zero": 0}])).mark_rule(color="#999", strokeDash=[3, 3]).encode(y="zero:Q")
    return alt.layer(zero, thin, thick, dots)


def _share(sides: tuple[int, ...], step: int) -> float:
    return 100 * (sides[step + 1] - sides[0]) / sides[0]
