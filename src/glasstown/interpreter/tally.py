"""A tally: dated marks that can be counted and summed over a period, and taken back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date

from glasstown.types import Quanta


class Tally:
    """Marks in order of their days.  Each stands for one record and the points it took, without sign."""

    __slots__ = ("_days", "_points")

    def __init__(self) -> None:
        self._days: list[date] = []
        self._points: list[Quanta] = []

    def add(self, day: date, points: Quanta = 0) -> None:
        """Set a mark."""
        place = bisect_right(self._days, day)
        self._days.insert(place, day)
        self._points.insert(place, points)

    def take_back(self, day: date, points: Quanta = 0) -> None:
        """Remove a mark that `add` has set with the same day and points."""
        place = self._points.index(points, bisect_left(self._days, day), bisect_right(self._days, day))
        del self._days[place]
        del self._points[place]

    def count(self, first: date, last: date) -> int:
        """Return the number of marks from `first` to `last`, both included."""
        return max(0, bisect_right(self._days, last) - bisect_left(self._days, first))

    def total(self, first: date, last: date) -> Quanta:
        """Return the points of the marks from `first` to `last`, both included."""
        return sum(self._points[bisect_left(self._days, first) : bisect_right(self._days, last)])

    def clear(self) -> None:
        """Remove all marks."""
        self._days.clear()
        self._points.clear()
