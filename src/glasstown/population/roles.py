"""Roles: bits that open acts to those who have them, one word of chance for each role."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from glasstown.chance import CERTAIN, DRAWS, Entities, Words, philox
from glasstown.population.tables import RoleRule


def roles_of(
    seed: int,
    draw_name: str,
    entities: Entities,
    rules: Sequence[RoleRule],
    *,
    age: NDArray[np.uint8] | None = None,
    is_urban: NDArray[np.bool_] | None = None,
    month: int | Entities = 0,
) -> NDArray[np.uint16]:
    """Return each entity's roles: bit k is the k-th role of its kind in the catalogue.

    Several rules may give one role to groups that do not overlap; they share the role's word.
    Firms have neither age nor town, so nothing limits theirs.

    month   of arrival of a place's tenant, 0 for the first; an array has one for each entity
    """
    draw = DRAWS[draw_name]
    blocks: dict[int, Words] = {}
    roles = np.zeros(entities.shape[0], dtype=np.uint16)
    for rule in rules:
        has_role = np.ones(entities.shape[0], dtype=np.bool_)
        if rule.threshold < CERTAIN:
            block, lane = divmod(draw.word + rule.bit, 4)
            if block not in blocks:
                blocks[block] = philox(seed, draw.stream, entities, month, block)
            has_role = blocks[block][lane] < np.uint64(rule.threshold)
        if age is not None:
            has_role &= (age >= rule.min_age) & (age <= rule.max_age)
        if is_urban is not None and rule.urban >= 0:
            has_role &= is_urban == bool(rule.urban)
        if rule.within:
            has_role &= roles & np.uint16(rule.within) != 0
        roles |= has_role.astype(np.uint16) << np.uint16(rule.bit)
    return roles
