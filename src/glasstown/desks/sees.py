"""What a register tells of somebody whom a file is about: no means, no conduct, nothing that is true of them and not written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from glasstown.compiler.columns import NO_GRADE
from glasstown.engine.quotas import shown_scores
from glasstown.engine.sides import Side
from glasstown.engine.tables.listed import lists_of_all
from glasstown.engine.town import Town
from glasstown.population import BLOCK, FIRM_SIZES
from glasstown.population.names import firm_name, person_name
from glasstown.runs.accounts import step_of
from glasstown.runs.eve import Written
from glasstown.runs.plan import Plan
from glasstown.types import EntityKind


@dataclass(frozen=True, slots=True)
class Somebody:
    """An invented person or firm as registers have them; what a firm or a person does not have is None.

    since   month in which this tenant of the place came, 0 for the first
    """

    name: str
    age: int | None = None
    sex: str | None = None
    lives: str | None = None
    size: str | None = None
    since: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return what is told of them."""
        told = {"name": self.name, "age": self.age, "sex": self.sex, "lives": self.lives, "size": self.size}
        return {name: value for name, value in told.items() if value is not None}


def somebody(plan: Plan, town: Town, kind: EntityKind, number: int) -> Somebody:
    """Return who is in a place of a town now."""
    block, member = divmod(number, BLOCK)
    if kind == "firm":
        size = FIRM_SIZES[int(plan.population.firms(block, block + 1).size[member])]
        return Somebody(firm_name(plan.manifest.seed, number), size=size)
    people = plan.population.people(block, block + 1)
    side, shard, place = place_of(town, kind, number)
    lives, since = side.shards[shard].lives, 0
    age, is_female = int(people.age[member]), bool(people.is_female[member])
    if side.turning is not None:
        since, age, is_female = int(lives.since[place]), int(lives.age[place]), bool(lives.is_female[place])
    return Somebody(
        name=person_name(plan.manifest.seed, number, since),
        age=age,
        sex="female" if is_female else "male",
        lives="in town" if people.is_urban[member] else "in the countryside",
        since=since,
    )


def standing(plan: Plan, town: Town, written: Written, *, is_new: bool) -> dict[str, Any]:
    """Return where whom a file is about stands under its rulebook: points, grade and lists, as far as it has them.

    is_new   whether they come in the month that is next, so that where their place stands now is somebody else's
    """
    side, shard, place = place_of(town, written.kind, written.number)
    layer = next(each for each in side.layers if each.name == written.rulebook)
    status, compiled = layer.statuses[shard], plan.compiled[written.rulebook]
    if is_new:
        return {"points": None, "grade": None, "lists": []}
    points, grade = int(shown_scores(layer.rules, status)[place]) * step_of(compiled.quantum), int(status.grade[place])
    lists, bits = compiled.list_ids(), int(lists_of_all(status.lists[place : place + 1])[0])
    return {
        "points": str(points) if compiled.grade_ids() else None,
        "grade": compiled.grade_ids()[grade] if grade != NO_GRADE and compiled.grade_ids() else None,
        "lists": [name for row, name in enumerate(lists) if (bits >> row) & 1],
    }


def place_of(town: Town, kind: EntityKind, number: int) -> tuple[Side, int, int]:
    """Return the side, the shard by number, and the place in it, of a person or firm."""
    side = next(each for each in town.sides if each.kind == kind)
    for row, shard in enumerate(side.shards):
        place = number - int(shard.ident.entity)
        if 0 <= place < len(shard.roles):
            return side, row, place
    raise IndexError(number)
