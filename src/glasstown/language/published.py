"""What a rulebook makes public, as a channel: which audience an item reaches, how often, of whom, and what it tells of them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from glasstown.language.model import Clause, Publicity, Span

Audience: TypeAlias = Literal["neighbours", "readers", "searchers", "asked"]

AUDIENCES: Final[Mapping[str, Audience]] = MappingProxyType(
    {
        "loudspeaker": "neighbours", "screen": "neighbours", "notice-board": "neighbours", "door-sign": "neighbours",
        "meeting": "neighbours", "honour-board": "neighbours",
        "newspaper": "readers", "social-media": "readers", "video": "readers",
        "website": "searchers", "app": "searchers",
        "certificate": "asked", "on-request": "asked",
    }
)  # fmt: skip
"""who takes notice at each value of `where`"""
FOR_MODELS: Final = "honour-board"
"""where models are shown, and nobody else"""
NAMING: Final = frozenset({"name", "address", "photo", "partial-id", "organisation-code"})
"""values of `what` that say who somebody is"""
TELLING: Final = frozenset({"reason", "case"})
"""values of `what` that say what somebody did"""
DAYS_A_MONTH: Final = Fraction(365, 12)
TIMES: Final[Mapping[str, Fraction]] = MappingProxyType(
    {
        "day": DAYS_A_MONTH, "week": DAYS_A_MONTH / 7, "month": Fraction(1),
        "quarter": Fraction(1, 3), "half-year": Fraction(1, 6), "year": Fraction(1, 12),
    }
)  # fmt: skip
"""how often in a month each value of `every` is"""
A_MONTH: Final = Fraction(1)


def audiences(item: Publicity) -> frozenset[Audience]:
    """Return whom an item reaches: nobody where nothing is shown, and where no place is told whoever looks for it."""
    if item.what and set(item.what) <= {"nothing"}:
        return frozenset()
    return frozenset(AUDIENCES[place] for place in item.where) or frozenset({"searchers"})


def is_of_models(item: Publicity) -> bool:
    """Return whether an item shows models alone, by its place: whom it names otherwise says `when`."""
    return set(item.where) == {FOR_MODELS}


def tells_who(item: Publicity) -> bool:
    """Return whether those around learn of whom an item is: by what it shows, or since it hangs on a door."""
    return bool(NAMING & set(item.what)) or "door-sign" in item.where


def rhythm(item: Publicity) -> Fraction:
    """Return how many times a month, at most once, an item shows; what has no rhythm stands all the time."""
    return min(TIMES[item.every], A_MONTH) if item.every is not None else A_MONTH


def standing(item: Publicity) -> Fraction:
    """Return the share of the time in which whoever looks finds an item: until it is shown anew, or for as long as it lasts."""
    if item.every is None or not isinstance(item.lasts, Span):
        return A_MONTH
    return min(_days(item.lasts) * TIMES[item.every] / DAYS_A_MONTH, A_MONTH)


def _days(span: Span) -> Fraction:
    """Return a length of time in days, five working days being a week."""
    number, unit = span.measured()
    days = {"day": Fraction(1), "working day": Fraction(7, 5), "month": DAYS_A_MONTH, "year": 12 * DAYS_A_MONTH}
    return number * days[unit]


def tells_of(item: Publicity, clause: Clause) -> bool:
    """Return whether an item tells of a record of a clause by itself: its `when` names the clause, or it is about everybody.

    About everybody it tells what somebody did, or points, where the clause moves them.  What `when` says of grades and lists is not
    asked here.
    """
    if item.when is not None:
        return clause.id in item.when.clauses
    return bool(TELLING & set(item.what)) or ("points" in item.what and clause.points is not None)
