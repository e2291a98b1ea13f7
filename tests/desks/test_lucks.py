"""The same practice under other luck: what was mostly done about each act, and nothing else."""

from __future__ import annotations

import pytest

from glasstown.desks.lucks import COUNTED, Luck, practice_of


def test_practice__is_what_was_mostly_done_about_each_act() -> None:
    did = [("clerk", "a", "spare"), ("clerk", "a", "record"), ("clerk", "a", "spare"), ("court", "a", "ask-means")]
    did += [("clerk", "b", "record")]
    assert practice_of(did) == {("clerk", "a"): "spare", ("clerk", "b"): "record", ("court", "a"): "ask-means"}  # type: ignore[arg-type]


@pytest.mark.parametrize("order", [1, -1])
def test_practice__of_two_as_frequent_is_the_same_in_whatever_order(order: int) -> None:
    did = [("clerk", "a", "spare"), ("clerk", "a", "record")][::order]
    assert practice_of(did) == {("clerk", "a"): "record"}  # type: ignore[arg-type]


def test_what_is_told_of_a_luck__has_words() -> None:
    assert {"seed", *COUNTED} == set(Luck.__dataclass_fields__)
