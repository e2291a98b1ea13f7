"""What an office has in hand while it writes: an act as it is drafted, a record, a decision; every field is a number of 64 bits."""

from __future__ import annotations

from typing import NamedTuple


class Draft(NamedTuple):
    """What an office is about to write of an act that was found out.

    act      the act that is written down; -1 where none is
    about    place in the neighbourhood of whom it is written about
    wrong    what is true of it
    amount   how much of the act there was
    """

    act: int
    about: int
    wrong: int
    amount: int


class Record(NamedTuple):
    """A record as it is entered.

    act          the act; -1 where it follows from another record or from what somebody is
    clause       the clause that answers to it
    by_ladder    1 where a ladder that counts acts decides which clause it is
    about        place in the neighbourhood
    until        first day on which a state no longer lasts; 0 for none
    choice       the amount where the clause is a rate, else the official's choice in quanta above the least
    wrong        what is true of it
    lack         what makes it void, as bits
    """

    act: int
    clause: int
    by_ladder: int
    about: int
    event: int
    act_day: int
    record_day: int
    until: int
    choice: int
    amount: int
    wrong: int
    lack: int


class Decision(NamedTuple):
    """A correction or a procedure as it is entered.

    kind        entries.CORRECTION or PROCEDURE
    procedure   its code; 0 for a correction
    of          the record that it is about, an amount of quanta, or NO_EVENT for neither
    """

    about: int
    event: int
    day: int
    kind: int
    procedure: int
    of: int
