"""How often the interval of a paired mean is right: comparisons of nothing but luck, and of an effect that is known.

Small towns of many seeds are lived in memory.  A comparison of nothing lays towns beside towns of other seeds, six of each; its 95 %
interval excludes 0 by luck alone.  A comparison of an effect lays towns beside those of the same seeds with one lever moved; what the
lever does is known from all seeds together.  Both are looked at over everybody, and for each 100,000 of each income fifth as
`compare --by` tells them; the fifths are counted in the same towns, and cost no life more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TypeAlias

import numpy as np

from glasstown.outcomes.by_group import ALL, rate
from glasstown.outcomes.intervals import interval_of
from glasstown.population.tables import INCOME_FIFTHS
from glasstown.runs.memory import plan_in_memory, with_seed
from glasstown.runs.plan import Plan
from glasstown.runs.request import RunRequest
from glasstown.studies.summed import counts_by_group
from verification.table import Check

SHORT, FULL = 40, 200
"""comparisons"""
SEEDS = 6
PEOPLE, MONTHS = 300, 6
RULEBOOK = "rongcheng-2013"
LEVER = {"detection.certainty": "0.5"}
MEASURES = ("offences", "found out", "records", "wrong records", "payments missed", "income")
MOVED = MEASURES[:4]
"""those that the lever moves"""
BY_LUCK = (0.02, 0.09)
"""share of comparisons of nothing whose interval may exclude 0"""
COVERED = (0.90, 0.86)
"""share of comparisons whose interval has to hold what the lever does: of all, and of the short form, whose share is less sure"""
SOURCE = "Student's t over the pairs, 95 %"


@dataclass(frozen=True, slots=True)
class Lived:
    """A town that was lived: its counts of everybody and of each income fifth, and how many lived in each."""

    counts: Mapping[str, Mapping[str, int | None]]
    people: Mapping[str, int]


Pairs: TypeAlias = list[tuple[list[Lived], list[Lived]]]
"""of each comparison, six towns and the six beside them"""


def checks(comparisons: int) -> Iterator[Check]:
    """Yield how often luck alone seems an effect, and how often the interval holds what a lever does: of everybody, and by group."""
    plan = plan_in_memory(RunRequest(RULEBOOK, people=PEOPLE, months=MONTHS, threads=1, command="verification"))
    seeds = count(1)
    groups = [[next(seeds) for _ in range(SEEDS)] for _ in range(2 * comparisons)]
    plain = [[_lived(plan, seed, {}) for seed in group] for group in groups]
    moved = [[_lived(plan, seed, LEVER) for seed in group] for group in groups[:comparisons]]
    luck: Pairs = list(zip(plain[::2], plain[1::2], strict=True))
    effect: Pairs = list(zip(plain, moved, strict=False))
    least = COVERED[0] if comparisons >= FULL else COVERED[1]
    yield _by_luck("", luck, (ALL,), MEASURES)
    yield from (_covered("", effect, (ALL,), name, least) for name in MOVED)
    yield _by_luck(" by income fifth", luck, INCOME_FIFTHS, MEASURES)
    yield from (_covered(" by income fifth", effect, INCOME_FIFTHS, name, least) for name in MOVED)


def _lived(plan: Plan, seed: int, settings: Mapping[str, str]) -> Lived:
    town = with_seed(plan, seed)
    return Lived(counts_by_group(town, settings), people_of(town))


def people_of(plan: Plan) -> dict[str, int]:
    """Return how many people a town has, and how many live in each income fifth: as many in every month."""
    fifths = plan.population.people(0, plan.n_blocks("person")).income_fifth
    of_each = np.bincount(fifths, minlength=len(INCOME_FIFTHS)).tolist()
    return {ALL: sum(of_each), **dict(zip(INCOME_FIFTHS, of_each, strict=True))}


def _by_luck(where: str, pairs: Pairs, groups: Sequence[str], names: Sequence[str]) -> Check:
    """Return how often an interval excludes 0 where towns differ by luck alone."""
    found = [interval_of(_rates(one, other, group, name)) for one, other in pairs for group in groups for name in names]
    settled = sum(each is not None and each.excludes_zero for each in found)
    figure = f"intervals{where} that exclude 0 where luck alone differs ({len(found):,} of {SEEDS} pairs)"
    return _between(figure, settled / len(found), *BY_LUCK)


def _covered(where: str, pairs: Pairs, groups: Sequence[str], name: str, least: float) -> Check:
    """Return how often an interval holds what the lever does to a measure, which all pairs together tell."""
    held, truths = [], []
    for group in groups:
        known = [_rates(one, other, group, name) for one, other in pairs]
        truths.append(sum(map(sum, known)) / (SEEDS * len(known)))
        told_of = (
            known if group == ALL else filter(any, known)
        )  # a group in which no seed differs is told 0, without an interval
        intervals = [interval_of(each) for each in told_of]
        held += [found is not None and found.low <= truths[-1] <= found.high for found in intervals]
    told = (
        f"{truths[0]:+,.1f}"
        if len(truths) == 1
        else f"{min(truths):+,.0f} to {max(truths):+,.0f} for each 100,000; {len(held):,} intervals"
    )
    figure = f"intervals{where} that hold what a lever does to {name} ({told})"
    return _between(figure, sum(held) / len(held), least, 1.0)


def _rates(one: Sequence[Lived], other: Sequence[Lived], group: str, name: str) -> list[float]:
    """Return second less first of each pair: of everybody as counted, of a group for so many of its people."""
    return [_difference(a, b, group, name) for a, b in zip(one, other, strict=True)]


def _difference(a: Lived, b: Lived, group: str, name: str) -> float:
    both = (a.counts[group][name] or 0, b.counts[group][name] or 0)
    if group == ALL:
        return float(both[1] - both[0])
    return rate(both, (a.people[group] * MONTHS, b.people[group] * MONTHS), MONTHS)


def _between(figure: str, share: float, low: float, high: float) -> Check:
    """Return the check that a share lies in a range."""
    wanted = f"{100 * low:.0f} to {100 * high:.0f} %"
    return Check(figure, SOURCE, wanted, f"{100 * share:.1f} %", low <= share <= high, "code identity")
