"""S8 and S9: everyone's month in turn: state taken into hand, days lived, lists assessed, state laid back."""

from __future__ import annotations

import numpy as np

from glasstown.compiler.columns import HOUSEHOLD_ABOVE, KIND_ASSESSED
from glasstown.engine.conduct.acts import PROFILE_GROUP, PROFILE_HOUSEHOLD_SHIFT, feel_grade
from glasstown.engine.counts import account, ceiling_of, mix
from glasstown.engine.kernel.cache import inlined, kernel
from glasstown.engine.kernel.calendar import is_scheme
from glasstown.engine.kernel.entries import DAY_SHIFT, PHASE_ASSESSMENT, TURN, TURN_LIST, key
from glasstown.engine.person.day import live_days
from glasstown.engine.person.grants import push
from glasstown.engine.person.lists import holds_condition, owes_nothing, own_shown, shown, wrongly_on
from glasstown.engine.person.turns import add_turns
from glasstown.engine.tables.person_rows import Chance, Cursor, Me
from glasstown.engine.tables.shapes import I64, Calendar, Log, Practice, Rules, Shard, Slots, Status, Work

MOST_TURNS = 48
"""Room for the cycles, cut-offs and assessed lists of one month."""


@inlined
def live_people(
    rules: Rules, cal: Calendar, practice: Practice, slots: Slots, log: Log, shard: Shard, status: Status, work: Work,
    chance: Chance, flow: I64, level: I64, pool_in: I64, pool_out: I64, cursor: Cursor,
    block: int, first: int, n: int, month: int, assessed: int, turns: bool, n_filed: int,
) -> np.uint64:  # fmt: skip
    """S8 and S9 for everyone of a block; return the hash of what changed.

    A person on whom nothing falls due keeps state and entries as they are: the entries are carried over unread.
    """
    last_day = cal.month_start[month + 1] - 1
    due_limit = (last_day + 1) << DAY_SHIFT
    read, end_of_block = cursor.read, cursor.read + status.n_entries[block]
    written = cursor.written
    digest = np.uint64(month)
    work.me.is_full = 0
    for person in range(n):
        new_first, new_last = work.starts[person], work.starts[person + 1]
        is_turn = assessed != 0 or (turns and status.is_scored[first + person] != 0)
        if new_first == new_last and not is_turn and (read >= end_of_block or pool_in[read, 1] & 255 != person):
            continue
        n_mine, is_busy = 0, new_last > new_first or is_turn
        while read + n_mine < end_of_block and pool_in[read + n_mine, 1] & 255 == person:
            is_busy = is_busy or pool_in[read + n_mine, 0] < due_limit
            n_mine += 1
        if not is_busy:
            for _ in range(n_mine):
                pool_out[written, 0], pool_out[written, 1] = pool_in[read, 0], pool_in[read, 1]
                read += 1
                written += 1
            continue
        if n_mine + new_last - new_first + MOST_TURNS > len(work.keys) or written + len(work.keys) > len(pool_out):
            work.me.is_full = 1
            return digest
        for row in range(n_mine):
            work.keys[row], work.pays[row] = pool_in[read, 0], pool_in[read, 1]
            read += 1
        for row in range(new_first, new_last):
            work.keys[n_mine], work.pays[n_mine] = work.in_order[row, 0], work.in_order[row, 1]
            n_mine += 1
        position = first + person
        open_person(rules, shard, status, work.me, position, person, n_mine)
        work.me.wrongly = wrongly_on(rules, work.keys, work.pays, n_mine, work.me.lists)
        if turns and is_turn:
            add_turns(rules, cal, work.keys, work.pays, work.me, month)
        if assessed != 0:
            assess(rules, cal, shard, status, work, position, assessed, month)
        group = work.me.group
        live_days(rules, cal, slots, log, work.keys, work.pays, work.me, flow[group], chance, last_day)
        account(rules, slots, status, work.keys, work.pays, work.me, flow[group], level[group], position)
        digest = close_person(rules, practice, shard, status, work, position, digest)
        for row in range(work.me.n_entries):
            pool_out[written, 0], pool_out[written, 1] = work.keys[row], work.pays[row]
            digest = mix(digest, np.uint64(work.keys[row]) ^ mix(np.uint64(7), np.uint64(work.pays[row])))
            written += 1
    status.n_entries[block] = np.int32(written - cursor.written)
    cursor.read, cursor.written = read, written
    return digest


@kernel
def open_person(rules: Rules, shard: Shard, status: Status, me: Me, position: int, person: int, n_entries: int) -> None:
    """Take a person's state into hand."""
    me.score, me.grade, me.lists = status.score[position], status.grade[position], status.lists[position]
    me.n_entries, me.person = n_entries, person
    me.group = shard.profile[position] & PROFILE_GROUP
    me.entity = shard.ident.entity + position
    me.n_records = status.n_records[position]
    me.is_cut = 0
    for further in range(rules.book.n_more):
        me.more[further] = status.more[position, further]
    me.ceiling = ceiling_of(rules, status, position)


@kernel
def close_person(
    rules: Rules, practice: Practice, shard: Shard, status: Status, work: Work, position: int, digest: np.uint64
) -> np.uint64:
    """Lay a person's state back, let a new grade be felt, put entries in order, and mix the state into the hash."""
    me = work.me
    feel_grade(practice, shard, position, np.int64(status.grade[position]), me.grade)
    status.score[position] = np.int32(me.score)
    status.grade[position] = np.uint8(me.grade)
    status.lists[position] = np.uint32(me.lists)
    status.nothing_owed[position] = np.uint8(owes_nothing(rules, work.keys, work.pays, me.n_entries, me.lists))
    status.n_records[position] = np.uint8(min(me.n_records, 255))
    order_entries(work.keys, work.pays, me.n_entries)
    state = (np.uint64(me.entity) << np.uint64(32)) ^ np.uint64(np.uint32(status.score[position]))
    standing = (np.uint64(status.grade[position]) << np.uint64(32)) | np.uint64(status.lists[position])
    digest = mix(mix(digest, state), standing)
    for further in range(rules.book.n_more):
        status.more[position, further] = np.int32(me.more[further])
        digest = mix(digest, np.uint64(np.uint32(status.more[position, further])))
    return digest


@kernel
def order_entries(keys: I64, pays: I64, n: int) -> None:
    """Sort a person's few entries, so that the ledger has one canonical order."""
    for i in range(1, n):
        this_key, this_pay = keys[i], pays[i]
        j = i - 1
        while j >= 0 and (keys[j] > this_key or (keys[j] == this_key and pays[j] > this_pay)):
            keys[j + 1], pays[j + 1] = keys[j], pays[j]
            j -= 1
        keys[j + 1], pays[j + 1] = this_key, this_pay


@kernel
def assess_households(
    rules: Rules, cal: Calendar, shard: Shard, status: Status, work: Work, first: int, n: int, month: int
) -> int:
    """S9. Return the lists assessed on the last day of the month before, as bits; sum households where they are asked for."""
    if month <= cal.origin.first_month or not is_scheme(cal, cal.month_start[month]):
        return 0
    month_before = (cal.origin.month - 1 + month - 1) % 12 + 1
    assessed, has_households = 0, False
    for rule in range(rules.book.n_lists):
        if rules.lists[rule].kind == KIND_ASSESSED and (rules.lists[rule].assessed >> month_before) & 1 == 1:
            assessed |= 1 << rule
            has_households = has_households or rules.lists[rule].condition == HOUSEHOLD_ABOVE
    if has_households:
        work.house[:] = 0
        for position in range(first, first + n):
            if status.is_scored[position] != 0:
                house = work.house[shard.profile[position] >> PROFILE_HOUSEHOLD_SHIFT]
                house[0] += shown(rules, np.int64(status.score[position]), ceiling_of(rules, status, position))
                house[1] += 1
    return assessed


@kernel
def assess(
    rules: Rules, cal: Calendar, shard: Shard, status: Status, work: Work, position: int, assessed: int, month: int,
) -> None:  # fmt: skip
    """S9. Look at assessed lists in the closing state of the day before, and enter what changes for the month's first day."""
    me = work.me
    if status.is_scored[position] == 0:
        return
    score, grade = own_shown(rules, me), me.grade
    house = work.house[shard.profile[position] >> PROFILE_HOUSEHOLD_SHIFT]
    for rule in range(rules.book.n_lists):
        if (assessed >> rule) & 1 == 0:
            continue
        if rules.lists[rule].condition == HOUSEHOLD_ABOVE:
            holds = house[0] * rules.lists[rule].scale > rules.lists[rule].value * house[1]
        else:
            holds = holds_condition(rules, rule, score, grade)
        if holds != ((me.lists >> rule) & 1 == 1):
            when = key(cal.month_start[month], PHASE_ASSESSMENT, TURN_LIST + rule, 0, TURN)
            push(work.keys, work.pays, me, when, me.person | (256 if holds else 0))
