"""Turns of the year: cycles that begin, cut-offs that are published, lists that are assessed (docs/the-day.md, phase 1)."""

from __future__ import annotations

from glasstown.compiler.columns import NEVER
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.calendar import is_scheme, month_of
from glasstown.engine.kernel.entries import (
    CARRIED,
    CARRY,
    CORRECTION,
    KEPT,
    LAPSE,
    MENDABLE,
    PHASE_ASSESSMENT,
    REPEAT,
    TURN,
    TURN_CUT_OFF,
    TURN_CYCLE,
    TURN_PUBLISHED,
)
from glasstown.engine.kernel.ledger_words import (
    COUNTED,
    GRANTED,
    add_carried,
    carried_standing_of,
    carried_until_of,
    clause_of,
    event_of,
    kind_of,
    pack_key,
    without_standing,
)
from glasstown.engine.person.in_hand import drop, move_score, note_standing, push, return_to_base
from glasstown.engine.tables.bundles import Law, Mine
from glasstown.engine.tables.shapes import Rules


@kernel
def turn_in(law: Law, month: int, row: int) -> int:
    """Return the day in a month on which a row of the table of turns falls, or -1; a day that the month lacks is its last."""
    cal, turn = law.cal, law.rules.turns[row]
    if turn.month != (cal.origin.month - 1 + month) % 12 + 1:
        return -1
    return min(cal.month_start[month] + turn.day - 1, cal.month_start[month + 1] - 1)


@kernel
def next_turn(law: Law, day: int) -> int:
    """Return the first day later than `day` on which a cycle begins, NEVER where there is none."""
    month = month_of(law.cal, day)
    for ahead in range(14):
        if month + ahead + 1 >= len(law.cal.month_start):
            break
        for row in range(len(law.rules.turns)):
            begins = turn_in(law, month + ahead, row)
            if begins > day:
                return min(begins, NEVER)
    return NEVER


@kernel
def publishes(law: Law, month: int) -> bool:
    """Return whether cut-offs of quota grades come into force on the first day of a month."""
    cal = law.cal
    if month <= cal.origin.first_month or not is_scheme(cal, cal.month_start[month]):
        return False
    month_before = (cal.origin.month - 1 + month - 1) % 12 + 1
    return (law.rules.book.cut_months >> month_before) & 1 == 1


@kernel
def finds_grade(law: Law, month: int) -> bool:
    """Return whether the grade of the evening before a month is one that will be published."""
    cal = law.cal
    if month <= cal.origin.first_month or not is_scheme(cal, cal.month_start[month]):
        return False
    return law.rules.book.found_month == (cal.origin.month - 1 + month - 1) % 12 + 1


@kernel
def published_in(law: Law, month: int) -> int:
    """Return the day of a month on which grades are published, -1 for none; a day that the month lacks is its last."""
    cal, book = law.cal, law.rules.book
    if book.from_month != (cal.origin.month - 1 + month) % 12 + 1:
        return -1
    return min(cal.month_start[month] + book.from_day - 1, cal.month_start[month + 1] - 1)


@kernel
def has_turn(law: Law, month: int) -> bool:
    """Return whether a cycle begins, cut-offs come into force, or grades are found or published in a month."""
    if law.rules.book.running >= 0:
        if finds_grade(law, month) or law.cal.origin.first_day < published_in(law, month) < law.cal.origin.over:
            return True
    for row in range(len(law.rules.turns)):
        if law.cal.origin.first_day < turn_in(law, month, row) < law.cal.origin.over:
            return True
    return publishes(law, month)


@kernel
def add_turns(law: Law, mine: Mine, month: int) -> None:
    """Enter the month's cycles, cut-offs and publications for the person in hand, and note the grade that is to be published."""
    cal, person = law.cal, mine.me.person
    if law.rules.book.running >= 0:
        add_publication(law, mine, month)
    for row in range(len(law.rules.turns)):
        day = turn_in(law, month, row)
        if max(cal.origin.first_day, mine.me.begun) < day < cal.origin.over:
            push(mine, pack_key(day, PHASE_ASSESSMENT, TURN_CYCLE, 0, TURN), person)
    if publishes(law, month) and mine.me.begun < cal.month_start[month]:
        push(mine, pack_key(cal.month_start[month], PHASE_ASSESSMENT, TURN_CUT_OFF, 0, TURN), person)


@kernel
def add_publication(law: Law, mine: Mine, month: int) -> None:
    """Note the grade of the evening before where it is to be published, and enter the month's publication."""
    cal, book, me = law.cal, law.rules.book, mine.me
    if finds_grade(law, month) and me.begun < cal.month_start[month]:
        me.more[book.assessed] = me.more[book.running]
    day = published_in(law, month)
    if max(cal.origin.first_day, me.begun) < day < cal.origin.over:
        push(mine, pack_key(day, PHASE_ASSESSMENT, TURN_PUBLISHED, 0, TURN), me.person)


@kernel
def begin_cycle(rules: Rules, mine: Mine, day: int) -> None:
    """Let the score begin anew, and take again what is carried over (section 4).

    What is carried keeps its entry, with the points that were taken again as those that stand.
    """
    return_to_base(rules, mine.me)
    forget_carried(mine, day)
    wipe_but_carried(rules, mine)
    last = -1
    while True:
        position = next_carried(mine, last)
        if position < 0:
            break
        last = mine.keys[position]
        standing = carried_standing_of(mine.pays[position])
        mine.pays[position] = add_carried(mine.pays[position], -standing)
        moved = move_score(rules, mine.me, standing, rules.clauses[clause_of(last)].part)
        note_standing(mine, event_of(last), moved)


@kernel
def next_carried(mine: Mine, after_key: int) -> int:
    """Return the position of the carried record that comes next in the order of clauses and events, or -1."""
    position = -1
    for candidate in range(mine.me.n_entries):
        if kind_of(mine.keys[candidate]) == CARRIED and mine.keys[candidate] > after_key:
            if position < 0 or mine.keys[candidate] < mine.keys[position]:
                position = candidate
    return position


@kernel
def forget_carried(mine: Mine, day: int) -> None:
    """Let go of what would be carried over, but whose state is over by this day."""
    position = 0
    while position < mine.me.n_entries:
        until = carried_until_of(mine.pays[position])
        if kind_of(mine.keys[position]) == CARRIED and 0 < until <= day:
            drop(mine, position)
        else:
            position += 1


@kernel
def is_carried(mine: Mine, event: int) -> bool:
    """Return whether a record is one that the next cycle takes again."""
    for position in range(mine.me.n_entries):
        if kind_of(mine.keys[position]) == CARRIED and event_of(mine.keys[position]) == event:
            return True
    return False


@kernel
def wipe_but_carried(rules: Rules, mine: Mine) -> None:
    """Let all records so far count nowhere; one that is carried over can still be applied for and corrected."""
    position = 0
    while position < mine.me.n_entries:
        key = mine.keys[position]
        kind = kind_of(key)
        if kind == LAPSE or kind == REPEAT or kind == CARRY:
            drop(mine, position)
            continue
        if kind == MENDABLE:
            if not is_carried(mine, event_of(key)):
                drop(mine, position)
                continue
            mine.pays[position] = add_carried(mine.pays[position], -carried_standing_of(mine.pays[position]))
        if kind == KEPT:
            clause = rules.clauses[clause_of(key)]
            stays = clause.on_application == 1 or clause.part >= 0
            if not stays or not is_carried(mine, event_of(key)):
                drop(mine, position)
                continue
            mine.pays[position] = mine.pays[position] & ~(COUNTED | GRANTED)
        elif kind == CORRECTION:
            mine.pays[position] = without_standing(mine.pays[position])
        position += 1
