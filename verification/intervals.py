"""How often the interval of a paired mean is right: comparisons of nothing but luck, and of an effect that is known.

Small towns of many seeds are lived in memory.  A comparison of nothing lays towns beside towns of other seeds, six of each; its 95 %
interval excludes 0 by luck alone.  A comparison of an effect lays towns beside those of the same seeds with one lever moved; what the
lever does is known from all seeds together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from glasstown.outcomes.intervals import interval_of
from glasstown.runs.memory import plan_in_memory, with_seed
from glasstown.runs.request import RunRequest
from glasstown.studies.summed import counts_of
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

Counts = Mapping[str, int | None]


def checks(comparisons: int) -> Iterator[Check]:
    """Yield, for each measure, how often luck alone seems an effect, and how often the interval holds what a lever does."""
    plan = plan_in_memory(RunRequest(RULEBOOK, people=PEOPLE, months=MONTHS, threads=1, command="verification"))
    seeds = count(1)
    groups = [[next(seeds) for _ in range(SEEDS)] for _ in range(2 * comparisons)]
    plain = [[counts_of(with_seed(plan, seed), {}) for seed in group] for group in groups]
    moved = [[counts_of(with_seed(plan, seed), LEVER) for seed in group] for group in groups[:comparisons]]
    settled = dict.fromkeys(MEASURES, 0)
    for name in MEASURES:
        for one, other in zip(plain[::2], plain[1::2], strict=True):
            found = interval_of(_differences(one, other, name))
            settled[name] += found is not None and found.excludes_zero
    tried = comparisons * len(MEASURES)
    yield _between(
        f"intervals that exclude 0 where luck alone differs ({tried:,} of {SEEDS} pairs)",
        sum(settled.values()) / tried,
        *BY_LUCK,
    )
    least = COVERED[0] if comparisons >= FULL else COVERED[1]
    for name in MOVED:
        known = [_differences(one, other, name) for one, other in zip(plain, moved, strict=False)]
        truth = sum(map(sum, known)) / (SEEDS * len(known))
        held = sum(
            found is not None and found.low <= truth <= found.high for found in (interval_of(each) for each in known)
        )
        yield _between(
            f"intervals that hold what a lever does to {name} ({truth:+,.1f})", held / len(known), least, 1.0
        )


def _differences(one: Sequence[Counts], other: Sequence[Counts], name: str) -> list[float]:
    """Return second less first of each pair."""
    return [float((b[name] or 0) - (a[name] or 0)) for a, b in zip(one, other, strict=True)]


def _between(figure: str, share: float, low: float, high: float) -> Check:
    """Return the check that a share lies in a range."""
    wanted = f"{100 * low:.0f} to {100 * high:.0f} %"
    return Check(figure, SOURCE, wanted, f"{100 * share:.1f} %", low <= share <= high, "code identity")
