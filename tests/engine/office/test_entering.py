"""How records and decisions become entries, and what the log says of them."""

from __future__ import annotations

import pytest

from glasstown.compiler.columns import APPLY, ASKS_PROOF, HAS_EXCLUSIONS, NEVER
from offices import OFFENCE, RATE, Office, make_office
from plain_kernels import WRAPS, plain

pytestmark = WRAPS
entering, entries = plain("office.entering"), plain("kernel.entries")
words, voids = plain("kernel.ledger_words"), plain("person.voids")
log_rows, codes = plain("tables.log_rows"), plain("tables.practice_rows")
Record = plain("tables.office_bundles").Record


def record(clause: int = OFFENCE, **changes: int) -> object:
    """Return a record of an act on day 3, recorded on day 5."""
    return Record(0, clause, 0, 2, 77, 3, 5, 0, 4, 1, codes.RIGHT, 0)._replace(**changes)


def test_choice__is_a_place_in_the_range_or_the_amount_of_a_rate() -> None:
    rules = make_office().law.rules
    assert [entering.choice_of(rules, OFFENCE, draw, 1) for draw in (0, (1 << 32) - 1)] == [0, 4]
    assert [entering.choice_of(rules, RATE, 0, amount) for amount in (7, 1 << 20)] == [7, words.MOST_CHOICE]


def test_days__run_from_the_record_or_from_the_act() -> None:
    law = make_office().law
    law.rules.clauses[OFFENCE].start = 10
    assert entering.effect_day_of(law.rules, law.cal, OFFENCE, 5) == 15
    assert entering.counting_day_of_record(law.rules, law.cal, OFFENCE, 3, 5) == 15
    law.rules.clauses[OFFENCE].from_act = 1
    assert entering.counting_day_of_record(law.rules, law.cal, OFFENCE, 3, 5) == 13


def test_record__is_entered_and_written_down() -> None:
    office = make_office()
    assert entering.enter(office.law, office.desk, record(until=40, wrong=codes.DUPLICATE), 0) == 1
    assert office.filed(1) == [(2, entries.RECORD, OFFENCE, 5, 77)]
    pay = office.pays(1)[0]
    assert (words.person_of(pay), words.first_day_of(pay), words.second_day_of(pay)) == (2, 3, 40)
    assert (words.choice_of_pay(pay), words.wrong_of(pay), words.step_of_pay(pay)) == (4, 2, OFFENCE)
    (line,) = office.log()
    assert (line.kind, line.person, line.event, line.act, line.clause) == (log_rows.FILED, 2, 77, 0, OFFENCE)
    assert (line.act_day, line.record_day, line.effect_day, line.until) == (3, 5, 5, 40)
    assert (line.choice, line.amount, line.truth, line.lack) == (4, 1, codes.DUPLICATE, 0)


@pytest.mark.parametrize(("wrong", "bits"), [(0, 0), (1, 1), (2, 2), (3, 2), (6, 3), (7, 2), (8, 2)])
def test_truth__fits_the_two_bits_of_an_entry(wrong: int, bits: int) -> None:
    assert entering.wrong_of_entry(wrong) == bits


def test_record__beyond_the_schemes_days__is_left_out() -> None:
    office = make_office(scheme_days=20)
    assert entering.enter(office.law, office.desk, record(record_day=20), 0) == 0
    assert entering.enter(office.law, office.desk, record(record_day=19), 0) == 1


def test_step__of_a_ladder_of_acts__is_left_open() -> None:
    office = make_office()
    entering.enter(office.law, office.desk, record(by_ladder=1), 0)
    assert words.step_of_pay(office.pays(1)[0]) == words.BY_LADDER


def asking(asks: int) -> Office:
    office = make_office()
    office.law.rules.clauses[OFFENCE].asks = asks
    return office


@pytest.mark.parametrize(("asks", "lack", "n"), [
    (ASKS_PROOF, voids.LACKS_PROOF, 1), (ASKS_PROOF, 0, 0), (ASKS_PROOF, voids.IS_EXCLUDED, 0), (0, voids.LACKS_PROOF, 0),
    (HAS_EXCLUSIONS, voids.IS_EXCLUDED, 0),
])  # fmt: skip
def test_void__is_entered_where_the_clause_asks_for_what_is_lacking(asks: int, lack: int, n: int) -> None:
    """The last has no exclusion that is law on the day."""
    office = asking(asks)
    assert entering.enter_voids(office.law, office.desk, record(lack=lack), 0) == n
    assert office.filed(n) == [(2, entries.VOID, OFFENCE, NEVER, 77)] * n


def test_correction_and_procedure__come_in_this_order_and_say_what_they_are_about() -> None:
    office = make_office()
    assert entering.enter_correction(office.desk, record(), 9, 0) == 1
    assert entering.enter_procedure(office.desk, 2, 78, 9, APPLY, 77, 1) == 2
    assert office.filed(2) == [(2, entries.CORRECTION, 0, 9, 77), (2, entries.PROCEDURE, 1, 9, 78)]
    first, second = office.pays(2)
    assert (words.of_event(first), words.procedure_of(first)) == (77, 0)
    assert (words.of_event(second), words.procedure_of(second)) == (77, APPLY)
    assert [(line.kind, line.entry, line.of) for line in office.log()] == [
        (log_rows.DECIDED, entries.CORRECTION, 77), (log_rows.DECIDED, entries.PROCEDURE, 77),
    ]  # fmt: skip


def test_decision__that_no_run_reaches_or_for_which_there_is_no_room__is_left_out() -> None:
    office = make_office()
    assert entering.enter_correction(office.desk, record(), NEVER, 0) == 0
    full = len(office.desk.work.filed)
    assert entering.enter_correction(office.desk, record(), 9, full) == full
