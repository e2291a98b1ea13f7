"""S12: records that follow from another subject's (docs/the-day.md, rule 3.13).

In a household or a neighbourhood they are entered at once, for the first day of a later month.  Between a firm and the person who
represents it they go by mail: posted where the first record is filed, and delivered at the beginning of the next month.

Mail between firms and the people who represent them: addressed and sorted between two months, delivered in the next (S12).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from glasstown.compiler.columns import GROUP, HOUSEHOLD, NEVER
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.calendar import month_of
from glasstown.engine.kernel.entries import CORRECTION, LOG_FILED, PHASE_RECORDS, RECORD, key, note, record_pay
from glasstown.engine.office.entering import choice_of, effect_day_of, enter_decision
from glasstown.engine.tables.profiles import household_of
from glasstown.engine.tables.shapes import I64, Calendar, Log, Mail, Post, Practice, Rules, Shard, Status
from glasstown.types import EntityKind

REACH_CLASS = 13
"""Class number in the event ids of records that follow from another's; the number in the month's filing stands below it."""
MAIL_CLASS = 12
"""The same for records that came by mail; the place in the neighbourhood's delivery stands below it."""

# columns of mail
Y_TARGET = 0  # person or firm that is reached; where it is posted, nobody yet
Y_SOURCE = 1  # firm or person whose record it follows from
Y_EVENT = 2  # that record
Y_CLAUSE = 3  # clause of the one reached
Y_DAY = 4  # act and record day
Y_UNDONE = 5  # day of its correction, NEVER where there is none
Y_CHOICE = 6
Y_AMOUNT = 7
N_MAIL_COLUMNS = 8


@kernel
def reach_others(
    rules: Rules, cal: Calendar, practice: Practice, log: Log, shard: Shard, status: Status, post: Post, filed: I64,
    n_filed: int, first: int, n: int, about: int, clause: int, event: int, record_day: int, corrected: int,
    u_choice: int, amount: int, month: int,
) -> int:  # fmt: skip
    """S12. Enter or post what follows from a record for others, and its correction."""
    house = household_of(shard.profile[first + about])
    day = next_month(cal, effect_day_of(rules, cal, clause, record_day))
    undone = next_month(cal, corrected)
    for row in range(len(rules.reaches)):
        if rules.reaches[row].first != clause:
            continue
        other, through = rules.reaches[row].other, rules.reaches[row].through
        choice = choice_of(rules, other, u_choice, amount)
        if through != HOUSEHOLD and through != GROUP:
            put_in_post(post, shard.ident.entity + first + about, event, other, day, undone, choice, amount)
            continue
        for position in range(first, first + n):
            is_tied = through == GROUP or household_of(shard.profile[position]) == house
            if is_tied and position != first + about:
                reached = (month << 18) | (REACH_CLASS << 14) | n_filed
                n_filed = enter_reached(
                    rules, cal, practice, log, shard, status, filed, n_filed, first, position, other, reached, day, undone,
                    choice, amount,
                )  # fmt: skip
    return n_filed


@kernel
def enter_reached(
    rules: Rules, cal: Calendar, practice: Practice, log: Log, shard: Shard, status: Status, filed: I64, n_filed: int,
    first: int, position: int, clause: int, event: int, day: int, undone: int, choice: int, amount: int,
) -> int:  # fmt: skip
    """Enter a record that follows from another's, and its correction, about whoever is scored and has the clause's role."""
    effect_day = effect_day_of(rules, cal, clause, day)
    role = practice.clause_role[clause]
    has_role = role == 0 or whole(shard.roles[position] & role) != 0
    if status.is_scored[position] == 0 or not has_role or effect_day >= cal.origin.over or n_filed + 2 > len(filed):
        return n_filed
    person = position - first
    filed[n_filed, 0] = person
    filed[n_filed, 1] = key(effect_day, PHASE_RECORDS, clause, event, RECORD)
    filed[n_filed, 2] = record_pay(person, day, 0, choice, 0, clause)
    n_filed += 1
    if len(log.rows) > 0:
        note(log, LOG_FILED, person, event, -1, day, day, 0, choice, 0, clause, effect_day, amount)
    return enter_decision(log, filed, n_filed, person, event, undone, CORRECTION, 0, event)


@kernel
def put_in_post(
    post: Post, source: int, event: int, clause: int, day: int, undone: int, choice: int, amount: int
) -> None:
    """Post a record for whoever is tied to its source; a day that no run reaches is left out."""
    row = post.written[0]
    if day >= NEVER or row >= len(post.rows):
        return
    line = post.rows[row]
    line[Y_TARGET], line[Y_SOURCE], line[Y_EVENT], line[Y_CLAUSE] = -1, source, event, clause
    line[Y_DAY], line[Y_UNDONE], line[Y_CHOICE], line[Y_AMOUNT] = day, undone, choice, amount
    post.written[0] = row + 1


@kernel
def deliver(
    rules: Rules, cal: Calendar, practice: Practice, log: Log, shard: Shard, status: Status, mail: Mail, filed: I64,
    n_filed: int, block: int, first: int, month: int,
) -> int:  # fmt: skip
    """S12. Enter the records that came by mail into a neighbourhood; return how many entries, -1 where there is no room."""
    if len(mail.rows) == 0:
        return n_filed
    for row in range(mail.starts[block], mail.starts[block + 1]):
        if n_filed + 2 > len(filed):
            return -1
        line = mail.rows[row]
        position = line[Y_TARGET] - shard.ident.entity
        event = (month << 18) | (MAIL_CLASS << 14) | (row - mail.starts[block])
        n_filed = enter_reached(
            rules, cal, practice, log, shard, status, filed, n_filed, first, position, line[Y_CLAUSE], event,
            line[Y_DAY], line[Y_UNDONE], line[Y_CHOICE], line[Y_AMOUNT],
        )  # fmt: skip
    return n_filed


@kernel
def next_month(cal: Calendar, day: int) -> int:
    """Return the first day of the month after a day's."""
    return NEVER if day >= NEVER else min(cal.month_start[month_of(cal, day) + 1], NEVER)


NO_ROWS: I64 = np.zeros((0, N_MAIL_COLUMNS), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Ties:
    """Who represents whom.

    representative   (F,) person who represents each firm by law
    firms            (F,) firms in the order of their representatives, and among one's in their own
    of               (F,) the representatives in that order
    """

    representative: I64
    firms: I64
    of: I64

    @classmethod
    def among(cls, representative: I64) -> Ties:
        """Return the ties of firms whose representatives are given."""
        firms = np.argsort(representative, kind="stable").astype(np.int64)
        return cls(representative, firms, representative[firms])

    def addressed(self, posted: Sequence[I64], source: EntityKind) -> I64:
        """Return what was posted by people, or by firms, with whom it is for, in the order in which it is delivered.

        A firm's mail is for its representative, a person's for each firm that the person represents.
        """
        rows = np.concatenate([NO_ROWS, *posted])
        if source == "firm":
            rows[:, Y_TARGET] = self.representative[rows[:, Y_SOURCE]]
        else:
            first = np.searchsorted(self.of, rows[:, Y_SOURCE], side="left")
            n_each = np.searchsorted(self.of, rows[:, Y_SOURCE], side="right") - first
            copies = np.repeat(np.arange(len(rows)), n_each)
            nth = np.arange(len(copies)) - np.repeat(np.cumsum(n_each) - n_each, n_each)
            rows = rows[copies]
            rows[:, Y_TARGET] = self.firms[first[copies] + nth]
        order = np.lexsort((rows[:, Y_CLAUSE], rows[:, Y_EVENT], rows[:, Y_SOURCE], rows[:, Y_TARGET]))
        return rows[order]


def sends_mail(rules: Rules) -> bool:
    """Return whether records of people follow from those of firms under a rulebook, or the other way round."""
    return int(rules.book.posts) == 1


def mail_for(rows: I64, shard: Shard) -> Mail:
    """Return the part of a month's sorted mail that is for a shard, with the first row of each of its neighbourhoods."""
    bounds = np.searchsorted(rows[:, Y_TARGET], shard.first + shard.ident.entity, side="left")
    return Mail(starts=(bounds - bounds[0]).astype(np.int64), rows=rows[bounds[0] : bounds[-1]])
