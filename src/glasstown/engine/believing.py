"""S3: what people believe of being caught, and what is usual around them, learnt from the month for the next.

Beliefs are chances in parts of 2**16, one a person and class; what is usual is the mean number of acts a head in the neighbourhood,
in parts of 2**16, one a neighbourhood and class.
"""

from __future__ import annotations

import numpy as np

from glasstown.engine.bits import whole
from glasstown.engine.conduct import (
    DID_ACTS,
    DID_CLASS,
    DID_PERSON,
    FOUND_CLASS_SHIFT,
    FOUND_MASK,
    FOUND_PERSON_SHIFT,
)
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.tables.lives import N_BELIEFS, S_INERTIA, S_NEIGHBOURS, S_OWN
from glasstown.engine.tables.shapes import I64, Model, Shard, Work


@kernel
def believe(
    model: Model, shard: Shard, work: Work, n_did: int, found_rows: I64, begin: int, end: int, block: int, n: int
) -> None:
    """S3. Let everybody learn from the month: own acts and their end, the neighbours' share of acts found out, the usual number.

    p' = p + omega_own (caught - p), for those who acted, caught being the share of the own acts found out;
    p' = p + omega_nb (share of all acts of the neighbourhood found out - p), where there was any;
    m' = m + omega_m (acts a head - m).
    """
    acts, caught = work.house[:N_BELIEFS, 0], work.house[:N_BELIEFS, 1]
    acts[:], caught[:] = 0, 0
    for r in range(begin, end):
        k = (found_rows[r] >> FOUND_CLASS_SHIFT) & FOUND_MASK
        if k < N_BELIEFS:
            caught[k] += found_rows[r] & FOUND_MASK
    row = begin
    for r in range(n_did):
        person, k, n_acts = work.did[r, DID_PERSON], work.did[r, DID_CLASS], work.did[r, DID_ACTS]
        found = 0
        if (
            row < end
            and found_rows[row] >> FOUND_CLASS_SHIFT == (person << (FOUND_PERSON_SHIFT - FOUND_CLASS_SHIFT)) | k
        ):
            found = found_rows[row] & FOUND_MASK
            row += 1
        if k < N_BELIEFS:
            acts[k] += n_acts
            learn_alone(model, shard, block, k, person, (found << 16) // n_acts)
    society, lives = model.society, shard.lives
    for k in range(N_BELIEFS):
        if acts[k] > 0 and society.numbers[S_NEIGHBOURS] > 0:
            learn_together(model, shard, block, k, n, (caught[k] << 16) // acts[k])
        usual: int = whole(lives.norm[block, k])
        lives.norm[block, k] = usual + (society.numbers[S_INERTIA] * ((acts[k] << 16) // n - usual) >> 16)


@kernel
def learn_alone(model: Model, shard: Shard, block: int, k: int, person: int, caught: int) -> None:
    """S3. Move one person's belief by what came of the own acts; fold the difference into the propensity."""
    beliefs, mine = shard.lives.belief[block, k], shard.propensity[block, k]
    before: int = whole(beliefs[person])
    after = min(max(before + (model.society.numbers[S_OWN] * (caught - before) >> 16), 0), 65535)
    beliefs[person] = np.uint16(after)
    shift = model.society.lg_belief[before >> 4] - model.society.lg_belief[after >> 4]
    if mine[person] > -30000:
        mine[person] = np.int16(max(mine[person] + shift, -29999))


@kernel
def learn_together(model: Model, shard: Shard, block: int, k: int, n: int, caught: int) -> None:
    """S3. Move all beliefs of a class in a neighbourhood towards the share found out there; 32 bits, several people at a time."""
    beliefs, mine = shard.lives.belief[block, k], shard.propensity[block, k]
    table = model.society.lg_belief
    weight, share = np.int32(model.society.numbers[S_NEIGHBOURS]), np.int32(caught)
    for person in range(np.uint64(n)):
        before = np.int32(beliefs[person])
        after = before + ((weight * ((share - before) >> np.int32(1))) >> np.int32(13))
        beliefs[person] = np.uint16(after)
        x = np.int32(mine[person])
        moved = x + table[before >> np.int32(4)] - table[after >> np.int32(4)]
        mine[person] = np.int16(moved if x > np.int32(-29000) else x)
