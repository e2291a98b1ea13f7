"""S6: people report others who have done nothing; what is believed is found out like an act.

True reports need no step of their own: they raise the chance that an act which others see is found out (engine/tables/model.py).
"""

from __future__ import annotations

from glasstown.engine.conduct import (
    FOUND_ACTS_SHIFT,
    FOUND_CLASS_SHIFT,
    FOUND_FALSE,
    FOUND_PERSON_SHIFT,
    PROFILE_GROUP,
)
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.philox import words
from glasstown.engine.tables.lives import CHILD, L_BELIEVED, L_FALSE, S_BELIEVED, S_FALSE
from glasstown.engine.tables.shapes import I64, Shard, Society, Work


@kernel
def inform(society: Society, shard: Shard, work: Work, lived: I64, first: int, n: int) -> int:
    """S6. Write down in `work.filed` who makes a false report this month; return how many.  Row 2 of `work.draws` decides."""
    n_reports, most = 0, society.numbers[S_FALSE]
    for person in range(n):
        if work.draws[2, person] < most and shard.lives.work[first + person] != CHILD:
            work.filed[n_reports, 0] = person
            n_reports += 1
            lived[shard.profile[first + person] & PROFILE_GROUP, L_FALSE] += 1
    return n_reports


@kernel
def believe_reports(
    society: Society, shard: Shard, work: Work, lived: I64, chance: I64, found_rows: I64, end: int, n_reports: int,
    first: int, n: int, month: int,
) -> int:  # fmt: skip
    """S6. Add a row to what is found out for each false report that is believed; return the last row's end.

    Each of the others in the neighbourhood is as likely to be its target, each class that others see as likely to be its content.
    """
    for r in range(n_reports if n > 1 else 0):
        person = work.filed[r, 0]
        lot = words(chance, shard.ident[9], shard.ident[0] + first + person, month, 1)
        if lot[0] >= society.numbers[S_BELIEVED]:
            continue
        target = (lot[1] * (n - 1)) >> 32
        target += 1 if target >= person else 0
        k = society.observed[(lot[2] * len(society.observed)) >> 32]
        lived[shard.profile[first + target] & PROFILE_GROUP, L_BELIEVED] += 1
        found_rows[end] = (
            FOUND_FALSE | (target << FOUND_PERSON_SHIFT) | (k << FOUND_CLASS_SHIFT) | (1 << FOUND_ACTS_SHIFT) | 1
        )
        end += 1
    return end
