"""A table that follows from others is made once for the same ones, and anew for all others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.tables.made_once import made_once


def test_table__is_made_once_for_the_same_arrays_and_anew_for_others_in_value_kind_or_shape() -> None:
    calls: list[int] = []

    @made_once(most=8)
    def doubled(values: NDArray[np.int64]) -> NDArray[np.int64]:
        calls.append(1)
        return values * 2

    row = np.array([1, 2], dtype=np.int64)
    for _ in range(3):
        assert doubled(row.copy()).tolist() == [2, 4]
    assert len(calls) == 1
    for other in (np.array([1, 3]), row.astype(np.int32), row.reshape(2, 1), row.view(np.uint64)):
        assert (doubled(other) == other * 2).all()
    assert len(calls) == 5


def test_answer_that_a_caller_changes__is_given_whole_to_the_next() -> None:
    kept = made_once(most=2)(lambda values: values + 1)
    kept(np.zeros(3))[:] = 7
    assert kept(np.zeros(3)).tolist() == [1, 1, 1]


def test_only_the_last_answers__are_kept() -> None:
    calls: list[int] = []

    @made_once(most=2)
    def same(values: NDArray[np.int64]) -> NDArray[np.int64]:
        calls.append(int(values[0]))
        return values

    for number in (1, 2, 3, 1):
        same(np.array([number]))
    assert calls == [1, 2, 3, 1]
