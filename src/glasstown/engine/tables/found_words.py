"""What is found out, one word each: where each part stands, once; a packer and a reader beside each other.

FOUND  heeded 1 (at 56) | court's order 1 | order 2 | first number 4 | named act 8
       false report 1 | person in block 16 | class 8 | acts 8 | acts found out 8
Words of a neighbourhood stand in the order of class and person, false reports after them.
"""

from __future__ import annotations

from typing import Final

from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.ledger_words import Bits

FOUND: Final = Bits(0, 255)
ACTS: Final = Bits(8, 255)
CLASS: Final = Bits(16, 255)
PERSON: Final = Bits(24, 255)
FALSE_REPORT: Final = 1 << 40
"""Set where nothing was done: a false report that is believed."""
NAMED: Final = Bits(41, 255)
"""The act, plus 1, where what found it says which; else 0."""
FIRST: Final = Bits(49, 15)
"""How many acts of the person and class the word before this one has."""


ORDER: Final = Bits(53, 7)
"""What a desk decides about an act by itself: RECORD, SPARE or ASK_MEANS, and COURT where it is a court's; 0 for nothing."""
RECORD, SPARE, ASK_MEANS = 1, 2, 3
DEED: Final = 3
COURT: Final = 4
HEEDED: Final = 1 << 56
"""Set where an order found something to decide."""


@kernel
def pack_found(person: int, conduct: int, acts: int, found: int) -> int:
    """Return the word of acts of a class that are found out."""
    return (person << PERSON.at) | (conduct << CLASS.at) | (acts << ACTS.at) | found


@kernel
def pack_false_report(person: int, conduct: int) -> int:
    """Return the word of a false report that is believed: one act, found out, that nobody did."""
    return FALSE_REPORT | pack_found(person, conduct, 1, 1)


@kernel
def found_person(word: int) -> int:
    """Return whose acts they are, as a place in the neighbourhood."""
    return (word >> PERSON.at) & PERSON.mask


@kernel
def found_class(word: int) -> int:
    """Return of which class they are."""
    return (word >> CLASS.at) & CLASS.mask


@kernel
def found_acts(word: int) -> int:
    """Return how many acts there were."""
    return (word >> ACTS.at) & ACTS.mask


@kernel
def found_out(word: int) -> int:
    """Return how many of them are found out."""
    return word & FOUND.mask


@kernel
def is_false_report(word: int) -> bool:
    """Return whether nothing was done."""
    return word & FALSE_REPORT != 0


@kernel
def pack_named(word: int, act: int, first: int) -> int:
    """Return a word of acts of which what found them says which they are, numbered behind the first ones."""
    return word | ((act + 1) << NAMED.at) | (first << FIRST.at)


@kernel
def named_act(word: int) -> int:
    """Return the act that is named, -1 for none."""
    return ((word >> NAMED.at) & NAMED.mask) - 1


@kernel
def first_number(word: int) -> int:
    """Return the number of the first of these acts among those of the person and class that are found out."""
    return (word >> FIRST.at) & FIRST.mask


@kernel
def is_found_of(word: int, person: int, conduct: int) -> bool:
    """Return whether a word is of what this person did of this class, and no false report."""
    mine = (word >> CLASS.at) & ((FALSE_REPORT << 1) - 1 >> CLASS.at)
    return mine == (person << (PERSON.at - CLASS.at)) | conduct


@kernel
def order_of(word: int) -> int:
    """Return what a desk decides about these acts, 0 for nothing."""
    return (word >> ORDER.at) & ORDER.mask
