"""A small town in plain Python, and what a month of conduct in it works on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from glasstown.rows import make_rows
from plain_kernels import plain, plain_module

towns = plain_module("verification.towns")
town_of, state, lived_rows = plain("town"), plain("tables.state"), plain("tables.lived_rows")
At = plain("tables.bundles").At


def scene_of(people: int = 40, **changes: str) -> Any:
    """Return a scene of people under Rongcheng's rules on their first day; `changes` name parameters, `__` for a point.

    Nothing was before that day, unless `changes` say so.
    """
    named = {name.replace("__", "."): Decimal(value) for name, value in changes.items()}
    town = towns.build(towns.Plan("rongcheng-2013", people, 12, date(2014, 1, 1), named, shards=1))
    side = town.sides[0]
    scratch = town_of.make_scratch(len(side.conduct.classes), 1)
    scratch.grow(0)
    return town_of.scene_of(side, 0, scratch, state.make_log(0), make_rows(lived_rows.Lived, 5))


def at(scene: Any, month: int = 0) -> Any:
    """Return the month of the scene's one neighbourhood."""
    return At(0, 0, len(scene.shard.roles), month)
