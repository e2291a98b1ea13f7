"""The ledger's entries: two 63-bit words each, ordered by the first.

KEY  due day 15 | phase 3 | clause 10 | event 31 | kind 4: comparing keys is comparing places in the order of the day.
PAY  person in block 8, then by kind:
     record      act day 15 | until 15 | choice or amount 13 | wrong 2 | step 10: the clause, or BY_LADDER
     repeat      start day 15 | until 15 | choice 13 | wrong 2
     lapse       taken 17 (at 8)
     kept        counting day 15 | taken 17 | granted, record, application 1 each | until 15
     correction  of event 31 | standing 17
     procedure   of event 31, or an amount of quanta | procedure 3
     carry       rest of an amount 23
     hold        listed 15 | end of the term 15 | being removed 1 | wrongly 1 | not owed 1: the record behind it is wrong, and
                 there is nothing to perform
     listing     extension 7, and at 39 wrongly 1, not owed 1; its place in a day is that of its clause,
                 after all corrections and procedures
     lock        nothing further
     turn        whether a list's condition held 1; what turns stands in the place of the clause
     void        nothing further: the record of this event counts for nothing as this clause
     carried     standing 17 (at 8) | until 15: a record that the next cycle takes again
"""

from __future__ import annotations

from glasstown.engine.kernel.cache import entry

LAPSE = 1
OVERRIDE = 2
HOLD = 3
REPEAT = 4
CORRECTION = 5
PROCEDURE = 6
RECORD = 7
KEPT = 8
CARRY = 9
LOCK = 10
LISTING = 11
TURN = 12
VOID = 13
CARRIED = 14

PHASE_ASSESSMENT = 1
PHASE_ENDS = 2
PHASE_REPEATS = 3
PHASE_DECISIONS = 4
PHASE_STATUS = 5
PHASE_RECORDS = 6
PHASE_PASSIVE = 7

CONDITION_CLAUSE = 992
"""Clause field of a hold that a list's own condition brought: this plus the list, so it stands after all clauses."""
CONDITION_EVENT = (1 << 31) - 1
BY_LADDER = 1023
"""Step of a record that found its ladder by act: what the ladder has counted decides."""

TURN_CYCLE = 1
"""What the clause field of a turn says: a cycle begins, cut-offs are published, or from TURN_LIST on a list is decided."""
TURN_CUT_OFF = 2
TURN_LIST = 3

LISTING_PLACE = 2
"""What a listing's clause field adds to its clause: 0 are corrections, 1 procedures."""
EXTENSION_SHIFT = 8
EXTENSION_MASK = (1 << 7) - 1
TERM_END_SHIFT = 23
REMOVING = 1 << 38
WRONGLY = 1 << 39
NOT_OWED = 1 << 40
JUDGED_WRONGLY = 3
"""The two bits of a record that say: of somebody who owes, and could not pay."""

EVENT_SHIFT = 4
CLAUSE_SHIFT = 35
AS_RECORDED_SHIFT = 14
"""Where the event stands in a key that is compared by event before clause."""
PHASE_SHIFT = 45
DAY_SHIFT = 48
EVENT_MASK = (1 << 31) - 1
CLAUSE_MASK = (1 << 10) - 1
DAY_MASK = (1 << 15) - 1
MOST_CHOICE = (1 << 13) - 1
BIAS = 1 << 16
TAKEN_MASK = (1 << 17) - 1
WRONG_SHIFT = 51
STEP_SHIFT = 53
KEPT_TAKEN_SHIFT = 23
GRANTED = 1 << 40
COUNTED = 1 << 41
APPLICABLE = 1 << 42
STANDING_SHIFT = 39
KEPT_UNTIL_SHIFT = 43
CARRIED_UNTIL_SHIFT = 25
PROCEDURE_SHIFT = 39


@entry
def key(day: int, phase: int, clause: int, event: int, kind: int) -> int:
    """Return the word that orders an entry."""
    return (day << DAY_SHIFT) | (phase << PHASE_SHIFT) | (clause << CLAUSE_SHIFT) | (event << EVENT_SHIFT) | kind


@entry
def record_pay(person: int, act_day: int, until: int, choice: int, wrong: int, step: int) -> int:
    """Return the second word of a record."""
    return person | (act_day << 8) | (until << 23) | (choice << 38) | (wrong << WRONG_SHIFT) | (step << STEP_SHIFT)
