"""What comes back of a record's points when its matter is put right: the sooner, the more (docs/the-day.md, section 4)."""

from __future__ import annotations

from glasstown.compiler.columns import NEVER, NEXT_YEAR_END, YEAR_END
from glasstown.compiler.rulebook_rows import Share
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.calendar import after, month_of
from glasstown.engine.kernel.entries import LAPSE, MENDABLE, PHASE_PASSIVE
from glasstown.engine.kernel.ledger_words import (
    carried_standing_of,
    clause_of,
    event_of,
    kind_of,
    lapsing_of,
    mendable_from,
    pack_carried,
    pack_key,
    pack_lapse,
)
from glasstown.engine.person.in_hand import drop, move_score, note_standing, push
from glasstown.engine.tables.bundles import Law, Matter, Mine
from glasstown.engine.tables.shapes import Calendar


@kernel
def last_day(cal: Calendar, share: Share, counting_day: int) -> int:
    """Return the last day on which a record's matter is put right in time for a share."""
    if share.unit != YEAR_END and share.unit != NEXT_YEAR_END:
        return after(cal, counting_day, share.unit, share.span)
    month = month_of(cal, counting_day)
    beyond = month - (cal.origin.month - 1 + month) % 12 + (24 if share.unit == NEXT_YEAR_END else 12)
    return min(cal.month_start[beyond] - 1, NEVER) if beyond < len(cal.month_start) else NEVER


@kernel
def begin_mending(law: Law, mine: Mine, matter: Matter) -> None:
    """Keep a record until it is too late for any share of its points to come back."""
    last = 0
    for row in range(len(law.rules.shares)):
        if law.rules.shares[row].clause == matter.clause:
            last = max(last, last_day(law.cal, law.rules.shares[row], matter.counting_day))
    key = pack_key(last, PHASE_PASSIVE, matter.clause, matter.event, MENDABLE)
    push(mine, key, pack_carried(mine.me.person, 0, matter.counting_day))


@kernel
def put_right(law: Law, mine: Mine, event: int, day: int) -> None:
    """Put back the share that is due of the points of a record that stand, once."""
    for position in range(mine.me.n_entries):
        key, pay = mine.keys[position], mine.pays[position]
        if kind_of(key) == MENDABLE and event_of(key) == event:
            drop(mine, position)
            back = share_due(law, clause_of(key), mendable_from(pay), day, carried_standing_of(pay))
            if back != 0:
                give_back(law, mine, clause_of(key), event, back)
            return


@kernel
def share_due(law: Law, clause: int, counting_day: int, day: int, standing: int) -> int:
    """Return how many of the quanta that stand come back on a day; parts of a quantum drop."""
    for row in range(len(law.rules.shares)):
        share = law.rules.shares[row]
        if share.clause == clause and day <= last_day(law.cal, share, counting_day):
            size = abs(standing) * share.share // share.of
            return size if standing > 0 else -size
    return 0


@kernel
def give_back(law: Law, mine: Mine, clause: int, event: int, back: int) -> None:
    """Move the score by what comes back, and let no lapse, correction or cycle bring it back once more."""
    move_score(law.rules, mine.me, -back, law.rules.clauses[clause].part)
    note_standing(mine, event, -back)
    for position in range(mine.me.n_entries):
        if kind_of(mine.keys[position]) == LAPSE and event_of(mine.keys[position]) == event:
            rest = lapsing_of(mine.pays[position]) - back
            if rest == 0:
                drop(mine, position)
            else:
                mine.pays[position] = pack_lapse(mine.me.person, rest)
            return
