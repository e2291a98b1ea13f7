"""The ledger's entries, two words each: where each part of a word stands, once; packers and readers beside each other.

The key orders entries by the day: due day, phase, clause, event, kind.  The pay begins with the person's place in the
neighbourhood; what follows depends on the kind.  `LAYOUT` is the register: a test packs and reads every part at both of its ends.
Points stand with BIAS added, so that they are never negative; standing points stand at the top of their word, with their sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from glasstown.compiler.columns import CHOICE_BITS, EXTENSION_BITS, TAKEN_BITS
from glasstown.engine.kernel.cache import kernel


class Bits(NamedTuple):
    """A part of a word: the place of its lowest bit, and the mask of what it holds."""

    at: int
    mask: int


def _bits(at: int, width: int) -> Bits:
    """Return the part of this width at this place."""
    return Bits(at, (1 << width) - 1)


BIAS: Final = 1 << TAKEN_BITS
"""What is added to points in a word."""

# the key
KIND = _bits(0, 4)
EVENT = _bits(4, 31)
CLAUSE = _bits(35, 10)
PHASE = _bits(45, 3)
DAY = _bits(48, 15)

# the pay
PERSON = _bits(0, 8)
FIRST_DAY = _bits(8, 15)  # record: act day; repeat: start; kept: counting day; hold: listed
OF_EVENT = _bits(8, 31)  # correction, procedure
SECOND_DAY = _bits(23, 15)  # record, repeat: until; hold: end of the term
CHOICE = _bits(38, CHOICE_BITS)  # record, repeat
WRONG = _bits(51, 2)  # record, repeat
STEP = _bits(53, 10)  # record
LAPSING = _bits(8, 17)  # lapse
CARRIED_STANDING = _bits(8, 17)
CARRIED_UNTIL = _bits(25, 15)
MENDABLE_FROM = _bits(25, 15)  # counting day; standing points as of what is carried
KEPT_TAKEN = _bits(23, 17)
KEPT_FLAGS = _bits(40, 3)
KEPT_UNTIL = _bits(43, 15)
PROCEDURE = _bits(39, 3)
EXTENSION = _bits(8, 7)  # listing
REST = _bits(8, 23)  # carry
HOLD_FLAGS = _bits(38, 3)
HOLDS = _bits(8, 1)  # turn
STANDING_AT: Final = 39
"""Place of the standing points of a correction, which take the rest of the word."""
BY_EVENT_AT: Final = 14
"""Place of the event in a key that is compared by event before clause."""

NO_EVENT: Final = EVENT.mask
"""In the place of an event where there is none: a hold that a list's own condition brought, a decision about no record."""
BY_LADDER: Final = STEP.mask
"""Step of a record that found its ladder by act: what the ladder has counted decides."""
MOST_CHOICE: Final = CHOICE.mask
JUDGED_WRONGLY: Final = WRONG.mask
"""How a record is wrong that says: of somebody who owes, and could not pay."""
GRANTED, COUNTED, APPLICABLE = (1 << KEPT_FLAGS.at + bit for bit in range(3))
"""Flags of a kept record: it moved points, it counts as a record, an application may still let its honour begin."""
REMOVING, WRONGLY, NOT_OWED = (1 << HOLD_FLAGS.at + bit for bit in range(3))
"""Flags of a hold or listing: it is being removed; its record is wrong; and there is nothing to perform."""

# the choice of a record that states months
STATED_EXTENSION = _bits(0, EXTENSION_BITS)
STATED_GRACE = _bits(EXTENSION_BITS, CHOICE.mask.bit_length() - EXTENSION_BITS)

LAYOUT: Final[Mapping[str, tuple[Bits, ...]]] = {
    "key": (KIND, EVENT, CLAUSE, PHASE, DAY),
    "record": (PERSON, FIRST_DAY, SECOND_DAY, CHOICE, WRONG, STEP),
    "repeat": (PERSON, FIRST_DAY, SECOND_DAY, CHOICE, WRONG),
    "lapse": (PERSON, LAPSING),
    "kept": (PERSON, FIRST_DAY, KEPT_TAKEN, KEPT_FLAGS, KEPT_UNTIL),
    "correction": (PERSON, OF_EVENT),
    "procedure": (PERSON, OF_EVENT, PROCEDURE),
    "carry": (PERSON, REST),
    "hold": (PERSON, FIRST_DAY, SECOND_DAY, HOLD_FLAGS),
    "listing": (PERSON, EXTENSION, HOLD_FLAGS),
    "turn": (PERSON, HOLDS),
    "carried": (PERSON, CARRIED_STANDING, CARRIED_UNTIL),
    "mendable": (PERSON, CARRIED_STANDING, MENDABLE_FROM),
    "choice that states months": (STATED_EXTENSION, STATED_GRACE),
}
"""The parts of each word, by kind of entry."""


@kernel
def kind_of(key: int) -> int:
    """Return the kind of an entry."""
    return key & KIND.mask


@kernel
def event_of(key: int) -> int:
    """Return the event that an entry belongs to."""
    return (key >> EVENT.at) & EVENT.mask


@kernel
def clause_of(key: int) -> int:
    """Return the clause of an entry, or what stands in its place."""
    return (key >> CLAUSE.at) & CLAUSE.mask


@kernel
def phase_of(key: int) -> int:
    """Return the phase of the day in which an entry is taken."""
    return (key >> PHASE.at) & PHASE.mask


@kernel
def day_of(key: int) -> int:
    """Return the day on which an entry falls due."""
    return key >> DAY.at


@kernel
def person_of(pay: int) -> int:
    """Return the place in the neighbourhood of the person whose entry it is."""
    return pay & PERSON.mask


@kernel
def first_day_of(pay: int) -> int:
    """Return a record's act day, an instalment's start, a kept record's counting day, or the day of a listing."""
    return (pay >> FIRST_DAY.at) & FIRST_DAY.mask


@kernel
def second_day_of(pay: int) -> int:
    """Return the end of a record's or instalment's state, or of a hold's term."""
    return (pay >> SECOND_DAY.at) & SECOND_DAY.mask


@kernel
def choice_of_pay(pay: int) -> int:
    """Return the choice or amount of a record or instalment."""
    return (pay >> CHOICE.at) & CHOICE.mask


@kernel
def stated_extension(choice: int) -> int:
    """Return the months of extension that a choice states."""
    return choice & STATED_EXTENSION.mask


@kernel
def stated_grace(choice: int) -> int:
    """Return the months of grace that a choice states."""
    return choice >> STATED_GRACE.at


@kernel
def wrong_of(pay: int) -> int:
    """Return how a record or instalment is wrong: 0 for right."""
    return (pay >> WRONG.at) & WRONG.mask


@kernel
def step_of_pay(pay: int) -> int:
    """Return the clause that a record is, or BY_LADDER."""
    return pay >> STEP.at


@kernel
def lapsing_of(pay: int) -> int:
    """Return the points that lapse."""
    return ((pay >> LAPSING.at) & LAPSING.mask) - BIAS


@kernel
def kept_taken_of(pay: int) -> int:
    """Return the points that a kept record has moved."""
    return ((pay >> KEPT_TAKEN.at) & KEPT_TAKEN.mask) - BIAS


@kernel
def kept_until_of(pay: int) -> int:
    """Return the end of a kept record's state."""
    return (pay >> KEPT_UNTIL.at) & KEPT_UNTIL.mask


@kernel
def of_event(pay: int) -> int:
    """Return the event that a correction or procedure is about, or a procedure's amount."""
    return (pay >> OF_EVENT.at) & OF_EVENT.mask


@kernel
def standing_of(pay: int) -> int:
    """Return the points that still stand of the record that a correction waits for."""
    return pay >> STANDING_AT


@kernel
def procedure_of(pay: int) -> int:
    """Return which procedure it is."""
    return (pay >> PROCEDURE.at) & PROCEDURE.mask


@kernel
def extension_of(pay: int) -> int:
    """Return the months by which a listing is extended."""
    return (pay >> EXTENSION.at) & EXTENSION.mask


@kernel
def hold_flags_of(pay: int) -> int:
    """Return the flags of a hold or listing, where WRONGLY and the like have them."""
    return pay & (HOLD_FLAGS.mask << HOLD_FLAGS.at)


@kernel
def rest_of(pay: int) -> int:
    """Return the rest of an amount that is carried."""
    return (pay >> REST.at) & REST.mask


@kernel
def holds_of(pay: int) -> int:
    """Return 1 where a turn says that a list's condition holds."""
    return (pay >> HOLDS.at) & HOLDS.mask


@kernel
def carried_standing_of(pay: int) -> int:
    """Return the points that stand of a record that the next cycle takes again."""
    return ((pay >> CARRIED_STANDING.at) & CARRIED_STANDING.mask) - BIAS


@kernel
def carried_until_of(pay: int) -> int:
    """Return the end of such a record's state."""
    return (pay >> CARRIED_UNTIL.at) & CARRIED_UNTIL.mask


@kernel
def mendable_from(pay: int) -> int:
    """Return the counting day of a record of whose points a share comes back."""
    return (pay >> MENDABLE_FROM.at) & MENDABLE_FROM.mask


@kernel
def by_event(key: int) -> int:
    """Return the key with its event before its clause, to be compared with others of its day and phase."""
    front = (key >> PHASE.at) << PHASE.at
    event, clause = (key >> EVENT.at) & EVENT.mask, (key >> CLAUSE.at) & CLAUSE.mask
    return front | (event << BY_EVENT_AT) | (clause << EVENT.at) | (key & KIND.mask)


@kernel
def add_standing(pay: int, change: int) -> int:
    """Return a correction's word with so many more points standing."""
    return pay + (change << STANDING_AT)


@kernel
def without_standing(pay: int) -> int:
    """Return a correction's word with no points standing."""
    return pay & ((1 << STANDING_AT) - 1)


@kernel
def add_carried(pay: int, change: int) -> int:
    """Return the word of a record that the next cycle takes again with so many more points standing."""
    return pay + (change << CARRIED_STANDING.at)


@kernel
def pack_key(day: int, phase: int, clause: int, event: int, kind: int) -> int:
    """Return the word that orders an entry."""
    return (day << DAY.at) | (phase << PHASE.at) | (clause << CLAUSE.at) | (event << EVENT.at) | kind


@kernel
def pack_stated(extension: int, grace: int) -> int:
    """Return the choice that states months of extension and of grace."""
    return extension | (grace << STATED_GRACE.at)


@kernel
def pack_record(person: int, act_day: int, until: int, choice: int, wrong: int, step: int) -> int:
    """Return the second word of a record; of an instalment, `step` 0."""
    days = person | (act_day << FIRST_DAY.at) | (until << SECOND_DAY.at)
    return days | (choice << CHOICE.at) | (wrong << WRONG.at) | (step << STEP.at)


@kernel
def pack_lapse(person: int, taken: int) -> int:
    """Return the second word of a lapse."""
    return person | ((taken + BIAS) << LAPSING.at)


@kernel
def pack_kept(person: int, counting_day: int, taken: int, flags: int, until: int) -> int:
    """Return the second word of a kept record; `flags` stand where GRANTED and the like have them."""
    days = person | (counting_day << FIRST_DAY.at) | (until << KEPT_UNTIL.at)
    return days | ((taken + BIAS) << KEPT_TAKEN.at) | flags


@kernel
def pack_carried(person: int, standing: int, until: int) -> int:
    """Return the second word of a record that the next cycle takes again."""
    return person | ((standing + BIAS) << CARRIED_STANDING.at) | (until << CARRIED_UNTIL.at)


@kernel
def pack_decision(person: int, of: int, procedure: int) -> int:
    """Return the second word of a procedure; of a correction, `procedure` 0."""
    return person | (of << OF_EVENT.at) | (procedure << PROCEDURE.at)


@kernel
def pack_hold(person: int, listed: int, term_end: int, flags: int) -> int:
    """Return the second word of a hold; `flags` stand where REMOVING and the like have them."""
    return person | (listed << FIRST_DAY.at) | (term_end << SECOND_DAY.at) | flags


@kernel
def pack_listing(person: int, extension: int, flags: int) -> int:
    """Return the second word of a listing; `flags` as those of its hold."""
    return person | (extension << EXTENSION.at) | flags


@kernel
def pack_carry(person: int, rest: int) -> int:
    """Return the second word of the rest of an amount."""
    return person | (rest << REST.at)


@kernel
def pack_turn(person: int, holds: int) -> int:
    """Return the second word of a turn; `holds` 1 where a list's condition holds."""
    return person | (holds << HOLDS.at)
