"""The month, in order: the file to open first.

One neighbourhood's month is this list of steps, numbered as in the society model (docs/model.md).  How people live, what they do
and what of it is found out (S1 to S5) happens once, in `live_conduct`; then each rulebook that is in force does the rest with it,
in `live_rules`.
The bulk loop over a town, the replay of one life and every test call the same two functions.

    S1   work and income               work.work_a_month, called with S2, S6, S11, S14 and S15 by work.live_lives
    S2   debt and strain               work.owe_a_month
    S3   beliefs and norms             beliefs.believe, at the month's end for the next
    S4   acts                          acts.act
    S5   detection                     acts.detect
    S6   informants                    model.find for true reports; others.inform for false ones
    S7   filing                        filing.file_records; copies that offices keep: gates.renew
    S8   points, by the day            day.live_days
    S9   grades, lists, assessments    lists.settle after every entry; assess on the days that are named for it
    S10  decisions                     entering.hear, entering.decide_later
    S11  gateways                      gates.gather, others.ask_a_month
    S12  spill-over                    spilling.reach_others, spilling.deliver; gates.inherit; trade.trade_a_month
    S13  repayment and repair          seeking.seek_procedures
    S14  broken ties                   others.lose_ties
    S15  attitudes                     others.support
    S16  accounts                      account

Own state is read and written step by step; the others' state is read as it stood at the last month's end.  A record about another
person of the neighbourhood takes effect on the first day of the next month at the earliest.
"""

from __future__ import annotations

import numpy as np

from glasstown.engine.conduct.acts import act, detect
from glasstown.engine.conduct.beliefs import believe
from glasstown.engine.conduct.others import believe_reports
from glasstown.engine.counts import mix
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import entry, inlined, kernel
from glasstown.engine.kernel.entries import DAY_SHIFT
from glasstown.engine.kernel.philox import fill
from glasstown.engine.office.filing import file_records
from glasstown.engine.office.seeking import seek_procedures, seek_standing
from glasstown.engine.office.spilling import deliver
from glasstown.engine.office.statuses import file_statuses
from glasstown.engine.person.month import assess_households, live_people
from glasstown.engine.person.turns import has_turn
from glasstown.engine.society.trade import digest_of_trade, trade_a_month
from glasstown.engine.society.work import digest_of_lives, live_lives
from glasstown.engine.tables.bundles import At, Desk, Here, Law, Mine
from glasstown.engine.tables.person_rows import Chance, Cursor
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

DONE = 0
POOL_FULL = 1
FILED_FULL = 2
ENTRIES_FULL = 3
FOUND_FULL = 4
POST_FULL = 5


@entry
def live_conduct(
    model: Model, log: Log, shard: Shard, work: Work, chance: Chance, tally: I64, lived: I64, found: Found, cursor: Cursor,
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
    while cursor.block < len(shard.hashes):
        block = cursor.block
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
        fill(chance, shard.ident.acts, shard.ident.entity + first, n, month, (n_classes + 3) >> 2, work.draws)
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
        cursor.block = block + 1
    return DONE


@entry
def live_rules(
    rules: Rules, cal: Calendar, practice: Practice, slots: Slots, log: Log, shard: Shard, status: Status, found: Found,
    mail: Mail, post: Post, work: Work, chance: Chance, flow: I64, level: I64, pool_in: I64, pool_out: I64,
    cursor: Cursor, month: int,
) -> int:  # fmt: skip
    """S7 to S16 of one month under one rulebook, in every block of a shard from `cursor` on; return why it stopped.

    pool_in, pool_out  (n, 2) the rulebook's ledger: read in person order, written in person order.
    mail, post         what others of the town send to this shard, and what it sends to them
    cursor             (3,) next block, entries read, entries written; changed in place, so that a caller can give more
                       room and go on.  Nothing of a block has changed when its turn ends with POOL_FULL or POST_FULL.
    """
    while cursor.block < len(status.n_entries):
        block = cursor.block
        why = live_block(
            rules, cal, practice, slots, log, shard, status, found, mail, post, work, chance, flow, level, pool_in,
            pool_out, cursor, block, month,
        )  # fmt: skip
        if why != DONE:
            return why
        cursor.block = block + 1
    return DONE


@inlined
def live_block(
    rules: Rules, cal: Calendar, practice: Practice, slots: Slots, log: Log, shard: Shard, status: Status, found: Found,
    mail: Mail, post: Post, work: Work, chance: Chance, flow: I64, level: I64, pool_in: I64, pool_out: I64, cursor: Cursor,
    block: int, month: int,
) -> int:  # fmt: skip
    """S7 to S16 of one month under one rulebook, in one neighbourhood."""
    first = shard.first[block]
    n = shard.first[block + 1] - first
    if cursor.written + 6 * (status.n_entries[block] + len(work.filed)) > len(pool_out):
        return POOL_FULL
    if rules.book.posts == 1 and post.written[0] + len(work.filed) * len(rules.reaches) > len(post.rows):
        return POST_FULL
    law, here, at = Law(rules, cal, practice, slots), Here(shard, status, found, mail, post), At(block, first, n, month)
    mine = Mine(work.keys, work.pays, work.me)
    desk = Desk(work, mine, log, chance, flow, level, pool_in, pool_out, cursor)
    n_filed = file_records(law, here, desk, at)
    if n_filed >= 0:
        n_filed = deliver(law, here, desk, at, n_filed)
    if n_filed < 0:
        return FILED_FULL
    n_filed = file_statuses(law, here, desk, at, n_filed)
    n_filed = seek_procedures(law, here, desk, at, n_filed)
    n_filed = seek_standing(law, here, desk, at, n_filed)
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
    if work.me.is_full != 0:
        return ENTRIES_FULL
    shard.hashes[block] = mix(shard.hashes[block], digest)
    return DONE


@kernel
def rest(
    cal: Calendar, status: Status, pool_in: I64, pool_out: I64, cursor: Cursor, block: int, month: int
) -> bool:  # fmt: skip
    """Carry a neighbourhood's entries over unread where none of them falls due this month; return whether that is so."""
    due_limit = cal.month_start[month + 1] << DAY_SHIFT
    n_entries = whole(status.n_entries[block])
    for row in range(cursor.read, cursor.read + n_entries):
        if pool_in[row, 0] < due_limit:
            return False
    for row in range(n_entries):
        pool_out[cursor.written + row, 0] = pool_in[cursor.read + row, 0]
        pool_out[cursor.written + row, 1] = pool_in[cursor.read + row, 1]
    cursor.read += n_entries
    cursor.written += n_entries
    return True


@kernel
def sort_by_person(work: Work, n_filed: int, n: int) -> None:
    """Put new entries into person order; among one person's the order of filing stays."""
    work.starts[: n + 1] = 0
    for row in range(n_filed):
        work.starts[work.filed[row].person + 1] += 1
    for person in range(n):
        work.starts[person + 1] += work.starts[person]
    for row in range(n_filed):
        person = work.filed[row].person
        place = work.starts[person]
        work.in_order[place, 0], work.in_order[place, 1] = work.filed[row].key, work.filed[row].pay
        work.starts[person] = place + 1
    for person in range(n, 0, -1):
        work.starts[person] = work.starts[person - 1]
    work.starts[0] = 0
