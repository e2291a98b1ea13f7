"""What the bytes of a frame mean, in words and marks: the legend of the map, by what people are coloured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from glasstown.explorer.frames import BARRED, BLACK, UNABLE, UNGRADED, WRONGLY, Bytes
from glasstown.explorer.towns import Lived
from glasstown.population import FIRM_SIZES
from glasstown.population.tables import INCOME_FIFTHS
from glasstown.render.words import FIFTHS, first_up


@dataclass(frozen=True, slots=True)
class Mark:
    """One kind of dot: its name, what it says of somebody, its shape and its colour, as the sheet names both."""

    name: str
    words: str
    shape: str
    colour: str


SCORED, UNSCORED = Mark("scored", "scored, untouched", "dot", "dot"), Mark("unscored", "not scored", "dot", "dot-child")
LISTS: Final = (
    Mark("black", "on a black list, for what they did", "disc", "dot-black"),
    Mark("wrongly", "on one through wrong records alone", "ring", "wrong-dot"),
    Mark("barred", "gates closed, though on no black list", "square", "refused"),
    Mark("lower", "below the grade of the first day", "dot", "dot-b"),
    SCORED,
    UNSCORED,
)
PAY: Final = (
    Mark("unable", "owe by judgment what they cannot pay", "disc", "refused"),
    Mark("unable-listed", "and stand on a black list for all that", "ring", "wrong-dot"),
    SCORED,
    UNSCORED,
)
RANKS: Final = ("rank-1", "rank-2", "rank-3", "rank-4", "rank-5")
LETTERED: Final = 8
"""grades that have a colour of their own; further ones share the last"""


def marks_of(lived: Lived, colour: str) -> tuple[Mark, ...]:
    """Return the kinds of dots of a map, in the order in which they are numbered."""
    if colour == "lists":
        return LISTS
    if colour == "pay":
        return PAY
    if colour == "fifth":
        names = INCOME_FIFTHS if lived.kind == "person" else FIRM_SIZES
        return tuple(Mark(name, first_up(FIFTHS.get(name, name)), "dot", RANKS[n]) for n, name in enumerate(names))
    grades = tuple(
        Mark(f"grade-{n}", f"grade {name}", "dot", f"grade-{min(n, LETTERED - 1) + 1}")
        for n, name in enumerate(lived.grades)
    )
    return (*grades, Mark("ungraded", "scored, without a grade", "dot", "dot"), UNSCORED)


def numbered(lived: Lived, colour: str, frame: Bytes) -> NDArray[np.uint8]:
    """Return (P,) the place of everybody's mark among those of a map."""
    grade = frame & 15
    if colour == "fifth":
        return (((lived.fixed & 7) - 1) % 5).astype(np.uint8)
    if colour == "grade":
        n = len(lived.grades)
        return np.where(grade == 0, n + 1, np.where(grade == UNGRADED, n, grade - 1)).astype(np.uint8)
    plain = np.where(grade == 0, len(PAY) - 1, len(PAY) - 2)
    if colour == "pay":
        unable = (frame & UNABLE) != 0
        return np.where(unable & ((frame & BLACK) != 0), 1, np.where(unable, 0, plain)).astype(np.uint8)
    is_lower = (grade != UNGRADED) & (grade > lived.base + 1)
    plain = np.where(grade == 0, 5, np.where(is_lower, 3, 4))
    barred = np.where((frame & BARRED) != 0, 2, plain)
    return np.where((frame & WRONGLY) != 0, 1, np.where((frame & BLACK) != 0, 0, barred)).astype(np.uint8)


def counts_of(lived: Lived, colour: str, at: int) -> list[int]:
    """Return how many have each mark at the end of a month."""
    found = np.bincount(numbered(lived, colour, lived.frames[at - 1]), minlength=len(marks_of(lived, colour)))
    return [int(number) for number in found]
