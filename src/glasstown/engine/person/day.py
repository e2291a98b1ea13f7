"""One person's month under the rulebook, day by day: what step S8 calls for everyone on whom something falls due.

The order of a day is the order of the entries' keys, so the loop takes the smallest key until none is due.
"""

from __future__ import annotations

from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.entries import (
    CORRECTION,
    LAPSE,
    LISTING,
    PHASE_PASSIVE,
    PHASE_RECORDS,
    PROCEDURE,
    RECORD,
    REPEAT,
    TURN,
    TURN_CUT_OFF,
    TURN_CYCLE,
    TURN_PUBLISHED,
    clause_of_listing,
    list_of_turn,
)
from glasstown.engine.kernel.ledger_words import (
    DAY,
    by_event,
    choice_of_pay,
    clause_of,
    day_of,
    event_of,
    extension_of,
    first_day_of,
    hold_flags_of,
    holds_of,
    kind_of,
    lapsing_of,
    phase_of,
    procedure_of,
    second_day_of,
    wrong_of,
)
from glasstown.engine.kernel.logbook import is_kept, next_line
from glasstown.engine.person.decisions import correct, proceed
from glasstown.engine.person.holds import add_hold
from glasstown.engine.person.in_hand import drop, move_score, note_standing
from glasstown.engine.person.lists import settle
from glasstown.engine.person.records import NOT_MET, fine_of, record_of, repeat, take_effect
from glasstown.engine.person.scores import grade_of, grade_of_the_day, own_shown
from glasstown.engine.person.turns import begin_cycle
from glasstown.engine.tables.bundles import Desk, Hold, Law, Matter, Mine, Told
from glasstown.engine.tables.log_rows import LINE
from glasstown.engine.tables.person_rows import Me
from glasstown.engine.tables.practice_rows import RETURN_CORRECTED, RETURN_CYCLE, RETURN_LAPSED, RETURN_RESET
from glasstown.engine.tables.shapes import Rules


@kernel
def live_days(law: Law, desk: Desk, last_day: int) -> None:
    """Take the entries of the person in hand that are due up to `last_day`, in the order of the day, and act on each."""
    mine = desk.mine
    while True:
        position = next_due(law.rules, mine, last_day)
        if position < 0:
            break
        key, pay = mine.keys[position], mine.pays[position]
        drop(mine, position)
        before_score = own_shown(law.rules, mine.me)
        if kind_of(key) == TURN and clause_of(key) == TURN_CUT_OFF:
            mine.me.is_cut = 1
            if grade_of(law.rules, mine) == grade_of_the_day(law.rules, mine.me):
                continue
        if kind_of(key) == TURN and clause_of(key) == TURN_PUBLISHED:
            if mine.me.more[law.rules.book.assessed] == mine.me.grade:
                continue
            mine.me.grade = mine.me.more[law.rules.book.assessed]
        told = take(law, desk, key, pay)
        settle(law, mine, day_of(key), told.silenced)
        if is_kept(desk.log):
            write_line(law.rules, desk, key, told, before_score)
    forget(mine, last_day)


@kernel
def take(law: Law, desk: Desk, key: int, pay: int) -> Told:
    """Act on an entry that is due, and return what it did."""
    mine, flow = desk.mine, desk.flow[desk.mine.me.group]
    kind, clause, event, day = kind_of(key), clause_of(key), event_of(key), day_of(key)
    detail, fine, silenced = 0, 0, 0
    if kind == RECORD:
        matter = record_of(law, mine, key, pay, day)
        clause = matter.clause
        detail = take_effect(law, mine, flow, matter)
        if detail & NOT_MET == 0:
            fine = fine_of(law.rules, desk.chance, clause, mine.me.entity, event)
            flow[law.slots.fines + clause] += fine
    elif kind == LAPSE:
        taken = lapsing_of(pay)
        flow[law.slots.returned + RETURN_LAPSED] += move_score(
            law.rules, mine.me, -taken, law.rules.clauses[clause].part
        )
        note_standing(mine, event, -taken)
    elif kind == REPEAT:
        wrong, until = wrong_of(pay), second_day_of(pay)
        matter = Matter(clause, event, first_day_of(pay), day, until, choice_of_pay(pay), wrong)
        detail = repeat(law, mine, flow, matter)
    elif kind == CORRECTION:
        flow[law.slots.returned + RETURN_CORRECTED] += correct(law.rules, mine, pay)
        flow[law.slots.corrections] += 1
    elif kind == LISTING:
        clause = clause_of_listing(clause)
        hold = Hold(clause, law.rules.clauses[clause].list, event, extension_of(pay), hold_flags_of(pay))
        add_hold(law, mine, hold, day)
    elif kind == PROCEDURE:
        score_before = mine.me.score
        clause = procedure_of(pay)  # what the log says of it
        silenced = proceed(law, mine, pay, day)
        flow[law.slots.returned + RETURN_RESET] += mine.me.score - score_before
    elif kind == TURN and clause == TURN_CYCLE:
        score_before = mine.me.score
        begin_cycle(law.rules, mine, day)
        flow[law.slots.returned + RETURN_CYCLE] += mine.me.score - score_before
    elif kind == TURN and list_of_turn(clause) >= 0:
        turn_list(mine.me, list_of_turn(clause), holds_of(pay))
    return Told(clause, detail, fine, silenced)


@kernel
def turn_list(me: Me, rule: int, holds: int) -> None:
    """Put somebody on an assessed list, or take them off it."""
    bit = 1 << rule
    me.lists = me.lists | bit if holds == 1 else me.lists & ~bit


@kernel
def next_due(rules: Rules, mine: Mine, last_day: int) -> int:
    """Return the position of the smallest key due, or -1; what is only kept for windows is never due."""
    limit = (last_day + 1) << DAY.at
    if rules.book.as_recorded == 1:
        return next_as_recorded(mine, limit)
    best, position = limit, -1
    for candidate in range(mine.me.n_entries):
        if mine.keys[candidate] < best and phase_of(mine.keys[candidate]) != PHASE_PASSIVE:
            best, position = mine.keys[candidate], candidate
    return position


@kernel
def next_as_recorded(mine: Mine, limit: int) -> int:
    """Return what `next_due` does, where records of one day come in order of their events, whatever their clauses."""
    best, position = limit, -1
    for candidate in range(mine.me.n_entries):
        key = mine.keys[candidate]
        phase = phase_of(key)
        if phase == PHASE_RECORDS:
            key = by_event(key)
        if key < best and phase != PHASE_PASSIVE:
            best, position = key, candidate
    return position


@kernel
def forget(mine: Mine, last_day: int) -> None:
    """Drop what was kept for windows that have closed."""
    position = 0
    while position < mine.me.n_entries:
        key = mine.keys[position]
        if phase_of(key) == PHASE_PASSIVE and day_of(key) <= last_day:
            drop(mine, position)
        else:
            position += 1


@kernel
def write_line(rules: Rules, desk: Desk, key: int, told: Told, before_score: int) -> None:
    """Write a line of the ledger to the log."""
    me, line = desk.mine.me, desk.log.rows[next_line(desk.log, LINE, desk.mine.me.person)]
    line.day, line.phase, line.entry = day_of(key), phase_of(key), kind_of(key)
    line.clause, line.event = told.clause, event_of(key)
    line.before, line.after = before_score, own_shown(rules, me)
    line.grade, line.lists = me.grade, me.lists
    line.detail, line.fine = told.detail, told.fine
    for further in range(rules.book.n_more):
        line.more[further] = me.more[further]
