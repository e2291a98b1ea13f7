"""Notice, objection, stay, and what is decided about a record later."""

from __future__ import annotations

import pytest

from glasstown.compiler.columns import APPLY, DAYS, NEVER, REPAIR
from glasstown.rows import as_array
from offices import ALWAYS, GOOD_DEED, OFFENCE, RATE, Office, make_office
from plain_kernels import WRAPS, plain

pytestmark = WRAPS
HALF, LOW = 1 << 31, (1 << 22) - 1
"""a chance of one half; a word whose low half is as large as it can be"""
hearing, codes, entries = plain("office.hearing"), plain("tables.practice_rows"), plain("kernel.entries")
words = plain("kernel.ledger_words")
Record = plain("tables.office_bundles").Record


def hear(
    office: Office, clause: int = OFFENCE, wrong: int = 0, u_notice: int = 0, lot: tuple[int, ...] = (0, 0, 0, 0)
) -> tuple[int, int]:
    """Return the days of record and correction of what would be recorded on day 10."""
    found: tuple[int, int] = hearing.hear(office.law, office.desk.flow[0], clause, 10, wrong, lot, u_notice)
    return found


def test_without_objections__a_record_stands_on_its_day() -> None:
    assert [hear(make_office(), clause) for clause in (OFFENCE, RATE, GOOD_DEED)] == [(10, NEVER)] * 3


def test_notice__puts_a_listing_off_and_nothing_else() -> None:
    office = make_office().set(notice_days=30)
    assert [hear(office, clause) for clause in (OFFENCE, RATE)] == [(40, NEVER), (10, NEVER)]
    assert office.account("redress", codes.GIVEN_NOTICE) == 1


def test_notice__may_be_left_out() -> None:
    office = make_office().set(notice_days=30, notice_skipped=1)
    assert [hear(office, u_notice=high << 16) for high in (0, 1)] == [(10, NEVER), (40, NEVER)]
    assert office.account("redress", codes.NOT_GIVEN_NOTICE) == office.account("redress", codes.GIVEN_NOTICE) == 1


def test_objection__granted_late__corrects_the_record() -> None:
    office = make_office().set(granted_right=ALWAYS).handle(objection=ALWAYS)
    assert hear(office) == (10, 11)
    assert [office.account("redress", item) for item in (codes.OBJECTED, codes.GRANTED, codes.AVERTED)] == [1, 1, 0]


def test_objection__refused__changes_nothing() -> None:
    office = make_office().handle(objection=ALWAYS)
    assert hear(office) == (10, NEVER)
    assert [office.account("redress", item) for item in (codes.OBJECTED, codes.GRANTED)] == [1, 0]


def test_objection__granted_within_the_time_of_notice__averts_the_record() -> None:
    office = make_office().set(granted_wrong=ALWAYS, notice_days=30).handle(objection=ALWAYS)
    assert hear(office, wrong=codes.WRONG_PERSON) == (NEVER, NEVER)
    assert office.account("redress", codes.AVERTED) == office.account("redress", codes.AVERTED_WRONG) == 1


@pytest.mark.parametrize(("granted", "days"), [(0, (31, NEVER)), (ALWAYS, (NEVER, NEVER))])
def test_stay__suspends_a_listing_until_the_objection_is_decided(granted: int, days: tuple[int, int]) -> None:
    office = make_office().set(granted_right=granted).handle(objection=ALWAYS, stays=1)
    as_array(office.law.practice.delay)["objection"] = 20
    assert hear(office) == days
    assert office.account("redress", codes.SUSPENDED) == 1


@pytest.mark.parametrize(("answer", "correction", "day"), [(None, None, 31), (15, None, 26), (15, 3, 29), (0, 0, 11)])
def test_answer_and_correction__take_the_time_that_the_rulebook_gives(
    answer: int | None, correction: int | None, day: int
) -> None:
    """Without a time for the answer it takes as long as the office's delay, here twenty days."""
    office = make_office().set(granted_right=ALWAYS).handle(objection=ALWAYS)
    as_array(office.law.practice.delay)["objection"] = 20
    for name, days in (("answer", answer), ("correction", correction)):
        if days is not None:
            office.handle(**{f"{name}_unit": DAYS, name: days})
    assert hear(office) == (10, day)


@pytest.mark.parametrize(
    ("lot", "day", "granted"),
    [
        ((0, 0, 0, 0), 26, 1),  # granted at once
        ((0, HALF, 0, 0), 36, 1),  # refused, reviewed, granted
        ((0, HALF, 0, LOW), 0, 0),  # refused twice
        ((0, HALF, LOW, 0), 0, 0),  # refused, and nobody asks for review
    ],
)
def test_review__is_asked_for_by_some_of_those_refused_and_may_grant(
    lot: tuple[int, ...], day: int, granted: int
) -> None:
    office = make_office().set(granted_right=HALF)
    office.handle(objection=ALWAYS, answer_unit=DAYS, answer=15, review=HALF, review_unit=DAYS, review_answer=10)
    assert hear(office, lot=lot) == (10, day or NEVER)
    assert office.account("redress", codes.GRANTED) == granted


def test_review__silent_on_its_time__takes_as_long_again() -> None:
    office = make_office().set(granted_right=HALF).handle(objection=ALWAYS, review=ALWAYS)
    as_array(office.law.practice.delay)["objection"] = 20
    assert hear(office, lot=(0, HALF, 0, 0)) == (10, 51)


def test_stay__lasts_until_the_review_is_decided() -> None:
    office = make_office().handle(objection=ALWAYS, stays=1, answer_unit=DAYS, answer=15, review=ALWAYS)
    office.handle(review_unit=DAYS, review_answer=10)
    assert hear(office) == (36, NEVER)


def later(office: Office, clause: int, corrected: int = NEVER) -> list[tuple[int, int, int]]:
    """Return kind, day and procedure of what is decided about a record of day 10."""
    record = Record(0, clause, 0, 1, 77, 10, 10, 0, 0, 1, 0, 0)
    n = hearing.decide_later(office.law, office.desk, record, corrected, (0, 0, 0, 0), 0)
    entered = zip(office.filed(n), office.pays(n), strict=True)
    return [(kind, day, words.procedure_of(pay)) for (_, kind, _, day, _), pay in entered]


def test_correction__is_entered_on_its_day() -> None:
    assert later(make_office(), OFFENCE) == []
    assert later(make_office(), OFFENCE, 25) == [(entries.CORRECTION, 25, 0)]


def test_application__is_for_a_reward_that_needs_one() -> None:
    office = make_office()
    office.law.rules.clauses[GOOD_DEED].on_application = office.law.rules.clauses[OFFENCE].on_application = 1
    assert later(office, GOOD_DEED) == []
    office.law.practice.numbers.apply = ALWAYS
    as_array(office.law.practice.delay)["application"] = 7
    assert later(office, GOOD_DEED) == [(entries.PROCEDURE, 18, APPLY)]
    assert later(office, OFFENCE) == []


def test_repair__is_of_what_the_next_cycle_takes_again() -> None:
    office = make_office()
    office.law.rules.clauses[OFFENCE].carries = 1
    assert later(office, OFFENCE) == []
    office.law.rules.procedures[REPAIR].exists = 1
    as_array(office.law.practice.delay)["repair"] = 9
    assert later(office, OFFENCE) == [(entries.PROCEDURE, 20, REPAIR)]
