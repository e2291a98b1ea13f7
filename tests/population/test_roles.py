"""Roles are drawn one by one: a further role moves neither the others nor any other column."""

from __future__ import annotations

import numpy as np

from glasstown.language.acts import ActCatalogue
from glasstown.language.parameters import PlaceFile
from glasstown.population import People, Population, role_ids

SEED = 7
LATER = ("soldier-parent", "medical-worker")
"""the roles that the catalogue got last"""


def without_later(acts: ActCatalogue) -> ActCatalogue:
    roles = tuple(role for role in acts.roles if role.id not in LATER)
    return acts.model_copy(update={"roles": roles, "acts": tuple(act for act in acts.acts if act.role not in LATER)})


def test_later_roles__move_nothing_that_was_there(place: PlaceFile, acts: ActCatalogue) -> None:
    fewer_acts = without_later(acts)
    fewer = place.model_copy(update={"roles": tuple(row for row in place.roles if row.role not in LATER)})
    with_them = Population(place, acts, 6_000, 300, SEED).people(0, 40)
    without = Population(fewer, fewer_acts, 6_000, 300, SEED).people(0, 40)
    n_before = len(role_ids(fewer_acts, "person"))
    for name in People.__slots__:
        found, before = getattr(with_them, name), getattr(without, name)
        if name == "roles":
            found = found & np.uint16((1 << n_before) - 1)
        assert np.array_equal(found, before), name
    assert (with_them.roles >> np.uint16(n_before)).any()
