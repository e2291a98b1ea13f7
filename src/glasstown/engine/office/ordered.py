"""S7: what a desk decides about one act that was found out, in the place of what its office would have done."""

from __future__ import annotations

import numpy as np

from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.events import pack_event
from glasstown.engine.kernel.logbook import is_kept, next_line
from glasstown.engine.kernel.mixing import mix
from glasstown.engine.tables.bundles import At, Desk, Here, Hit, Law
from glasstown.engine.tables.found_words import ASK_MEANS, HEEDED
from glasstown.engine.tables.log_rows import LEFT


@kernel
def heed(law: Law, here: Here, at: At, hit: Hit, act: int) -> None:
    """S7. Mark an order that finds something to decide, and mix it into the neighbourhood's hash.

    After means is asked only where an act has to do with them.
    """
    if hit.order == ASK_MEANS and law.practice.act_table[act].needs_means == 0:
        return
    here.found.rows[hit.row] |= HEEDED
    number = pack_event(at.month, hit.k, hit.number, whole(0), hit.position - at.first)
    hashes = here.shard.hashes
    hashes[at.block] = mix(mix(hashes[at.block], np.uint64(number)), np.uint64(hit.order))


@kernel
def leave(desk: Desk, at: At, hit: Hit, act: int, act_day: int) -> None:
    """S7. Write into the log that an act was found out and is not written down, by chance or by order."""
    if is_kept(desk.log):
        line = desk.log.rows[next_line(desk.log, LEFT, hit.position - at.first)]
        line.event = pack_event(at.month, hit.k, hit.number, whole(0), whole(0))
        line.month, line.act_class, line.act, line.act_day = at.month, hit.k, act, act_day
