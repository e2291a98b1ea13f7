"""What an address holds of a session: the same decisions are the same letters, and nothing else is one."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasstown.errors import UsageError
from glasstown.explorer.asked import read
from glasstown.explorer.decisions import (
    DEEDS,
    DESKS,
    LONGEST_DECISIONS,
    REASONS,
    Decision,
    deciding,
    decisions_text,
    in_order,
    read_decisions,
    withdrawing,
)
from glasstown.explorer.desk_file import REASONS as REASON_WORDS
from glasstown.language.orders import Because, Deed, Desk

DECISIONS = st.builds(
    Decision, st.integers(0, 119), st.sampled_from(get_args(Desk)), st.integers(1, 999), st.sampled_from(get_args(Deed)),
    st.one_of(st.none(), st.sampled_from(get_args(Because))),
)  # fmt: skip
SOME = st.lists(DECISIONS, max_size=12, unique_by=lambda each: each.file)


@given(SOME)
def test_decisions__are_read_as_they_were_written(some: list[Decision]) -> None:
    assert read_decisions(decisions_text(some)) == in_order(some)


@given(SOME, st.randoms())
def test_text__is_the_same_in_whatever_order_somebody_clicked(some: list[Decision], luck: object) -> None:
    shuffled = list(some)
    luck.shuffle(shuffled)  # type: ignore[attr-defined]
    assert decisions_text(shuffled) == decisions_text(some)


@given(SOME, DECISIONS)
def test_withdrawing__is_as_if_it_had_never_been_decided(some: list[Decision], more: Decision) -> None:
    before = tuple(each for each in some if each.file != more.file)
    assert withdrawing(deciding(before, more), more.file) == in_order(before)


def test_letters__stand_for_every_desk_deed_and_reason() -> None:
    assert set(DESKS.values()) == set(get_args(Desk))
    assert set(DEEDS.values()) == set(get_args(Deed))
    assert set(REASONS.values()) == set(REASON_WORDS) == set(get_args(Because))
    assert decisions_text(read_decisions("12c3sC5rJ.13k2a")) == "12c3sC5rJ.13k2a"


@pytest.mark.parametrize(
    "text",
    ["x", "12", "12c", "12c3", "12c3x", "12c3sZ", "12c03s", "012c3s", "12m3s", "12c3s.", "12c3s..12k3s", "1e3c1s", "12c3s 5r",
     "99999c1s", "1023c1s", "12c99999999s", "12c\u0663s", "-1c3s", "12c3s\u202e"],
)  # fmt: skip
def test_text__that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="expected"):
        read_decisions(text)


def test_a_file__is_decided_once() -> None:
    with pytest.raises(UsageError, match="file 3 of the court's desk in month 12 twice"):
        read_decisions("12c3s3r")
    with pytest.raises(UsageError, match="twice"):
        read_decisions("12c3s.12c3s")
    with pytest.raises(UsageError, match="a second decision about file 3"):
        deciding(read_decisions("12c3s"), Decision(12, "court", 3, "record"))


def test_an_address__holds_some_seven_hundred_and_says_so_at_the_next() -> None:
    every = [Decision(month, "clerk", number, "spare", "no-proof") for month in range(120) for number in range(11, 19)]
    most = next(n for n in range(len(every)) if len(decisions_text(every[: n + 1])) > LONGEST_DECISIONS)
    assert most > 700
    assert deciding(every[: most - 1], every[most - 1]) == tuple(every[:most])
    with pytest.raises(UsageError, match="more decisions than an address can hold"):
        deciding(every[:most], every[most])
    with pytest.raises(UsageError, match="letters"):
        read([("o", "1" * (LONGEST_DECISIONS + 1))], ("o",))


def test_numbers__are_never_taken_for_those_of_real_people() -> None:
    text = decisions_text([Decision(1, "court", number, "record") for number in range(1, 40)])
    assert read([("o", text)], ("o",)) == {"o": text}
