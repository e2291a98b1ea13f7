"""The month, in order: the file to open first.

One neighbourhood's month is this list of steps, numbered as in the society model (docs/model.md).  How people live, what they do
and what of it is found out (S1 to S5) happens once, in `live_conduct`; then each rulebook that is in force does the rest with it,
in `live_rules`.
The bulk loop over a town, the replay of one life and every test call the same two functions.

    S1   work and income               working.work_a_month, called with S2, S6, S11, S14 and S15 by livelihood.live_lives
    S2   debt and strain               owing.owe_a_month
    S3   beliefs and norms             believing.believe, at the month's end for the next
    S4   acts                          conduct.act
    S5   detection                     conduct.detect
    S6   informants                    model.find for true reports; informing.inform for false ones
    S7   filing                        filing.file_records; copies that offices keep: gates.renew
    S8   points, by the day            living.live_days
    S9   grades, lists, assessments    lists.settle after every entry; assess on the days that are named for it
    S10  decisions                     deciding.hear, deciding.decide_later
    S11  gateways                      gates.gather, asking.ask_a_month
    S12  spill-over                    spilling.reach_others, spilling.deliver; gates.inherit; trading.trade_a_month
    S13  repayment and repair          seeking.seek_procedures
    S14  broken ties                   minding.lose_ties
    S15  attitudes                     minding.support
    S16  accounts                      account

Own state is read and written step by step; the others' state is read as it stood at the last month's end.  A record about another
person of the neighbourhood takes effect on the first day of the next month at the earliest.
"""

from __future__ import annotations

import numpy as np

from glasstown.compiler.columns import (
    B_CEILING,
    B_N_LISTS,
    B_N_MEASURES,
    B_N_MORE,
    B_POSTS,
    HOUSEHOLD_ABOVE,
    I_ASSESSED,
    I_CONDITION,
    I_KIND,
    I_SCALE,
    I_VALUE,
    KIND_ASSESSED,
    M_GRADES,
    M_LISTS,
)
from glasstown.engine.believing import believe
from glasstown.engine.conduct import (
    PROFILE_GROUP,
    PROFILE_HOUSEHOLD_SHIFT,
    act,
    detect,
    feel_grade,
)
from glasstown.engine.filing import file_records
from glasstown.engine.grants import (
    ME_CEILING,
    ME_CUT,
    ME_FULL,
    ME_GRADE,
    ME_GROUP,
    ME_ID,
    ME_LISTS,
    ME_MORE,
    ME_N,
    ME_PERSON,
    ME_RECORDS,
    ME_SCORE,
    ME_WRONGLY,
    push,
)
from glasstown.engine.informing import believe_reports
from glasstown.engine.kernel.cache import entry, inlined, kernel
from glasstown.engine.kernel.calendar import is_scheme
from glasstown.engine.kernel.entries import DAY_SHIFT, PHASE_ASSESSMENT, TURN, TURN_LIST, key
from glasstown.engine.kernel.philox import fill
from glasstown.engine.lists import NO_CEILING, holds_condition, owes_nothing, own_shown, shown, wrongly_on
from glasstown.engine.livelihood import digest_of_lives, live_lives
from glasstown.engine.living import live_days
from glasstown.engine.seeking import file_statuses, seek_procedures, seek_standing
from glasstown.engine.spilling import deliver
from glasstown.engine.tables.shapes import (
    I64,
    Calendar,
    Found,
    Log,
    Mail,
    Model,
    Post,
    Practice,
    Rules,
    Shard,
    Slots,
    Status,
    Work,
)
from glasstown.engine.trading import digest_of_trade, trade_a_month
from glasstown.engine.turns import add_turns, has_turn

DONE = 0
POOL_FULL = 1
FILED_FULL = 2
ENTRIES_FULL = 3
FOUND_FULL = 4
POST_FULL = 5
MOST_TURNS = 48
"""Room for the cycles, cut-offs and assessed lists of one month."""


@entry
def live_conduct(
    model: Model, log: Log, shard: Shard, work: Work, chance: I64, tally: I64, lived: I64, found: Found, cursor: I64,
    month: int,
) -> int:  # fmt: skip
    """S1 to S5 of one month in every block of a shard, from the block that `cursor` stands at; return why it stopped.

    tally   (G, 2, K) acts and acts found out, by group and class.
    lived   (G, N) the accounts of lives (engine/tables/lives.py).
    found   what was found out, for the rulebooks to read.
    cursor  (1,) next block; changed in place, so that a caller can give more room and go on.  Nothing of a block has
            changed when its turn ends with FOUND_FULL.
    """
    n_classes = shard.propensity.shape[1]
    while cursor[0] < len(shard.hashes):
        block = cursor[0]
        first = shard.first[block]
        n = shard.first[block + 1] - first
        begin = found.starts[block]
        if begin + n * (n_classes + 1) > len(found.rows):
            return FOUND_FULL
        seen, n_reports = np.uint64(month), 0
        if len(shard.lives.work) > 0:
            n_reports = live_lives(model, shard, work, lived, chance, first, n, month)
            seen = mix(seen, digest_of_lives(shard, first, n))
        if len(shard.trade.health) > 0:
            trade_a_month(model, shard, work, lived, chance, first, n, month)
            seen = mix(seen, digest_of_trade(shard, first, n))
        fill(chance, shard.ident[3], shard.ident[0] + first, n, month, (n_classes + 3) >> 2, work.draws)
        n_did = act(model, shard, work, work.did, first, n, month)
        end = detect(model, log, shard, work, chance, tally, lived, work.did, n_did, found.rows, begin, first, month)
        if len(shard.lives.work) > 0:
            believe(model, shard, work, n_did, found.rows, begin, end, block, n)
            end = believe_reports(
                model.society, shard, work, lived, chance, found.rows, end, n_reports, first, n, month
            )
        found.starts[block + 1] = end
        seen = mix(seen, np.uint64(n_did))
        for row in range(begin, end):
            seen = mix(seen, np.uint64(found.rows[row]))
        shard.hashes[block] = mix(shard.hashes[block], seen)
        cursor[0] = block + 1
    return DONE


@entry
def live_rules(
    rules: Rules, cal: Calendar, practice: Practice, slots: Slots, log: Log, shard: Shard, status: Status, found: Found,
    mail: Mail, post: Post, work: Work, chance: I64, flow: I64, level: I64, pool_in: I64, pool_out: I64, cursor: I64, month: int,
) -> int:  # fmt: skip
    """S7 to S16 of one month under one rulebook, in every block of a shard from `cursor` on; return why it stopped.

    pool_in, pool_out  (n, 2) the rulebook's ledger: read in person order, written in person order.
    mail, post         what others of the town send to this shard, and what it sends to them
    cursor             (3,) next block, entries read, entries written; changed in place, so that a caller can give more
                       room and go on.  Nothing of a block has changed when its turn ends with POOL_FULL or POST_FULL.
    """
    while cursor[0] < len(status.n_entries):
        block = cursor[0]
        why = live_block(
            rules, cal, practice, slots, log, shard, status, found, mail, post, work, chance, flow, level, pool_in,
            pool_out, cursor, block, month,
        )  # fmt: skip
        if why != DONE:
            return why
        cursor[0] = block + 1
    return DONE


@inlined
def live_block(
    rules: Rules, cal: Calendar, practice: Practice, slots: Slots, log: Log, shard: Shard, status: Status, found: Found,
    mail: Mail, post: Post, work: Work, chance: I64, flow: I64, level: I64, pool_in: I64, pool_out: I64, cursor: I64,
    block: int, month: int,
) -> int:  # fmt: skip
    """S7 to S16 of one month under one rulebook, in one neighbourhood."""
    first = shard.first[block]
    n = shard.first[block + 1] - first
    if cursor[2] + 6 * (status.n_entries[block] + len(work.filed)) > len(pool_out):
        return POOL_FULL
    if rules.book[B_POSTS] == 1 and post.written[0] + len(work.filed) * len(rules.reaches) > len(post.rows):
        return POST_FULL
    n_filed = file_records(
        rules, cal, practice, slots, log, shard, status, found, post, work, chance, flow, block, first, n, month
    )
    if n_filed >= 0:
        n_filed = deliver(rules, cal, practice, log, shard, status, mail, work.filed, n_filed, block, first, month)
    if n_filed < 0:
        return FILED_FULL
    n_filed = file_statuses(rules, cal, practice, log, shard, status, work.filed, n_filed, first, n, month)
    n_filed = seek_procedures(rules, cal, practice, log, shard, status, work.filed, chance, n_filed, first, n, month)
    n_filed = seek_standing(rules, cal, practice, log, shard, status, work.filed, chance, n_filed, first, n, month)
    assessed = assess_households(rules, cal, shard, status, work, first, n, month)
    turns = has_turn(rules, cal, month)
    if n_filed == 0 and assessed == 0 and not turns and rest(cal, status, pool_in, pool_out, cursor, block, month):
        shard.hashes[block] = mix(shard.hashes[block], np.uint64(month))
        return DONE
    sort_by_person(work, n_filed, n)
    digest = live_people(
        rules, cal, practice, slots, log, shard, status, work, chance, flow, level, pool_in, pool_out, cursor,
        block, first, n, month, assessed, turns, n_filed,
    )  # fmt: skip
    if work.me[ME_FULL] != 0:
        return ENTRIES_FULL
    shard.hashes[block] = mix(shard.hashes[block], digest)
    return DONE


@kernel
def rest(
    cal: Calendar, status: Status, pool_in: I64, pool_out: I64, cursor: I64, block: int, month: int
) -> bool:  # fmt: skip
    """Carry a neighbourhood's entries over unread where none of them falls due this month; return whether that is so."""
    due_limit = cal.month_start[month + 1] << DAY_SHIFT
    n_entries = np.int64(status.n_entries[block])
    for row in range(cursor[1], cursor[1] + n_entries):
        if pool_in[row, 0] < due_limit:
            return False
    for row in range(n_entries):
        pool_out[cursor[2] + row, 0] = pool_in[cursor[1] + row, 0]
        pool_out[cursor[2] + row, 1] = pool_in[cursor[1] + row, 1]
    cursor[1] += n_entries
    cursor[2] += n_entries
    return True


@kernel
def sort_by_person(work: Work, n_filed: int, n: int) -> None:
    """Put new entries into person order; among one person's the order of filing stays."""
    work.starts[: n + 1] = 0
    for row in range(n_filed):
        work.starts[work.filed[row, 0] + 1] += 1
    for person in range(n):
        work.starts[person + 1] += work.starts[person]
    for row in range(n_filed):
        person = work.filed[row, 0]
        place = work.starts[person]
        work.in_order[place, 0], work.in_order[place, 1] = work.filed[row, 1], work.filed[row, 2]
        work.starts[person] = place + 1
    for person in range(n, 0, -1):
        work.starts[person] = work.starts[person - 1]
    work.starts[0] = 0


@inlined
def live_people(
    rules: Rules, cal: Calendar, practice: Practice, slots: Slots, log: Log, shard: Shard, status: Status, work: Work,
    chance: I64, flow: I64, level: I64, pool_in: I64, pool_out: I64, cursor: I64,
    block: int, first: int, n: int, month: int, assessed: int, turns: bool, n_filed: int,
) -> np.uint64:  # fmt: skip
    """S8 and S9 for everyone of a block; return the hash of what changed.

    A person on whom nothing falls due keeps state and entries as they are: the entries are carried over unread.
    """
    last_day = cal.month_start[month + 1] - 1
    due_limit = (last_day + 1) << DAY_SHIFT
    read, end_of_block = cursor[1], cursor[1] + status.n_entries[block]
    written = cursor[2]
    digest = np.uint64(month)
    work.me[ME_FULL] = 0
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
            work.me[ME_FULL] = 1
            return digest
        for row in range(n_mine):
            work.keys[row], work.pays[row] = pool_in[read, 0], pool_in[read, 1]
            read += 1
        for row in range(new_first, new_last):
            work.keys[n_mine], work.pays[n_mine] = work.in_order[row, 0], work.in_order[row, 1]
            n_mine += 1
        position = first + person
        open_person(rules, shard, status, work.me, position, person, n_mine)
        work.me[ME_WRONGLY] = wrongly_on(rules, work.keys, work.pays, n_mine, work.me[ME_LISTS])
        if turns and is_turn:
            add_turns(rules, cal, work.keys, work.pays, work.me, month)
        if assessed != 0:
            assess(rules, cal, shard, status, work, position, assessed, month)
        group = work.me[ME_GROUP]
        live_days(rules, cal, slots, log, work.keys, work.pays, work.me, flow[group], chance, last_day)
        account(rules, slots, status, work.keys, work.pays, work.me, flow[group], level[group], position)
        digest = close_person(rules, practice, shard, status, work, position, digest)
        for row in range(work.me[ME_N]):
            pool_out[written, 0], pool_out[written, 1] = work.keys[row], work.pays[row]
            digest = mix(digest, np.uint64(work.keys[row]) ^ mix(np.uint64(7), np.uint64(work.pays[row])))
            written += 1
    status.n_entries[block] = np.int32(written - cursor[2])
    cursor[1], cursor[2] = read, written
    return digest


@kernel
def open_person(
    rules: Rules, shard: Shard, status: Status, me: I64, position: int, person: int, n_entries: int
) -> None:
    """Take a person's state into hand."""
    me[ME_SCORE], me[ME_GRADE], me[ME_LISTS] = status.score[position], status.grade[position], status.lists[position]
    me[ME_N], me[ME_PERSON] = n_entries, person
    me[ME_GROUP] = shard.profile[position] & PROFILE_GROUP
    me[ME_ID] = shard.ident[0] + position
    me[ME_RECORDS] = status.n_records[position]
    me[ME_CUT] = 0
    for further in range(rules.book[B_N_MORE]):
        me[ME_MORE + further] = status.more[position, further]
    me[ME_CEILING] = ceiling_of(rules, status, position)


@kernel
def ceiling_of(rules: Rules, status: Status, position: int) -> int:
    """Return what locks hold somebody's score to, as it stood at the last month's end."""
    if rules.book[B_CEILING] < 0:
        return NO_CEILING
    return np.int64(status.more[position, rules.book[B_CEILING]])


@kernel
def close_person(
    rules: Rules, practice: Practice, shard: Shard, status: Status, work: Work, position: int, digest: np.uint64
) -> np.uint64:
    """Lay a person's state back, let a new grade be felt, put entries in order, and mix the state into the hash."""
    me = work.me
    feel_grade(practice, shard, position, np.int64(status.grade[position]), me[ME_GRADE])
    status.score[position] = np.int32(me[ME_SCORE])
    status.grade[position] = np.uint8(me[ME_GRADE])
    status.lists[position] = np.uint32(me[ME_LISTS])
    status.nothing_owed[position] = np.uint8(owes_nothing(rules, work.keys, work.pays, me[ME_N], me[ME_LISTS]))
    status.n_records[position] = np.uint8(min(me[ME_RECORDS], 255))
    order_entries(work.keys, work.pays, me[ME_N])
    state = (np.uint64(me[ME_ID]) << np.uint64(32)) ^ np.uint64(np.uint32(status.score[position]))
    standing = (np.uint64(status.grade[position]) << np.uint64(32)) | np.uint64(status.lists[position])
    digest = mix(mix(digest, state), standing)
    for further in range(rules.book[B_N_MORE]):
        status.more[position, further] = np.int32(me[ME_MORE + further])
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
    if month <= cal.origin[2] or not is_scheme(cal, cal.month_start[month]):
        return 0
    month_before = (cal.origin[0] - 1 + month - 1) % 12 + 1
    assessed, has_households = 0, False
    for rule in range(rules.book[B_N_LISTS]):
        if rules.lists[rule, I_KIND] == KIND_ASSESSED and (rules.lists[rule, I_ASSESSED] >> month_before) & 1 == 1:
            assessed |= 1 << rule
            has_households = has_households or rules.lists[rule, I_CONDITION] == HOUSEHOLD_ABOVE
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
    score, grade = own_shown(rules, me), me[ME_GRADE]
    house = work.house[shard.profile[position] >> PROFILE_HOUSEHOLD_SHIFT]
    for rule in range(rules.book[B_N_LISTS]):
        if (assessed >> rule) & 1 == 0:
            continue
        if rules.lists[rule, I_CONDITION] == HOUSEHOLD_ABOVE:
            holds = house[0] * rules.lists[rule, I_SCALE] > rules.lists[rule, I_VALUE] * house[1]
        else:
            holds = holds_condition(rules, rule, score, grade)
        if holds != ((me[ME_LISTS] >> rule) & 1 == 1):
            when = key(cal.month_start[month], PHASE_ASSESSMENT, TURN_LIST + rule, 0, TURN)
            push(work.keys, work.pays, me, when, me[ME_PERSON] | (256 if holds else 0))


@kernel
def account(
    rules: Rules, slots: Slots, status: Status, keys: I64, pays: I64, me: I64, flow: I64, level: I64, position: int
) -> None:  # fmt: skip
    """S16. Move the standing accounts by what changed for one person: grades, lists, measures, sum of scores."""
    grade_before, grade = np.int64(status.grade[position]), me[ME_GRADE]
    lists_before, lists = np.int64(status.lists[position]), me[ME_LISTS]
    before = shown(rules, np.int64(status.score[position]), ceiling_of(rules, status, position))
    level[slots.level_score] += own_shown(rules, me) - before
    account_wrongly(rules, slots, me, flow, level, lists_before, wrongly_on(rules, keys, pays, me[ME_N], lists))
    if grade == grade_before and lists == lists_before:
        return
    level[slots.level_grades + grade_before] -= 1
    level[slots.level_grades + grade] += 1
    for rule in range(rules.book[B_N_LISTS]):
        change = ((lists >> rule) & 1) - ((lists_before >> rule) & 1)
        level[slots.level_lists + rule] += change
        if change > 0:
            flow[slots.list_in + rule] += 1
        elif change < 0:
            flow[slots.list_out + rule] += 1
    for measure in range(rules.book[B_N_MEASURES]):
        level[slots.level_measures + measure] += in_force(rules, measure, grade, lists) - in_force(
            rules, measure, grade_before, lists_before
        )


@kernel
def account_wrongly(
    rules: Rules, slots: Slots, me: I64, flow: I64, level: I64, lists_before: int, wrongly: int
) -> None:  # fmt: skip
    """S16. Move the accounts of those whom nothing but wrong records holds on a list."""
    if me[ME_WRONGLY] == 0 and wrongly == 0:
        return
    for rule in range(rules.book[B_N_LISTS]):
        is_wrongly = (wrongly >> rule) & 1
        level[slots.level_lists_wrong + rule] += is_wrongly - ((me[ME_WRONGLY] >> rule) & 1)
        if is_wrongly == 1 and (lists_before >> rule) & 1 == 0:
            flow[slots.list_in_wrong + rule] += 1


@entry
def in_force(rules: Rules, measure: int, grade: int, lists: int) -> int:
    """Return 1 where a measure is in force for this grade and these lists."""
    by_grade = (rules.measures[measure, M_GRADES] >> grade) & 1
    by_list = 1 if rules.measures[measure, M_LISTS] & lists != 0 else 0
    return by_grade | by_list


@kernel
def mix(h: np.uint64, value: np.uint64) -> np.uint64:
    """Return a 64-bit hash of a hash and a value (multiply and fold; not for secrets)."""
    x = (h ^ value) * np.uint64(0x9E3779B97F4A7C15)
    x ^= x >> np.uint64(32)
    x *= np.uint64(0xD6E8FEB86659FD93)
    return x ^ (x >> np.uint64(29))
