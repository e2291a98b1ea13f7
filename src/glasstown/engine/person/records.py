"""A record that takes effect, and its instalments (docs/the-day.md, section 3)."""

from __future__ import annotations

from glasstown.compiler.columns import NEVER, NO_SPAN
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.calendar import add_months, after, before, month_of
from glasstown.engine.kernel.entries import CARRIED, KEPT, PHASE_PASSIVE, PHASE_REPEATS, REPEAT
from glasstown.engine.kernel.ledger_words import (
    BY_LADDER,
    COUNTED,
    choice_of_pay,
    clause_of,
    event_of,
    first_day_of,
    kind_of,
    pack_carried,
    pack_key,
    pack_record,
    second_day_of,
    step_of_pay,
    wrong_of,
)
from glasstown.engine.kernel.philox import one_word
from glasstown.engine.person.grants import grant
from glasstown.engine.person.holds import enter_list
from glasstown.engine.person.in_hand import push
from glasstown.engine.person.lasting import begin_lock, begin_override
from glasstown.engine.person.mending import begin_mending
from glasstown.engine.person.nominal import is_law, nominal_points
from glasstown.engine.person.voids import take_voids
from glasstown.engine.tables.bundles import Law, Matter, Mine
from glasstown.engine.tables.person_rows import Chance
from glasstown.engine.tables.shapes import Calendar, Rules, Slots
from glasstown.rows import Ints

DROPPED = 1
"""Bit of what a log says of a record: a cap dropped it; above it 2, that a cap cut it."""
VALUE_UNKNOWN = 4
NOT_MET = 8


@kernel
def record_of(law: Law, mine: Mine, key: int, pay: int, day: int) -> Matter:
    """Return the record of an entry, as the clause that it is on this day."""
    clause = step_of(law, mine, clause_of(key), pay, day)
    counting_day = counting_day_of(law, clause, pay, day)
    return Matter(clause, event_of(key), counting_day, day, second_day_of(pay), choice_of_pay(pay), wrong_of(pay))


@kernel
def counting_day_of(law: Law, clause: int, pay: int, effect_day: int) -> int:
    """Return the day that windows, caps and lapses run from: the effect day, or the act's day put off alike."""
    row = law.rules.clauses[clause]
    if row.from_act == 0:
        return effect_day
    return after(law.cal, first_day_of(pay), row.start_unit, row.start)


@kernel
def step_of(law: Law, mine: Mine, clause: int, pay: int, day: int) -> int:
    """Return the clause that a record is: itself, or the ladder's step for what the ladder has counted (rule 3.2)."""
    step = step_of_pay(pay)
    if step != BY_LADDER:
        return step
    place = law.rules.clauses[clause].ladder
    ladder = law.rules.ladders[place]
    counting_day = counting_day_of(law, clause, pay, day)
    first = before(law.cal, counting_day, ladder.unit, ladder.window) + 1
    n_earlier = 0
    for position in range(mine.me.n_entries):
        kept = mine.pays[position]
        if kind_of(mine.keys[position]) == KEPT and kept & COUNTED != 0:
            kept_ladder = law.rules.clauses[clause_of(mine.keys[position])].ladder
            if kept_ladder == place and first <= first_day_of(kept) <= counting_day:
                n_earlier += 1
    return law.rules.steps[ladder.first_step + min(n_earlier, ladder.n_steps - 1)]


@kernel
def is_clean(law: Law, mine: Mine, matter: Matter) -> bool:
    """Return whether no deducting record stands in the clause's window (rule 3.3)."""
    clause = law.rules.clauses[matter.clause]
    if clause.clean_unit == NO_SPAN:
        return True
    first = before(law.cal, matter.counting_day, clause.clean_unit, clause.clean) + 1
    for position in range(mine.me.n_entries):
        kept = mine.pays[position]
        if kind_of(mine.keys[position]) == KEPT and kept & COUNTED != 0:
            sign = law.rules.clauses[clause_of(mine.keys[position])].sign
            if sign < 0 and first <= first_day_of(kept) <= matter.counting_day:
                return False
    return True


@kernel
def take_effect(law: Law, mine: Mine, flow: Ints, matter: Matter) -> int:
    """Let a record take effect (section 3), and return what a log says of it, as bits."""
    clause, slots = law.rules.clauses[matter.clause], law.slots
    if law.rules.book.asks == 1 and take_voids(mine, matter.clause, matter.event):
        return NOT_MET
    if not is_law(law, matter) or not is_clean(law, mine, matter):
        return NOT_MET
    flow[slots.records + matter.clause] += 1
    mine.me.n_records += 1
    if clause.carries == 1:
        key = pack_key(NEVER, PHASE_PASSIVE, matter.clause, matter.event, CARRIED)
        push(mine, key, pack_carried(mine.me.person, 0, matter.until))
    if clause.mends == 1:
        begin_mending(law, mine, matter)
    taken = grant(law, mine, matter, nominal_points(law, mine, matter), 1)
    detail = enter_points(slots, mine, flow, matter, taken)
    if clause.grade >= 0 and clause.on_application == 0:
        begin_override(law, mine, matter)
    if clause.lock == 1:
        begin_lock(law, mine, matter)
    if clause.list >= 0:
        enter_list(law, mine, matter)
    if clause.repeats == 1:
        plan_repeat(law.cal, mine, matter)
    return detail


@kernel
def plan_repeat(cal: Calendar, mine: Mine, matter: Matter) -> None:
    """Plan the next instalment: the day of the month on which it counts, after this one and before the end (rule 3.11)."""
    start, day = matter.counting_day, matter.effect_day
    months = max(month_of(cal, day) - month_of(cal, start), 1)
    due = add_months(cal, start, months)
    if due <= day:
        due = add_months(cal, start, months + 1)
    if due < min(matter.until, cal.origin.over):
        key = pack_key(due, PHASE_REPEATS, matter.clause, matter.event, REPEAT)
        push(mine, key, pack_record(mine.me.person, start, matter.until, matter.choice, matter.wrong, 0))


@kernel
def repeat(law: Law, mine: Mine, flow: Ints, matter: Matter) -> int:
    """Take an instalment and plan the next; return what a log says of it, as bits.

    It counts on its own day; the matter's counting day is the one that its instalments began with.
    """
    day = matter.effect_day
    today = Matter(matter.clause, matter.event, day, day, 0, matter.choice, matter.wrong)
    taken = grant(law, mine, today, nominal_points(law, mine, today), 0)
    plan_repeat(law.cal, mine, matter)
    return enter_points(law.slots, mine, flow, matter, taken)


@kernel
def enter_points(slots: Slots, mine: Mine, flow: Ints, matter: Matter, taken: int) -> int:
    """Enter into the accounts what was taken, dropped, and of unknown value; return what a log says of it, as bits."""
    flow[slots.points + matter.clause] += taken
    if matter.wrong != 0:
        flow[slots.points_wrong + matter.clause] += taken
    detail = mine.me.dropped
    if detail & DROPPED != 0:
        flow[slots.dropped + matter.clause] += 1
    if mine.me.unknown == 1:
        flow[slots.unknown + matter.clause] += 1
        detail |= VALUE_UNKNOWN
    return detail


@kernel
def fine_of(rules: Rules, chance: Chance, clause: int, entity: int, event: int) -> int:
    """Return the fine in yuan; inside a range the official's choice, drawn evenly from a stream of its own."""
    least, most = rules.clauses[clause].fine_least, rules.clauses[clause].fine_most
    if most == least:
        return least
    return least + ((one_word(chance, entity, event) * (most - least + 1)) >> 32)
