"""S12: records that follow from another subject's (docs/the-day.md, rule 3.13).

In a household or a neighbourhood they are entered at once, for the first day of a later month.  Between a firm and the person who
represents it they go by mail: posted where the first record is filed, and delivered at the beginning of the next month.
Between the two months it is addressed and sorted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from glasstown.compiler.columns import GROUP, HOUSEHOLD, NEVER
from glasstown.engine.kernel import events
from glasstown.engine.kernel.cache import kernel
from glasstown.engine.kernel.calendar import month_of
from glasstown.engine.kernel.events import pack_serial
from glasstown.engine.office.entering import choice_of, effect_day_of, enter, enter_correction, no_act
from glasstown.engine.office.which_act import shares_role
from glasstown.engine.tables.bundles import At, Desk, Here, Law
from glasstown.engine.tables.filing_rows import Letter
from glasstown.engine.tables.office_bundles import Record
from glasstown.engine.tables.profiles import household_of
from glasstown.engine.tables.shapes import I64, Calendar, Mail, Rules, Shard
from glasstown.rows import Rows, as_array, joined, make_rows
from glasstown.types import EntityKind


@kernel
def reach_others(
    law: Law, here: Here, desk: Desk, at: At, record: Record, corrected: int, u_choice: int, n_filed: int
) -> int:
    """S12. Enter or post what follows from a record for others, and its correction; return how many entries there are then."""
    if law.rules.clauses[record.clause].reaches == 0:
        return n_filed
    day = next_month(law.cal, effect_day_of(law.rules, law.cal, record.clause, record.record_day))
    undone = next_month(law.cal, corrected)
    for row in range(len(law.rules.reaches)):
        reach = law.rules.reaches[row]
        if reach.first != record.clause:
            continue
        choice = choice_of(law.rules, reach.other, u_choice, record.amount)
        follows = no_act(reach.other, record.about, record.event, day, choice, record.amount)
        if reach.through == HOUSEHOLD or reach.through == GROUP:
            n_filed = reach_neighbours(law, here, desk, at, follows, undone, reach.through, n_filed)
        else:
            put_in_post(here, at, follows, undone)
    return n_filed


@kernel
def reach_neighbours(
    law: Law, here: Here, desk: Desk, at: At, follows: Record, undone: int, through: int, n_filed: int
) -> int:
    """S12. Enter what follows from somebody's record for the rest of the household, or for the whole neighbourhood; return as above.

    follows   the record that follows, still with whom it follows from
    """
    profile, source = here.shard.profile, at.first + follows.about
    for position in range(at.first, at.first + at.n):
        is_tied = through == GROUP or household_of(profile[position]) == household_of(profile[source])
        if is_tied and position != source:
            event = pack_serial(at.month, events.REACHED, n_filed)
            reached = no_act(
                follows.clause, position - at.first, event, follows.act_day, follows.choice, follows.amount
            )
            n_filed = enter_reached(law, here, desk, at, reached, undone, n_filed)
    return n_filed


@kernel
def enter_reached(law: Law, here: Here, desk: Desk, at: At, reached: Record, undone: int, n_filed: int) -> int:
    """Enter a record that follows from another's, and its correction, about whoever is scored and has the clause's role."""
    position = at.first + reached.about
    has_role = shares_role(here.shard.roles[position], law.practice.handled[reached.clause].role)
    if here.status.is_scored[position] == 0 or not has_role or n_filed + 2 > len(desk.work.filed):
        return n_filed
    n_then = enter(law, desk, reached, n_filed)
    return n_filed if n_then == n_filed else enter_correction(desk, reached, undone, n_then)


@kernel
def put_in_post(here: Here, at: At, follows: Record, undone: int) -> None:
    """Post a record for whoever is tied to its source; a day that no run reaches is left out."""
    post = here.post
    row = post.written[0]
    if follows.act_day >= NEVER or row >= len(post.rows):
        return
    letter = post.rows[row]
    letter.target, letter.source = -1, here.shard.ident.entity + at.first + follows.about
    letter.event, letter.clause, letter.day, letter.undone = follows.event, follows.clause, follows.act_day, undone
    letter.choice, letter.amount = follows.choice, follows.amount
    post.written[0] = row + 1


@kernel
def deliver(law: Law, here: Here, desk: Desk, at: At, n_filed: int) -> int:
    """S12. Enter the records that came by mail into a neighbourhood; return how many entries, -1 where there is no room."""
    mail = here.mail
    if len(mail.rows) == 0:
        return n_filed
    begin = mail.starts[at.block]
    for row in range(begin, mail.starts[at.block + 1]):
        if n_filed + 2 > len(desk.work.filed):
            return -1
        letter = mail.rows[row]
        about, event = (
            letter.target - here.shard.ident.entity - at.first,
            pack_serial(at.month, events.BY_MAIL, row - begin),
        )
        reached = no_act(letter.clause, about, event, letter.day, letter.choice, letter.amount)
        n_filed = enter_reached(law, here, desk, at, reached, letter.undone, n_filed)
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
        if not any(len(part) for part in posted):
            return NO_ROWS
        rows = as_array(joined(Letter, posted))
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
