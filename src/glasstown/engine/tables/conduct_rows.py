"""Rows that a month of conduct works on: who did what, what a neighbourhood sees of a class, and the numbers of a household."""

from __future__ import annotations

from glasstown.rows import Row, column


class Did(Row):
    """What one person or firm did of one class this month."""

    person: int = column("position", "Place in the neighbourhood.")
    conduct: int = column("position", "The class of conduct.")
    acts: int = column("acts", "How many acts.")
    hazard: int = column("position", "Row of the Poisson table that gave them.")
    found: int = column("acts", "How many are found out.")
    left: int = column("acts", "How many of the others a mechanism of one's own was asked about.")
    further: int = column("acts", "How many of those that are found out it found.")
    lot: int = column("word", "What says which cases are looked into first; -1 for no case.")


class Seen(Row):
    """What a neighbourhood sees of one class in a month."""

    acts: int = column("acts", "Acts of everybody.")
    caught: int = column("acts", "How many of them were found out.")


class Household(Row):
    """A household while its members are assessed together."""

    scores: int = column("quanta", "The sum of its members' scores.")
    members: int = column("people", "How many of its members are scored.")
