"""Experiments of several steps: every step against the first side, on the same people with the same luck, as a page and a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from asked import Experiment, Ratio
from told import (
    answer_of,
    beside_told,
    outside_told,
    part_of,
    plain,
    signed,
    tenths,
    thin_words,
    ways_told,
    width,
    widths_of,
)

from glasstown.answers.contrast import Contrast
from glasstown.outcomes.counted import MEASURES
from glasstown.render import lanes, style
from glasstown.render.charts import Chart
from glasstown.runs.memory import plan_in_memory
from glasstown.runs.request import RunRequest, manifest_of
from glasstown.studies.pairs import NO_DRAWS, Drawn, drawn_pairs, requested
from glasstown.studies.summed import counts_of
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import counted

HERE = Path(__file__).resolve().parent
Counts = Mapping[str, tuple[int, ...]]
"""Every measure and ratio that is kept, on the first side and on each step; ratios in tenths."""


class Series(NamedTuple):
    """An answered series.

    counts   for each seed, every measure on the first side and on each step
    drawn    the same for each way in which things may be: members of the ensemble where one fits, else draws that were kept
    prior    the same for draws that were kept, where `drawn` are members
    """

    counts: tuple[Counts, ...]
    drawn: Drawn
    prior: Drawn = NO_DRAWS

    @property
    def drawn_freely(self) -> Drawn:
        """Return the draws that nobody held against the record."""
        return self.prior if self.drawn.is_ensemble else self.drawn

    def keeps(self, name: str) -> bool:
        """Return whether every side of every seed keeps a measure."""
        return all(name in each for each in self.counts)

    def first(self, name: str) -> Fraction:
        """Return what the first side comes to, the mean over the seeds."""
        return Fraction(sum(each[name][0] for each in self.counts), len(self.counts))

    def contrast(self, name: str, step: int, *, prior: bool = False, since: int = -1) -> Contrast:
        """Return how a step differs from the first side, or from the step `since`.

        With the width of the draws that nobody held against the record, if asked.
        """
        drawn = self.prior if prior else self.drawn
        one, other = since + 1, step + 1
        sides = [each[name] for each in self.counts]
        first, second = (Fraction(sum(side[at] for side in sides), len(sides)) for at in (one, other))
        ways = [each[name] for each in map(kept_by_all, drawn.counts) if name in each]
        return Contrast(
            name, first, second, tuple(side[other] - side[one] for side in sides),
            tuple(way[other] - way[one] for way in ways),
        )  # fmt: skip


def kept_by_all(counts: Mapping[str, tuple[int | None, ...]]) -> dict[str, tuple[int, ...]]:
    """Return the measures that every side keeps; a measure that is asked for and not kept is then no key."""
    known = {name: tuple(number for number in each if number is not None) for name, each in counts.items()}
    return {name: each for name, each in known.items() if len(each) == len(counts[name])}


def ask(experiment: Experiment, first: str, *, people: int, months: int, seeds: int, draws: int) -> Series:
    """Live the first side and every step, for each seed and under each way in which things may be that is kept."""
    requests = sides_of(experiment, first, {"people": people, "months": months_of(experiment, months)})
    counts = []
    for seed in range(1, seeds + 1):
        sides = [counts_of(plan_in_memory(replace(request, seed=seed)), {}) for request in requests]
        of_seed = with_ratios({name: tuple(side[name] for side in sides) for name in MEASURES}, experiment.ratios)
        counts.append(kept_by_all(of_seed))
    drawn = _drawn(requests, draws, experiment.ratios, prior=False)
    prior = _drawn(requests, draws, experiment.ratios, prior=True) if drawn.is_ensemble else NO_DRAWS
    return Series(tuple(counts), drawn, prior)


def _drawn(requests: Sequence[RunRequest], draws: int, ratios: Mapping[str, Ratio], *, prior: bool) -> Drawn:
    drawn = drawn_pairs(requests, draws, prior=prior)
    return replace(drawn, counts=tuple(with_ratios(each, ratios) for each in drawn.counts))


def months_of(experiment: Experiment, months: int) -> int:
    """Return how many months each side has."""
    return min(months, experiment.months or months)


def with_ratios(
    counts: Mapping[str, tuple[int | None, ...]], ratios: Mapping[str, Ratio]
) -> dict[str, tuple[int | None, ...]]:
    """Return counts with what is derived of them; None where a side has nothing to divide by, or keeps it not."""
    found = dict(counts)
    for name, ratio in ratios.items():
        tops, unders = ([counts[each] for each in names] for names in (ratio.over, ratio.under))
        sides = range(len(unders[0]))
        found[name] = tuple(_ratio(ratio, [each[n] for each in tops], [each[n] for each in unders]) for n in sides)
    return found


def _ratio(ratio: Ratio, over: Sequence[int | None], under: Sequence[int | None]) -> int | None:
    known = [[number for number in each if number is not None] for each in (over, under)]
    if len(known[0]) < len(over) or len(known[1]) < len(under) or not sum(known[1]):
        return None
    return tenths(ratio.times, sum(known[0]), sum(known[1]))


def sides_of(experiment: Experiment, first: str, options: Mapping[str, int]) -> list[RunRequest]:
    """Return what is asked for on every side, all in one town: from the latest first month of any, with the most firms of any."""
    base = requested(first, options)
    asked = [base]
    for step in experiment.steps:
        of = requested(named(step.of), options) if step.of else base
        asked.append(replace(of, settings={**of.settings, **step.sets}))
    own = [experiment.start, *(step.start for step in experiment.steps)]
    asked = [replace(each, start=start or each.start) for each, start in zip(asked, own, strict=True)]
    manifests = [manifest_of(each)[0] for each in asked]
    latest, firms = max(each.start for each in manifests), max(each.firms for each in manifests)
    start = base.start or f"{latest:%Y-%m}"
    return [replace(each, start=own[n] or start, firms=firms) for n, each in enumerate(asked)]


def named(name: str) -> str:
    """Return what a side is called for a request: a scenario beside this file by its path, anything else as it is."""
    return str(HERE / name) if name.endswith(".yaml") else name


def sentence(experiment: Experiment, found: Series) -> str:
    """Return the sentence that answers a series."""
    labels = [step.label for step in experiment.steps]
    parts = [
        _part(experiment, found, name, labels.index(label)) for name, label in experiment.answers if found.keeps(name)
    ]
    if experiment.largest and found.keeps(experiment.largest):
        parts.append(_largest(experiment, found))
    return answer_of(experiment.lead, parts)


def _part(experiment: Experiment, found: Series, name: str, step: int) -> str:
    places = experiment.places(name)
    one = found.contrast(name, step)
    freely = found.contrast(name, step, prior=True) if found.prior else None
    words = f"{experiment.words(name)} ({experiment.steps[step].label})"
    return part_of(words, one, widths_of(one, found.drawn, freely, places), places)


def _largest(experiment: Experiment, found: Series) -> str:
    """Return which step takes most of a measure away, against the step before it."""
    name = experiment.largest
    each = [found.contrast(name, step, since=step - 1) for step in range(len(experiment.steps))]
    at = min(range(len(each)), key=lambda n: each[n].mean)
    if each[at].mean >= 0:
        return f"no step has fewer {experiment.words(name)} than the one before"
    freely = found.contrast(name, at, prior=True, since=at - 1) if found.prior else None
    widths = ", ".join(widths_of(each[at], found.drawn, freely))
    said = f"most of them are taken away by {experiment.steps[at].label}, {signed(each[at].mean)} against the step before it"
    return f"{said} ({widths})"


def as_markdown(experiment: Experiment, found: Series, *, people: int, months: int) -> str:
    """Return the table and its words."""
    span = counted(months_of(experiment, months), "month")
    began = f" from {experiment.start}" if experiment.start else ""
    first = experiment.first.replace(",", " with ")
    lines = [
        f"First side: {first}. The same {people:,} people with the same luck, {span}{began}, {counted(len(found.counts), 'seed')}. "
        f"{SYNTHETIC_WORDS.capitalize()}.\n",
        "| over the whole run | first | " + " | ".join(step.label for step in experiment.steps) + " |",
        "|---|--:|" + "--:|" * len(experiment.steps),
    ]
    for name in (*experiment.measures, *experiment.ratios):
        cells = ["not kept"] * (len(experiment.steps) + 1)
        if found.keeps(name):
            cells = [plain(found.first(name), experiment.places(name))]
            cells += [_cell(experiment, found, name, step) for step in range(len(experiment.steps))]
        lines.append(f"| {experiment.words(name)} | {' | '.join(cells)} |")
    lines += ["", _widths_told(found), "", *_outside(experiment, found)]
    lines += [*ways_told(found.drawn), *beside_told(found.prior)]
    lines += ["", "What each step sets beyond the first side:", ""]
    for step in experiment.steps:
        sets = [f"`{path}={value}`" for path, value in step.sets.items()]
        of = [f"`{step.of.removesuffix('.yaml')}` in place of the first side"] if step.of else []
        since = [f"from {step.start}"] if step.start else []
        lines.append(f"- {step.label}: " + ", ".join(of + since + sets))
    return "\n".join(lines) + "\n"


def _widths_told(found: Series) -> str:
    widths = ["from least to most over seeds (luck)"]
    if found.drawn.is_ensemble:
        widths.append("over members of the ensemble (what the record leaves open, and luck)")
    if found.drawn_freely:
        widths.append("over draws from the parameters' ranges (ignorance before the record was asked)")
    return (
        f"In each cell the mean difference from the first side, then {', then '.join(widths)}. "
        "A mean whose 95 % interval over the seeds holds 0, or of which fewer than half of the draws differ or fewer than nine in "
        "ten of these share its sign, is *undetermined*, or *no more* or *no less* where six seeds differ or more, and no seed and "
        "no draw goes the other way."
    )


def _outside(experiment: Experiment, found: Series) -> list[str]:
    """Return which means of which steps lie outside a range of ignorance beside them, and why; nothing where none does."""
    told = []
    ways = [(found.drawn, False)] + ([(found.prior, True)] if found.drawn.is_ensemble else [])
    for drawn, prior in ways:
        out = [
            f"{experiment.words(name)}, {step.label}"
            for name in (*experiment.measures, *experiment.ratios)
            for number, step in enumerate(experiment.steps)
            if found.keeps(name) and found.contrast(name, number, prior=prior).is_outside(is_middle=False)
        ]
        told += outside_told(out, drawn)
    return told


def _cell(experiment: Experiment, found: Series, name: str, step: int) -> str:
    one, places = found.contrast(name, step), experiment.places(name)
    mean = f"**{signed(one.mean, places)}**" if one.verdict in ("more", "less", "same") else f"*{one.verdict}*"
    each = [one.differences, one.drawn]
    if found.drawn.is_ensemble:
        each.append(found.contrast(name, step, prior=True).drawn)
    return f"{mean} ({'; '.join(width(values, places) for values in each if values)})"


def picture(experiment: Experiment, found: Series) -> Chart:
    """Return panels one below the other, one a measure: each step's difference in per cent of the first, with its widths."""
    names = (*experiment.measures, *experiment.ratios)
    shown = {name: _lanes(experiment, found, name) for name in names if _is_drawn(experiment, found, name)}
    told = [
        f"{SYNTHETIC_WORDS.capitalize()}. Difference from the first side in per cent of it; dot: the mean of the seeds, "
        f"thick bar: luck, thin bar: {thin_words(is_ensemble=found.drawn.is_ensemble)}.",
        "The colour says what it means to those it happens to.",
    ]
    panels = [
        lanes.panel(each, experiment.words(name), middle=0.0, unit="per cent of the first side")
        for name, each in shown.items()
    ]
    key = lanes.tones(lane for each in shown.values() for lane in each)
    return lanes.picture(experiment.question, told, panels, key)


def _is_drawn(experiment: Experiment, found: Series, name: str) -> bool:
    """Return whether the first side has something of a measure, and some step moves it."""
    if not found.keeps(name) or not found.first(name):
        return False
    return any(found.contrast(name, step).verdict != "same" for step in range(len(experiment.steps)))


def _lanes(experiment: Experiment, found: Series, name: str) -> list[lanes.Lane]:
    return [_lane(experiment, found, name, step) for step in range(len(experiment.steps))]


def _lane(experiment: Experiment, found: Series, name: str, step: int) -> lanes.Lane:
    """Return what a panel draws of one step, in per cent of the first side."""
    one = found.contrast(name, step)
    assert one.first
    seeds = [_share(each[name], step) for each in found.counts if each[name][0]]
    ways, before = (_span(name, step, drawn) for drawn in (found.drawn, found.prior))
    colour = style.TONES[style.tone_of(one.verdict, experiment.harm(name))]
    mean = float(100 * one.mean / one.first)
    return lanes.Lane(experiment.steps[step].label, mean, (min(seeds), max(seeds)), ways, before, colour)


def _span(name: str, step: int, drawn: Drawn) -> tuple[float, float] | None:
    """Return the least and the most over ways of which each has a share of the first side; None where none has."""
    ways = [each[name] for each in map(kept_by_all, drawn.counts) if name in each and each[name][0]]
    shares = [_share(way, step) for way in ways]
    return (min(shares), max(shares)) if shares else None


def _share(sides: tuple[int, ...], step: int) -> float:
    return 100 * (sides[step + 1] - sides[0]) / sides[0]
