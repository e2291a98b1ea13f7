"""Lists for conduct on trains and planes have about as many entries as were published, and only for what the rules name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from glasstown.language.load import load_acts, load_rulebook
from glasstown.language.resolve import entries_for_act
from verification.entries import entries_a_year
from verification.towns import Plan, build, layer_of, live

RAIL, AIR = ("cn-rail-list-2018", "rail_notrain"), ("cn-air-list-2018", "caac_nofly")
PUBLISHED = {RAIL: (1.7, 12.6), AIR: (5.4, 5.9)}
"""entries a year among a million people: the least and the most that reports of 2018 and 2019 make"""


@pytest.mark.parametrize("at", [RAIL, AIR], ids=["rail", "air"])
def test_entries_for_conduct__are_as_many_as_were_published(at: tuple[str, str]) -> None:
    least, most = PUBLISHED[at]
    assert 0.95 * least < 1_000_000 * float(entries_a_year(*at, {})) < 1.05 * most


def test_train_ban__is_for_those_who_refuse_to_pay_and_not_for_everybody_without_a_ticket() -> None:
    book, acts = load_rulebook(RAIL[0]), load_acts()
    assert [book.clauses[entry.order].id for entry in entries_for_act(book, acts, "fare-refused")] == ["R2"]
    for act in ("fare-dodging", "transport-disorder"):
        assert not entries_for_act(book, acts, act)


def test_entries_worked_out__are_those_of_a_town_in_which_more_is_written_down() -> None:
    people, months = 90_000, 24
    changes = {"recording.dishonesty.cn-rail-list-2018": Decimal(1), "delta_detection": Decimal("0.2")}
    town = build(Plan(RAIL[0], people, months, date(2018, 5, 1), changes))
    layer = layer_of(town)
    counted = int(live(town, months)[:, layer.slots.list_in].sum())
    expected = float(entries_a_year(*RAIL, changes)) * people * months / 12
    assert 20 < expected < 40
    assert abs(counted - expected) < 3.5 * expected**0.5 + 0.1 * expected
