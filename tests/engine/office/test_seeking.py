"""Procedures, consent and spending: each sought with its chance by those whom it is open to."""

from __future__ import annotations

import pytest

from glasstown.compiler.columns import CONSENT, PASS_TEST, PERFORM, REPAIR, SPEND, WITHDRAW
from offices import ALWAYS, Office, make_office
from plain_kernels import WRAPS, plain

pytestmark = WRAPS
seeking, entries, words = plain("office.seeking"), plain("kernel.entries"), plain("kernel.ledger_words")
NAMES = {PASS_TEST: "pass_test", REPAIR: "repair", PERFORM: "perform"}


def with_lists(**ends: int) -> Office:
    """Return an office in which two people stand on list 0 and one on list 1; `ends` says which procedures end each."""
    office = make_office()
    office.here.status.lists[:, 0] = (1, 1, 2, 0)
    for name, procedures in ends.items():
        office.law.rules.lists[int(name[-1])].procedures = procedures
    for procedure in (PASS_TEST, REPAIR, PERFORM):
        office.law.rules.procedures[procedure].exists = 1
        setattr(office.law.practice.numbers, NAMES[procedure], ALWAYS)
    return office


def sought(office: Office) -> list[tuple[int, int]]:
    """Return who seeks which procedure this month."""
    n = seeking.seek_procedures(*office, 0)
    return [(about, words.procedure_of(pay)) for (about, *_), pay in zip(office.filed(n), office.pays(n), strict=True)]


@pytest.mark.parametrize("procedure", [PASS_TEST, REPAIR, PERFORM])
def test_procedure__is_sought_by_those_whose_list_it_ends(procedure: int) -> None:
    assert sought(with_lists(list_0=1 << procedure)) == [(0, procedure), (1, procedure)]
    assert sought(with_lists(list_1=1 << procedure)) == [(2, procedure)]
    assert sought(with_lists()) == []


@pytest.mark.parametrize("procedure", [PASS_TEST, REPAIR, PERFORM])
def test_procedure__that_the_rulebook_lacks_or_that_nobody_seeks__is_not_entered(procedure: int) -> None:
    lacking, unsought = with_lists(list_0=1 << procedure), with_lists(list_0=1 << procedure)
    lacking.law.rules.procedures[procedure].exists = 0
    setattr(unsought.law.practice.numbers, NAMES[procedure], 0)
    assert sought(lacking) == sought(unsought) == []


def test_repair__is_left_to_performing_where_that_ends_the_list() -> None:
    both = 1 << REPAIR | 1 << PERFORM
    assert sought(with_lists(list_0=both)) == [(0, PERFORM), (1, PERFORM)]


def test_nothing_owed__leaves_nothing_to_perform() -> None:
    office = with_lists(list_0=1 << PERFORM)
    office.here.status.nothing_owed[0] = 1
    assert sought(office) == [(1, PERFORM)]


def test_those_who_cannot_pay__perform_at_a_rate_of_their_own() -> None:
    office = with_lists(list_0=1 << PERFORM).set(unable=ALWAYS)
    assert sought(office) == []
    assert len(sought(office.set(perform_unable=ALWAYS))) == 2


def test_shame__by_the_share_listed__multiplies_the_chance() -> None:
    office = with_lists(list_0=1 << PERFORM).set(small=ALWAYS)
    office.law.practice.shown[0].around = ALWAYS
    office.law.practice.numbers.perform = 1
    assert sought(office) == []
    office.law.practice.shame[16, :] = 1 << 40  # two of four are listed
    assert len(sought(office)) == 2
    office.law.practice.shame[:] = 256
    assert sought(office) == []


def test_month_before_the_first_day__brings_nothing() -> None:
    office = with_lists(list_0=1 << PASS_TEST)
    office.law.cal.origin.first_day = 31
    assert sought(office) == []


def keeping(**places: int) -> Office:
    office = make_office()
    for name, place in places.items():
        setattr(office.law.rules.book, name, place)
    return office


def test_consent__is_given_by_those_who_have_not_and_taken_back_by_those_who_have() -> None:
    office = keeping(consent=0).set(consent=ALWAYS, withdraw=ALWAYS)
    office.here.status.more[1, 0] = 1
    n = seeking.seek_standing(*office, 0)
    assert [words.procedure_of(pay) for pay in office.pays(n)] == [CONSENT, WITHDRAW, CONSENT, CONSENT]
    assert {words.of_event(pay) for pay in office.pays(n)} == {words.NO_EVENT}
    assert seeking.seek_standing(*office.set(consent=0, withdraw=0), 0) == 0


def test_balance__is_spent_whole_by_those_who_hold_any() -> None:
    office = keeping(balance=1).set(spend=ALWAYS)
    office.here.status.more[2, 1] = 0
    office.here.status.is_scored[3] = 0
    n = seeking.seek_standing(*office, 0)
    assert [about for about, *_ in office.filed(n)] == [0, 1]
    assert [(words.procedure_of(pay), words.of_event(pay)) for pay in office.pays(n)] == [(SPEND, 7)] * 2


def test_rulebook__that_keeps_neither__asks_nobody() -> None:
    assert seeking.seek_standing(*make_office().set(spend=ALWAYS, consent=ALWAYS), 0) == 0
