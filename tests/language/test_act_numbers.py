"""Shares of acts and chances of being found out can be set, and nothing that is none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from glasstown.errors import UsageError
from glasstown.language.act_numbers import act_numbers, class_sums, split_acts, with_act_numbers
from glasstown.language.load import load_acts


def test_numbers__are_of_acts_that_somebody_does() -> None:
    numbers = act_numbers(load_acts())
    assert "acts/unleashed-dog/share" in numbers
    assert "acts/traffic-offence/share" not in numbers  # a heading
    assert len(numbers) == 3 * sum(act.share > 0 for act in load_acts().acts)


def test_settings__change_the_acts_that_they_name_and_no_other() -> None:
    acts = load_acts()
    changed = with_act_numbers(acts, {"acts/unleashed-dog/share": "0.01", "acts/unleashed-dog/rural": "0.5"})
    dog = changed.act("unleashed-dog")
    assert (dog.share, dog.detected.urban, dog.detected.rural) == (Decimal("0.01"), Decimal("0.01"), Decimal("0.5"))
    assert [each for each in changed.acts if each.id != "unleashed-dog"] == [
        each for each in acts.acts if each.id != "unleashed-dog"
    ]
    assert with_act_numbers(acts, {}) is acts


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("acts/unleashed-dog/shares", "0.1", "no number of an act"),
        ("acts/no-dog/share", "0.1", "no number of an act"),
        ("acts/traffic-offence/share", "0.1", "no number of an act"),
        ("acts/unleashed-dog/share", "1.1", "a number from 0 to 1"),
        ("acts/unleashed-dog/share", "NaN", "a number from 0 to 1"),
        ("acts/unleashed-dog/share", "much", "a number from 0 to 1"),
        ("acts/unleashed-dog/share", "0.99", "at most 1"),
    ],
)
def test_setting_that_is_none__is_refused(path: str, text: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        with_act_numbers(load_acts(), {path: text})
    assert said in str(refused.value)


def test_acts_and_other_numbers__are_told_apart() -> None:
    acts, numbers = split_acts({"acts/a/share": "1", "hazard.c1": "2"})
    assert (acts, numbers) == ({"acts/a/share": "1"}, {"hazard.c1": "2"})
    assert max(class_sums(load_acts()).values()) <= 1
