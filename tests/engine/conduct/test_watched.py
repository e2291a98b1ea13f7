"""S5: firms under key supervision are inspected more often than others that discharge, and do as much."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np

from glasstown.compiler import compile_rulebook
from glasstown.engine.tables.model import make_conduct, numbers_of
from glasstown.language.load import load_acts, load_parameters, load_rulebook
from glasstown.population.tables import role_ids

ACTS = load_acts()
ROLES = role_ids(ACTS, "firm")
POLLUTER, KEY = (1 << ROLES.index(role) for role in ("polluter", "key-polluter"))


def chances(times: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return the chance that an act of k2 is found out, for nobody's, polluters', key and key polluters' roles."""
    rules = compile_rulebook(load_rulebook("cn-env-rating-2013"), ACTS)
    numbers = {**numbers_of(load_parameters()), "inspection.key": Decimal(times)}
    known = make_conduct((rules,), ACTS, numbers, kind="firm", roles=ROLES, months=1)
    k = [each.id for each in known.classes].index("k2")
    at = np.array([0, POLLUTER, KEY, POLLUTER | KEY]) & int(known.model.class_mask[k])
    assert known.base[k][at[1]] == known.base[k][at[3]]
    found: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = known.model.find[k, at, 1] / 2.0**32
    return found


def test_key_polluters__are_found_out_so_many_times_as_often() -> None:
    usual = chances("1")
    assert usual[1] == usual[3] > 0
    assert usual[0] == usual[2] == 0
    assert np.allclose(chances("5"), usual * [1, 1, 1, 5])
    assert chances("30")[3] > 0.999


def test_veto__answers_to_every_ground_that_the_rules_name() -> None:
    rules = compile_rulebook(load_rulebook("cn-env-rating-2013"), ACTS)
    answered = {ACTS.ids()[int(answer["act"])] for answer in np.asarray(rules.answers)}
    grounds = {"environmental-crime", "building-without-approval", "secret-discharge", "bypassing-treatment"}
    assert answered >= grounds
    assert "waste-dumping" not in answered
    assert rules.rulebook.in_force.from_ > date(2013, 1, 1)
