"""S7: an act that was found out as it lies on a desk, and what the desk decides about it in the place of its office."""

from __future__ import annotations

import numpy as np

from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.logbook import is_kept, next_line
from glasstown.engine.kernel.mixing import mix
from glasstown.engine.tables.bundles import At, Desk, Here, Hit
from glasstown.engine.tables.found_words import ASK_MEANS, COURT, DEED, HEEDED
from glasstown.engine.tables.log_rows import CAME
from glasstown.engine.tables.office_bundles import Draft
from glasstown.engine.tables.shapes import Practice


@kernel
def come_before(desk: Desk, at: At, seen: Draft, event: int, clause: int, act_day: int) -> None:
    """S7. Write into the log what comes before a desk, whatever becomes of it."""
    if is_kept(desk.log):
        line = desk.log.rows[next_line(desk.log, CAME, seen.about)]
        line.event, line.month, line.act, line.act_day = event, at.month, seen.act, act_day
        line.clause, line.amount = clause, seen.amount


@kernel
def heed(practice: Practice, here: Here, at: At, hit: Hit, act: int, event: int) -> int:
    """S7. Return what an order decides, marked and mixed into the neighbourhood's hash; 0 where it finds nothing to decide.

    Only the desk on which an act lies decides about it, and after means is asked only where the act has to do with them.
    """
    deed, row = hit.order & DEED, practice.act_table[act]
    if deed == 0 or (hit.order & COURT != 0) != (row.by_court != 0):
        return 0
    if deed == ASK_MEANS and row.needs_means == 0:
        return 0
    here.found.rows[hit.row] |= HEEDED
    hashes = here.shard.hashes
    hashes[at.block] = mix(mix(hashes[at.block], np.uint64(event)), np.uint64(deed))
    return deed
