"""Ranges of points out of which an official chooses, one end of which may be unknown (rule 3.4)."""

from __future__ import annotations

from decimal import Decimal

from glasstown.language.model import Clause, PointsRange
from glasstown.types import UNKNOWN


def limits(clause: Clause, points: PointsRange) -> tuple[Decimal | None, Decimal | None]:
    """Return the smallest and the largest number that may be chosen; None where nothing bounds it.

    Where the end nearer to zero is unknown, zero stands in; where the other one is, nothing does.
    """
    least, most = (end if isinstance(end, Decimal) else None for end in (points.least, points.most))
    if clause.direction == "deduct":
        return least, Decimal(0) if most is None else most
    return Decimal(0) if least is None else least, most


def near_end(clause: Clause, points: PointsRange) -> Decimal | None:
    """Return the end nearer to zero, None where it is unknown."""
    end = points.most if clause.direction == "deduct" else points.least
    return end if isinstance(end, Decimal) else None


def needs_choice(points: PointsRange) -> bool:
    """Return whether a record must state a number: only where both ends are known."""
    return UNKNOWN not in (points.least, points.most)


def is_inside(clause: Clause, points: PointsRange, choice: Decimal) -> bool:
    """Return whether a number may be chosen."""
    lowest, highest = limits(clause, points)
    return (lowest is None or lowest <= choice) and (highest is None or choice <= highest)


def range_words(clause: Clause, points: PointsRange) -> str:
    """Return what may be chosen, in words."""
    lowest, highest = limits(clause, points)
    if lowest is None or highest is None:
        return f"at {highest} or less" if lowest is None else f"at {lowest} or more"
    return f"between {lowest} and {highest}"
