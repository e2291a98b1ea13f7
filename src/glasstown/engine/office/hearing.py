"""S10: notice before somebody is listed, an objection and what it suspends, and what is decided about a record later.

How long one may object, whether that suspends a listing, when it is answered and whether a second office looks again is what the
rulebook says; `handled.py` puts the parameters where it says nothing.

Notice and stay only move the day on which a record takes effect, or keep it from being made; so whoever is told the records
(the interpreter, a page) needs to know nothing of either.
"""

from __future__ import annotations

from glasstown.compiler.columns import APPLY, NEVER, NO_SPAN, REPAIR
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.calendar import after
from glasstown.engine.office.entering import effect_day_of, enter_correction, enter_procedure
from glasstown.engine.tables.bundles import Desk, Law
from glasstown.engine.tables.office_bundles import Record
from glasstown.engine.tables.practice_rows import (
    AVERTED,
    AVERTED_WRONG,
    GIVEN_NOTICE,
    GRANTED,
    NOT_GIVEN_NOTICE,
    OBJECTED,
    RIGHT,
    SUSPENDED,
    Handled,
)
from glasstown.engine.tables.shapes import Rules
from glasstown.rows import Ints

Words = tuple[int, int, int, int]


@kernel
def hear(
    law: Law, account: Ints, clause: int, record_day: int, wrong: int, lot: Words, u_notice: int
) -> tuple[int, int]:
    """S10. Return the day on which a record is made, and the day of its correction; NEVER for one that is not.

    Who is to be listed hears of it some time before, unless notice is left out, and may object from that day on; others may from the
    day on which a record takes effect.

    account    the month's accounts of a group
    lot        words: whether somebody objects, whether it is granted, how long it takes
    u_notice   a word: its high half whether notice is left out, its low half whether the listing is suspended
    """
    if law.rules.clauses[clause].sign > 0:
        return record_day, NEVER
    begins, is_suspended, handled = record_day, False, law.practice.handled[clause]
    if law.rules.clauses[clause].list >= 0:
        begins += notice(law, account, u_notice >> 16)
        is_suspended = (u_notice & 65535) < handled.stays
    if lot[0] >= handled.objection:
        return begins, NEVER
    made = effect_day_of(law.rules, law.cal, clause, record_day) + 1
    decided, is_granted = decide_on(law, handled, made, wrong, lot)
    redress = law.slots.redress
    account[redress + OBJECTED] += 1
    account[redress + GRANTED] += is_granted
    account[redress + SUSPENDED] += is_suspended
    if is_granted and (is_suspended or decided <= effect_day_of(law.rules, law.cal, clause, begins)):
        account[redress + AVERTED] += 1
        account[redress + AVERTED_WRONG] += wrong != RIGHT
        return NEVER, NEVER
    if is_granted:
        decided = answered(law, decided, handled.correction_unit, handled.correction, 0)
    return after_objection(begins, decided, is_granted, is_suspended)


@kernel
def decide_on(law: Law, handled: Handled, made: int, wrong: int, lot: Words) -> tuple[int, bool]:
    """S10. Return the day on which an objection is decided, and whether it is granted: at once, or by a second office.

    A second office finds as much as the first one did; where a rulebook does not say how long it takes, it takes as long again.
    """
    chance, days = chance_of_grant(law, wrong), law.practice.delay[lot[2] >> 22].objection
    decided = answered(law, made, handled.answer_unit, handled.answer, days)
    if lot[1] < chance:
        return decided, True
    if low_half(lot[2]) >= handled.review:
        return decided, False
    return answered(law, decided, handled.review_unit, handled.review_answer, days), low_half(lot[3]) < chance


@kernel
def answered(law: Law, asked: int, unit: int, number: int, days: int) -> int:
    """Return the day of an answer: after the time that a rulebook gives for it, else after so many days."""
    return min(asked + days, NEVER) if unit == NO_SPAN else after(law.cal, asked, unit, number)


@kernel
def low_half(word: int) -> int:
    """Return the bits of a word that say no delay, as a word of their own."""
    return (word & 4194303) << 10


@kernel
def notice(law: Law, account: Ints, u_notice: int) -> int:
    """Return the days of notice before a listing; none where it is left out."""
    if law.practice.numbers.notice_days == 0:
        return 0
    if u_notice < law.practice.numbers.notice_skipped:
        account[law.slots.redress + NOT_GIVEN_NOTICE] += 1
        return 0
    account[law.slots.redress + GIVEN_NOTICE] += 1
    return law.practice.numbers.notice_days


@kernel
def chance_of_grant(law: Law, wrong: int) -> int:
    """Return the chance that an objection is granted, of 2**32."""
    return law.practice.numbers.granted_right if wrong == RIGHT else law.practice.numbers.granted_wrong


@kernel
def after_objection(begins: int, decided: int, is_granted: bool, is_suspended: bool) -> tuple[int, int]:
    """Return the days of a record and of its correction where the objection does not keep it from being made.

    One that suspends puts the listing off until it is decided.  One that is refused changes nothing else and is not entered.
    """
    if is_suspended:
        return max(begins, decided), NEVER
    return begins, decided if is_granted else NEVER


@kernel
def has_procedure(rules: Rules, procedure: int) -> bool:
    """Return whether a rulebook has a procedure."""
    return rules.procedures[procedure].exists == 1


@kernel
def decide_later(law: Law, desk: Desk, record: Record, corrected: int, lot: Words, n_filed: int) -> int:
    """S10. Enter what is decided about a record later: its correction, an application for its honour, its repair.

    corrected   day on which it is corrected, NEVER where it is not
    lot         words: whether somebody applies, and how long after the effect the application and the repair come
    """
    clause, delay = law.rules.clauses[record.clause], law.practice.delay
    about, event = record.about, record.event
    after_effect = effect_day_of(law.rules, law.cal, record.clause, record.record_day) + 1
    n_filed = enter_correction(desk, record, corrected, n_filed)
    if clause.sign > 0 and clause.on_application == 1 and lot[0] < law.practice.numbers.apply:
        day = after_effect + delay[lot[2] >> 22].application
        n_filed = enter_procedure(desk, about, event, day, APPLY, event, n_filed)
    if clause.carries == 1 and has_procedure(law.rules, REPAIR):
        day = after_effect + delay[lot[3] >> 22].repair
        n_filed = enter_procedure(desk, about, event, day, REPAIR, event, n_filed)
    return n_filed
