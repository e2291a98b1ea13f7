"""A mechanism's findings read a second time: in plain Python, with chance that NumPy works out, act by act of one life."""

from __future__ import annotations

from typing import Final

import numpy as np

from glasstown.chance import drawn
from glasstown.engine.own_kernels import asked_of
from glasstown.engine.tables.log_rows import ACTED, LogLine
from glasstown.engine.tables.own import OwnKernels
from glasstown.engine.tables.profiles import groups_of
from glasstown.language.mechanism import millionths
from glasstown.population import BLOCK
from glasstown.runs.live_again import Lived
from glasstown.runs.plan import Plan

MILLION: Final = 1_000_000
WORDS_AN_ACT: Final = 8
"""words of `own-found` of each act: the engine's block, and the mechanism's luck"""


def own_differences(plan: Plan, lived: Lived, number: int, whose: tuple[int, int]) -> list[str]:
    """Return the months of a life in which the mechanism found another number of acts than the engine says.

    whose   place in the neighbourhood, and month in which the tenant came
    """
    mechanism, own = plan.inputs.mechanism, plan.conduct["person"].own
    if mechanism is None or own is None or mechanism.head.seam != "detection":
        return []
    rows = [row for row in lived.rows.get(whose, []) if row.kind == ACTED and row.n_left > 0]
    return [
        f"in month {row.month} the mechanism finds {found} of {row.n_left} acts, and the engine says {row.n_further}"
        for row in rows
        if (found := _found(plan, own, lived, number, row)) != row.n_further
    ]


def _found(plan: Plan, own: OwnKernels, lived: Lived, number: int, row: LogLine) -> int:
    """Return how many of the acts of a month the mechanism finds, as its file says it."""
    tables, place = plan.conduct["person"].model.own, row.person
    urban = int(plan.population.people(number // BLOCK, number // BLOCK + 1).is_urban[place])
    odds = int(tables.odds[row.roles & int(plan.conduct["person"].model.class_mask[row.act_class]), urban])
    who = {
        "age_band": int(row.age_band), "is_female": int(row.is_female), "in_town": urban,
        "fifth": int(groups_of(lived.shard.profile)[place]) + 1, "month": int(row.month),
    }  # fmt: skip
    mechanism = plan.inputs.mechanism
    assert mechanism is not None
    names = [f"{mechanism.head.name}.{name}" for name in mechanism.head.parameters]
    values = {name.rpartition(".")[2]: millionths(plan.inputs.parameters.number(name)) for name in names}
    entity = np.array([number], dtype=np.uint64)
    words = [int(word) for word in drawn(plan.manifest.seed, "own-found", entity, int(row.month))[:, 0]]
    found = 0
    for act in range(row.n_left):
        u_act, u_found, _, _, *lot = words[WORDS_AN_ACT * act : WORDS_AN_ACT * (act + 1)]
        if u_act < odds and (u_found * MILLION) >> 32 < own.plain(asked_of(who, tuple(lot), values)):
            found += 1
    return found
