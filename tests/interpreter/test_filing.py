"""Tallies count and sum over a period, and take back."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from glasstown.interpreter.filing import Tally

MARKS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), max_size=20)


def day(n: int) -> date:
    return date(2020, 1, 1) + timedelta(days=n)


@given(MARKS, st.integers(0, 20), st.integers(0, 20), st.data())
def test_tally__equals_a_plain_list(marks: list[tuple[int, int]], first: int, last: int, data: st.DataObject) -> None:
    tally, kept = Tally(), list(marks)
    for n, points in marks:
        tally.add(day(n), points)
    for n, points in data.draw(st.permutations(marks))[: len(marks) // 2]:
        tally.take_back(day(n), points)
        kept.remove((n, points))
    inside = [points for n, points in kept if first <= n <= last]
    assert tally.count(day(first), day(last)) == len(inside)
    assert tally.total(day(first), day(last)) == sum(inside)
