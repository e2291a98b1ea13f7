"""S8 and S9: everyone's month in turn: state taken into hand, days lived, lists assessed, state laid back."""

from __future__ import annotations

import numpy as np

from glasstown.compiler.columns import HOUSEHOLD_ABOVE, KIND_ASSESSED
from glasstown.engine.conduct.acts import feel_standing
from glasstown.engine.counts import account, ceiling_of
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import inlined, kernel
from glasstown.engine.kernel.calendar import is_scheme
from glasstown.engine.kernel.entries import PHASE_ASSESSMENT, TURN, turn_of_list
from glasstown.engine.kernel.ledger_words import DAY, PERSON, pack_key, pack_turn
from glasstown.engine.kernel.lots import lot_of
from glasstown.engine.kernel.mixing import mix
from glasstown.engine.person.day import live_days
from glasstown.engine.person.holds import owes_nothing, wrongly_on
from glasstown.engine.person.in_hand import push
from glasstown.engine.person.lists import holds_condition
from glasstown.engine.person.scores import own_shown, shown
from glasstown.engine.person.turns import add_turns
from glasstown.engine.tables.bundles import At, Desk, Due, Here, Law, Mine
from glasstown.engine.tables.listed import lay_lists, lists_of
from glasstown.engine.tables.person_rows import Me
from glasstown.engine.tables.profiles import group_of, household_of
from glasstown.engine.tables.shapes import Calendar, Rules, Shard, Status

MOST_TURNS = 48
"""Room for the cycles, cut-offs and assessed lists of one month."""


@inlined
def live_people(law: Law, here: Here, desk: Desk, at: At, due: Due) -> np.uint64:
    """S8 and S9 for everyone of a block; return the hash of what changed.

    A person on whom nothing falls due keeps state and entries as they are: the entries are carried over unread.
    """
    rules, cal, status, work, mine, me = law.rules, law.cal, here.status, desk.work, desk.mine, desk.mine.me
    pool_in, pool_out, cursor = desk.pool_in, desk.pool_out, desk.cursor
    last_day = cal.month_start[at.month + 1] - 1
    due_limit = (last_day + 1) << DAY.at
    read, end_of_block = cursor.read, cursor.read + whole(status.n_entries[at.block])
    written = cursor.written
    digest = np.uint64(at.month)
    me.is_full = 0
    for person in range(at.n):
        new_first, new_last = whole(work.starts[person]), whole(work.starts[person + 1])
        is_turn = due.assessed != 0 or (due.turns and status.is_scored[at.first + person] != 0)
        if new_first == new_last and not is_turn and (read >= end_of_block or pool_in[read, 1] & PERSON.mask != person):
            continue
        n_mine, is_busy = 0, new_last > new_first or is_turn
        while read + n_mine < end_of_block and pool_in[read + n_mine, 1] & PERSON.mask == person:
            is_busy = is_busy or pool_in[read + n_mine, 0] < due_limit
            n_mine += 1
        if not is_busy:
            for _ in range(n_mine):
                pool_out[written, 0], pool_out[written, 1] = pool_in[read, 0], pool_in[read, 1]
                read += 1
                written += 1
            continue
        if n_mine + new_last - new_first + MOST_TURNS > len(mine.keys) or written + len(mine.keys) > len(pool_out):
            me.is_full = 1
            return digest
        for row in range(n_mine):
            mine.keys[row], mine.pays[row] = pool_in[read, 0], pool_in[read, 1]
            read += 1
        for row in range(new_first, new_last):
            mine.keys[n_mine], mine.pays[n_mine] = whole(work.in_order[row, 0]), whole(work.in_order[row, 1])
            n_mine += 1
        position = at.first + person
        open_person(rules, here.shard, status, me, position, person, n_mine)
        begin_when(cal, status, me, position, at.month)
        me.lot = lot_of(desk.chance, me.entity) if rules.book.lots == 1 else 0
        me.wrongly = wrongly_on(rules.clauses, mine, me.lists)
        if due.turns and is_turn:
            add_turns(law, mine, at.month)
        if due.assessed != 0 and me.begun < cal.month_start[at.month]:
            assess(law, here, desk, position, due.assessed, at.month)
        live_days(law, desk, last_day)
        account(law, status, desk, position, at.month)
        digest = close_person(law, here, mine, position, digest)
        for row in range(me.n_entries):
            pool_out[written, 0], pool_out[written, 1] = mine.keys[row], mine.pays[row]
            digest = mix(digest, np.uint64(mine.keys[row]) ^ mix(np.uint64(7), np.uint64(mine.pays[row])))
            written += 1
    status.n_entries[at.block] = np.int32(written - cursor.written)
    cursor.read, cursor.written = read, written
    return digest


@kernel
def open_person(rules: Rules, shard: Shard, status: Status, me: Me, position: int, person: int, n_entries: int) -> None:
    """Take a person's state into hand."""
    me.score, me.grade = whole(status.score[position]), whole(status.grade[position])
    me.lists = lists_of(status, position)
    me.n_entries, me.person = n_entries, person
    me.group = group_of(shard.profile[position])
    me.entity = shard.ident.entity + position
    me.n_records = whole(status.n_records[position])
    me.is_cut = 0
    for further in range(rules.book.n_more):
        me.more[further] = whole(status.more[position, further])
    me.ceiling = ceiling_of(rules.book, status, position)


@kernel
def begin_when(cal: Calendar, status: Status, me: Me, position: int, month: int) -> None:
    """Take into hand since when somebody is under the rulebook: whoever began today knows this month's cut-offs."""
    me.begun = cal.month_start[whole(status.begun[position])]
    me.is_cut = 1 if month > 0 and me.begun == cal.month_start[month] else 0


@kernel
def close_person(law: Law, here: Here, mine: Mine, position: int, digest: np.uint64) -> np.uint64:
    """Lay a person's state back, let a new score be felt, put entries in order, and mix the state into the hash."""
    me, status = mine.me, here.status
    feel_standing(law.practice, here.shard, position, whole(status.score[position]), me.score)
    status.score[position] = np.int32(me.score)
    status.grade[position] = np.uint8(me.grade)
    lay_lists(status, position, me.lists)
    status.nothing_owed[position] = np.uint8(owes_nothing(law.rules, mine))
    status.n_records[position] = np.uint8(min(me.n_records, 255))
    order_entries(mine)
    state = (np.uint64(me.entity) << np.uint64(32)) ^ np.uint64(np.uint32(status.score[position]))
    standing = (np.uint64(status.grade[position]) << np.uint64(32)) | np.uint64(me.lists)
    digest = mix(mix(digest, state), standing)
    for further in range(law.rules.book.n_more):
        status.more[position, further] = np.int32(me.more[further])
        digest = mix(digest, np.uint64(np.uint32(status.more[position, further])))
    return digest


@kernel
def order_entries(mine: Mine) -> None:
    """Sort a person's few entries, so that the ledger has one canonical order."""
    keys, pays = mine.keys, mine.pays
    for i in range(1, mine.me.n_entries):
        key, pay = keys[i], pays[i]
        j = i - 1
        while j >= 0 and (keys[j] > key or (keys[j] == key and pays[j] > pay)):
            keys[j + 1], pays[j + 1] = keys[j], pays[j]
            j -= 1
        keys[j + 1], pays[j + 1] = key, pay


@kernel
def assess_households(law: Law, here: Here, desk: Desk, at: At) -> int:
    """S9. Return the lists assessed on the last day of the month before, as bits; sum households where they are asked for."""
    rules, cal, shard, status = law.rules, law.cal, here.shard, here.status
    if at.month <= cal.origin.first_month or not is_scheme(cal, cal.month_start[at.month]):
        return 0
    month_before = (cal.origin.month - 1 + at.month - 1) % 12 + 1
    assessed, has_households = 0, False
    for rule in range(rules.book.n_lists):
        row = rules.lists[rule]
        if row.kind == KIND_ASSESSED and (row.assessed >> month_before) & 1 == 1:
            assessed |= 1 << rule
            has_households = has_households or row.condition == HOUSEHOLD_ABOVE
    if has_households:
        houses = desk.work.house
        for place in range(len(houses)):
            houses[place].scores, houses[place].members = 0, 0
        for position in range(at.first, at.first + at.n):
            if status.is_scored[position] != 0:
                house = houses[household_of(shard.profile[position])]
                house.scores += shown(
                    rules.book, whole(status.score[position]), ceiling_of(rules.book, status, position)
                )
                house.members += 1
    return assessed


@kernel
def assess(law: Law, here: Here, desk: Desk, position: int, assessed: int, month: int) -> None:
    """S9. Look at assessed lists in the closing state of the day before, and enter what changes for the month's first day."""
    rules, me = law.rules, desk.mine.me
    if here.status.is_scored[position] == 0:
        return
    score, grade = own_shown(rules, me), me.grade
    house = desk.work.house[household_of(here.shard.profile[position])]
    for rule in range(rules.book.n_lists):
        if (assessed >> rule) & 1 == 0:
            continue
        row = rules.lists[rule]
        if row.condition == HOUSEHOLD_ABOVE:
            holds = house.scores * row.scale > row.value * house.members
        else:
            holds = holds_condition(rules, rule, score, grade)
        if holds != ((me.lists >> rule) & 1 == 1):
            key = pack_key(law.cal.month_start[month], PHASE_ASSESSMENT, turn_of_list(rule), 0, TURN)
            push(desk.mine, key, pack_turn(me.person, 1 if holds else 0))
