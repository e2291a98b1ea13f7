"""Blocks of words that kernels draw, from the register of chance: a number that `chance.DRAWS` lacks cannot be written here.

A kernel draws a block of four words at a time, of a person or a firm alike: a firm's draws lie in streams of their own at the same
places (a test holds this), so one number serves both.
"""

from __future__ import annotations

from typing import Final

from glasstown.chance import DRAWS, STREAMS


def block_of(name: str) -> int:
    """Return the first block of a draw; `ValueError` where its words do not begin a block."""
    draw = DRAWS[name]
    if draw.lane != 0:
        raise ValueError(f"'{name}' begins in the middle of a block, at word {draw.word}")
    return draw.block


ACTS: Final = block_of("acts")  # four classes a block
FOUND: Final = block_of("found-further")  # four blocks a class
FILING: Final = block_of("filing")  # four blocks a class and number
LACKS: Final = block_of("lacks")  # one block a class and number
CASES: Final = block_of("cases")  # one block a class
PLACE: Final = block_of("places")  # in month 0, of a neighbourhood's first
PROCEDURES: Final = block_of("procedures")  # with the days in the second half
PERFORMANCE: Final = block_of("performance")
STANDING: Final = block_of("standing")
ABILITY: Final = block_of("ability")  # in month 0
FINE: Final = block_of("fine")
LIFE: Final = block_of("life")
TIPS: Final = block_of("tips")  # a block a report
TRIPS: Final = block_of("life-trips")
JUDGMENT: Final = block_of("life-judgment")
MEANS: Final = block_of("life-means")  # in month 0
STANCE: Final = block_of("life-stance")  # in month 0
TIES: Final = block_of("life-ties")
OFFICES: Final = block_of("life-offices")
GATES: Final = block_of("life-gates")  # two blocks
LEARNING: Final = block_of("life-learning")  # a byte a gate
SHOWING: Final = block_of("life-showing")
HOUSEHOLD: Final = block_of("life-household")  # in month 0
FORGETTING: Final = block_of("forgetting")  # of four people
REMEMBERED: Final = block_of("remembered")  # four classes a block; in month 0
PAST: Final = block_of("past")  # in month 0
LEAVING: Final = block_of("life-leaving")
WHO: Final = block_of("age")  # age, sex, work, traits, of a stream of its own
ROLES: Final = block_of("person-roles")  # four roles a block
HOME: Final = block_of("income-fifth")  # of a household
HEALTH: Final = block_of("firm-health")
LINKS: Final = block_of("firm-links")
CONTAGION: Final = block_of("firm-contagion")

OWN_FOUND: Final = block_of("own-found")  # two blocks an act: the engine's, and the mechanism's luck
OWN_HAZARD: Final = block_of("own-hazard")
OWN_GATE: Final = block_of("own-gate")  # two blocks likewise
OWN: Final = DRAWS["own-found"].stream.number
"""the stream of a mechanism of one's own, of people alone"""
OWES_AT: Final = DRAWS["owes"].lane
"""Word of HOME that says whether a household owes."""
PERSONS: Final = STREAMS["person"].number
"""Stream of what is drawn once a life, at WHO and ROLES: entity the place, month that of arrival."""
HOUSEHOLDS: Final = STREAMS["household"].number
"""Stream of what is drawn once for a household, at HOME."""

BLOCKS_OF_A_CLASS: Final = 4
"""Blocks of `found-further` that each class has: a word an act."""
BLOCKS_OF_AN_ACT: Final = 4
"""Blocks of `filing` that each class and number has."""
MOST_NUMBERS: Final = 16
"""Numbers of a class that have words of their own."""
