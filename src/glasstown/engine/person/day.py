"""One person's month under the rulebook, day by day: what step S8 calls for everyone on whom something falls due.

The order of a day is the order of the entries' keys, so the loop takes the smallest key until none is due.
"""

from __future__ import annotations

from glasstown.compiler.columns import APPLY, CONSENT, N_PROCEDURES, NEVER, NO_SPAN, REPAIR, SPEND, WITHDRAW
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.calendar import add_months, after, before, month_of
from glasstown.engine.kernel.entries import (
    APPLICABLE,
    AS_RECORDED_SHIFT,
    BIAS,
    BY_LADDER,
    CARRIED,
    CARRIED_UNTIL_SHIFT,
    CARRY,
    CLAUSE_MASK,
    CLAUSE_SHIFT,
    CORRECTION,
    COUNTED,
    DAY_MASK,
    DAY_SHIFT,
    EVENT_MASK,
    EVENT_SHIFT,
    EXTENSION_MASK,
    EXTENSION_SHIFT,
    JUDGED_WRONGLY,
    KEPT,
    KEPT_UNTIL_SHIFT,
    LAPSE,
    LISTING,
    LISTING_PLACE,
    MOST_CHOICE,
    NOT_OWED,
    PHASE_PASSIVE,
    PHASE_RECORDS,
    PHASE_REPEATS,
    PHASE_SHIFT,
    PROCEDURE,
    PROCEDURE_SHIFT,
    RECORD,
    REPEAT,
    STANDING_SHIFT,
    STEP_SHIFT,
    TAKEN_MASK,
    TURN,
    TURN_CUT_OFF,
    TURN_CYCLE,
    TURN_LIST,
    WRONG_SHIFT,
    WRONGLY,
    key,
)
from glasstown.engine.kernel.logbook import is_kept, next_line
from glasstown.engine.kernel.philox import one_word
from glasstown.engine.person.grants import drop, grant, move_score, note_standing, push, return_to_base
from glasstown.engine.person.lists import add_hold, end_holds, enter_list, grade_of, has_hold, own_shown, settle
from glasstown.engine.person.nominal import begin_lock, begin_override, is_law, nominal_points, take_voids
from glasstown.engine.person.turns import begin_cycle
from glasstown.engine.tables.log_rows import LINE
from glasstown.engine.tables.person_rows import Chance, Me
from glasstown.engine.tables.shapes import I64, Calendar, Log, Rules, Slots

RETURN_LAPSED = 0
RETURN_CORRECTED = 1
RETURN_RESET = 2
RETURN_CYCLE = 3
N_RETURNS = 4


@kernel
def live_days(
    rules: Rules, cal: Calendar, slots: Slots, log: Log, keys: I64, pays: I64, me: Me, flow: I64, chance: Chance,
    last_day: int,
) -> None:  # fmt: skip
    """Take the entries due up to `last_day`, in the order of the day, and act on each.

    keys, pays  working arrays; the first me.n_entries entries are the person's. Order inside them means nothing.
    me          the person's numbers; changed in place.
    flow        (columns,) this month's accounts of the person's group.
    chance      (3,) seed in two words and the stream of official choices.
    """
    while True:
        position = next_due(rules, keys, me, last_day)
        if position < 0:
            break
        this_key, this_pay = keys[position], pays[position]
        drop(keys, pays, me, position)
        day = this_key >> DAY_SHIFT
        kind = this_key & 15
        before_score = own_shown(rules, me)
        silenced, clause, detail, fine = 0, (this_key >> CLAUSE_SHIFT) & CLAUSE_MASK, 0, 0
        event = (this_key >> EVENT_SHIFT) & EVENT_MASK
        if kind == RECORD:
            clause = step_of(rules, cal, keys, pays, me, clause, this_pay, day)
            detail = take_effect(rules, cal, slots, keys, pays, me, flow, clause, event, this_pay, day)
            if detail & 8 == 0:
                fine = fine_of(rules, chance, clause, me.entity, event)
                flow[slots.fines + clause] += fine
        elif kind == LAPSE:
            taken = ((this_pay >> 8) & TAKEN_MASK) - BIAS
            flow[slots.returned + RETURN_LAPSED] += move_score(rules, me, -taken, rules.clauses[clause].part)
            note_standing(keys, pays, me, event, -taken)
        elif kind == REPEAT:
            detail = repeat(rules, cal, slots, keys, pays, me, flow, clause, event, this_pay, day)
        elif kind == CORRECTION:
            flow[slots.returned + RETURN_CORRECTED] += correct(rules, keys, pays, me, this_pay)
            flow[slots.corrections] += 1
        elif kind == LISTING:
            clause -= LISTING_PLACE
            add_hold(
                rules, cal, keys, pays, me, clause, rules.clauses[clause].list, event, day,
                (this_pay >> EXTENSION_SHIFT) & EXTENSION_MASK, this_pay & (WRONGLY | NOT_OWED),
            )  # fmt: skip
        elif kind == PROCEDURE:
            score_before = me.score
            clause = (this_pay >> PROCEDURE_SHIFT) & 7  # what the log says of it
            silenced = proceed(rules, cal, keys, pays, me, this_pay, day)
            flow[slots.returned + RETURN_RESET] += me.score - score_before
        elif kind == TURN and clause == TURN_CYCLE:
            score_before = me.score
            begin_cycle(rules, keys, pays, me, day)
            flow[slots.returned + RETURN_CYCLE] += me.score - score_before
        elif kind == TURN and clause == TURN_CUT_OFF:
            me.is_cut = 1
            if grade_of(rules, keys, me) == me.grade:
                continue
        elif kind == TURN:
            bit = 1 << (clause - TURN_LIST)
            me.lists = me.lists | bit if this_pay >> 8 == 1 else me.lists & ~bit
        settle(rules, cal, keys, pays, me, day, silenced)
        if is_kept(log):
            write_line(rules, log, me, day, this_key, clause, event, before_score, detail, fine)
    forget(keys, pays, me, last_day)


@kernel
def next_due(rules: Rules, keys: I64, me: Me, last_day: int) -> int:
    """Return the position of the smallest key due, or -1; what is only kept for windows is never due."""
    limit = (last_day + 1) << DAY_SHIFT
    if rules.book.as_recorded == 1:
        return next_as_recorded(keys, me, limit)
    best, position = limit, -1
    for candidate in range(me.n_entries):
        if keys[candidate] < best and (keys[candidate] >> PHASE_SHIFT) & 7 != PHASE_PASSIVE:
            best, position = keys[candidate], candidate
    return position


@kernel
def next_as_recorded(keys: I64, me: Me, limit: int) -> int:
    """Return what `next_due` does, where records of one day come in order of their events, whatever their clauses."""
    best, position = limit, -1
    for candidate in range(me.n_entries):
        this_key = keys[candidate]
        phase = (this_key >> PHASE_SHIFT) & 7
        if phase == PHASE_RECORDS:
            clause, event = (this_key >> CLAUSE_SHIFT) & CLAUSE_MASK, (this_key >> EVENT_SHIFT) & EVENT_MASK
            front = (this_key >> PHASE_SHIFT) << PHASE_SHIFT
            this_key = front | (event << AS_RECORDED_SHIFT) | (clause << EVENT_SHIFT) | (this_key & 15)
        if this_key < best and phase != PHASE_PASSIVE:
            best, position = this_key, candidate
    return position


@kernel
def forget(keys: I64, pays: I64, me: Me, last_day: int) -> None:
    """Drop what was kept for windows that have closed."""
    position = 0
    while position < me.n_entries:
        is_passive = (keys[position] >> PHASE_SHIFT) & 7 == PHASE_PASSIVE
        if is_passive and keys[position] >> DAY_SHIFT <= last_day:
            drop(keys, pays, me, position)
        else:
            position += 1


@kernel
def counting_day_of(rules: Rules, cal: Calendar, clause: int, pay: int, effect_day: int) -> int:
    """Return the day that windows, caps and lapses run from: the effect day, or the act's day put off alike."""
    if rules.clauses[clause].from_act == 0:
        return effect_day
    act_day = (pay >> 8) & DAY_MASK
    return after(cal, act_day, rules.clauses[clause].start_unit, rules.clauses[clause].start)


@kernel
def step_of(rules: Rules, cal: Calendar, keys: I64, pays: I64, me: Me, clause: int, pay: int, day: int) -> int:
    """Return the clause that a record is: itself, or the ladder's step for what the ladder has counted (rule 3.2)."""
    step = pay >> STEP_SHIFT
    if step != BY_LADDER:
        return step
    ladder = rules.clauses[clause].ladder
    counting_day = counting_day_of(rules, cal, clause, pay, day)
    first = before(cal, counting_day, rules.ladders[ladder].unit, rules.ladders[ladder].window) + 1
    n_earlier = 0
    for position in range(me.n_entries):
        if keys[position] & 15 == KEPT and pays[position] & COUNTED != 0:
            kept_clause = (keys[position] >> CLAUSE_SHIFT) & CLAUSE_MASK
            kept_day = (pays[position] >> 8) & DAY_MASK
            if rules.clauses[kept_clause].ladder == ladder and first <= kept_day <= counting_day:
                n_earlier += 1
    return rules.steps[rules.ladders[ladder].first_step + min(n_earlier, rules.ladders[ladder].n_steps - 1)]


@kernel
def is_clean(rules: Rules, cal: Calendar, keys: I64, pays: I64, me: Me, clause: int, counting_day: int) -> bool:
    """Return whether no deducting record stands in the clause's window (rule 3.3)."""
    unit = rules.clauses[clause].clean_unit
    if unit == NO_SPAN:
        return True
    first = before(cal, counting_day, unit, rules.clauses[clause].clean) + 1
    for position in range(me.n_entries):
        if keys[position] & 15 == KEPT and pays[position] & COUNTED != 0:
            kept_day = (pays[position] >> 8) & DAY_MASK
            kept_clause = (keys[position] >> CLAUSE_SHIFT) & CLAUSE_MASK
            if rules.clauses[kept_clause].sign < 0 and first <= kept_day <= counting_day:
                return False
    return True


@kernel
def take_effect(
    rules: Rules, cal: Calendar, slots: Slots, keys: I64, pays: I64, me: Me, flow: I64,
    clause: int, event: int, pay: int, day: int,
) -> int:  # fmt: skip
    """Let a record take effect on `day` (section 3) and return what a log says of it.

    Bits of the result: 1 dropped by a cap, 2 cut by a cap, 4 value unknown, 8 requirement not met.
    """
    counting_day = counting_day_of(rules, cal, clause, pay, day)
    if rules.book.asks == 1 and take_voids(keys, pays, me, clause, event):
        return 8
    if not is_law(rules, cal, clause, counting_day) or not is_clean(rules, cal, keys, pays, me, clause, counting_day):
        return 8
    wrong = (pay >> WRONG_SHIFT) & 3
    choice = (pay >> 38) & MOST_CHOICE
    flow[slots.records + clause] += 1
    me.n_records += 1
    until = (pay >> 23) & DAY_MASK
    if rules.clauses[clause].carries == 1:
        carried = me.person | (BIAS << 8) | (until << CARRIED_UNTIL_SHIFT)
        push(keys, pays, me, key(NEVER, PHASE_PASSIVE, clause, event, CARRIED), carried)
    nominal = nominal_points(rules, cal, keys, pays, me, clause, choice, counting_day)
    taken = grant(rules, cal, keys, pays, me, clause, event, counting_day, day, nominal, 1, until)
    detail = me.dropped
    flow_points(slots, flow, clause, taken, wrong)
    detail |= note_outcome(slots, me, flow, clause, detail)
    if rules.clauses[clause].grade >= 0 and rules.clauses[clause].on_application == 0:
        begin_override(rules, cal, keys, pays, me, clause, event, counting_day, day, until)
    if rules.clauses[clause].lock == 1:
        begin_lock(rules, cal, keys, pays, me, clause, event, counting_day, day, until)
    if rules.clauses[clause].list >= 0:
        enter_list(rules, cal, keys, pays, me, clause, event, day, choice, how_wrongly(wrong))
    if rules.clauses[clause].repeats == 1:
        plan_repeat(cal, keys, pays, me, clause, event, counting_day, day, until, choice, wrong)
    return detail


@kernel
def how_wrongly(wrong: int) -> int:
    """Return what a hold keeps of how its record is wrong: somebody misjudged still owes, of other errors nothing is owed."""
    if wrong == 0:
        return 0
    return WRONGLY if wrong == JUDGED_WRONGLY else WRONGLY | NOT_OWED


@kernel
def flow_points(slots: Slots, flow: I64, clause: int, taken: int, wrong: int) -> None:
    """Enter points into the accounts, and apart those of records that are wrong."""
    flow[slots.points + clause] += taken
    if wrong != 0:
        flow[slots.points_wrong + clause] += taken


@kernel
def plan_repeat(
    cal: Calendar, keys: I64, pays: I64, me: Me,
    clause: int, event: int, start: int, day: int, until: int, choice: int, wrong: int,
) -> None:  # fmt: skip
    """Plan the next instalment: the start's day of the month, after `day` and before the end (rule 3.11)."""
    months = max(month_of(cal, day) - month_of(cal, start), 1)
    due = add_months(cal, start, months)
    if due <= day:
        due = add_months(cal, start, months + 1)
    if due < min(until, cal.origin.over):
        pay = me.person | (start << 8) | (until << 23) | (choice << 38) | (wrong << WRONG_SHIFT)
        push(keys, pays, me, key(due, PHASE_REPEATS, clause, event, REPEAT), pay)


@kernel
def repeat(
    rules: Rules, cal: Calendar, slots: Slots, keys: I64, pays: I64, me: Me, flow: I64,
    clause: int, event: int, pay: int, day: int,
) -> int:  # fmt: skip
    """Take an instalment and plan the next; return 1 or 2 where a cap dropped or cut it."""
    choice, wrong = (pay >> 38) & MOST_CHOICE, (pay >> WRONG_SHIFT) & 3
    nominal = nominal_points(rules, cal, keys, pays, me, clause, choice, day)
    flow_points(slots, flow, clause, grant(rules, cal, keys, pays, me, clause, event, day, day, nominal, 0, 0), wrong)
    detail = me.dropped
    start, until = (pay >> 8) & DAY_MASK, (pay >> 23) & DAY_MASK
    plan_repeat(cal, keys, pays, me, clause, event, start, day, until, choice, wrong)
    return detail | note_outcome(slots, me, flow, clause, detail)


@kernel
def note_outcome(slots: Slots, me: Me, flow: I64, clause: int, dropped: int) -> int:
    """Count what was dropped and what a clause of unknown value would have done; return the bit of the latter."""
    if dropped & 1 == 1:
        flow[slots.dropped + clause] += 1
    if me.unknown == 1:
        flow[slots.unknown + clause] += 1
        return 4
    return 0


@kernel
def part_of(rules: Rules, keys: I64, me: Me, event: int) -> int:
    """Return the part of the score that a record has moved, or -1."""
    if len(rules.parts) == 0:
        return -1
    for position in range(me.n_entries):
        kind = keys[position] & 15
        if (kind == KEPT or kind == CARRIED) and (keys[position] >> EVENT_SHIFT) & EVENT_MASK == event:
            part: int = rules.clauses[(keys[position] >> CLAUSE_SHIFT) & CLAUSE_MASK].part
            return part
    return -1


@kernel
def correct(rules: Rules, keys: I64, pays: I64, me: Me, pay: int) -> int:
    """Put back what still stands of a record and let it count nowhere from now on (section 4); return what moved."""
    of, standing = (pay >> 8) & EVENT_MASK, pay >> STANDING_SHIFT
    moved = move_score(rules, me, -standing, part_of(rules, keys, me, of))
    if rules.book.balance >= 0 and standing > 0:
        balance = rules.book.balance
        me.more[balance] -= min(me.more[balance], standing)
    position = 0
    while position < me.n_entries:
        kind = keys[position] & 15
        if kind == CORRECTION:
            if (pays[position] >> 8) & EVENT_MASK == of:
                pays[position] = pays[position] & ((1 << STANDING_SHIFT) - 1)
            position += 1
        elif (
            kind != PROCEDURE and kind != CARRY and kind != TURN and (keys[position] >> EVENT_SHIFT) & EVENT_MASK == of
        ):
            drop(keys, pays, me, position)
        else:
            position += 1
    return moved


@kernel
def proceed(rules: Rules, cal: Calendar, keys: I64, pays: I64, me: Me, pay: int, day: int) -> int:
    """Carry out pass-test, repair, apply or perform; return the lists it ended, as bits (section 4)."""
    procedure = (pay >> PROCEDURE_SHIFT) & 7
    if procedure >= N_PROCEDURES:
        stand_anew(rules, keys, pays, me, procedure, (pay >> 8) & EVENT_MASK)
        return 0
    needs = rules.procedures[procedure].needs_list
    if needs >= 0 and (me.lists >> needs) & 1 == 0:
        return 0
    if procedure == APPLY and not apply_for(rules, cal, keys, pays, me, (pay >> 8) & EVENT_MASK, day):
        return 0
    if procedure == REPAIR:
        rectify(keys, pays, me, (pay >> 8) & EVENT_MASK)
    if rules.procedures[procedure].resets == 1:
        return_to_base(rules, me)
        wipe(keys, pays, me)
    ended = 0
    for rule in range(len(rules.lists)):
        if (rules.lists[rule].procedures >> procedure) & 1 == 1:
            end_holds(rules, cal, keys, pays, me, rule, day)
            if (me.lists >> rule) & 1 == 1 and not has_hold(rules, keys, me, rule):
                ended |= 1 << rule
    return ended


@kernel
def stand_anew(rules: Rules, keys: I64, pays: I64, me: Me, procedure: int, amount: int) -> None:
    """Give consent or take it back, or spend points that the balance holds (section 4)."""
    if procedure == SPEND:
        if rules.book.balance >= 0 and me.more[rules.book.balance] >= amount:
            me.more[rules.book.balance] -= amount
        return
    if rules.book.consent < 0:
        return
    at = rules.book.consent
    if procedure == WITHDRAW and me.more[at] == 1:
        return_to_base(rules, me)
        wipe(keys, pays, me)
    me.more[at] = 1 if procedure == CONSENT else 0


@kernel
def rectify(keys: I64, pays: I64, me: Me, event: int) -> None:
    """Let the next cycle not take a record again whose matter is repaired."""
    for position in range(me.n_entries):
        if keys[position] & 15 == CARRIED and (keys[position] >> EVENT_SHIFT) & EVENT_MASK == event:
            drop(keys, pays, me, position)
            return


@kernel
def wipe(keys: I64, pays: I64, me: Me) -> None:
    """Let all records so far count nowhere: pending lapses, instalments, windows, remainders, points that stand."""
    position = 0
    while position < me.n_entries:
        kind = keys[position] & 15
        if kind == LAPSE or kind == REPEAT or kind == KEPT or kind == CARRY or kind == CARRIED:
            drop(keys, pays, me, position)
            continue
        if kind == CORRECTION:
            pays[position] = pays[position] & ((1 << STANDING_SHIFT) - 1)
        position += 1


@kernel
def apply_for(rules: Rules, cal: Calendar, keys: I64, pays: I64, me: Me, of: int, day: int) -> bool:
    """Let the override of a record begin that takes effect only on application; return whether it holds."""
    for position in range(me.n_entries):
        is_kept = keys[position] & 15 == KEPT and pays[position] & APPLICABLE != 0
        if is_kept and (keys[position] >> EVENT_SHIFT) & EVENT_MASK == of:
            clause = (keys[position] >> CLAUSE_SHIFT) & CLAUSE_MASK
            until = (pays[position] >> KEPT_UNTIL_SHIFT) & DAY_MASK
            return begin_override(rules, cal, keys, pays, me, clause, of, day, day, until)
    return False


@kernel
def fine_of(rules: Rules, chance: Chance, clause: int, person_id: int, event: int) -> int:
    """Return the fine in yuan; inside a range the official's choice, drawn evenly from a stream of its own."""
    least, most = rules.clauses[clause].fine_least, rules.clauses[clause].fine_most
    if most == least:
        return least
    return least + ((one_word(chance, person_id, event) * (most - least + 1)) >> 32)


@kernel
def write_line(
    rules: Rules, log: Log, me: Me, day: int, this_key: int, clause: int, event: int, before_score: int,
    detail: int, fine: int,
) -> None:  # fmt: skip
    """Write a line of the ledger to the log."""
    line = log.rows[next_line(log, LINE, me.person)]
    line.day, line.phase, line.entry = day, (this_key >> PHASE_SHIFT) & 7, this_key & 15
    line.clause, line.event = clause, event
    line.before, line.after = before_score, own_shown(rules, me)
    line.grade, line.lists = me.grade, me.lists
    line.detail, line.fine = detail, fine
    for further in range(rules.book.n_more):
        line.more[further] = me.more[further]
