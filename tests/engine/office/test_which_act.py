"""Which act of a class it was, how much of it, how long it lasts, and which clause answers to it."""

from __future__ import annotations

import pytest

from glasstown.compiler.columns import NEVER
from offices import GOOD_DEED, OFFENCE, RATE, make_office
from plain_kernels import WRAPS, plain

pytestmark = WRAPS
which_act = plain("office.which_act")
LAST = (1 << 32) - 1


@pytest.mark.parametrize(("draw", "place"), [(0, 0), (LAST // 4, 0), (3 * (LAST // 4), 1), (LAST, 1)])
def test_act__is_chosen_by_weight(draw: int, place: int) -> None:
    assert which_act.choose_act(make_office().law.practice, 0, 0, 2, draw) == place


def test_act__of_no_weight_or_of_a_role_that_somebody_lacks__is_never_chosen() -> None:
    practice = make_office().law.practice
    practice.act_table[0].role = 2
    assert [which_act.choose_act(practice, 0, roles, 2, 0) for roles in (0, 1, 2, 3)] == [1, 1, 0, 0]
    practice.act_table[0].share = 0
    assert which_act.choose_act(practice, 0, 3, 2, 0) == 1


def test_way__of_being_found_out__has_weights_of_its_own() -> None:
    practice = make_office().law.practice
    practice.act_table[0].share_rural = practice.act_table[1].share_urban = 0
    assert [which_act.choose_act(practice, 0, 0, way, LAST // 2) for way in (0, 1)] == [1, 0]


def test_answer__is_that_of_the_amount() -> None:
    rules, practice = make_office().law.rules, make_office().law.practice
    assert [which_act.answer_to(rules, practice, act, 1) for act in range(3)] == [OFFENCE, RATE, GOOD_DEED]
    assert [which_act.answer_to(rules, practice, 0, amount) for amount in (0, 999, 1000)] == [-1, OFFENCE, -1]


def test_amount__reaches_both_ends() -> None:
    practice = make_office().law.practice
    practice.act_table[0].least, practice.act_table[0].most = 3, 5
    assert [which_act.amount_of(practice, 0, draw) for draw in (0, LAST // 2, LAST)] == [3, 4, 5]


def test_state__ends_after_the_length_drawn_and_never_beyond_the_calendar() -> None:
    practice = make_office().law.practice
    assert which_act.spell_end(practice, 0, 10, LAST) == 0
    practice.act_table[0].spell, practice.spell[0, 1023] = 0, 30
    assert [which_act.spell_end(practice, 0, 10, draw) for draw in (0, LAST)] == [11, 41]
    assert which_act.spell_end(practice, 0, NEVER, LAST) == NEVER


def test_role__is_asked_for_or_not() -> None:
    assert [which_act.shares_role(roles, 2) for roles in (0, 1, 2, 3)] == [False, False, True, True]
    assert which_act.shares_role(0, 0)
