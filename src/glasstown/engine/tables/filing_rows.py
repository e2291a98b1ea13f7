"""What offices write: new entries of a month, and letters between firms and the people who represent them."""

from __future__ import annotations

from glasstown.rows import Row, column


class Filed(Row):
    """A new entry of a neighbourhood's month, before it is sorted to its person."""

    person: int = column("position", "Place in the neighbourhood.")
    key: int = column("word", "First word of the entry.")
    pay: int = column("word", "Second word of the entry.")


class Letter(Row):
    """A record that follows from one of another kind of subject, on its way to whom it is about."""

    target: int = column("id", "Person or firm that is reached; where it is posted, nobody yet: -1.")
    source: int = column("id", "Firm or person whose record it follows from.")
    event: int = column("event", "That record.")
    clause: int = column("place", "Clause of the one reached.")
    day: int = column("day", "Act and record day.")
    undone: int = column("day", "Day of its correction; NEVER where there is none.")
    choice: int = column("quanta or amount", "The official's choice, or the amount.")
    amount: int = column("amount", "How much of the act there was.")
