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
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import entry, inlined, kernel
from glasstown.engine.kernel.ledger_words import DAY
from glasstown.engine.kernel.mixing import mix
from glasstown.engine.kernel.philox import fill
from glasstown.engine.office.filing import file_records
from glasstown.engine.office.seeking import seek_procedures, seek_standing
from glasstown.engine.office.spilling import deliver
from glasstown.engine.office.statuses import file_statuses
from glasstown.engine.person.month import assess_households, live_people
from glasstown.engine.person.turns import has_turn
from glasstown.engine.society.trade import digest_of_trade, trade_a_month
from glasstown.engine.society.work import digest_of_lives, live_lives
from glasstown.engine.tables.bundles import At, Desk, Due, Here, Law
from glasstown.engine.tables.person_rows import Cursor
from glasstown.engine.tables.scene import Scene
from glasstown.engine.tables.shapes import (
    Work,
)

DONE = 0
POOL_FULL = 1
FILED_FULL = 2
ENTRIES_FULL = 3
FOUND_FULL = 4
POST_FULL = 5


@entry
def live_conduct(scene: Scene, cursor: Cursor, month: int) -> int:
    """S1 to S5 of one month in every block of a shard, from the block that `cursor` stands at; return why it stopped.

    cursor  changed in place, so that a caller can give more room and go on.  Nothing of a block has
            changed when its turn ends with FOUND_FULL.
    """
    shard, found = scene.shard, scene.found
    n_classes = shard.propensity.shape[1]
    while cursor.block < len(shard.hashes):
        block = cursor.block
        at = At(block, shard.first[block], shard.first[block + 1] - shard.first[block], month)
        if found.starts[block] + at.n * (n_classes + 1) > len(found.rows):
            return FOUND_FULL
        shard.hashes[block] = mix(shard.hashes[block], live_neighbours(scene, at))
        cursor.block = block + 1
    return DONE


@kernel
def live_neighbours(scene: Scene, at: At) -> np.uint64:
    """S1 to S5 of one month in one neighbourhood; return a hash of what happened."""
    shard, found = scene.shard, scene.found
    seen, n_reports = np.uint64(at.month), 0
    if len(shard.lives.work) > 0:
        n_reports = live_lives(scene, at)
        seen = mix(seen, digest_of_lives(shard.lives, at))
    if len(shard.trade.health) > 0:
        trade_a_month(scene, at)
        seen = mix(seen, digest_of_trade(shard.trade, at))
    n_blocks = (shard.propensity.shape[1] + 3) >> 2
    fill(scene.chance, shard.ident.acts, shard.ident.entity + at.first, at.n, at.month, n_blocks, scene.work.draws)
    n_did = act(scene, at)
    end = detect(scene, at, n_did)
    if len(shard.lives.work) > 0:
        believe(scene, at, n_did, end)
        end = believe_reports(scene, at, end, n_reports)
    found.starts[at.block + 1] = end
    seen = mix(seen, np.uint64(n_did))
    for row in range(found.starts[at.block], end):
        seen = mix(seen, np.uint64(found.rows[row]))
    return seen


@entry
def live_rules(law: Law, here: Here, desk: Desk, month: int) -> int:
    """S7 to S16 of one month under one rulebook, in every block of a shard from `desk.cursor` on; return why it stopped.

    The cursor is changed in place, so that a caller can give more room and go on.  Nothing of a block has changed when its turn
    ends with POOL_FULL or POST_FULL.
    """
    while desk.cursor.block < len(here.status.n_entries):
        block = desk.cursor.block
        first = here.shard.first[block]
        why = live_block(law, here, desk, At(block, first, here.shard.first[block + 1] - first, month))
        if why != DONE:
            return why
        desk.cursor.block = block + 1
    return DONE


@inlined
def live_block(law: Law, here: Here, desk: Desk, at: At) -> int:
    """S7 to S16 of one month under one rulebook, in one neighbourhood."""
    n_room, hashes = len(desk.work.filed), here.shard.hashes
    if desk.cursor.written + 6 * (whole(here.status.n_entries[at.block]) + n_room) > len(desk.pool_out):
        return POOL_FULL
    if law.rules.book.posts == 1 and here.post.written[0] + n_room * len(law.rules.reaches) > len(here.post.rows):
        return POST_FULL
    n_filed = file_records(law, here, desk, at)
    if n_filed >= 0:
        n_filed = deliver(law, here, desk, at, n_filed)
    if n_filed < 0:
        return FILED_FULL
    n_filed = file_statuses(law, here, desk, at, n_filed)
    n_filed = seek_procedures(law, here, desk, at, n_filed)
    n_filed = seek_standing(law, here, desk, at, n_filed)
    due = Due(assess_households(law, here, desk, at), has_turn(law, at.month))
    if n_filed == 0 and due.assessed == 0 and not due.turns and rest(law, here, desk, at):
        hashes[at.block] = mix(hashes[at.block], np.uint64(at.month))
        return DONE
    sort_by_person(desk.work, n_filed, at.n)
    digest = live_people(law, here, desk, at, due)
    if desk.mine.me.is_full != 0:
        return ENTRIES_FULL
    hashes[at.block] = mix(hashes[at.block], digest)
    return DONE


@kernel
def rest(law: Law, here: Here, desk: Desk, at: At) -> bool:
    """Carry a neighbourhood's entries over unread where none of them falls due this month; return whether that is so."""
    due_limit = law.cal.month_start[at.month + 1] << DAY.at
    n_entries = whole(here.status.n_entries[at.block])
    read, written = desk.cursor.read, desk.cursor.written
    for row in range(read, read + n_entries):
        if desk.pool_in[row, 0] < due_limit:
            return False
    for row in range(n_entries):
        desk.pool_out[written + row, 0] = desk.pool_in[read + row, 0]
        desk.pool_out[written + row, 1] = desk.pool_in[read + row, 1]
    desk.cursor.read = read + n_entries
    desk.cursor.written = written + n_entries
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
