"""Who can do what, how often before traits, and how surely it is found out: by class of conduct and by roles.

S3: what people believe of being caught, and what is usual around them, learnt from the month for the next.

Beliefs are chances in parts of 2**16, one a person and class; what is usual is the mean number of acts a head in the neighbourhood,
in parts of 2**16, one a neighbourhood and class.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext

import numpy as np
from numpy.typing import NDArray

from glasstown.chance import CERTAIN, threshold
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.tables.bundles import At
from glasstown.engine.tables.conduct_rows import Did
from glasstown.engine.tables.found_words import found_out, is_found_of
from glasstown.engine.tables.hazards import lg_q8
from glasstown.engine.tables.lives import N_BELIEFS
from glasstown.engine.tables.propensity import LEAST_LEARNING, NEVER_SHIFT, move
from glasstown.engine.tables.scene import Scene
from glasstown.engine.tables.shapes import I64, Shard, Society
from glasstown.language.acts import Act, ActClass

Numbers = Mapping[str, Decimal]
Chances = NDArray[np.uint32]
OBSERVED = ("c0", "c1", "c2", "c3", "c7")
"""classes of conduct that others see and can report"""
TIPS = "c10"
"""class of reporting others"""


WATCHED = {"k2": "key-polluter"}
"""roles whose acts of a class are found out more often, since the authority comes to them more often: a class, and the role"""


def role_bit(act: Act, roles: tuple[str, ...]) -> int:
    return 1 << roles.index(act.role) if act.role else 0


def mask_of(act_class: ActClass, acts: tuple[Act, ...], roles: tuple[str, ...]) -> int:
    """Return the role bits that open any act of a class, or make its acts found out more often."""
    bits = watched_bit(act_class, roles)
    for act in acts:
        if act.class_ == act_class.id:
            bits |= role_bit(act, roles)
    return bits


def watched_bit(act_class: ActClass, roles: tuple[str, ...]) -> int:
    """Return the bit of the role that is inspected more often for a class, 0 where there is none."""
    role = WATCHED.get(act_class.id)
    return 1 << roles.index(role) if role in roles else 0


def by_roles(
    classes: tuple[ActClass, ...], acts: tuple[Act, ...], roles: tuple[str, ...], masks: list[int], numbers: Numbers
) -> tuple[I64, np.ndarray[tuple[int, ...], np.dtype[np.uint32]]]:
    """Return lg hazard and chance of detection for every class and set of roles.

    h = h_c times the shares of the acts open to these roles; the chance of detection is the mean over them, more where firms are
    inspected by class.
    """
    n_masks = max(masks, default=0) + 1
    base = np.full((len(classes), n_masks), NEVER_SHIFT, dtype=np.int64)
    find = np.zeros((len(classes), n_masks, 2), dtype=np.uint32)
    with localcontext() as context:
        context.prec = 20
        spread = numbers["trait_loading"] ** 2 * Decimal(2).ln() / 2
        for k, act_class in enumerate(classes):
            mine = [(act, role_bit(act, roles)) for act in acts if act.class_ == act_class.id and act.share > 0]
            watched = watched_bit(act_class, roles)
            trait = Decimal(2).ln() / 2 if act_class.tone == "good deed" else spread
            for bits in _subsets(masks[k]):
                open_acts = [act for act, role in mine if role == 0 or role & bits]
                share = sum((act.share for act in open_acts), Decimal(0))
                more = more_reports(numbers) if act_class.id == TIPS else Decimal(1)
                hazard = numbers[f"hazard.{act_class.id}"] * share * more
                if hazard <= 0:
                    continue
                base[k, bits] = lg_q8(hazard) - int((trait * 256).to_integral_value())
                for column in (0, 1):
                    seen = sum((act.share * _chance(act, column) for act in open_acts), Decimal(0)) / share
                    times = numbers["inspection.key"] if bits & watched else Decimal(1)
                    find[k, bits, column] = min(threshold(min(seen * times, Decimal(1))), CERTAIN - 1)
    return base, find


def certain(usual: Chances, factor: Decimal) -> Chances:
    """Return chances of being found out, so many times as high as usual, below certainty."""
    times = int((factor * 65536).to_integral_value())
    raised = (usual.astype(np.uint64) * np.uint64(times)) >> np.uint64(16)
    chances: Chances = np.minimum(raised, np.uint64(CERTAIN - 1)).astype(np.uint32)
    return chances


def false_share(numbers: Numbers) -> Decimal:
    """Return the share of reports that are false: more where a reward moves those who lie more than those who do not."""
    true, false = _reports(numbers)
    return false / (true + false)


def more_reports(numbers: Numbers) -> Decimal:
    """Return how many times as many reports a reward brings."""
    return sum(_reports(numbers), Decimal(0))


def _reports(numbers: Numbers) -> tuple[Decimal, Decimal]:
    """Return true and false reports, in parts of those that are made without a reward."""
    lies, reward = numbers["inform.false_share"], numbers["inform.reward"] / 100
    return (1 - lies) * (1 + numbers["inform.response_true"] * reward), lies * (
        1 + numbers["inform.response_false"] * reward
    )


def _subsets(mask: int) -> list[int]:
    """Return all sets of bits inside a mask."""
    subsets, bits = [0], mask
    while bits:
        subsets.append(bits)
        bits = (bits - 1) & mask
    return subsets


def _chance(act: Act, urban: int) -> Decimal:
    return act.detected.urban if urban else act.detected.rural


@kernel
def believe(scene: Scene, at: At, n_did: int, end: int) -> None:
    """S3. Let everybody learn from the month: own acts and their end, the neighbours' share of acts found out, the usual number.

    p' = p + omega_own (caught - p), for those who acted, caught being the share of the own acts found out;
    p' = p + omega_nb (share of all acts of the neighbourhood found out - p), where there was any;
    m' = m + omega_m (acts a head of those who may act - m).

    end   of the rows of what is found out of these acts, false reports left aside.
    """
    seen, did, found_rows = scene.work.seen, scene.work.did, scene.found.rows
    society, norm = scene.model.society, scene.shard.lives.norm
    for k in range(N_BELIEFS):
        seen[k].acts, seen[k].caught = 0, 0
    row = scene.found.starts[at.block]
    for r in range(n_did):
        line, found = did[r], 0
        while row < end and is_found_of(found_rows[row], line.person, line.conduct):
            found += found_out(found_rows[row])
            row += 1
        if line.conduct < N_BELIEFS:
            seen[line.conduct].acts += line.acts
            seen[line.conduct].caught += found
            caught = (found << 16) // line.acts if found > 0 else 0  # most are not, and need no division
            learn_alone(society, scene.shard, at.block, line, caught)
    for k in range(N_BELIEFS):
        acts = seen[k].acts
        if acts > 0 and society.numbers.neighbours > 0:
            learn_together(society, scene.shard, at, k, (seen[k].caught << 16) // acts)
        usual = whole(norm[at.block, k])
        heads = max(whole(scene.shard.lives.heads[at.block, k]), 1)
        norm[at.block, k] = usual + ((society.numbers.inertia * ((acts << 16) // heads - usual) + 32768) >> 16)


@kernel
def learn_alone(society: Society, shard: Shard, block: int, line: Did, caught: int) -> None:
    """S3. Move one person's belief by what came of the own acts; fold the difference into the propensity."""
    beliefs = shard.lives.belief[block, line.conduct]
    before = whole(beliefs[line.person])
    after = min(max(before + ((society.numbers.own * (caught - before) + 32768) >> 16), 0), 65535)
    beliefs[line.person] = np.uint16(after)
    shift = whole(society.lg_belief[before >> 4]) - whole(society.lg_belief[after >> 4])
    move(shard.propensity[block, line.conduct], line.person, shift)


@kernel
def learn_together(society: Society, shard: Shard, at: At, k: int, caught: int) -> None:
    """S3. Move all beliefs of a class in a neighbourhood towards the share found out there; 32 bits, several people at a time."""
    beliefs, mine = shard.lives.belief[at.block, k], shard.propensity[at.block, k]
    table = society.lg_belief
    weight, share = np.int32(society.numbers.neighbours), np.int32(caught)
    for person in range(np.uint64(at.n)):
        before = np.int32(beliefs[person])
        step = np.int32(weight * np.int32(np.int32(share - before) >> np.int32(1)))
        after = np.int32(before + np.int32(np.int32(step + np.int32(4096)) >> np.int32(13)))
        beliefs[person] = np.uint16(after)
        x = np.int32(mine[person])
        moved = np.int32(np.int32(x + table[before >> np.int32(4)]) - table[after >> np.int32(4)])
        mine[person] = np.int16(moved if x >= np.int32(LEAST_LEARNING) else x)
