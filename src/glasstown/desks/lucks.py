"""The same practice under other luck: what a desk mostly did about each act, done again in towns of other seeds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from glasstown.desks.docket import opened, order_for
from glasstown.desks.habits import is_wrong
from glasstown.desks.reckoning import OTHERWISE, SPARED, WRITTEN, Decided, Reckoned, reckoned
from glasstown.language.orders import Deed, Desk
from glasstown.runs.living import Living
from glasstown.types import Progress

Practice: TypeAlias = Mapping[tuple[Desk, str], Deed]
"""By desk and act, what is done."""
COUNTED: Final[Mapping[str, str]] = {
    "files": "files decided",
    "spared_rightly": "spared, rightly",
    "spared_against": "spared, against the rule",
    "written_wrongly": "written down, wrongly",
    "written_rightly": "written down, as the rule asks",
    "months": "months on a black list of those decided about, with you less without",
    "turned": "lives turned",
}
"""what is told of each luck, in words"""


@dataclass(frozen=True, slots=True)
class Luck:
    """What came of a practice in the town of one seed."""

    seed: int
    files: int
    spared_rightly: int
    spared_against: int
    written_wrongly: int
    written_rightly: int
    months: int
    turned: int


def practice_of(decided: Iterable[tuple[Desk, str, Deed]]) -> dict[tuple[Desk, str], Deed]:
    """Return what was mostly done about each act; of two as frequent the one that comes first by name."""
    found: dict[tuple[Desk, str], Counter[Deed]] = {}
    for desk, act, do in decided:
        found.setdefault((desk, act), Counter())[do] += 1
    return {key: min(counts, key=lambda do: (-counts[do], do)) for key, counts in sorted(found.items())}


def luck_of(
    living: Living, practice: Practice, months: Sequence[tuple[int, Desk]], most: int, until: int, tell: Progress
) -> Luck:
    """Return what comes of a practice in a town before its first month, kept to at most so many files of these months' desks."""
    for month in sorted({month for month, _ in months}):
        if month > living.month:
            living.step(month - living.month)
        for desk in sorted({desk for each, desk in months if each == month}):
            cases = opened(living, most)[desk].cases
            orders = [order_for(case, do) for case in cases if (do := practice.get((desk, case.act))) in case.options]
            living.order(*orders)
    return luck_in(living.plan.manifest.seed, reckoned(living, until, tell))


def luck_in(seed: int, found: Reckoned) -> Luck:
    """Return what a reckoning tells of one luck."""
    told = [each for each in found.decided if each.claim is not None]

    def n(fates: Collection[str], *, wrong: bool) -> int:
        return sum(each.fate in fates and is_wrong(each) is wrong for each in told)

    return Luck(
        seed=seed,
        files=len(found.decided),
        spared_rightly=n((SPARED, OTHERWISE), wrong=True),
        spared_against=n((SPARED, OTHERWISE), wrong=False),
        written_wrongly=n((WRITTEN,), wrong=True),
        written_rightly=n((WRITTEN,), wrong=False),
        months=sum(_months(each) for each in found.decided),
        turned=sum(found.turned.values()),
    )


def _months(each: Decided) -> int:
    return each.listed[0] - each.listed[1]
