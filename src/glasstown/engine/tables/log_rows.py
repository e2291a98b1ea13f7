"""The lines that a replay writes down while a neighbourhood lives again; a bulk run has no room for any and writes none."""

from __future__ import annotations

from typing import Final, NamedTuple

from glasstown.engine.tables.person_rows import MOST_MORE
from glasstown.rows import Ints, Row, Rows, column, columns


class LogLine(Row):
    """A line of a replay's log; what lines of its kind do not have is 0."""

    kind: int = column("code", "ACTED, LINE, FILED, DECIDED, JUDGED, PAID, REFUSED, STOOD, BOUND or CAME.")
    person: int = column("position", "Place in the neighbourhood.")
    block: int = column("position", "Neighbourhood, as a place in the shard.")
    month: int = column("month", "Month of acts.")
    act_class: int = column("place", "Class of acts.")
    n_acts: int = column("acts", "Acts of a class in a month.")
    n_found: int = column("acts", "Acts of them that were found out.")
    n_left: int = column("acts", "Acts that a mechanism of one's own was asked about.")
    n_further: int = column("acts", "Acts of these that it found.")
    age_band: int = column("5 years", "Age then, where a mechanism was asked.")
    is_female: int = column("0 or 1", "Sex, likewise.")
    roles: int = column("bits", "Roles then, likewise.")
    day: int = column("day", "Day of a line of the ledger, or of a decision.")
    phase: int = column("code", "Phase of the day of a line.")
    entry: int = column("code", "Kind of entry that a line or a decision is.")
    clause: int = column("place", "Clause of a line or record.")
    event: int = column("event", "Event that a line, record or decision is.")
    before: int = column("quanta", "Score shown before a line.")
    after: int = column("quanta", "Score shown after it.")
    grade: int = column("place", "Grade after a line.")
    lists: int = column("bits", "Lists after a line.")
    detail: int = column("bits", "Of a line: dropped 1 or cut 2 by a cap, value unknown 4.")
    fine: int = column("yuan", "Fine of a line.")
    more: Ints = columns(MOST_MORE, "quanta, bits or 0/1", "After a line, what the rulebook keeps beside the score.")
    act: int = column("place", "Act of a record; -1 where it follows from another record or from what somebody is.")
    act_day: int = column("day", "Day of the act.")
    record_day: int = column("day", "Day of the record.")
    effect_day: int = column("day", "Day on which the record takes effect.")
    until: int = column(
        "day", "First day on which a state no longer lasts, 0 for none; of a payment, month in which supervision ends."
    )
    choice: int = column("quanta or amount", "Choice or amount of a record, as its entry has it.")
    amount: int = column("amount", "How much of an act there was.")
    truth: int = column("code", "What is true of a record.")
    lack: int = column("bits", "What makes a record void.")
    procedure: int = column("code", "Procedure of a decision.")
    of: int = column("event", "Record that a decision is about, or an amount of quanta.")
    how: int = column("code", "Who claims in a case, or how a payment came about (lived_rows.py).")
    yuan: int = column("yuan", "What is claimed in a case, or paid.")
    other: int = column("position and 1", "Of a claim or payment, the other who owes the same; 0 for nobody.")
    owed: int = column("yuan", "What is owed by judgment afterwards.")
    written_off: int = column("yuan", "What creditors let go.")
    gate: int = column("place", "Gate that refused, as a place in GATES.")
    times: int = column("refusals", "How often it refused in the month.")
    wrongly: int = column(
        "bits", "Of the lists at a month's end, those on which nothing but wrong records holds somebody."
    )


ACTED: Final = 1
LINE: Final = 2
FILED: Final = 3
DECIDED: Final = 4
JUDGED: Final = 5
PAID: Final = 6
REFUSED: Final = 7
STOOD: Final = 8
BOUND: Final = 9
CAME: Final = 10


class Log(NamedTuple):
    """What a replay writes down; with no rows nothing is written.

    rows     (L,)   lines
    written  (2,)   lines written, or that there was no room for; and the neighbourhood in hand
    """

    rows: Rows[LogLine]
    written: Ints
