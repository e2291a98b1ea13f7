"""Entries on their way: new ones put into person order, and a neighbourhood's ledger carried over where nothing falls due."""

from __future__ import annotations

from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.ledger_words import DAY
from glasstown.engine.kernel.stops import DONE, POOL_FULL, POST_FULL
from glasstown.engine.tables.bundles import At, Desk, Here, Law
from glasstown.engine.tables.shapes import Shard, Work


@kernel
def neighbourhood(shard: Shard, block: int, month: int) -> At:
    """Return a neighbourhood's month."""
    first = whole(shard.first[block])
    return At(block, first, whole(shard.first[block + 1]) - first, month)


@kernel
def want_of_room(law: Law, here: Here, desk: Desk, at: At) -> int:
    """Return what has no room for a neighbourhood's month, POOL_FULL or POST_FULL; else DONE."""
    n_room, n_entries = len(desk.work.filed), whole(here.status.n_entries[at.block])
    if desk.cursor.written + 6 * (n_entries + n_room) > len(desk.pool_out):
        return POOL_FULL
    n_sent = here.post.written[0] + n_room * len(law.rules.reaches)
    return POST_FULL if law.rules.book.posts == 1 and n_sent > len(here.post.rows) else DONE


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
    starts, in_order, filed = work.starts, work.in_order, work.filed
    starts[: n + 1] = 0
    for row in range(n_filed):
        starts[filed[row].person + 1] += 1
    for person in range(n):
        starts[person + 1] += starts[person]
    for row in range(n_filed):
        person = filed[row].person
        place = starts[person]
        in_order[place, 0], in_order[place, 1] = filed[row].key, filed[row].pay
        starts[person] = place + 1
    for person in range(n, 0, -1):
        starts[person] = starts[person - 1]
    starts[0] = 0
