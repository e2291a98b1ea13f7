"""The agenda of a life: what falls due, in the order of the day (section 2).

Days on which nothing is due do not exist.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import date
from enum import IntEnum
from typing import TypeAlias


class Stage(IntEnum):
    """The five phases of a day."""

    ASSESSMENT = 1
    LAPSE_OR_END = 2
    REPEAT = 3
    DECISION = 4
    RECORD = 5


class Kind(IntEnum):
    """What decides between entries of one phase, clause and event."""

    CLOSING = -1
    """the state of the day before is looked at, before anything of the day; no entry of the ledger"""
    ASSESSMENT = 0
    LAPSE = 1
    OVERRIDE_END = 2
    LIST_END = 3
    REPEAT = 4
    CORRECTION = 5
    PROCEDURE = 6
    RECORD = 7
    CYCLE = 8
    CUT_OFF = 9
    LOCK_END = 10
    LISTING = 11
    DEADLINE = 12
    STATE_END = 13
    PUBLICATION = 14


_BY_KIND = {
    kind: place
    for kinds in (
        (Kind.CLOSING, Kind.STATE_END, Kind.CYCLE, Kind.CUT_OFF, Kind.PUBLICATION, Kind.ASSESSMENT),
        (Kind.CORRECTION, Kind.PROCEDURE, Kind.LISTING, Kind.DEADLINE),
    )
    for place, kind in enumerate(kinds)
}
"""the order of the first and the fourth phase, where the kind of entry comes before its clause"""

Key: TypeAlias = tuple[date, int, int, int, int, int]
Entry: TypeAlias = Callable[[date], None]


def key(day: date, stage: Stage, clause_order: int, event: int, kind: Kind) -> Key:
    """Return the place of an entry in the order of days."""
    if stage in (Stage.ASSESSMENT, Stage.DECISION):
        return (day, stage, _BY_KIND[kind], clause_order, event, 0)
    return (day, stage, clause_order, event, kind, 0)


class Agenda:
    """Entries that are due, earliest first.  What is cancelled stays here and finds out for itself."""

    __slots__ = ("_heap", "_n_added")

    def __init__(self) -> None:
        self._heap: list[tuple[Key, int, Entry]] = []
        self._n_added = 0

    def add(self, when: Key, entry: Entry) -> None:
        """Put an entry on the agenda; of equal keys the one added first comes first."""
        heapq.heappush(self._heap, (when, self._n_added, entry))
        self._n_added += 1

    def run(self, until: date) -> None:
        """Carry out everything that falls due up to the evening of `until`, also what is added meanwhile."""
        while self._heap and self._heap[0][0][0] <= until:
            when, _, entry = heapq.heappop(self._heap)
            entry(when[0])
