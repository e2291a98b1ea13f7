"""The small numbers of one person or firm while a month is lived, and those of the run that every kernel asks for."""

from __future__ import annotations

from glasstown.compiler.columns import MOST_PARTS
from glasstown.rows import Ints, Row, column, columns

MOST_MORE = 6 + MOST_PARTS
"""The most that a rulebook keeps beside the score: ceiling, balance, consent, lists met, two grades, and the parts."""


class Begins(Row):
    """Where a grade begins this month: with the rulebook's own number, or where its cut-offs have been published."""

    before_cut: int = column("quanta", "Until the month's cut-offs are published.")
    after_cut: int = column("quanta", "Once they are.")


class Me(Row):
    """One person's numbers while their month is lived under one rulebook."""

    score: int = column("quanta", "The score, or the hidden sum where the rulebook keeps it.")
    grade: int = column("place", "The grade.")
    lists: int = column("bits", "The lists.")
    n_entries: int = column("entries", "Entries in the working arrays.")
    person: int = column("position", "Place in the neighbourhood.")
    dropped: int = column("code", "What became of the last grant: 1 dropped by a cap, 2 cut by one, 3 kept out.")
    is_full: int = column("0 or 1", "Whether the working arrays ran over.")
    group: int = column("code", "Income fifth, or size of a firm.")
    entity: int = column("id", "Number of the person or firm.")
    n_records: int = column("records", "Records that have taken effect.")
    unknown: int = column("0 or 1", "Whether the value of the points in hand is unknown.")
    lot: int = column("number", "What breaks ties in a rank, the less the worse; 0 where no grade breaks them by lot.")
    is_cut: int = column("0 or 1", "Whether the month's cut-offs are published.")
    begun: int = column("day", "First day of the month in which the person began under the rulebook.")
    ceiling: int = column("quanta", "What locks hold the score shown to.")
    wrongly: int = column("bits", "Lists on which nothing but wrong records held the person at the month's beginning.")
    more: Ints = columns(
        MOST_MORE, "quanta, bits or 0/1", "What the rulebook keeps beside the score, as in `Status.more`."
    )


class Origin(Row):
    """Where a run's days begin."""

    month: int = column("1 to 12", "Calendar month of month 0.")
    weekday: int = column("0 to 6", "Weekday of day 0, Monday 0.")
    first_month: int = column("month", "First month that is lived.")
    ordinal: int = column("ordinal", "Day 0 in the calendar.")
    first_day: int = column("day", "First day that is lived.")
    over: int = column("day", "First day on which the scheme is over; NEVER where it is not.")


class Ident(Row):
    """Who lives in a shard, and the numbers of the streams of chance that are theirs."""

    entity: int = column("id", "Number of the first person or firm.")
    block: int = column("position", "The first neighbourhood.")
    block_size: int = column("people", "People of a whole neighbourhood.")
    acts: int = column("stream", "Acts.")
    found: int = column("stream", "What is found out.")
    filing: int = column("stream", "What is written down.")
    procedures: int = column("stream", "What is sought.")
    choices: int = column("stream", "What officials choose.")
    is_firm: int = column("0 or 1", "Whether firms live here.")
    lives: int = column("stream", "Lives beside conduct.")
    memory: int = column("stream", "What is remembered and forgotten, and what was before.")


class Chance(Row):
    """The seed, and the stream of official choices."""

    key_0: int = column("word", "Low word of the seed.")
    key_1: int = column("word", "High word of the seed.")
    choices: int = column("stream", "What officials choose.")


class Cursor(Row):
    """How far a shard's month has come."""

    block: int = column("position", "The next neighbourhood.")
    read: int = column("entries", "Entries read.")
    written: int = column("entries", "Entries written.")
