"""S4 and S5: what people do this month, and what of it is found out.

Two short passes over a neighbourhood.  The first is dense and branch-free: a person's propensity in a class is one 16-bit number into
which everything that stands has been folded, so a bound made from it by shifting, compared with the person's word, leaves the few
who may have done something.  The second sees only those who did.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasstown.compiler.columns import NO_GRADE
from glasstown.engine.kernel.bits import trailing_zeros, whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.logbook import is_kept, next_line
from glasstown.engine.kernel.philox import words
from glasstown.engine.tables.lives import L_REPORTED, S_NORM
from glasstown.engine.tables.log_rows import ACTED
from glasstown.engine.tables.person_rows import Chance, Ident
from glasstown.engine.tables.shapes import I64, Log, Model, Practice, Shard, Work
from glasstown.population.tables import BLOCK

N_ROWS = 1536
"""Hazard rows: 24 octaves in steps of 1/64, row 0 standing for 'never'."""
ROW_ZERO = 20 * 256
"""Q8.8 distance of a hazard of one act a month from the first row."""
MOST_ACTS = 15
LEAST_X = -24 * 256
"""Lower end of the quick bound; what lies below counts as this."""

PROFILE_GROUP = 15
PROFILE_URBAN = 1 << 4
PROFILE_HOUSEHOLD_SHIFT = 8

# a row of the working table of those who did something
DID_PERSON = 0
DID_CLASS = 1
DID_ACTS = 2
DID_ROW = 3  # hazard row
DID_FOUND = 4  # acts found out
DID_REPORTED = 5  # 1 where others told of it
DID_LOT = 6  # word that says which cases are looked into first
N_DID = 7
CAPACITY_BLOCK = 2048
"""first block of those words in the stream of filing, one for each class"""

# the parts of a row of `Found`
FOUND_PERSON_SHIFT = 24
FOUND_CLASS_SHIFT = 16
FOUND_ACTS_SHIFT = 8
FOUND_MASK = 255
FOUND_FALSE = 1 << 40
"""set where nothing was done: a false report that is believed"""

# rows of the tally, by group and class
TALLY_ACTS = 0
TALLY_FOUND = 1


@kernel
def act(model: Model, shard: Shard, work: Work, did: I64, first: int, n: int, month: int) -> int:
    """S4. Write one row of `did` for each person and class with at least one act; return how many rows.

    h = h_c 2^x / Z_c, x = a_c theta + A - G_t + what points and grade add, all in Q8.8 lg units and all in `propensity` but
    for the part that is the same for everyone in a month.  n ~ Poisson(h), cut off at 15, from one word a class.
    A quick bound leaves the few who may have done something; the exact threshold decides.
    """
    n_did = 0
    block = first // BLOCK
    for k in range(shard.propensity.shape[1]):
        mine, draws = shard.propensity[block, k], work.draws[k]
        shift = model.month_shift[month, k] + norm_shift(model, shard, block, k)
        for start in range(0, n, 32):
            bits = may_act(mine, draws, shift, start)
            if n - start < 32:
                bits &= np.uint32((1 << (n - start)) - 1)
            while bits != 0:
                i = start + np.int64(trailing_zeros(bits))
                bits &= np.uint32(bits - np.uint32(1))
                row = hazard_row(np.int64(mine[i]) + shift)
                n_acts = count_acts(model.hit, row, draws[i])
                line = did[n_did]
                line[DID_PERSON], line[DID_CLASS], line[DID_ACTS], line[DID_ROW] = i, k, n_acts, row
                n_did += min(n_acts, 1)
    return n_did


@kernel
def norm_shift(model: Model, shard: Shard, block: int, k: int) -> int:
    """S3. Return what the neighbourhood adds to everybody's propensity in a class: beta (m - m0), at most one lg unit."""
    norm = shard.lives.norm
    if block >= len(norm) or k >= norm.shape[1]:
        return 0
    above: int = whole(norm[block, k]) - whole(shard.lives.first_norm[block, k])
    return min(max((model.society.numbers[S_NORM] * above) >> 16, -256), 256)


@kernel
def may_act(propensity: NDArray[np.int16], draws: NDArray[np.uint32], shift: int, start: int) -> np.uint32:
    """Return who of 32 people may have acted, as bits: whose word lies below 2^x >= 1 - exp(-2^x), rounded up.

    2^x is built from exponent and mantissa, 2^f <= 1 + f for 0 <= f < 1, so no table is read and nothing is stored: a loop
    that the compiler takes eight or sixteen people at a time.  Places past the block's end are read and masked away.
    """
    by = np.int32(shift)
    bits = np.uint32(0)
    for j in range(np.uint64(32)):
        x = np.int32(propensity[np.uint64(start) + j]) + by
        low = max(x, np.int32(LEAST_X))
        exponent = np.uint32((low >> np.int32(8)) + np.int32(24))
        bound = (np.uint32(256) + np.uint32(low & np.int32(255))) << (exponent & np.uint32(31))
        bound = np.uint32(0xFFFFFFFF) if x >= np.int32(0) else bound
        bits |= np.uint32(draws[np.uint64(start) + j] <= bound) << np.uint32(j)
    return bits


@kernel
def hazard_row(x: int) -> int:
    """Return the row of the Poisson table nearest to a lg hazard in Q8.8."""
    return min(max((x + ROW_ZERO + 2) >> 2, 0), N_ROWS - 1)


@kernel
def count_acts(hit: NDArray[np.uint32], row: int, draw: np.uint32) -> int:
    """Return the number of acts that a word stands for: how many thresholds of the row it lies below, at most 15.

    The first four are compared without a branch, since a guess about them would often be wrong; few people pass them.
    """
    r = np.uint64(row)
    n_acts = (
        np.int64(draw < hit[r, 0])
        + np.int64(draw < hit[r, 1])
        + np.int64(draw < hit[r, 2])
        + np.int64(draw < hit[r, 3])
    )
    if n_acts == 4:
        while n_acts < MOST_ACTS and draw < hit[r, n_acts]:
            n_acts += 1
    return n_acts


@kernel
def at_least_one(chance_of_one: int, n_acts: int) -> int:
    """Return the chance, of 2**32, that at least one of `n_acts` is found out: 1 - (1 - q)^n."""
    if chance_of_one == 0:
        return 0
    # Products reach 2^64 less something, so they are taken without a sign.
    missed = np.uint64((1 << 32) - chance_of_one)
    none = missed
    for _ in range(n_acts - 1):
        none = (none * missed) >> np.uint64(32)
    return (1 << 32) - np.int64(none)


@kernel
def detect(
    model: Model, log: Log, shard: Shard, work: Work, chance: Chance, tally: I64, lived: I64, did: I64, n_did: int,
    found_rows: I64, n_before: int, first: int, month: int,
) -> int:  # fmt: skip
    """S5. Enter acts into the tally, find out which are seen, and write a row for each of those; return the last row's end.

    Offices look into so many cases of a neighbourhood and month and no more; which, is drawn without replacement.
    """
    n_cases = 0
    for r in range(n_did):
        n_cases += see(model, shard, work, chance, tally, did[r], first, month)
    if n_cases > model.capacity[0]:
        overlook(shard, chance, did, n_did, n_cases - model.capacity[0], first, month)
    n_found = n_before
    for r in range(n_did):
        person, k, n_acts, found = did[r, DID_PERSON], did[r, DID_CLASS], did[r, DID_ACTS], did[r, DID_FOUND]
        if is_kept(log):
            line = log.rows[next_line(log, ACTED, person)]
            line.month, line.act_class, line.n_acts, line.n_found = month, k, n_acts, found
        if found == 0:
            continue
        position = first + person
        group = np.int64(shard.profile[position]) & PROFILE_GROUP
        tally[group, TALLY_FOUND, k] += found
        lived[group, L_REPORTED] += did[r, DID_REPORTED]
        learn(model, shard, k, position, found)
        found_rows[n_found] = (
            (person << FOUND_PERSON_SHIFT) | (k << FOUND_CLASS_SHIFT) | (n_acts << FOUND_ACTS_SHIFT) | found
        )
        n_found += 1
    return n_found


@kernel
def see(model: Model, shard: Shard, work: Work, chance: Chance, tally: I64, line: I64, first: int, month: int) -> int:
    """S5. Enter one person's acts of a class, and write beside them how many are found out; return 1 where any is.

    The same word that gave the number of acts says whether any of them is found out: its place inside the cell of that number is
    evenly spread, and the lowest part of the cell stands for 'at least one'.  So acts do not depend on detection.  Most are
    turned away by a bound, n q, before the power is worked out.
    """
    person, k, n_acts = line[DID_PERSON], line[DID_CLASS], line[DID_ACTS]
    position = first + person
    profile = np.int64(shard.profile[position])
    tally[profile & PROFILE_GROUP, TALLY_ACTS, k] += n_acts
    urban = (profile & PROFILE_URBAN) >> 4
    q = np.int64(model.find[k, np.int64(shard.roles[position]) & model.class_mask[k], urban])
    draw, row = np.int64(work.draws[k, person]), line[DID_ROW]
    above = np.int64(model.hit[row, n_acts]) if n_acts < MOST_ACTS else 0
    width = np.int64(model.hit[row, n_acts - 1]) - above
    line[DID_FOUND] = 0
    bound = np.int64((np.uint64(width) * np.uint64(min(q * n_acts, 1 << 32))) >> np.uint64(32))
    if draw - above > bound or draw - above >= share_found(width, q, n_acts):
        return 0
    line[DID_FOUND] = how_many(chance, shard.ident, shard.ident.entity + position, month, k, q, n_acts)
    by_office = np.int64(model.office[k, np.int64(shard.roles[position]) & model.class_mask[k], urban])
    line[DID_REPORTED] = 1 if draw - above >= share_found(width, by_office, n_acts) else 0
    return 1


@kernel
def overlook(shard: Shard, chance: Chance, did: I64, n_did: int, n_left: int, first: int, month: int) -> None:
    """S5. Let so many cases go unseen, each as likely: those with the highest words."""
    for r in range(n_did):
        did[r, DID_LOT] = -1
        if did[r, DID_FOUND] > 0:
            entity = shard.ident.entity + first + did[r, DID_PERSON]
            did[r, DID_LOT] = words(chance, shard.ident.filing, entity, month, CAPACITY_BLOCK + did[r, DID_CLASS])[0]
    for _ in range(n_left):
        last = 0
        for r in range(1, n_did):
            if did[r, DID_LOT] > did[last, DID_LOT]:
                last = r
        did[last, DID_LOT], did[last, DID_FOUND] = -1, 0


@kernel
def share_found(width: int, chance_of_one: int, n_acts: int) -> int:
    """Return the part of a cell that stands for at least one act found out."""
    return np.int64((np.uint64(width) * np.uint64(at_least_one(chance_of_one, n_acts))) >> np.uint64(32))


@kernel
def how_many(chance: Chance, ident: Ident, entity: int, month: int, k: int, q: int, n_acts: int) -> int:
    """Return how many of `n_acts` are found out, knowing that at least one is.

    Act by act: until one is found, the chance is conditional on one being found at last; afterwards it is q.
    """
    if n_acts == 1:
        return 1
    found = 0
    for j in range(n_acts):
        lot = words(chance, ident.found, entity, month, 4 * k + (j >> 2))
        word = lot[0] if j & 3 == 0 else lot[1] if j & 3 == 1 else lot[2] if j & 3 == 2 else lot[3]
        threshold = q if found > 0 else (q << 31) // max(at_least_one(q, n_acts - j) >> 1, 1)
        if word < threshold:
            found += 1
    return max(found, 1)


@kernel
def learn(model: Model, shard: Shard, k: int, position: int, found: int) -> None:
    """Lower the propensity after detection, down to the floor: A(n) = max(-Delta n, A_min)."""
    n_before = np.int64(shard.detections[k, position])
    n_after = min(n_before + found, 255)
    shard.detections[k, position] = np.uint8(n_after)
    shift = model.fall[k, min(n_after, 16)] - model.fall[k, min(n_before, 16)]
    mine = shard.propensity[position // BLOCK, k]
    mine[position % BLOCK] = np.int16(max(np.int64(mine[position % BLOCK]) + shift, -32000))


@kernel
def feel_grade(practice: Practice, shard: Shard, position: int, grade_before: int, grade: int) -> None:
    """Fold a new grade into the propensities: what points, grades and rewards add to each class."""
    if grade_before == grade:
        return
    mine, person = shard.propensity[position // BLOCK], position % BLOCK
    for k in range(len(mine)):
        x = np.int64(mine[k, person])
        if x > -30000:
            x += practice.grade_shift[k, min(grade, NO_GRADE)] - practice.grade_shift[k, min(grade_before, NO_GRADE)]
            mine[k, person] = np.int16(max(x, -29999))
