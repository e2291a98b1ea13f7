"""Records that count for nothing: their proof is missing, or a circumstance keeps the clause from applying (rule 3.3).

What a record lacks is known when it is filed, and which clause it is only when it takes effect, on a ladder.  So an entry beside the
record says of each clause that it may be whether it counts for nothing as that one.
"""

from __future__ import annotations

from glasstown.compiler.columns import ASKS_PROOF, HAS_EXCLUSIONS
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.entries import VOID
from glasstown.engine.kernel.ledger_words import clause_of, event_of, kind_of
from glasstown.engine.person.in_hand import drop
from glasstown.engine.tables.bundles import Law, Mine

# bits of what makes a record void
LACKS_PROOF = 1
IS_EXCLUDED = 2


@kernel
def is_void_as(law: Law, clause: int, counting_day: int, lack: int) -> bool:
    """Return whether a record with such a lack counts for nothing as a clause."""
    asks = law.rules.clauses[clause].asks
    if lack & LACKS_PROOF != 0 and asks & ASKS_PROOF != 0:
        return True
    if lack & IS_EXCLUDED == 0 or asks & HAS_EXCLUSIONS == 0:
        return False
    ordinal = law.cal.origin.ordinal + counting_day
    for row in range(len(law.rules.exclusions)):
        exclusion = law.rules.exclusions[row]
        if exclusion.clause == clause and exclusion.from_ <= ordinal < exclusion.until:
            return True
    return False


@kernel
def take_voids(mine: Mine, clause: int, event: int) -> bool:
    """Take away what stands about a record that takes effect; return whether it is void as the clause that it is."""
    is_void = False
    position = 0
    while position < mine.me.n_entries:
        key = mine.keys[position]
        if kind_of(key) == VOID and event_of(key) == event:
            is_void = is_void or clause_of(key) == clause
            drop(mine, position)
        else:
            position += 1
    return is_void
