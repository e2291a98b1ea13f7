"""S4 and S5: what people do this month, and what of it is found out.

Two short passes over a neighbourhood.  The first is dense and branch-free: a person's propensity in a class is one 16-bit number into
which everything that stands has been folded, so a bound made from it by shifting, compared with the person's word, leaves the few
who may have done something.  The second sees only those who did.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.conduct.memory import felt
from glasstown.engine.conduct.own import BAND, find_further, most_shift, shift_of
from glasstown.engine.conduct.reports import report
from glasstown.engine.kernel import draws
from glasstown.engine.kernel.bits import trailing_zeros, whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.logbook import is_kept, next_line
from glasstown.engine.kernel.mixing import mix
from glasstown.engine.kernel.philox import lane, words
from glasstown.engine.tables.bundles import At
from glasstown.engine.tables.conduct_rows import Did
from glasstown.engine.tables.deterrence import standing_of
from glasstown.engine.tables.found_words import pack_found, pack_named
from glasstown.engine.tables.log_rows import ACTED
from glasstown.engine.tables.profiles import group_of, urban_of
from glasstown.engine.tables.propensity import move
from glasstown.engine.tables.scene import Scene
from glasstown.engine.tables.shapes import Found, Lives, Model, Practice, Shard
from glasstown.population.tables import BLOCK

N_ROWS = 1536
"""Hazard rows: 24 octaves in steps of 1/64, row 0 standing for 'never'."""
ROW_ZERO = 20 * 256
"""Q8.8 distance of a hazard of one act a month from the first row."""
MOST_ACTS = 15
EVERYBODY = (1 << 32) - 1
"""32 people, as bits."""
LEAST_X = -24 * 256
"""Lower end of the quick bound; what lies below counts as this."""
MOST_DETECTIONS = 255
"""Own detections that are counted; the propensity falls for the first MOST_FELT of them."""


@kernel
def act(scene: Scene, at: At) -> int:
    """S4. Write one row of `work.did` for each person and class with at least one act; return how many rows.

    h = h_c 2^x / Z_c, x = a_c theta + A - G_t + what points and grade add, all in Q8.8 lg units and all in `propensity` but
    for the part that is the same for everyone in a month.  n ~ Poisson(h), cut off at 15, from one word a class.
    A quick bound leaves the few who may have done something; the exact threshold decides.
    """
    model, shard, did = scene.model, scene.shard, scene.work.did
    n_did = 0
    for k in range(shard.propensity.shape[1]):
        mine, draw = shard.propensity[at.block, k], scene.work.draws[k]
        shift = norm_shift(model, shard.lives, at.block, k)
        if at.month >= 0:  # before the first month nothing is announced
            shift += model.month_shift[at.month, k]
        most = most_shift(model, k)
        for start in range(0, at.n, 32):
            first = min(start, BLOCK - 32)  # the last 32 begin among those before, who are masked away
            bits = may_act(mine, draw, shift + most, first) & np.uint32((EVERYBODY << (start - first)) & EVERYBODY)
            if at.n - first < 32:
                bits &= np.uint32((1 << (at.n - first)) - 1)
            while bits != 0:
                i = first + whole(trailing_zeros(bits))
                bits &= np.uint32(bits - np.uint32(1))
                row = hazard_row(whole(mine[i]) + shift + shift_of(scene, at, i, k))
                n_acts = count_acts(model.hit, row, draw[i])
                line = did[n_did]
                line.person, line.conduct, line.acts, line.hazard = i, k, n_acts, row
                n_did += min(n_acts, 1)
    return n_did


@kernel
def norm_shift(model: Model, lives: Lives, block: int, k: int) -> int:
    """S3. Return what the neighbourhood adds to everybody's propensity in a class: beta (m - m0), at most one lg unit."""
    norm = lives.norm
    if block >= len(norm) or k >= norm.shape[1]:
        return 0
    above = whole(norm[block, k]) - whole(lives.first_norm[block, k])
    return min(max((model.society.numbers.norm * above) >> 16, -256), 256)


@kernel
def may_act(propensity: NDArray[np.int16], draws: NDArray[np.uint32], shift: int, start: int) -> np.uint32:
    """Return who of 32 people may have acted, as bits: whose word lies below 2^x >= 1 - exp(-2^x), rounded up.

    2^x is built from exponent and mantissa, 2^f <= 1 + f for 0 <= f < 1, so no table is read and nothing is stored: a loop
    that the compiler takes sixteen people at a time, for which each step is brought back to 32 bits.
    """
    by = np.int32(shift)
    bits = np.uint32(0)
    for j in range(np.uint64(32)):
        x = np.int32(np.int32(propensity[np.uint64(start) + j]) + by)
        low = np.int32(max(x, np.int32(LEAST_X)))
        exponent = np.uint32(np.uint32(np.int32(low >> np.int32(8)) + np.int32(24)) & np.uint32(31))
        bound = np.uint32(np.uint32(np.uint32(256) + np.uint32(low & np.int32(255))) << exponent)
        bound = np.uint32(0xFFFFFFFF) if x >= np.int32(0) else bound
        bits = np.uint32(bits | np.uint32(np.uint32(draws[np.uint64(start) + j] <= bound) << np.uint32(j)))
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
    n_acts = whole(draw < hit[r, 0]) + whole(draw < hit[r, 1]) + whole(draw < hit[r, 2]) + whole(draw < hit[r, 3])
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
    return (1 << 32) - whole(none)


@kernel
def write_act(scene: Scene, at: At, line: Did) -> None:
    """Write down who did what, for a replay."""
    row = scene.log.rows[next_line(scene.log, ACTED, line.person)]
    row.month, row.act_class, row.n_acts, row.n_found = at.month, line.conduct, line.acts, line.found
    if line.left > 0:
        row.n_left, row.n_further = line.left, line.further
        row.age_band = whole(scene.shard.lives.age[at.first + line.person]) // BAND
        row.is_female = whole(scene.shard.lives.is_female[at.first + line.person])
        row.roles = whole(scene.shard.roles[at.first + line.person])


@kernel
def detect(scene: Scene, at: At, n_did: int) -> int:
    """S5. Enter acts into the tally, find out which are seen, and write a row for each of those; return the last row's end.

    What offices do not see others may tell of (S6).

    Offices look into so many cases of a neighbourhood and month and no more; which, is drawn without replacement.
    """
    did, found_rows, profile = scene.work.did, scene.found.rows, scene.shard.profile
    n_cases = 0
    for r in range(n_did):
        see(scene, at, did[r])
    find_further(scene, at, n_did)
    report(scene, at, n_did)
    for r in range(n_did):
        n_cases += did[r].found > 0
    if n_cases > scene.model.capacity:
        overlook(scene, at, n_did, n_cases - scene.model.capacity)
    end = whole(scene.found.starts[at.block])
    for r in range(n_did):
        line = did[r]
        if is_kept(scene.log):
            write_act(scene, at, line)
        if line.found == 0:
            continue
        position = at.first + line.person
        group = group_of(profile[position])
        scene.tally.found[group, line.conduct] += line.found
        learn(scene.model, scene.shard, line.conduct, position, line.found)
        by_office = line.found - line.further
        if by_office > 0:
            found_rows[end] = pack_found(line.person, line.conduct, line.acts, by_office)
            end += 1
        if line.further > 0:
            word = pack_found(line.person, line.conduct, line.acts, line.further)
            found_rows[end] = pack_named(word, scene.model.own.act, by_office)
            end += 1
    return end


@kernel
def see(scene: Scene, at: At, line: Did) -> None:
    """S5. Enter one person's acts of a class, and write beside them how many are found out by an office.

    The same word that gave the number of acts says whether any of them is found out: its place inside the cell of that number is
    evenly spread, and the lowest part of the cell stands for 'at least one'.  So acts do not depend on detection.  Most are
    turned away by a bound, n q, before the power is worked out.
    """
    model, shard = scene.model, scene.shard
    k, n_acts, row = line.conduct, line.acts, line.hazard
    position = at.first + line.person
    profile = shard.profile[position]
    scene.tally.acts[group_of(profile), k] += n_acts
    roles, urban = whole(shard.roles[position]) & model.class_mask[k], urban_of(profile)
    q = whole(model.find[k, roles, urban])
    draw = whole(scene.work.draws[k, line.person])
    above = whole(model.hit[row, n_acts]) if n_acts < MOST_ACTS else 0
    width = whole(model.hit[row, n_acts - 1]) - above
    line.found, line.left, line.further = 0, 0, 0
    bound = whole((np.uint64(width) * np.uint64(min(q * n_acts, 1 << 32))) >> np.uint64(32))
    if draw - above > bound or draw - above >= share_found(width, q, n_acts):
        return
    line.found = how_many(scene, at, line, q)


@kernel
def overlook(scene: Scene, at: At, n_did: int, n_left: int) -> None:
    """S5. Let so many cases go unseen, each as likely: those with the highest words."""
    did, ident = scene.work.did, scene.shard.ident
    for r in range(n_did):
        line = did[r]
        line.lot = -1
        if line.found > 0:
            entity = ident.entity + at.first + line.person
            line.lot = words(scene.chance, ident.filing, entity, at.month, draws.CASES + line.conduct)[0]
    for _ in range(n_left):
        last = 0
        for r in range(1, n_did):
            if did[r].lot > did[last].lot:
                last = r
        did[last].lot, did[last].found = -1, 0


@kernel
def share_found(width: int, chance_of_one: int, n_acts: int) -> int:
    """Return the part of a cell that stands for at least one act found out."""
    return whole((np.uint64(width) * np.uint64(at_least_one(chance_of_one, n_acts))) >> np.uint64(32))


@kernel
def how_many(scene: Scene, at: At, line: Did, q: int) -> int:
    """Return how many of somebody's acts are found out, knowing that at least one is; `q` is the chance of each.

    Act by act: until one is found, the chance is conditional on one being found at last; afterwards it is q.
    """
    if line.acts == 1:
        return 1
    ident, found = scene.shard.ident, 0
    entity, block = ident.entity + at.first + line.person, draws.FOUND + draws.BLOCKS_OF_A_CLASS * line.conduct
    for j in range(line.acts):
        word = lane(words(scene.chance, ident.found, entity, at.month, block + (j >> 2)), j)
        threshold = q if found > 0 else (q << 31) // max(at_least_one(q, line.acts - j) >> 1, 1)
        if word < threshold:
            found += 1
    return max(found, 1)


@kernel
def learn(model: Model, shard: Shard, k: int, position: int, found: int) -> None:
    """Lower the propensity after detection, down to the floor: A(n) = max(-Delta n, A_min)."""
    n_before = whole(shard.detections[k, position])
    n_after = min(n_before + found, MOST_DETECTIONS)
    shard.detections[k, position] = np.uint8(n_after)
    shift = model.fall[k, felt(n_after)] - model.fall[k, felt(n_before)]
    move(shard.propensity[position // BLOCK, k], position % BLOCK, shift)


@kernel
def feel_standing(practice: Practice, shard: Shard, position: int, score_before: int, score: int) -> None:
    """S4. Fold a new score into the propensities: what a record means from where somebody stands now."""
    if score_before == score:
        return
    before, now = standing_of(practice.borders, score_before), standing_of(practice.borders, score)
    if before == now:
        return
    mine, person = shard.propensity[position // BLOCK], position % BLOCK
    for k in range(len(mine)):
        shift = practice.felt[k, now] - practice.felt[k, before]
        if shift != 0:
            move(mine[k], person, shift)


@kernel
def digest_of_found(found: Found, at: At, seen: np.uint64) -> np.uint64:
    """Return a hash of what was found out in a neighbourhood, and of what came before it."""
    for row in range(found.starts[at.block], found.starts[at.block + 1]):
        seen = mix(seen, np.uint64(found.rows[row]))
    return seen
