"""Records of what somebody is, on the first day and on no other."""

from __future__ import annotations

from glasstown.rows import make_rows
from offices import OFFENCE, Office, make_office
from plain_kernels import WRAPS, plain

pytestmark = WRAPS
statuses, entries, events = plain("office.statuses"), plain("kernel.entries"), plain("kernel.events")
ledger, codes = plain("kernel.ledger_words"), plain("tables.practice_rows")


def with_status(month: int = 0, start: int = 0) -> Office:
    """Return an office that records a clause of whoever has role 1 on the first day."""
    office = make_office(month)
    status = make_rows(codes.StatusClause, 1)
    status[0].clause, status[0].roles = OFFENCE, 1
    office.law.rules.book.has_status = 1
    office.law.rules.clauses[OFFENCE].start = start
    practice = office.law.practice._replace(status=status)
    return Office(office.law._replace(practice=practice), office.here, office.desk, office.at)


def test_status__is_recorded_of_those_with_the_role() -> None:
    office = with_status()
    office.here.status.is_scored[3] = 0
    event = events.pack_serial(0, events.STATUS, OFFENCE)
    assert statuses.file_statuses(*office, 0) == 2
    assert office.filed(2) == [(person, entries.RECORD, OFFENCE, 0, event) for person in (0, 2)]


def test_status__that_takes_effect_at_once__comes_before_other_records() -> None:
    phases = []
    for start in (0, 5):
        office = with_status(start=start)
        statuses.file_statuses(*office, 0)
        phases.append(ledger.phase_of(office.desk.work.filed[0].key))
    assert phases == [entries.PHASE_STATUS, entries.PHASE_RECORDS]


def test_status__is_recorded_on_the_first_day_alone_and_where_there_is_room() -> None:
    assert statuses.file_statuses(*with_status(month=1), 0) == 0
    office = with_status()
    full = len(office.desk.work.filed)
    assert statuses.file_statuses(*office, full) == full
    office.law.rules.book.has_status = 0
    assert statuses.file_statuses(*office, 0) == 0
