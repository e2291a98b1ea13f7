"""S3 against plain Python: beliefs and what is usual, class by class, and what they do to conduct."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from glasstown.engine.kernel.logbook import lines_of
from glasstown.engine.tables.lives import N_BELIEFS
from glasstown.engine.tables.log_rows import ACTED
from glasstown.engine.tables.propensity import are_open
from glasstown.engine.tables.state import make_log
from glasstown.engine.town import Logs, live_shard_month, make_scratch
from verification.towns import Plan, build

MONTHS = 18
N = 140


def plan(people: int = N, **changes: str) -> Plan:
    named = {name.replace("__", "."): Decimal(value) for name, value in changes.items()}
    return Plan("rongcheng-2013", people, MONTHS, date(2014, 1, 1), named, shards=1)


def test_beliefs_and_norms__are_those_of_the_equations() -> None:
    town = build(plan())
    side = town.sides[0]
    shard, number = side.shards[0], side.conduct.model.society.numbers
    belief = shard.lives.belief[0, :, :N].astype(np.int64).tolist()
    norm = shard.lives.norm[0].tolist()
    heads = are_open(shard.propensity[0, :N_BELIEFS, :N]).sum(axis=1).tolist()
    assert max(heads) < N  # children set no norms
    moved = 0
    for month in range(MONTHS):
        log = make_log(4096)
        live_shard_month(side, 0, make_scratch(len(side.conduct.classes), 1), month, logs=Logs(log, (make_log(4096),)))
        acts, caught = [0] * N_BELIEFS, [0] * N_BELIEFS
        for line in lines_of(log):
            k, n_acts, found, person = line.act_class, line.n_acts, line.n_found, line.person
            if line.kind == ACTED and k < N_BELIEFS:
                acts[k], caught[k] = acts[k] + n_acts, caught[k] + found
                share = found * 65536 // n_acts
                belief[k][person] += (number.own * (share - belief[k][person]) + 32768) // 65536
        for k in range(N_BELIEFS):
            if acts[k]:
                share = caught[k] * 65536 // acts[k]
                belief[k] = [p + (number.neighbours * ((share - p) // 2) + 4096) // 8192 for p in belief[k]]
            norm[k] += (number.inertia * (acts[k] * 65536 // heads[k] - norm[k]) + 32768) // 65536
        assert shard.lives.belief[0, :, :N].tolist() == belief, month
        assert shard.lives.norm[0].tolist() == norm, month
        moved += sum(acts)
    assert moved > 100


def test_propensity__is_the_first_one_moved_by_belief_and_detections_alone() -> None:
    """Whatever happened on the way, what stands follows from what is believed now."""
    town = build(plan(strain__loading="0", **{"recording__dishonesty__rongcheng-2013": "0"}))
    side = town.sides[0]
    shard, society, fall = side.shards[0], side.conduct.model.society, side.conduct.model.fall
    first, first_belief = shard.propensity.astype(np.int64), shard.lives.belief.astype(np.int64)
    for _ in range(MONTHS):
        town.advance()
    for k in range(N_BELIEFS):
        before = first[0, k, :N]
        moved = society.lg_belief[first_belief[0, k, :N] >> 4] - society.lg_belief[shard.lives.belief[0, k, :N] >> 4]
        moved += fall[k][np.minimum(shard.detections[k, :N], 16)]
        assert np.where(are_open(before), before + moved, before).tolist() == shard.propensity[0, k, :N].tolist(), k


def acts(people: int = 6000, **changes: str) -> list[list[int]]:
    """Return acts by month and class."""
    town, found = build(plan(people, **changes)), []
    for _ in range(MONTHS):
        town.advance()
        found.append(town.sides[0].tally.acts.sum(axis=0).tolist())
    return found


@pytest.mark.parametrize("name", ["belief__own", "belief__neighbours", "norm__loading"])
def test_step_switched_off__changes_conduct_from_the_second_month_on_in_its_classes(name: str) -> None:
    usual, off = acts(), acts(**{name: "0"})
    assert usual[0] == off[0]
    assert usual[1:] != off[1:]
    assert [row[8:11] for row in usual] == [row[8:11] for row in off]


def test_certainty_that_is_known__lowers_acts_from_the_first_month() -> None:
    known = {"belief__own": "0", "belief__neighbours": "0", "delta_detection": "0"}
    usual, twice = acts(**known), acts(**known, detection__certainty="2")
    assert sum(twice[0][:7]) < sum(usual[0][:7])
    learnt = acts(detection__certainty="2")
    assert learnt[0] == acts()[0]
