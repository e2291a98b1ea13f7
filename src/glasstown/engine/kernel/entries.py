"""What an entry of the ledger is: its kind, its phase of the day, and what stands in the place of its clause where it is none.

    record      what takes effect, as its clause or by its ladder
    repeat      an instalment of it
    lapse       the points that go again
    kept        a record that has taken effect, kept for windows, caps and decisions about it
    correction  a record is taken back
    procedure   of somebody, about a record or by itself, or an amount that is spent
    carry       the rest of an amount
    hold        what holds somebody on a list
    listing     a hold that waits for the listing; its place in a day is that of its clause, after all corrections and procedures
    lock        a ceiling or a freeze that ends
    turn        a cycle begins, cut-offs are published, or a list is decided
    void        the record of this event counts for nothing as this clause
    carried     a record that the next cycle takes again
    mendable    a record of whose points a share comes back once its matter is put right

`ledger_words.py` says where each part of an entry stands.
"""

from __future__ import annotations

from glasstown.engine.kernel.cache import kernel

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
MENDABLE = 15

PHASE_ASSESSMENT = 1
PHASE_ENDS = 2
PHASE_REPEATS = 3
PHASE_DECISIONS = 4
PHASE_STATUS = 5
PHASE_RECORDS = 6
PHASE_PASSIVE = 7

TURN_CYCLE = 1
"""In the place of a turn's clause: a cycle begins."""
TURN_CUT_OFF = 2
"""In the place of a turn's clause: cut-offs are published."""
TURN_PUBLISHED = 3
"""In the place of a turn's clause: the grade that was found is published."""
_TURN_LIST = 4
_CONDITION = 992
_LISTING = 2
"""Corrections stand at 0, procedures at 1, listings behind them."""


@kernel
def turn_of_list(rule: int) -> int:
    """Return what stands in the place of the clause of a turn that decides a list."""
    return _TURN_LIST + rule


@kernel
def list_of_turn(clause: int) -> int:
    """Return the list that a turn decides; below 0 where it decides none."""
    return clause - _TURN_LIST


@kernel
def clause_of_condition(rule: int) -> int:
    """Return what stands in the place of the clause of a hold that a list's own condition brought: it comes after all clauses."""
    return _CONDITION + rule


@kernel
def list_of_condition(clause: int) -> int:
    """Return the list whose own condition brought a hold; below 0 where a clause did."""
    return clause - _CONDITION


@kernel
def place_of_listing(clause: int) -> int:
    """Return what stands in the place of a listing's clause."""
    return clause + _LISTING


@kernel
def clause_of_listing(place: int) -> int:
    """Return the clause of a listing."""
    return place - _LISTING
