"""Records that follow from another's: in a household, in a neighbourhood, by mail."""

from __future__ import annotations

import numpy as np
import pytest

from glasstown.compiler.columns import GROUP, HOUSEHOLD, NEVER, REPRESENTATIVE
from glasstown.rows import each, make_rows
from offices import OFFENCE, RATE, Office, make_office, with_reach
from plain_kernels import WRAPS, plain

pytestmark = WRAPS
spilling, entries, codes = plain("office.spilling"), plain("kernel.entries"), plain("tables.practice_rows")
events, rows, bundles = plain("kernel.events"), plain("tables.filing_rows"), plain("tables.bundles")
Record = plain("tables.office_bundles").Record
PERSON = 2


def spill(office: Office, corrected: int = NEVER) -> int:
    """Return how many entries follow from a record of day 10 about one of four."""
    record = Record(0, OFFENCE, 0, PERSON, 77, 10, 10, 0, 3, 6, codes.RIGHT, 0)
    n: int = spilling.reach_others(*office, record, corrected, 0, 0)
    return n


@pytest.mark.parametrize(("through", "reached"), [(HOUSEHOLD, [3]), (GROUP, [0, 1, 3])])
def test_record__reaches_the_others_on_the_first_of_the_next_month(through: int, reached: list[int]) -> None:
    office = with_reach(make_office(), through)
    n = spill(office)
    assert office.filed(n) == [
        (person, entries.RECORD, RATE, 31, events.pack_serial(0, events.REACHED, place))
        for place, person in enumerate(reached)
    ]
    assert [(line.act, line.choice, line.amount) for line in office.log()] == [(-1, 6, 6)] * n


def test_correction__of_the_first_record__corrects_what_followed() -> None:
    office = with_reach(make_office(), HOUSEHOLD)
    assert spill(office, 40) == 2
    assert [(kind, day) for _, kind, _, day, _ in office.filed(2)] == [(entries.RECORD, 31), (entries.CORRECTION, 60)]


def test_record__reaches_nobody_who_is_not_scored_or_lacks_the_role() -> None:
    office = with_reach(make_office(), GROUP)
    office.here.status.is_scored[0] = 0
    office.law.practice.handled[RATE].role = 1
    assert [about for about, *_ in office.filed(spill(office))] == [3]


def test_clause__that_reaches_nobody__brings_nothing() -> None:
    assert spill(make_office()) == 0


def test_letter__is_posted_and_not_entered() -> None:
    office = with_reach(make_office(), REPRESENTATIVE)
    assert spill(office, 40) == 0
    assert office.here.post.written[0] == 1
    letter = office.here.post.rows[0]
    assert (letter.target, letter.source, letter.event, letter.clause) == (-1, PERSON, 77, RATE)
    assert (letter.day, letter.undone, letter.choice, letter.amount) == (31, 60, 6, 6)


def test_post__that_is_full__takes_no_more() -> None:
    office = with_reach(make_office(), REPRESENTATIVE)
    for _ in range(5):
        spill(office)
    assert office.here.post.written[0] == len(office.here.post.rows) == 4


def with_mail(undone: int) -> Office:
    office = make_office(month=1)
    mail = bundles.Mail(np.array([0, 1]), make_rows(rows.Letter, 1))
    letter = mail.rows[0]
    letter.target, letter.source, letter.event, letter.clause = 1, 9, 77, RATE
    letter.day, letter.undone, letter.choice, letter.amount = 31, undone, 6, 6
    return Office(office.law, office.here._replace(mail=mail), office.desk, office.at)


def test_mail__is_delivered_with_its_correction() -> None:
    office = with_mail(60)
    event = events.pack_serial(1, events.BY_MAIL, 0)
    assert spilling.deliver(*office, 0) == 2
    assert office.filed(2) == [(1, entries.RECORD, RATE, 31, event), (1, entries.CORRECTION, 0, 60, event)]
    assert spilling.deliver(*with_mail(NEVER), 0) == 1
    assert spilling.deliver(*make_office(), 3) == 3


def test_mail__for_which_there_is_no_room__says_so() -> None:
    office = with_mail(60)
    assert spilling.deliver(*office, len(office.desk.work.filed) - 1) == -1


def test_mail__is_addressed_by_who_represents_whom() -> None:
    ties = spilling.Ties.among(np.array([5, 3, 5]))
    posted = make_rows(rows.Letter, 2)
    posted[0].source, posted[1].source = 2, 1
    assert [letter.target for letter in each(ties.addressed([posted], "firm"))] == [3, 5]
    posted[0].source, posted[1].source = 5, 4
    assert [letter.target for letter in each(ties.addressed([posted], "person"))] == [0, 2]
