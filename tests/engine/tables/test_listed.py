"""Lists of a rulebook as bytes: what is laid is what is read, of one and of many, for any number of lists."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasstown.engine.tables.listed import as_bytes, bytes_for, lists_of_all
from glasstown.engine.tables.state import make_status
from glasstown.engine.warm import empty_rules
from plain_kernels import WRAPS, plain

pytestmark = WRAPS
listed = plain("tables.listed")


@pytest.mark.parametrize(("n_lists", "n_bytes"), [(0, 0), (1, 1), (8, 1), (9, 2), (16, 2), (17, 3), (32, 4)])
def test_bytes_for__are_one_for_each_eight_lists(n_lists: int, n_bytes: int) -> None:
    assert bytes_for(n_lists) == n_bytes


@given(lists=st.lists(st.integers(0, (1 << 32) - 1), min_size=1, max_size=9), n_bytes=st.integers(0, 4))
def test_lists__are_read_as_they_were_laid(lists: list[int], n_bytes: int) -> None:
    kept = [each & ((1 << 8 * n_bytes) - 1) for each in lists]
    status = make_status(empty_rules(), np.ones(len(lists), dtype=np.bool_), n_blocks=1, grade=0, lists=0)
    status = status._replace(lists=np.full((len(lists), n_bytes), 0xA5, dtype=np.uint8))
    for position, each in enumerate(lists):
        listed.lay_lists(status, position, each)
    assert lists_of_all(status.lists).tolist() == kept
    assert [listed.lists_of(status, position) for position in range(len(lists))] == kept
    assert listed.lists_of_any(status, 1, len(lists)) == int(np.bitwise_or.reduce(np.array(kept[1:], dtype=np.int64)))
    assert np.array_equal(as_bytes(np.array(lists, dtype=np.uint32), n_bytes), status.lists)
