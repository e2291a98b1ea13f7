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
from glasstown.engine.conduct.acts import PROFILE_HOUSEHOLD_SHIFT
from glasstown.engine.kernel.bits import whole
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.calendar import month_of
from glasstown.engine.kernel.entries import CORRECTION, PHASE_RECORDS, RECORD, key, record_pay
from glasstown.engine.kernel.logbook import is_kept, next_line
from glasstown.engine.office.entering import choice_of, effect_day_of, enter_decision
from glasstown.engine.tables.filing_rows import Filed, Letter
from glasstown.engine.tables.log_rows import FILED
from glasstown.engine.tables.practice_rows import RIGHT
from glasstown.engine.tables.shapes import I64, Calendar, Log, Mail, Post, Practice, Rules, Shard, Status
from glasstown.rows import Rows, as_array, make_rows
from glasstown.types import EntityKind

REACH_CLASS = 13
"""Class number in the event ids of records that follow from another's; the number in the month's filing stands below it."""
MAIL_CLASS = 12
"""The same for records that came by mail; the place in the neighbourhood's delivery stands below it."""


@kernel
def reach_others(
    rules: Rules, cal: Calendar, practice: Practice, log: Log, shard: Shard, status: Status, post: Post, filed: Rows[Filed],
    n_filed: int, first: int, n: int, about: int, clause: int, event: int, record_day: int, corrected: int,
    u_choice: int, amount: int, month: int,
) -> int:  # fmt: skip
    """S12. Enter or post what follows from a record for others, and its correction."""
    house = shard.profile[first + about] >> PROFILE_HOUSEHOLD_SHIFT
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
            is_tied = through == GROUP or shard.profile[position] >> PROFILE_HOUSEHOLD_SHIFT == house
            if is_tied and position != first + about:
                reached = (month << 18) | (REACH_CLASS << 14) | n_filed
                n_filed = enter_reached(
                    rules, cal, practice, log, shard, status, filed, n_filed, first, position, other, reached, day, undone,
                    choice, amount,
                )  # fmt: skip
    return n_filed


@kernel
def enter_reached(
    rules: Rules, cal: Calendar, practice: Practice, log: Log, shard: Shard, status: Status, filed: Rows[Filed], n_filed: int,
    first: int, position: int, clause: int, event: int, day: int, undone: int, choice: int, amount: int,
) -> int:  # fmt: skip
    """Enter a record that follows from another's, and its correction, about whoever is scored and has the clause's role."""
    effect_day = effect_day_of(rules, cal, clause, day)
    role = practice.clause_role[clause]
    has_role = role == 0 or whole(shard.roles[position] & role) != 0
    if status.is_scored[position] == 0 or not has_role or effect_day >= cal.origin.over or n_filed + 2 > len(filed):
        return n_filed
    person = position - first
    new = filed[n_filed]
    new.person, new.key = person, key(effect_day, PHASE_RECORDS, clause, event, RECORD)
    new.pay = record_pay(person, day, 0, choice, 0, clause)
    n_filed += 1
    if is_kept(log):
        line = log.rows[next_line(log, FILED, person)]
        line.event, line.act, line.clause, line.truth, line.lack = event, -1, clause, RIGHT, 0
        line.act_day, line.record_day, line.effect_day, line.until = day, day, effect_day, 0
        line.choice, line.amount = choice, amount
    return enter_decision(log, filed, n_filed, person, event, undone, CORRECTION, 0, event)


@kernel
def put_in_post(
    post: Post, source: int, event: int, clause: int, day: int, undone: int, choice: int, amount: int
) -> None:
    """Post a record for whoever is tied to its source; a day that no run reaches is left out."""
    row = post.written[0]
    if day >= NEVER or row >= len(post.rows):
        return
    letter = post.rows[row]
    letter.target, letter.source, letter.event, letter.clause = -1, source, event, clause
    letter.day, letter.undone, letter.choice, letter.amount = day, undone, choice, amount
    post.written[0] = row + 1


@kernel
def deliver(
    rules: Rules, cal: Calendar, practice: Practice, log: Log, shard: Shard, status: Status, mail: Mail, filed: Rows[Filed],
    n_filed: int, block: int, first: int, month: int,
) -> int:  # fmt: skip
    """S12. Enter the records that came by mail into a neighbourhood; return how many entries, -1 where there is no room."""
    if len(mail.rows) == 0:
        return n_filed
    for row in range(mail.starts[block], mail.starts[block + 1]):
        if n_filed + 2 > len(filed):
            return -1
        letter = mail.rows[row]
        position = letter.target - shard.ident.entity
        event = (month << 18) | (MAIL_CLASS << 14) | (row - mail.starts[block])
        n_filed = enter_reached(
            rules, cal, practice, log, shard, status, filed, n_filed, first, position, letter.clause, event,
            letter.day, letter.undone, letter.choice, letter.amount,
        )  # fmt: skip
    return n_filed


@kernel
def next_month(cal: Calendar, day: int) -> int:
    """Return the first day of the month after a day's."""
    return NEVER if day >= NEVER else min(cal.month_start[month_of(cal, day) + 1], NEVER)


NO_ROWS = make_rows(Letter, 0)


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

    def addressed(self, posted: Sequence[Rows[Letter]], source: EntityKind) -> Rows[Letter]:
        """Return what was posted by people, or by firms, with whom it is for, in the order in which it is delivered.

        A firm's mail is for its representative, a person's for each firm that the person represents.
        """
        rows = np.concatenate([as_array(each) for each in (NO_ROWS, *posted)])
        if source == "firm":
            rows["target"] = self.representative[rows["source"]]
        else:
            first = np.searchsorted(self.of, rows["source"], side="left")
            n_each = np.searchsorted(self.of, rows["source"], side="right") - first
            copies = np.repeat(np.arange(len(rows)), n_each)
            nth = np.arange(len(copies)) - np.repeat(np.cumsum(n_each) - n_each, n_each)
            rows = rows[copies]
            rows["target"] = self.firms[first[copies] + nth]
        return rows[np.lexsort((rows["clause"], rows["event"], rows["source"], rows["target"]))]


def sends_mail(rules: Rules) -> bool:
    """Return whether records of people follow from those of firms under a rulebook, or the other way round."""
    return int(rules.book.posts) == 1


def mail_for(rows: Rows[Letter], shard: Shard) -> Mail:
    """Return the part of a month's sorted mail that is for a shard, with the first row of each of its neighbourhoods."""
    letters = as_array(rows)
    bounds = np.searchsorted(letters["target"], shard.first + shard.ident.entity, side="left")
    return Mail(starts=(bounds - bounds[0]).astype(np.int64), rows=letters[bounds[0] : bounds[-1]])
