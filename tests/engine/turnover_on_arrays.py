"""S0 on whole arrays, with NumPy alone: a second reading of a change of tenants, beside which the kernels' is held bit for bit.

It works on all who turn at once, where `engine/society/tenants.py` and `engine/leaving.py` take one after another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.tenants_on_arrays import Turned, Turnover, count_heads, look, residents_at, settle_in
from glasstown.engine import counts
from glasstown.engine.conduct.memory import MOST_FELT
from glasstown.engine.kernel import ledger_words
from glasstown.engine.office.spilling import mail_for
from glasstown.engine.person.holds import wrongly_on
from glasstown.engine.person.scores import NO_CEILING, shown
from glasstown.engine.quotas import shown_scores
from glasstown.engine.sides import SLACK, First, Layer, Pool, Side, first_status
from glasstown.engine.tables.deterrence import standing_of
from glasstown.engine.tables.listed import as_bytes, bytes_for, lists_of_all
from glasstown.engine.tables.lived_rows import Lived
from glasstown.engine.tables.lives import ARREARS, CHILD, N_BELIEFS
from glasstown.engine.tables.practice_rows import RETURN_TENANTS
from glasstown.engine.tables.profiles import groups_of
from glasstown.engine.tables.propensity import LEAST_OPEN, MOST_OPEN, are_open
from glasstown.engine.tables.shapes import I64, Shard, Status, Work
from glasstown.engine.tables.state import Residents, make_mine, make_work, propensities
from glasstown.engine.tables.turning_rows import DIED, MOVED
from glasstown.engine.turnover import NO_CHANGES, Booked, Changes
from glasstown.population import BLOCK
from glasstown.rows import Rows, as_array


def turn_on_arrays(
    turnover: Turnover,
    side: Side,
    number: int,
    month: int,
    lived: Rows[Lived],
    booked: Sequence[Booked],
    work: Work,
    *,
    told: bool,
) -> Changes:
    """Stand in for `engine.turnover.turn`; tell nobody."""
    shard = side.shards[number]
    if month == 0 or len(shard.lives.work) == 0:
        return NO_CHANGES
    turned = look(turnover, shard, month)
    who = residents_at(turnover, shard, turned.place)
    settle_in(turnover, side.conduct, shard, turned, who, lived)
    for layer, is_scored, accounts in zip(side.layers, who.is_scored, booked, strict=True):
        turn_under(layer, shard, number, turned, is_scored, month, accounts)
    feel_anew(side, number, turned.place, who)
    _mark(shard, turned)
    return NO_CHANGES


@dataclass(frozen=True, slots=True)
class Left:
    """Where those stood under one rulebook who left it this month, as the last month ended.

    place   (n,) position in the shard
    status  of these alone
    """

    place: I64
    status: Status


def turn_under(
    layer: Layer, shard: Shard, number: int, turned: Turned, is_scored: NDArray[np.bool_], month: int, booked: Booked
) -> Left:
    """S0. Let people leave a rulebook and begin under it; return where those stood who left.

    is_scored   whom of those who turned it scores from now on
    """
    status, pool, place = layer.statuses[number], layer.pools[number], turned.place
    was = status.is_scored[place] != 0
    goes, comes = was & (turned.is_gone | ~is_scored), is_scored & (turned.is_gone | ~was)
    left = Left(place[goes], _those(status, place[goes]))
    begun = first_status(layer.law, layer.begins, month)
    group = groups_of(shard.profile[place])
    book_left(layer, pool, left, (group[goes], turned.why[goes]), booked)
    status.is_scored[place] = is_scored
    both = goes | comes
    for name, value in _at_first(layer, begun, comes[both]).items():
        getattr(status, name)[place[both]] = value
    status.begun[place[comes]] = month
    book_came(layer, group[comes], begun, booked)
    rewrite(pool, status, place[goes], place[comes], begun[3])
    if len(layer.mail[number].rows):
        layer.mail[number] = mail_for(as_array(layer.mail[number].rows)[_finds(layer, number, shard, turned)], shard)
    return left


def _those(status: Status, place: I64) -> Status:
    """Return the state of some people; entries are counted by neighbourhood and left out."""
    return Status(**{
        name: array if name == "n_entries" else array[place].copy() for name, array in status._asdict().items()
    })  # fmt: skip


def _at_first(layer: Layer, begun: First, comes: NDArray[np.bool_]) -> dict[str, NDArray[np.int64]]:
    """Return the state of those who begin; on lists stand only those whom the rulebook scores."""
    grade, lists, more, _ = begun
    n = len(comes)
    return {
        "score": np.full(n, int(layer.rules.book.base_score)),
        "grade": np.full(n, grade),
        "lists": as_bytes(np.where(comes, np.uint32(lists), np.uint32(0)), bytes_for(len(layer.rules.lists))),
        "n_records": np.zeros(n, dtype=np.int64),
        "nothing_owed": np.zeros(n, dtype=np.int64),
        "more": np.tile(np.array(more, dtype=np.int64), (n, 1)),
    }


def book_left(
    layer: Layer, pool: Pool, left: Left, of: tuple[I64, NDArray[np.uint8]], booked: Booked
) -> None:  # fmt: skip
    """S16. Take those who left out of what stands, and say of each list how they left it; `of` is their group, and why."""
    (group, why), (flow, level), slots, rules = of, booked, layer.slots, layer.rules
    scores, grade, lists = (
        shown_scores(rules, left.status),
        left.status.grade.astype(np.int64),
        lists_of_all(left.status.lists),
    )
    np.add.at(level, (group, slots.level_grades + grade), -1)
    np.add.at(level[:, slots.level_score], group, -scores)
    np.add.at(flow[:, slots.returned + RETURN_TENANTS], group, -scores)
    if not lists.any():
        _measures_end(layer, level, group, grade, lists)
        return
    wrongly = wrongly_held(layer, pool, left)
    ways = {DIED: slots.list_died, MOVED: slots.list_moved}
    for rule in range(len(rules.lists)):
        on = (lists >> np.uint32(rule)) & np.uint32(1) == 1
        np.add.at(level[:, slots.level_lists + rule], group[on], -1)
        np.add.at(level[:, slots.level_lists_wrong + rule], group[(wrongly >> rule) & 1 == 1], -1)
        for each in np.flatnonzero(on).tolist():
            flow[group[each], ways.get(int(why[each]), slots.list_out) + rule] += 1
    _measures_end(layer, level, group, grade, lists)


def book_came(layer: Layer, group: I64, begun: First, booked: Booked) -> None:
    """S16. Enter those who begin into what stands."""
    grade, lists, _, _ = begun
    (flow, level), slots, rules = booked, layer.slots, layer.rules
    base = int(shown(rules.book, int(rules.book.base_score), NO_CEILING))
    n = np.bincount(group, minlength=len(level))[: len(level)]
    level[:, slots.level_grades + grade] += n
    level[:, slots.level_score] += base * n
    flow[:, slots.returned + RETURN_TENANTS] += base * n
    for rule in range(len(rules.lists)):
        if (lists >> rule) & 1:
            level[:, slots.level_lists + rule] += n
            flow[:, slots.list_in + rule] += n
    level[:, slots.level_measures : slots.level_measures + len(rules.measures)] += n[:, None] * _held(
        layer, grade, lists
    )


def _measures_end(layer: Layer, level: I64, group: I64, grade: I64, lists: NDArray[np.uint32]) -> None:
    """S16. Take the measures in force for some people out of what stands."""
    slots, rules = layer.slots, layer.rules
    if len(rules.measures) == 0 or len(group) == 0:
        return
    standing, inverse = np.unique(np.stack([grade, lists.astype(np.int64)], axis=1), axis=0, return_inverse=True)
    for row, (one, bits) in enumerate(standing.tolist()):
        n = np.bincount(group[inverse.reshape(-1) == row], minlength=len(level))[: len(level)]
        level[:, slots.level_measures : slots.level_measures + len(rules.measures)] -= n[:, None] * _held(
            layer, one, bits
        )


def _held(layer: Layer, grade: int, lists: int) -> I64:
    """Return which measures are in force for a grade and lists, 1 or 0."""
    measures = layer.rules.measures
    return np.array([counts.in_force(measures, each, grade, lists) for each in range(len(measures))], dtype=np.int64)


def wrongly_held(layer: Layer, pool: Pool, left: Left) -> I64:
    """Return on which of their lists nothing but wrong records held those who left, as bits."""
    found = np.zeros(len(left.place), dtype=np.int64)
    work, of = make_work(0), positions_of(pool, left.status.n_entries)
    mine = make_mine(work, layer.begins)
    lists = lists_of_all(left.status.lists)
    for row in np.flatnonzero(lists).tolist():
        entries = pool.read[: pool.n_entries][of == left.place[row]]
        mine.me.n_entries = len(entries)
        work.keys[: len(entries)], work.pays[: len(entries)] = entries[:, 0], entries[:, 1]
        found[row] = wrongly_on(layer.rules.clauses, mine, int(lists[row]))
    return found


def positions_of(pool: Pool, n_entries: NDArray[np.int32]) -> I64:
    """Return whose each entry of a shard's ledger is: (E,) position in the shard."""
    block = np.repeat(np.arange(len(n_entries), dtype=np.int64), n_entries)
    positions: I64 = block * BLOCK + (pool.read[: pool.n_entries, 1] & ledger_words.PERSON.mask)
    return positions


def rewrite(pool: Pool, status: Status, goes: I64, comes: I64, first: Sequence[tuple[int, int]]) -> None:
    """Take the entries of those who left out of a shard's ledger, and enter those that whoever comes begins with."""
    if pool.n_entries == 0 and not first:
        return
    of = positions_of(pool, status.n_entries)
    is_gone = np.zeros(len(status.score), dtype=np.bool_)
    is_gone[goes] = True
    stays = ~is_gone[of]
    rows, whose = pool.read[: pool.n_entries][stays], of[stays]
    if first and len(comes):
        person = np.repeat(comes, len(first))
        new = np.tile(np.array(first, dtype=np.int64), (len(comes), 1))
        new[:, 1] = new[:, 1] & ~ledger_words.PERSON.mask | person % BLOCK
        rows, whose = np.concatenate([rows, new]), np.concatenate([whose, person])
        order = np.argsort(whose, kind="stable")
        rows, whose = rows[order], whose[order]
    if len(rows) > len(pool.read):
        pool.read = np.zeros((len(rows) + SLACK, 2), dtype=np.int64)
    pool.read[: len(rows)] = rows
    pool.n_entries = len(rows)
    status.n_entries[:] = np.bincount(whose // BLOCK, minlength=len(status.n_entries))


def _finds(layer: Layer, number: int, shard: Shard, turned: Turned) -> NDArray[np.bool_]:
    """Return which letters find whom they are for: not those to somebody who has left, nor to a child."""
    position = as_array(layer.mail[number].rows)["target"] - int(shard.ident.entity)
    left = np.isin(position, turned.place[turned.is_gone])
    finds: NDArray[np.bool_] = ~left & (shard.lives.work[position] != CHILD)
    return finds


def feel_anew(side: Side, number: int, place: I64, who: Residents) -> None:
    """S4. Fold all that stands into the propensities of some people anew: base, trait, load, strain, belief, detections, standing."""
    shard, model = side.shards[number], side.conduct.model
    lives, society, block, person = shard.lives, model.society, place // BLOCK, place % BLOCK
    start = propensities(side.conduct, who)
    x = start.astype(np.int64)
    x += society.strain_shift[lives.strain[place]].T
    x += np.asarray(society.arrears_shift)[:, None] * (lives.means[place] & ARREARS != 0)
    for k in range(len(x)):
        n_felt = np.minimum(shard.detections[k, place], MOST_FELT)
        x[k] += np.asarray(model.fall)[k, n_felt]
    for k in range(N_BELIEFS):
        cells = (who.roles & np.uint16(model.class_mask[k])).astype(np.int64), who.is_urban.astype(np.int64)
        usual, now = society.usual_belief[k][cells], lives.belief[block, k, person]
        x[k] += society.lg_belief[usual >> 4] - society.lg_belief[now >> 4]
    for layer in side.layers:
        status, practice = layer.statuses[number], layer.practice
        scored = np.flatnonzero(status.is_scored[place])
        scores, inverse = np.unique(status.score[place[scored]], return_inverse=True)
        columns = [int(standing_of(practice.borders, score)) for score in scores.tolist()]
        x[:, scored] += practice.felt[:, np.array(columns, dtype=np.int64)[inverse.reshape(-1)]]
    folded = np.where(are_open(start), np.clip(x, LEAST_OPEN, MOST_OPEN), start)
    shard.propensity[block, :, person] = folded.T.astype(np.int16)
    touched = np.unique(block)
    count_heads(lives, are_open(shard.propensity[touched][:, :, :BLOCK]), touched)


def _mark(shard: Shard, turned: Turned) -> None:
    """Mix who turned into the hashes of their neighbourhoods."""
    lives, place = shard.lives, turned.place
    code = (place % BLOCK).astype(np.uint64) | turned.why.astype(np.uint64) << np.uint64(8)
    code |= lives.age[place].astype(np.uint64) << np.uint64(16) | lives.is_female[place].astype(np.uint64) << np.uint64(
        24
    )
    code = (code + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    code = (code ^ (code >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    np.bitwise_xor.at(shard.hashes, place // BLOCK, code ^ (code >> np.uint64(32)))
