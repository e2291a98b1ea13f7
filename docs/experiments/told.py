"""What an experiment's page says of differences: the sentence that answers, cells of a table, and which ways were taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import floor
from statistics import fmean

from glasstown.answers.compare_width import FEW_DRAWS, OTHER_TOWNS
from glasstown.answers.contrast import Contrast
from glasstown.outcomes.counted import MEASURES
from glasstown.studies.pairs import Drawn
from glasstown.wording import counted

ORDINALS = ("the first", "the second", "the third", "the fourth", "the fifth", "the sixth", "the seventh", "the eighth")
FIRM = ("more", "less", "same")
"""verdicts whose mean is shown"""
NO_ANSWER = "sides of this size keep nothing that answers it"


def answer_of(lead: str, parts: Iterable[str]) -> str:
    """Return the sentence that answers a question, as it stands under the title."""
    return f"**Answer.** {lead}: {'; '.join(parts) or NO_ANSWER}."


def part_of(words: str, one: Contrast, widths: Sequence[str], places: int = 0) -> str:
    """Return what a sentence says of one measure: the verdict, the mean difference, the first side's mean and the widths."""
    assert one.first is not None
    mean = "" if one.verdict == "same" else f"{signed(one.mean, places)} from "
    return f"{words}: {'the ' if not mean else ''}{one.verdict}, {mean}{plain(one.first, places)} ({', '.join(widths)})"


def widths_of(one: Contrast, drawn: Drawn, freely: Contrast | None, places: int = 0) -> list[str]:
    """Return the widths of a difference in words: luck, what the record leaves open, and what was open before it was asked."""
    found = [f"{width(one.differences, places)} over {counted(len(one.differences), 'seed')}"]
    if one.drawn:
        found.append(f"{width(one.drawn, places)} over {ways_words(drawn, len(one.drawn))}")
    if freely is not None and freely.drawn:
        found.append(f"{width(freely.drawn, places)} over {counted(len(freely.drawn), 'draw')} from the ranges")
    return found


def ways_words(drawn: Drawn, n: int) -> str:
    """Return how many ways in which things may be were taken, and which."""
    if drawn.is_ensemble:
        return counted(n, "member of the ensemble", "members of the ensemble")
    return f"{counted(n, 'draw')} from the ranges"


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


def outside_told(out: Sequence[str], drawn: Drawn) -> list[str]:
    """Return which means lie outside what the ways taken span, and why that can be; nothing where none does."""
    if not out:
        return []
    why = OTHER_TOWNS if drawn.is_ensemble else FEW_DRAWS
    return [f"The mean of the seeds lies outside what {ways_words(drawn, len(drawn))} span, {why}: {'; '.join(out)}."]


def is_outside(seeds: Sequence[float], draws: Sequence[float]) -> bool:
    """Return whether the mean of some seeds lies outside what some draws span; of no draws it does not."""
    return bool(seeds) and bool(draws) and not min(draws) <= fmean(seeds) <= max(draws)


def widths_before(known: Sequence[Contrast], freely: Sequence[Contrast], members: Drawn, drawn: Drawn) -> str:
    """Return a table of what the record narrowed: a comparison's widths over members of the ensemble and over draws from ranges."""
    before = {each.name: each for each in freely}
    out = [MEASURES[each.name] for each in known if any(each.differences) and each.is_outside(is_middle=False)]
    lines = [
        "## What the record narrows\n",
        "| over the whole run | mean | over members of the ensemble | over draws from the ranges |",
        "|---|--:|--:|--:|",
    ]
    for each in known:
        wide = before[each.name].drawn
        if any(each.differences) and each.drawn and wide:
            lines.append(f"| {MEASURES[each.name]} | {signed(each.mean)} | {width(each.drawn)} | {width(wide)} |")
    return "\n".join([*lines, "", *outside_told(out, members), *ways_told(drawn)]) + "\n"


def width(values: Sequence[Fraction | int], places: int = 0) -> str:
    """Return the least and the most of some differences."""
    return f"{signed(min(values), places)} to {signed(max(values), places)}"


def signed(value: Fraction | int, places: int = 0) -> str:
    """Return a difference with its sign; a whole number stands for so many digits behind the point."""
    whole = round(value)
    return f"{whole / 10**places:+,.{places}f}".replace("-", "−") if whole else "0"


def plain(value: Fraction | int, places: int = 0) -> str:
    """Return a mean; a whole number stands for so many digits behind the point."""
    return f"{round(value) / 10**places:,.{places}f}"


def tenths(times: int, over: int, under: int) -> int:
    """Return so many times one number over another, in tenths; halves go up."""
    return floor(Fraction(10 * times * over, under) + Fraction(1, 2))
