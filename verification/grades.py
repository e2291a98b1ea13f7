"""Shares of subjects by grade, where a scheme published any: a town's against the record.  None is like for like.

Only firms are compared: of the towns that score people, Kenli alone published counts by grade, and of its points nothing is known.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from glasstown.population.tables import role_ids
from glasstown.runs.plan import make_plan, make_town
from glasstown.runs.request import RunRequest, manifest_of
from verification.table import BAND_99, TIMES, Check, not_run
from verification.towns import catalogue

MONTHS = 36
ALLOWED = 0.25
"""how far a grade's share may be off beyond chance, as a share of the published one"""


class Published(NamedTuple):
    """How many subjects a scheme put into each grade, and how that differs from what a town is asked.

    counts   by grade, best first; a grade that is left out was not published, or has no border on record
    of       everybody rated
    role     the firms of a town that are laid beside them
    """

    name: str
    rulebook: str
    counts: dict[str, int]
    of: int
    source: str
    differs: str
    role: str = "key-polluter"


FIVE = ("green", "blue", "yellow", "red", "black")
PUBLISHED = (
    Published("Jiangsu 2016, key firms", "jiangsu-env-2019", dict(zip(FIVE, (414, 498, 94, 40, 18), strict=True)), 1_064,
              "Jiangsu press 2017 (js2016)", "the yearly method before the points, and key firms only"),
    Published("Jiangsu 2015, key firms", "jiangsu-env-2019", {"green": 301, "black": 20}, 944, "press digest 2016 (js2015)",
              "the yearly method, key firms only, and two of five colours told"),
    Published("Suzhou 2014, ordinary firms", "jiangsu-env-2019", dict(zip(FIVE, (626, 1_288, 434, 163, 35), strict=True)), 2_546,
              "Suzhou Environmental Protection Bureau 2015 (sz2014)", "the yearly method, in one city", "polluter"),
    Published("Guangdong 2017", "cn-env-rating-2013", {"red": 26}, 1_060, "Guangdong ecology department 2018",
              "a province's own points, which are not on record; only the veto that makes red is"),
    Published("Guangzhou 2020", "cn-env-rating-2013", {"red": 93}, 1_541, "Guangzhou Ecology and Environment Bureau 2021 (gz2021)",
              "a city's own points, which are not on record; only the veto that makes red is"),
)  # fmt: skip
KENLI = "232 in A, 826 in B, 300 in E and 32 in F"


class Compared(NamedTuple):
    """A published distribution beside a town's, both in percent by grade."""

    published: Published
    theirs: dict[str, float]
    ours: dict[str, float]
    n: int

    @property
    def largest(self) -> float:
        """Return the largest difference of a grade, in parts of what is allowed for it."""
        return self.largest_of(self.ours)

    def largest_of(self, shares: Mapping[str, float]) -> float:
        """Return the largest difference of a grade from other shares, in parts of what is allowed for it."""
        return max(abs(theirs - shares[grade]) / self._allowed(theirs) for grade, theirs in self.theirs.items())

    @property
    def survivors(self) -> tuple[str, ...]:
        """Return which false shares would agree: none of any grade, or five times those that were published."""
        false = {"nothing": 0.0, "five times": float(TIMES)}
        return tuple(
            which
            for which, times in false.items()
            if any(self.largest_of({g: times * s for g, s in shares.items()}) <= 1 for shares in self._agreeing)
        )

    @property
    def _agreeing(self) -> tuple[dict[str, float], ...]:
        return (self.theirs, self.ours) if self.largest <= 1 else (self.theirs,)

    def _allowed(self, share: float) -> float:
        """Return by how many points a share may be off: a quarter of it, and chance among those rated."""
        return ALLOWED * share + BAND_99 * math.sqrt(share * (100 - share) / self.published.of)


def checks(firms: int) -> Iterator[Check]:
    """Yield a line for each published distribution, and one for the town that cannot be lived."""
    for each in compared(firms):
        figure = f"{each.published.name}: {' / '.join(each.theirs)}, {each.n:,} firms here ({each.published.differs})"
        yield Check(
            figure, each.published.source, _shares(each.theirs), _shares(each.ours), each.largest <= 1, "context",
            (0.0, each.largest, 1.0), survivors=each.survivors,
        )  # fmt: skip
    yield not_run(f"Kenli 2019, people: {KENLI}", "Dongying local press 2020 (kenli2020)",
                  "a record card: no value of any item is known, nor the shares of the best grades", "context")  # fmt: skip


@cache
def compared(firms: int) -> tuple[Compared, ...]:
    """Return every published distribution beside what the firms that can pollute have after some years."""
    lived = {key: _lived(*key, firms) for key in dict.fromkeys((each.rulebook, each.role) for each in PUBLISHED)}
    found = []
    for each in PUBLISHED:
        shares, n = lived[each.rulebook, each.role]
        theirs = {grade: 100 * count / each.of for grade, count in each.counts.items()}
        found.append(Compared(each, theirs, {grade: shares[grade] for grade in theirs}, n))
    return tuple(found)


def _lived(rulebook: str, role: str, firms: int) -> tuple[dict[str, float], int]:
    """Return the shares by grade of the firms with a role after some years, in percent, and how many firms these are."""
    manifest, inputs = manifest_of(RunRequest(rulebook, people=1_000, firms=firms, months=MONTHS))
    town = make_town(make_plan(manifest, inputs), threads=1)
    for _ in range(MONTHS):
        town.advance()
    side = next(side for side in town.sides if side.kind == "firm")
    layer = side.layers[0]
    bit = np.uint16(1 << role_ids(catalogue(), "firm").index(role))
    pollutes = np.concatenate([shard.roles & bit != 0 for shard in side.shards])
    grades = np.concatenate([status.grade for status in layer.statuses])[pollutes]
    names, n = layer.compiled.grade_ids(), len(grades)
    return {name: 100 * float((grades == row).sum()) / max(n, 1) for row, name in enumerate(names)}, n


def _shares(shares: dict[str, float]) -> str:
    return " / ".join(f"{share:.1f}" for share in shares.values()) + " %"
