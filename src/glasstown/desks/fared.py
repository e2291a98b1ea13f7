"""How those fare whom files were about, month by month: at work or out of it, before closed gates, owing, and known to others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from glasstown.desks.sees import Somebody, place_of
from glasstown.engine.tables.lives import ALL_DOORS, UNEMPLOYED
from glasstown.engine.town import Town
from glasstown.population import BLOCK
from glasstown.population.tables import INCOME_FIFTHS
from glasstown.runs.plan import Plan
from glasstown.types import EntityKind

FARED: Final[Mapping[str, str]] = {
    "out_of_work": "months out of work",
    "closed": "months with closed gates",
    "owed": "yuan owed by judgment at the end",
    "ties": "ties to others at the end",
}
"""what is told of how somebody fared, in words"""
YOUNG, OLD = 30, 60


@dataclass(frozen=True, slots=True)
class Fared:
    """What befell somebody from a month on: of the first two the months, of the last two how it stood at the end."""

    out_of_work: int = 0
    closed: int = 0
    owed: int = 0
    ties: int = 0

    def later(self, town: Town, kind: EntityKind, number: int) -> Fared:
        """Return the same with one month more; of firms, and in towns without lives, nothing is told."""
        side, shard, place = place_of(town, kind, number)
        lives = side.shards[shard].lives
        if not len(lives.work):
            return self
        return Fared(
            out_of_work=self.out_of_work + int(lives.work[place] == UNEMPLOYED),
            closed=self.closed + int((int(lives.closed[place]) & int(ALL_DOORS)) != 0),
            owed=int(lives.owed[place]),
            ties=int(lives.ties[place]),
        )


def groups_of(plan: Plan, kind: EntityKind, number: int, who: Somebody) -> dict[str, str]:
    """Return to which groups somebody belongs, by what parts them: what the laboratory knows and no file says stands among them."""
    if kind == "firm":
        return {"size": str(who.size)}
    block, member = divmod(number, BLOCK)
    fifth = int(plan.population.people(block, block + 1).income_fifth[member])
    age = who.age or 0
    return {
        "income": INCOME_FIFTHS[fifth],
        "age": f"under {YOUNG}" if age < YOUNG else f"{OLD} or older" if age >= OLD else f"{YOUNG} to {OLD - 1}",
        "sex": str(who.sex),
        "place": str(who.lives),
    }
